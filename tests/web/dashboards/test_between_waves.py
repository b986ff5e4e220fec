"""One wave against another: the core's comparison, in words, where both may be shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from results_maker import AT, a_survey, answer, wave_of

from fivegaps.analysis.comparing import compare
from fivegaps.report.numerals import Numerals
from fivegaps.web.dashboards import selectors as shown
from fivegaps.web.dashboards.between import between
from fivegaps.web.people.rights import BOUND_TO_UNIT, Right, Role
from fivegaps.web.surveys.answers import answers_of
from fivegaps.web.surveys.models import Survey
from fivegaps.web.surveys.services.programmes import add_wave, move_wave

LATER = AT + timedelta(days=200)


@pytest.fixture
def waves(office):
    """Two waves of one survey; in riga and vilnius people answered both."""
    survey = a_survey()
    first = wave_of(survey)
    for unit, seed in ((office.riga, 1), (office.vilnius, 2)):
        answer(survey, unit, 15, seed=seed)
    move_wave(actor=None, wave=first, verb="close", at=LATER)
    second = add_wave(actor=None, survey=survey, name="2027", quota=None, at=LATER)
    move_wave(actor=None, wave=second, verb="open", at=LATER)
    answer(survey, office.riga, 14, seed=3)
    answer(survey, office.vilnius, 3, seed=4)
    first.refresh_from_db()
    second.refresh_from_db()
    return first, second


def address(waves, place: str = "") -> str:
    first, second = waves
    return f"/results/{second.id}/{place}since/{first.id}/"


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_role_compares_in_its_place(office, waves, as_member, role) -> None:
    bound = role in BOUND_TO_UNIT
    browser = as_member(office.member(role, office.riga if bound else None))

    status = [
        browser.get(address(waves, place)).status_code
        for place in ("", "units/riga/", "units/vilnius/")
    ]

    if role is Role.HR:
        assert status == [403, 403, 403]
    else:
        assert status == ([404, 200, 404] if bound else [200, 200, 200])


def test_page_tells_what_compare_finds(waves, administrator) -> None:
    first, second = waves
    place = shown.place_of(shown.scope_of(administrator, Right.SEE_RESULTS), "riga")

    told = between(first, second, place, "en")

    found = compare(answers_of(first, place.units), answers_of(second, place.units))
    numerals = Numerals("en")
    assert told.overall.value == numerals.signed(found.overall.value)
    assert [one.value for one in told.dimensions] == [
        numerals.signed(one.value) for one in found.dimensions.values()
    ]
    assert told.n == ("15", "14")


def test_what_chance_may_have_made_cannot_be_told_apart(waves, administrator, as_member) -> None:
    first, second = waves
    place = shown.place_of(shown.scope_of(administrator, Right.SEE_RESULTS), "riga")
    found = compare(answers_of(first, place.units), answers_of(second, place.units))

    told = between(first, second, place, "en")
    page = as_member(administrator).get(address(waves)).content.decode()

    assert [one.verdict == "cannot be told apart" for one in told.dimensions] == [
        one.p_adjusted >= 0.05 for one in found.dimensions.values()
    ]
    assert "2027 against 2026" in page


def test_place_that_was_hidden_once_is_not_compared(waves, administrator, as_member) -> None:
    page = as_member(administrator).get(address(waves, "units/vilnius/")).content.decode()

    assert "Cannot be compared here" in page


def test_results_lead_to_the_earlier_wave_only(waves, administrator, as_member) -> None:
    first, second = waves
    browser = as_member(administrator)

    assert address(waves) in browser.get(f"/results/{second.id}/").content.decode()
    assert "/since/" not in browser.get(f"/results/{first.id}/").content.decode()


def test_protected_waves_tell_no_question(waves, administrator) -> None:
    Survey.objects.update(voice="employees")
    first, second = (shown.wave_with(one.id) for one in waves)
    place = shown.place_of(shown.scope_of(administrator, Right.SEE_RESULTS), "")

    assert between(first, second, place, "en").items == ()


def test_waves_of_two_surveys_are_not_compared(waves, administrator, as_member) -> None:
    other = wave_of(a_survey("Another"))

    answered = as_member(administrator).get(f"/results/{waves[1].id}/since/{other.id}/")

    assert answered.status_code == 404
