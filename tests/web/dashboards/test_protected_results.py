"""Results of waves that were promised protection: by unit and dimension, or not at all."""

from __future__ import annotations

from uuid import UUID

import numpy as np
import pytest
from results_maker import AT, LANGUAGES, wave_of

from fivegaps.web.dashboards import selectors
from fivegaps.web.dashboards.small_groups import WHOLE, Group
from fivegaps.web.people.rights import Role
from fivegaps.web.surveys.models import AnonymousAnswer, Survey
from fivegaps.web.surveys.selectors import fields_in
from fivegaps.web.surveys.services.programmes import create_survey, move_wave

DRAW = 11


@pytest.fixture
def survey(office) -> Survey:
    found = create_survey(
        actor=None,
        title="Pulse",
        pack="rater-22",
        profile="bank",
        identification="anonymous",
        tells_unit=True,
        languages=LANGUAGES,
        outcomes=[],
        points=False,
        wave="2026",
        at=AT,
    )
    move_wave(actor=None, wave=wave_of(found), verb="open", at=AT)
    return found


def answered(survey: Survey, unit, n: int, *, alike: bool = False, remark: str = "") -> None:
    """Let n anonymous answers of a unit be there, as when they were let go."""
    draw = np.random.default_rng(DRAW + (0 if unit is None else unit.pk))
    wave = wave_of(survey)
    length = len(fields_in(wave).items)
    for _ in range(n):
        codes = bytes([6] * length) if alike else draw.integers(3, 8, length).astype("u1").tobytes()
        AnonymousAnswer.objects.create(
            id=UUID(bytes=draw.bytes(16), version=4),
            wave=wave,
            unit=unit,
            lang="en",
            codes=codes,
            other={"remark": remark} if remark else {},
            is_test=False,
        )


def page_of(client, survey: Survey) -> str:
    return client.get(f"/results/{wave_of(survey).id}/").content.decode()


def test_anonymous_results_show_dimensions_and_no_question(
    survey, office, quality_manager, as_member
) -> None:
    answered(survey, office.riga, 8)

    page = page_of(as_member(quality_manager), survey)

    assert "By dimension" in page
    assert "By question" not in page
    assert "Answers (CSV)" not in page


def test_anonymous_answers_are_not_handed_out_one_by_one(survey, office, as_member) -> None:
    answered(survey, office.riga, 8)
    client = as_member(office.member(Role.ANALYST))

    answer = client.post(f"/results/{wave_of(survey).id}/answers.csv")

    assert answer.status_code == 404


def test_unit_of_one_mind_is_hidden(survey, office) -> None:
    answered(survey, office.riga, 6, alike=True)
    answered(survey, office.tartu, 6)
    answered(survey, office.vilnius, 7)

    shown = selectors.counted(wave_of(survey)).shown

    assert WHOLE in shown
    assert Group(office.riga.pk) not in shown
    assert Group(office.vilnius.pk) in shown


def test_remarks_of_fewer_than_ten_are_not_listed(survey, office) -> None:
    answered(survey, office.riga, 9, remark="slow")
    wave, scope = wave_of(survey), selectors.whole_scope()
    place = selectors.place_of(scope, "")

    before = selectors.remarks(wave, place)
    answered(survey, office.tartu, 1, remark="slow")

    assert before == []
    assert len(selectors.remarks(wave, place)) == 10
