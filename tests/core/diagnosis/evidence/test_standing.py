"""How one measure stands among the others of the same people."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from fivegaps.diagnosis.evidence.standing import Standing, standings

MEASURES = 20
UNITS = 16
WORLDS = 60
# Twenty measures are tested at 5 % for the family.
HOLM = 0.05 / MEASURES


def world(
    rng: np.random.Generator,
    *,
    spread: float = 0.2,
    lower: float = 0.0,
    sour: float = 0.0,
    agreeing: float = 0.0,
) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.bool_]]:
    """Return answers (n, k) with halo, unit effects and rounding; measure 0 is planted."""
    n = 128
    unit = np.arange(n) % UNITS
    bad = np.arange(MEASURES) % 5 == 4
    usual = 4.9 - sour + rng.normal(0, spread, MEASURES)
    usual[0] -= lower
    level = usual + rng.normal(0, 0.6, n)[:, None] + rng.normal(0, 0.2, (UNITS, MEASURES))[unit]
    answers = level + rng.normal(0, 0.9, (n, MEASURES))
    said = np.where(bad, 8 - answers, answers) + agreeing
    return np.clip(np.rint(said), 1, 7), unit, bad


def judged(
    answers: NDArray[np.float64], unit: NDArray[np.intp], bad: NDArray[np.bool_]
) -> dict[int, Standing]:
    return standings(answers, unit, bad=bad, statements=np.full(answers.shape[1], 3))


def claimed(found: dict[int, Standing]) -> set[int]:
    return {place for place, one in found.items() if one.p <= HOLM and one.distance >= 0.3}


@pytest.mark.parametrize(
    "kind",
    [{}, {"sour": 1.5}, {"sour": -1.2}, {"agreeing": 0.3}, {"spread": 0.0}, {"spread": 0.35}],
    ids=["usual", "sour", "kind", "agreeing", "alike", "unlike"],
)
def test_nothing_stands_out_where_nothing_was_planted(kind: dict[str, float]) -> None:
    """At a true rate of 5 % eleven or more of 60 worlds have a chance under .001."""
    rng = np.random.default_rng(7)

    wrong = sum(bool(claimed(judged(*world(rng, **kind)))) for _ in range(WORLDS))

    assert wrong <= 10


def test_what_was_planted_stands_out_and_nothing_else() -> None:
    rng = np.random.default_rng(8)

    found = [claimed(judged(*world(rng, lower=1.4))) for _ in range(30)]

    assert sum(found_one == {0} for found_one in found) >= 24


def test_a_cause_among_the_others_does_not_hide_another() -> None:
    rng = np.random.default_rng(9)
    answers, unit, bad = world(rng, lower=1.5)
    answers[:, 7] = np.clip(answers[:, 7] - 1.5, 1, 7)

    found = claimed(judged(answers, unit, bad))

    assert {0, 7} <= found


def test_a_measure_that_is_bad_when_high_stands_on_the_bad_side_when_high() -> None:
    rng = np.random.default_rng(10)
    answers, unit, bad = world(rng)
    answers[:, 4] = np.clip(answers[:, 4] + 2, 1, 7)

    standing = judged(answers, unit, bad)[4]

    assert standing.distance > 0.8
    assert standing.mean > standing.others


def test_sourness_moves_no_measure_among_the_others() -> None:
    rng = np.random.default_rng(11)
    answers = rng.integers(3, 6, (60, 10)).astype(np.float64)
    unit = np.arange(60) % 6
    bad = np.zeros(10, dtype=np.bool_)

    kind, sour = judged(answers, unit, bad), judged(answers - 1, unit, bad)

    assert [one.distance for one in kind.values()] == pytest.approx(
        [one.distance for one in sour.values()]
    )


def test_answers_of_one_unit_count_less_than_of_many() -> None:
    rng = np.random.default_rng(12)
    answers, unit, bad = world(rng, spread=0.0)
    answers[:, 0] = np.clip(5 + np.where(unit < 8, 1, -1), 1, 7)

    by_unit = judged(answers, unit, bad)[0]
    alone = judged(answers, np.full(len(unit), -1), bad)[0]

    assert by_unit.error > alone.error
    assert by_unit.groups == UNITS


def test_what_is_low_in_half_of_the_units_stands_out_there() -> None:
    """Lowered by 1.2 in 8 of 16 units: the mean of all sinks by .6 only."""
    answers, unit, bad = world(np.random.default_rng(15), spread=0.1)
    answers[unit < UNITS // 2, 0] = np.clip(answers[unit < UNITS // 2, 0] - 1.2, 1, 7)

    standing = judged(answers, unit, bad)[0]

    assert standing.in_half is not None
    assert standing.in_half.distance > standing.distance + 0.2
    assert standing.in_half.distance / standing.in_half.error > standing.distance / standing.error


def test_lowest_halves_of_units_are_judged_against_lowest_halves() -> None:
    """Half of the units lie low in any measure; 1,200 distances of N(0, 1) average about 0."""
    rng = np.random.default_rng(16)

    found = [
        one.in_half.distance / one.in_half.error
        for _ in range(WORLDS)
        for one in judged(*world(rng, spread=0.1)).values()
        if one.in_half is not None
    ]

    assert len(found) == WORLDS * MEASURES
    assert abs(float(np.mean(found))) < 0.1
    assert float(np.std(found)) < 1.1


def test_half_of_few_units_say_nothing_of_their_own() -> None:
    answers, unit, bad = world(np.random.default_rng(17))

    assert judged(answers, unit % 6, bad)[0].in_half is None


def test_with_fewer_than_four_others_nothing_can_be_said() -> None:
    answers = np.random.default_rng(13).integers(1, 8, (30, 4)).astype(np.float64)

    found = judged(answers, np.arange(30), np.zeros(4, dtype=np.bool_))

    assert found == {}


def test_missing_answers_of_kind_people_do_not_make_a_measure_low() -> None:
    """Persons' own levels are taken out before columns are compared."""
    rng = np.random.default_rng(14)
    level = np.repeat([6.0, 3.0], 40)
    answers = level[:, None] + rng.normal(0, 0.3, (80, 12))
    answers[:40, 0] = np.nan

    standing = judged(answers, np.full(80, -1), np.zeros(12, dtype=np.bool_))[0]

    assert abs(standing.distance) < 0.1


def test_when_everybody_says_the_same_of_everything_nothing_stands_out() -> None:
    found = judged(np.full((20, 8), 4.0), np.arange(20) % 5, np.zeros(8, dtype=np.bool_))

    assert found == {}
