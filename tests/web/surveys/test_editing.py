"""A questionnaire is edited: the next wave asks it, earlier waves keep theirs."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from survey_maker import AT, filled, link_of, made_survey

from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.editing import questionnaire_of
from fivegaps.web.surveys.models import InstrumentVersion, Survey
from fivegaps.web.surveys.own_questions import Condition, Option, OwnQuestion
from fivegaps.web.surveys.services import editing
from fivegaps.web.surveys.services.programmes import add_wave, move_wave

pytestmark = pytest.mark.postgres


def wave_of(survey: Survey):
    return selectors.waves_of(survey)[0]


def asked(survey: Survey) -> list[str]:
    return [item.id for item in selectors.instrument_of(wave_of(survey)).items]


def test_wording_of_a_survey_that_has_not_begun_changes_at_once(office) -> None:
    survey = made_survey("draft")

    n = editing.reword(
        actor=None, survey=survey, wordings={("item.tan1.perception", "en"): "  New "}, at=AT
    )

    item = selectors.instrument_of(wave_of(survey)).items[0]
    assert n == 1
    assert item.text["en"]["perception"] == "New"
    assert item.status["en"] == "draft"
    assert [one.number for one in InstrumentVersion.objects.filter(survey=survey)] == [1]


@pytest.mark.parametrize("state", ["pilot", "open", "closed"])
def test_wave_that_has_begun_keeps_its_questions(office, state: str) -> None:
    survey = made_survey(state)
    before = asked(survey)

    editing.choose_items(
        actor=None, survey=survey, asked_items=before[3:], linking=(), k=None, at=AT
    )

    assert asked(survey) == before
    assert [item.id for item in questionnaire_of(survey).asked.items] == before[3:]
    assert questionnaire_of(survey).number == 2


def test_next_wave_asks_what_was_edited_meanwhile(office) -> None:
    survey = made_survey("closed")
    names = asked(survey)
    editing.choose_items(
        actor=None, survey=survey, asked_items=names[3:], linking=(), k=None, at=AT
    )

    wave = add_wave(actor=None, survey=survey, name="2027", quota=None, at=AT)

    assert [item.id for item in selectors.instrument_of(wave).items] == names[3:]


def test_item_that_was_left_out_comes_back_in_its_place_with_its_words(office) -> None:
    survey = made_survey("draft")
    names = asked(survey)
    words = {("item.tan2.expectation", "en"): "Ours"}
    editing.reword(actor=None, survey=survey, wordings=words, at=AT)

    for chosen in (names[5:], names):
        editing.choose_items(
            actor=None, survey=survey, asked_items=chosen, linking=(), k=None, at=AT
        )

    back = selectors.instrument_of(wave_of(survey))
    assert [item.id for item in back.items] == names
    assert back.items[1].text["en"]["expectation"] == "Ours"


def test_dimension_with_fewer_than_three_items_is_named(office) -> None:
    survey = made_survey("draft")
    names = [name for name in asked(survey) if name not in {"tan1", "tan2"}]

    editing.choose_items(actor=None, survey=survey, asked_items=names, linking=(), k=None, at=AT)

    assert questionnaire_of(survey).thin == (("tangibles", 2),)


def test_rule_goes_with_the_question_that_it_names(office) -> None:
    survey = made_survey("draft")
    options = (Option("a", {"en": "Yes"}), Option("b", {"en": "No"}))
    editing.put_question(
        actor=None,
        survey=survey,
        question=OwnQuestion("q1", "single", {"en": "A queue?"}, options),
        at=AT,
    )
    editing.put_question(
        actor=None, survey=survey, question=OwnQuestion("q2", "short", {"en": "Where?"}), at=AT
    )
    rule = Condition("x_q1", "is", "a")
    editing.set_rule(actor=None, survey=survey, target="own.q2", rule=rule, at=AT)
    assert questionnaire_of(survey).extras.rules == {"own.q2": rule}

    editing.remove_question(actor=None, survey=survey, question_id="q1", at=AT)

    assert questionnaire_of(survey).extras.rules == {}


@pytest.mark.parametrize(
    ("target", "rule"),
    [
        ("item.tan1", Condition("p_tan1", "is", "3")),
        ("item.tan1", Condition("x_gone", "is", "3")),
        ("outcome.satisfaction", Condition("p_tan1", "least", "many")),
        ("item.gone", Condition("e_tan1", "is", "3")),
    ],
)
def test_rule_that_cannot_be_followed_is_refused(office, target: str, rule: Condition) -> None:
    survey = made_survey("draft")

    with pytest.raises(ValidationError):
        editing.set_rule(actor=None, survey=survey, target=target, rule=rule, at=AT)


def test_answers_to_an_older_version_stay_as_they_were(office, client) -> None:
    survey = made_survey("open")
    form = filled(survey)
    client.post(f"/s/{link_of(survey).token}/", form)
    names = asked(survey)
    editing.choose_items(
        actor=None, survey=survey, asked_items=names[1:], linking=(), k=None, at=AT
    )

    again = client.post(f"/s/{link_of(survey).token}/", form)

    assert again.status_code == 303


def test_wave_may_open_between_two_edits(office) -> None:
    survey = made_survey("draft")
    names = asked(survey)
    editing.choose_items(
        actor=None, survey=survey, asked_items=names[1:], linking=(), k=None, at=AT
    )
    move_wave(actor=None, wave=wave_of(survey), verb="open", at=AT)
    editing.choose_items(actor=None, survey=survey, asked_items=names, linking=(), k=None, at=AT)

    assert asked(survey) == names[1:]
    numbers = InstrumentVersion.objects.filter(survey=survey).values_list("number", flat=True)
    assert list(numbers) == [1, 2]
