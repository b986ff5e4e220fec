"""Tables of own questions: counts, shares, scores, each with n and interval."""

from __future__ import annotations

from uuid import uuid4

import pytest
from results_maker import AT, a_survey, link_in, wave_of

from fivegaps.web.dashboards import selectors
from fivegaps.web.dashboards.own_answers import own_tables
from fivegaps.web.people.rights import Right
from fivegaps.web.surveys.models import InstrumentVersion, Survey
from fivegaps.web.surveys.own_questions import Extras, Option, OwnQuestion, to_json
from fivegaps.web.surveys.selectors import fields_in
from fivegaps.web.surveys.services.submitting import submit
from fivegaps.web.surveys.sheet import Sheet
from fivegaps.web.surveys.ways import way_through

YES, NO = Option("a", {"en": "Yes"}), Option("b", {"en": "No"})
OWN = (
    OwnQuestion("q1", "single", {"en": "Member?"}, options=(YES, NO)),
    OwnQuestion("q2", "multiple", {"en": "Why?"}, options=(YES, NO)),
    OwnQuestion("q3", "nps", {"en": "Recommend?"}),
    OwnQuestion("q4", "csat", {"en": "Content?"}),
    OwnQuestion("q5", "ces", {"en": "Easy?"}),
    OwnQuestion("q6", "number", {"en": "Visits?"}),
    OwnQuestion("q7", "points", {"en": "Share"}, options=(YES, NO)),
    OwnQuestion("q8", "long", {"en": "Tell us"}),
)


@pytest.fixture
def survey(office):
    survey = a_survey()
    InstrumentVersion.objects.filter(survey=survey).update(extras=to_json(Extras(own=OWN)))
    wave, link = wave_of(survey), link_in(survey, office.riga)
    columns = fields_in(wave).items
    for number in range(10):
        submit(
            way=way_through(link),
            wave=wave,
            submission_id=uuid4(),
            sheet=Sheet(
                bytes(3 + (number + place) % 4 for place in range(len(columns))),
                {
                    "x_q1": "a" if number < 7 else "b",
                    "x_q2": ["a", "b"] if number < 2 else ["b"],
                    "x_q3": [10, 9, 9, 9, 8, 7, 6, 5, 0, 10][number],
                    "x_q4": 4 if number < 6 else 2,
                    "x_q5": 1 + number % 7,
                    "x_q6": number,
                    "x_q7_a": 40,
                    "x_q7_b": 60,
                    "x_q8": "a secret",
                },
            ),
            lang="en",
            is_trial=False,
            started_at=None,
            at=AT,
        )
    return survey


@pytest.fixture
def tables(survey, administrator):
    scope = selectors.scope_of(administrator, Right.SEE_RESULTS)
    found = own_tables(wave_of(survey), selectors.place_of(scope, ""), "en")
    return {table.title: table for table in found}


def lines(table) -> list[tuple[str, str, str]]:
    return [(line.name, line.n, line.share) for line in table.lines]


def test_choices_are_counted_with_shares(tables) -> None:
    assert lines(tables["Member?"]) == [("Yes", "7", "70%"), ("No", "3", "30%")]
    assert lines(tables["Why?"]) == [("Yes", "2", "20%"), ("No", "10", "100%")]


def test_share_has_wilsons_interval(tables) -> None:
    """7 of 10: .397 to .892 (wilson-1927)."""
    assert tables["Member?"].lines[0].interval == "[40%, 89%]"


def test_scores_are_those_of_their_kind(tables) -> None:
    """Promoters 5 of 10 (10, 9, 9, 9, 10), detractors 3 (6, 5, 0): +20."""
    assert tables["Recommend?"].score == "+20"
    assert tables["Content?"].score == "60%"
    assert tables["Easy?"].score == "3.40"
    assert tables["Visits?"].score == "4.50"
    assert [line.share for line in tables["Share"].lines] == ["40.00", "60.00"]


def test_text_is_no_table(tables) -> None:
    assert "Tell us" not in tables


def test_tables_stand_on_the_page(survey, administrator, as_member) -> None:
    page = as_member(administrator).get(f"/results/{wave_of(survey).id}/").content.decode()

    assert "Our own questions" in page
    assert "Net promoter score" in page
    assert "a secret" not in page


def test_protected_answers_have_no_tables(survey, administrator) -> None:
    Survey.objects.update(voice="employees")
    scope = selectors.scope_of(administrator, Right.SEE_RESULTS)

    assert own_tables(wave_of(Survey.objects.get()), selectors.place_of(scope, ""), "en") == ()
