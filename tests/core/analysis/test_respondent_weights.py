"""The respondents' own 100 points: weighted overall figures, person by person."""

from __future__ import annotations

import numpy as np
import pytest
from made_answers import numbers, questionnaire, random_codes, scored
from rowwise import Rows

from fivegaps.io.answers import MemoryAnswers

DIMENSIONS = ("d0", "d1", "d2")
INSTRUMENT = questionnaire(sizes=(3, 4, 2), weights={name: f"w_{name}" for name in DIMENSIONS})
N = 140
CODES = random_codes(INSTRUMENT, N, seed=9, missing=0.3)


def points() -> np.ndarray:
    """Points (3, n): most total 100, some 90 to 110, some are no use."""
    rng = np.random.default_rng(2)
    given = np.round(rng.dirichlet((2, 2, 2), N).T * 100)
    given[0] += 100 - given.sum(axis=0)
    given[1, :10] += 8
    given[2, 10:20] += 30
    given[:, 20:25] = np.nan
    given[1, 25:30] = np.nan
    given[0, 30], given[1, 30] = -10, given[1, 30] + 10 + given[0, 30]
    return given


def answers(given: np.ndarray) -> MemoryAnswers:
    columns = {f"w_{name}": numbers(given[place]) for place, name in enumerate(DIMENSIONS)}
    return MemoryAnswers(INSTRUMENT, CODES, columns=columns, part_rows=19)


def usable(person_points: np.ndarray) -> np.ndarray | None:
    """Return points that total 100, or None where they are no use."""
    if np.isnan(person_points).all():
        return None
    filled = np.where(np.isnan(person_points), 0, person_points)
    total = filled.sum()
    if not 90 <= total <= 110 or (filled < 0).any():
        return None
    return filled * 100 / total


def weighted(scores: list[np.ndarray], given: np.ndarray) -> np.ndarray:
    """Return each person's mean over the dimensions scored, by renormalised points."""
    found = np.full(N, np.nan)
    for person in range(N):
        shares = usable(given[:, person])
        if shares is None:
            continue
        has = [d for d in range(3) if not np.isnan(scores[d][person])]
        carried = sum(shares[d] for d in has)
        if carried >= 50:
            found[person] = sum(shares[d] * scores[d][person] for d in has) / carried
    return found


def test_the_weighted_gap_is_the_mean_of_persons_own_weighted_gaps():
    rows = Rows(INSTRUMENT, CODES)
    gaps = [rows.gap(rows.items(name)) for name in DIMENSIONS]
    expected = rows.mean(weighted(gaps, points()))

    found = scored(answers(points())).overall.weighted

    assert found.n == expected.n < N
    assert found.value == pytest.approx(expected.value, abs=1 / 27_720)
    assert found.sd == pytest.approx(expected.sd, rel=1e-4)


def test_weighted_servperf_uses_perception_whether_or_not_expected():
    rows = Rows(INSTRUMENT, CODES)
    scores = [
        rows.scores(("perception",), rows.items(name), half=True)["perception"]
        for name in DIMENSIONS
    ]
    expected = rows.mean(weighted(scores, points()))

    found = scored(answers(points())).overall.servperf_weighted

    assert (found.n, found.value) == (expected.n, pytest.approx(expected.value, abs=1 / 27_720))


def test_weights_of_a_dimension_are_the_mean_of_usable_points():
    shares = [usable(person) for person in points().T]
    kept = np.array([share for share in shares if share is not None])

    found = scored(answers(points())).dimensions

    for place, name in enumerate(DIMENSIONS):
        assert found[name].weight.n == len(kept)
        assert found[name].weight.value == pytest.approx(kept[:, place].mean(), abs=1 / 2_520)


@pytest.mark.parametrize(("total", "counts"), [(89, 0), (90, 1), (100, 1), (110, 1), (111, 0)])
def test_totals_from_90_to_110_are_taken_to_100(total, counts):
    given = np.full((3, N), np.nan)
    given[:, 0] = total / 3

    found = scored(answers(given))

    assert found.dimensions["d0"].weight.n == counts
    assert found.sums.mean({"weight:d0": 1.0}).mean == (
        pytest.approx(100 / 3, abs=1 / 2_520) if counts else None
    )


@pytest.mark.parametrize(("points_scored", "counts"), [(49, 0), (50, 1)])
def test_scored_dimensions_must_carry_half_the_points(points_scored, counts):
    codes = np.zeros_like(CODES)
    codes[:3], codes[10:13] = 5, 4
    given = np.full((3, N), np.nan)
    given[:, 0] = points_scored, 100 - points_scored, 0
    columns = {f"w_{name}": numbers(given[place]) for place, name in enumerate(DIMENSIONS)}

    found = scored(MemoryAnswers(INSTRUMENT, codes, columns=columns))

    sample = found.sums.mean({"perception:weighted": 1.0})
    assert (sample.n, sample.mean) == (counts, 4.0 if counts else None)


def test_points_without_expectations_weight_perceptions_alone():
    instrument = questionnaire(("perception",), sizes=(3, 4, 2), weights=dict(INSTRUMENT.weights))
    columns = {f"w_{name}": numbers(points()[place]) for place, name in enumerate(DIMENSIONS)}
    codes = random_codes(instrument, N, seed=9)

    found = scored(MemoryAnswers(instrument, codes, columns=columns)).overall

    assert found.weighted.reason == "not_asked"
    assert found.servperf_weighted.value is not None
