"""Who took part: sums of units, rates with their interval, never hidden."""

from __future__ import annotations

import pytest
from results_maker import AT, a_survey, answer, wave_of

from fivegaps.web.dashboards.taking_part import UnitCounts
from fivegaps.web.surveys.parts import part_of
from fivegaps.web.surveys.services.programmes import enter_reach


def test_rate_has_wilsons_interval() -> None:
    """Newcombe (1998), method 3: 81 of 263 is .2553 to .3662."""
    part = part_of([UnitCounts(asked=263, begun=90, answered=81)])

    assert part.rate == pytest.approx(81 / 263)
    assert part.interval == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_rate_counts_the_units_that_told_their_base() -> None:
    told = UnitCounts(served=100, asked=20, begun=9, answered=8)
    untold = UnitCounts(begun=3, answered=3)

    part = part_of([told, untold])

    assert (part.rate, part.told, part.units) == (0.4, 1, 2)
    assert (part.served, part.asked) == (None, None)
    assert (part.begun, part.answered) == (12, 11)


def test_rate_is_not_known_where_no_unit_told_a_base() -> None:
    part = part_of([UnitCounts(begun=3, answered=3)])

    assert (part.rate, part.interval, part.base) == (None, None, "")


def test_unit_in_which_nobody_was_asked_takes_nothing_away() -> None:
    assert part_of([UnitCounts(asked=20, begun=8, answered=8), UnitCounts(tests=4)]).asked == 20


def test_rate_counts_the_asked_unless_more_units_tell_the_served() -> None:
    both, served = UnitCounts(served=50, asked=20, answered=5), UnitCounts(served=50, answered=5)

    assert part_of([both]).base == "asked"
    assert part_of([both, served]).base == "served"
    assert part_of([both, served]).rate == 0.1


def test_more_answers_than_asked_have_a_rate_without_interval() -> None:
    part = part_of([UnitCounts(asked=4, begun=8, answered=8)])

    assert (part.rate, part.interval) == (2.0, None)


def test_rate_is_told_where_figures_are_hidden(office, administrator, as_member) -> None:
    survey = a_survey()
    answer(survey, office.riga, 9)
    answer(survey, office.tartu, 3, seed=2)
    for unit, asked in ((office.riga, 30), (office.tartu, 12)):
        enter_reach(actor=None, wave=wave_of(survey), unit=unit, served=60, asked=asked, at=AT)

    page = as_member(administrator).get(f"/results/{wave_of(survey).id}/units/tartu/")

    text = page.content.decode()
    assert "hidden" in text
    assert "25%" in text
    assert "of 12 asked" in text


def test_units_are_listed_with_their_rates(office, administrator, as_member) -> None:
    survey = a_survey()
    answer(survey, office.riga, 9)
    answer(survey, office.tartu, 6, seed=2)
    enter_reach(actor=None, wave=wave_of(survey), unit=office.riga, served=None, asked=30, at=AT)

    page = as_member(administrator).get(f"/results/{wave_of(survey).id}/units/north/")

    text = page.content.decode()
    assert "1 of 2 units told how many they asked" in text
    assert "30%" in text
