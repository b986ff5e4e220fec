"""Careless answers and duplicates: counted, left in, and the figures without them."""

from __future__ import annotations

import numpy as np
import pytest
from made_answers import kept_rows, labels, numbers, questionnaire, random_codes, scored

from fivegaps.io.answers import MemoryAnswers
from fivegaps.stats.weights import Margin

INSTRUMENT = questionnaire(sizes=(5, 4), extra=0)
N = 120
CARELESS = (3, 50, 77)
COPIES = {90: 10, 91: 10, 119: 20}


def codes() -> np.ndarray:
    drawn = random_codes(INSTRUMENT, N, seed=14, missing=0.05)
    for person in CARELESS:
        drawn[:9, person], drawn[9:, person] = 7, 4
    for copy, first in COPIES.items():
        drawn[:, copy] = drawn[:, first]
    return drawn


KEPT = np.array([person not in {*CARELESS, *COPIES} for person in range(N)])
BRANCH = np.random.default_rng(5).integers(0, 6, N)
BRANCH[list(CARELESS)] = 6
COLUMNS = {
    "branch": labels(BRANCH, tuple("abcdefg")),
    "weight": numbers(np.random.default_rng(6).gamma(2, 1, N)),
    "region": labels(np.arange(N) % 2, ("north", "south")),
}


def answers() -> MemoryAnswers:
    return MemoryAnswers(INSTRUMENT, codes(), columns=COLUMNS, part_rows=25)


def test_careless_answers_and_later_copies_are_counted_and_kept():
    found = scored(answers())

    assert found.counts.careless == len(CARELESS)
    assert found.duplicates == len(COPIES)
    assert found.counts.used == N


@pytest.mark.parametrize(
    "options", [{}, {"weight": "weight"}, {"cluster": "branch"}, {"missing": "complete"}]
)
def test_the_figures_without_the_flagged_are_those_of_the_other_rows(options):
    drawn = codes()
    complete = (drawn > 0).all(axis=0) if options.get("missing") else np.ones(N, dtype=bool)
    only = kept_rows(INSTRUMENT, drawn, COLUMNS, KEPT & complete)

    without = scored(answers(), **options).without_flagged

    alone = scored(only, **options).gaps
    for name, gap in without.items():
        assert (gap.n, gap.df) == (alone[name].n, alone[name].df)
        assert (gap.value, gap.low, gap.high, gap.sd, gap.d_av) == pytest.approx(
            (
                alone[name].value,
                alone[name].low,
                alone[name].high,
                alone[name].sd,
                alone[name].d_av,
            ),
            rel=1e-9,
        )


def test_under_margins_the_others_keep_the_weights_of_the_whole():
    margins = (Margin("region", {"north": 0.7, "south": 0.3}),)
    weights = np.where(np.arange(N) % 2 == 0, 0.7, 0.3)
    columns = {"weight": numbers(weights)}
    only = kept_rows(INSTRUMENT, codes(), columns, KEPT)

    without = scored(answers(), margins=margins).without_flagged

    alone = scored(only, weight="weight").gaps
    assert [gap.value for gap in without.values()] == pytest.approx(
        [gap.value for gap in alone.values()], rel=1e-9
    )


def test_when_everybody_is_flagged_nothing_is_left_to_show():
    careless = np.full((18, 30), 4, dtype=np.uint8)

    without = scored(MemoryAnswers(INSTRUMENT, careless)).without_flagged

    assert {(gap.reason, gap.n) for gap in without.values()} == {("too_few", 0)}


def test_copies_of_careless_answers_are_flagged_once():
    drawn = codes()
    drawn[:, 60] = drawn[:, 3]

    found = scored(MemoryAnswers(INSTRUMENT, drawn))

    assert found.counts.careless == len(CARELESS) + 1
    assert found.duplicates == len(COPIES)
