import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivegaps.errors import CannotCompute
from fivegaps.stats.resampling import BlockSums, block_of, correlations_of, number_of_blocks

NAMES = ("a", "b", "y")


def answers(n: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(1, 8, size=(n, 3)).astype(np.float64)


def own_blocks(rows: np.ndarray) -> BlockSums:
    return BlockSums.of(NAMES, rows, block=np.arange(len(rows)), blocks=len(rows))


def test_few_rows_are_each_a_block_of_their_own():
    rows = np.arange(1000)

    assert np.array_equal(block_of(rows, rows=1000), rows)
    assert number_of_blocks(1000) == 1000


def test_many_rows_are_dealt_evenly_into_a_thousand_blocks():
    sizes = np.bincount(block_of(np.arange(100_000), rows=100_000), minlength=1000)

    assert len(sizes) == number_of_blocks(100_000) == 1000
    assert sizes.max() - sizes.min() <= 40  # 65 or 66 of the first 65,536, the rest by chance


def test_the_block_of_a_row_depends_on_its_number_alone():
    every = block_of(np.arange(5000), rows=5000)

    assert np.array_equal(block_of(np.arange(2000, 3000), rows=5000), every[2000:3000])


def test_another_seed_deals_the_rows_otherwise():
    rows = np.arange(5000)

    assert not np.array_equal(block_of(rows, rows=5000), block_of(rows, rows=5000, seed=1))


@given(cut=st.integers(0, 60), seed=st.integers(0, 5))
def test_sums_of_parts_add_up_to_the_whole_in_bits(cut, seed):
    rows = answers(60, seed)
    block = block_of(np.arange(60), rows=60, most=7)

    whole = BlockSums.of(NAMES, rows, block=block, blocks=7)
    first = BlockSums.of(NAMES, rows[:cut], block=block[:cut], blocks=7)
    second = BlockSums.of(NAMES, rows[cut:], block=block[cut:], blocks=7)

    assert first + second == whole == second + first
    assert whole + BlockSums.empty(NAMES, blocks=7) == whole


def test_sums_of_other_columns_are_not_added():
    rows = own_blocks(answers(5))

    with pytest.raises(ValueError, match="other columns"):
        rows + rows.select(("a", "b"))


def test_means_and_covariances_are_those_of_the_rows():
    rows = answers(200)

    sums = BlockSums.of(NAMES, rows, block=block_of(np.arange(200), rows=200, most=9), blocks=9)

    assert sums.means() == pytest.approx(rows.mean(axis=0), rel=1e-12)
    assert sums.covariance() == pytest.approx(np.cov(rows.T), rel=1e-12)


def test_a_row_with_a_missing_answer_is_left_out():
    rows = answers(20)
    rows[3, 1] = np.nan

    sums = own_blocks(rows)

    assert sums.rows == 19
    assert sums.means() == pytest.approx(np.delete(rows, 3, axis=0).mean(axis=0))


def test_selecting_columns_reorders_everything():
    rows = answers(30)

    sums = own_blocks(rows).select(("y", "a"))

    assert sums.covariance() == pytest.approx(np.cov(rows[:, [2, 0]].T))
    assert sums.replicates(3, seed=1).select(("a",)).means.shape == (3, 1)


def test_replicates_are_the_same_for_the_same_seed():
    sums = own_blocks(answers(50))

    first, second = sums.replicates(300, seed=4), sums.replicates(300, seed=4)

    assert np.array_equal(first.covariances, second.covariances)
    assert not np.array_equal(first.means, sums.replicates(300, seed=5).means)


def test_spread_of_replicated_means_is_their_standard_error():
    rows = answers(300)

    replicates = own_blocks(rows).replicates(4000, seed=1)

    expected = rows.std(axis=0, ddof=1) / np.sqrt(300)
    assert replicates.means.std(axis=0) == pytest.approx(expected, rel=0.05)


def test_spread_is_unbiased_with_few_clusters():
    # The error of a mean of m clusters of equal size is that of m cluster means.
    generator = np.random.default_rng(3)
    rows = np.repeat(generator.normal(size=(6, 3)), 10, axis=0)
    clusters = BlockSums.of(NAMES, rows, block=np.repeat(np.arange(6), 10), blocks=6)

    spread = clusters.replicates(20_000, seed=1).means.std(axis=0)

    assert spread == pytest.approx(rows[::10].std(axis=0, ddof=1) / np.sqrt(6), rel=0.03)


def test_replicated_covariances_are_those_of_drawn_rows():
    rows = answers(40)
    sums = own_blocks(rows)

    replicates = sums.replicates(5, seed=8)

    drawn = np.random.default_rng(8).integers(0, 40, size=(5, 39))
    for replicate, chosen in zip(replicates.covariances, drawn, strict=True):
        assert replicate == pytest.approx(np.cov(rows[chosen].T), abs=1e-12)


def test_leaving_out_each_block_in_turn():
    rows = answers(12)
    block = np.repeat(np.arange(4), 3)

    left = BlockSums.of(NAMES, rows, block=block, blocks=5).without_each()

    assert left.n.tolist() == [9, 9, 9, 9]
    assert left.covariances[1] == pytest.approx(np.cov(rows[block != 1].T))


def test_one_block_cannot_be_resampled():
    alone = BlockSums.of(NAMES, answers(5), block=np.zeros(5, dtype=np.int64), blocks=3)

    with pytest.raises(CannotCompute) as problem:
        alone.replicates(10, seed=1)

    assert problem.value.reason == "too_few"


def test_no_rows_have_no_means():
    nothing = BlockSums.empty(NAMES, blocks=3)

    assert np.isnan(nothing.means()).all()
    assert np.isnan(nothing.covariance()).all()
    assert nothing.filled == 0


def test_a_constant_column_has_no_correlation():
    rows = answers(20)
    rows[:, 1] = 4

    found = correlations_of(own_blocks(rows).covariance())

    assert np.isnan(found[1]).all()
    assert found[0, 0] == 1
    assert found[0, 2] == pytest.approx(np.corrcoef(rows[:, 0], rows[:, 2])[0, 1])
