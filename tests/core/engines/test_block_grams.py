"""Gram matrices by bootstrap block: exact, additive, for blocks of any size."""

from __future__ import annotations

import numpy as np
import pytest

from fivegaps.engines.block_grams import BlockGrams, Dealt
from fivegaps.engines.grams import grouping

RNG = np.random.default_rng(8)


def plainly(columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return the Gram matrix of [1; columns] over some rows."""
    some = np.vstack([np.ones(int(rows.sum())), columns[:, rows]]).astype(np.int64)
    return some @ some.T


@pytest.mark.parametrize(
    "groups",
    [
        RNG.integers(0, 7, 300),
        np.where(np.arange(300) < 290, 0, np.arange(300)),
        np.arange(300),
        np.zeros(300, dtype=int),
    ],
    ids=["alike", "one far larger", "one row each", "one block"],
)
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_each_block_has_the_gram_matrix_of_its_complete_rows(groups, kind):
    columns = RNG.integers(-6, 7, (4, 300)).astype(kind)
    complete = RNG.random(300) > 0.2
    found = grouping(groups)
    dealt = Dealt(found, 300)

    grams = dealt.grams(dealt.arranged(columns), dealt.arranged(complete[None])[0])

    for place, group in enumerate(found.keys):
        rows = (groups == group) & complete
        assert (grams[place] == plainly(columns, rows)).all()


def test_large_blocks_of_long_scales_stay_exact_in_single_precision_columns():
    columns = RNG.integers(35, 41, (3, 40_000)).astype(np.float32)
    dealt = Dealt(grouping(np.zeros(40_000, dtype=int)), 40_000)

    grams = dealt.grams(dealt.arranged(columns), dealt.arranged(np.ones((1, 40_000)) > 0)[0])

    assert (grams[0] == plainly(columns, np.ones(40_000, dtype=bool))).all()


def test_nobody_is_in_no_block():
    dealt = Dealt(grouping(np.zeros(0, dtype=int)), 0)

    grams = dealt.grams(dealt.arranged(np.zeros((2, 0))), np.zeros(0, dtype=bool))

    assert grams.shape == (0, 3, 3)


def test_blocks_met_in_either_part_add_up():
    one, two = np.full((1, 2, 2), 1.0), np.full((2, 2, 2), 5.0)

    total = BlockGrams(("b",), one) + BlockGrams(("a", "b"), two)

    assert total.keys == ("a", "b")
    assert total.grams[:, 0, 0].tolist() == [5.0, 6.0]
