"""How much a sign weighs for a cause, and against it."""

from __future__ import annotations

import math

import pytest

from fivegaps.diagnosis.evidence.dossier import unread
from fivegaps.diagnosis.evidence.judging import Judgement
from fivegaps.diagnosis.evidence.weighing import FIRST_SHOWS, MOST, log_ratio, weight_of
from fivegaps.model.knowledge import Sign


def judgement(
    distance: float, error: float = 0.2, measure: str = "construct.employees.no-fear"
) -> Judgement:
    return Judgement(Sign(measure, bad="low"), unread(measure, "not_asked"), distance, error, 1e9)


def test_the_ratio_is_that_of_two_normal_densities() -> None:
    """Without a cause N(0, .3), with one N(.8, .5): both at .8, by hand."""
    by_hand = math.log(0.3 / 0.5) + 0.5 * (0.8 / 0.3) ** 2

    assert log_ratio(0.8, 0.3, 1e9) == pytest.approx(by_hand, rel=1e-4)


def test_a_farther_sign_weighs_more() -> None:
    weights = [log_ratio(distance, 0.2, 1e9) for distance in (-0.1, 0.0, 0.2, 0.4, 0.8, 1.2)]

    assert weights == sorted(weights)


def test_a_sign_too_rough_to_tell_weighs_little() -> None:
    assert abs(weight_of([judgement(0.8, 2.0)], first=True)) < 0.15


def test_a_first_sign_that_is_not_there_counts_against_but_does_not_deny() -> None:
    weight = weight_of([judgement(-0.5, 0.05)], first=True)

    assert math.log(1 - FIRST_SHOWS) < weight < math.log(1 - FIRST_SHOWS) + 0.1


def test_a_further_sign_that_is_not_there_counts_less_against() -> None:
    missed = judgement(-0.5, 0.05)

    assert weight_of([missed], first=True) < weight_of([missed], first=False) < 0


def test_the_gap_itself_weighs_little_however_wide() -> None:
    assert weight_of([judgement(3.0, 0.1, "gap3.empathy")], first=True) == MOST["gap"]


def test_the_worst_of_many_dimensions_weighs_less_than_one_alone() -> None:
    """Among five, one may lie low by chance."""
    low = judgement(0.5, 0.3, "internal-service.empathy")
    others = [judgement(0.0, 0.3, "internal-service.empathy")] * 4

    assert weight_of([low, *others], first=False) < weight_of([low], first=False)
