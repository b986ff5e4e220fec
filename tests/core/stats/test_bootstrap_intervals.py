import numpy as np
import pytest

from fivegaps.stats.bootstrap_intervals import bca_interval, interval_of, percentile_interval
from fivegaps.stats.resampling import BlockSums


def test_percentile_interval_is_numpys_quantiles():
    replicates = np.random.default_rng(1).normal(size=(500, 3))

    found = percentile_interval(replicates, confidence=0.9)

    assert found.low == pytest.approx(np.quantile(replicates, 0.05, axis=0))
    assert found.high == pytest.approx(np.quantile(replicates, 0.95, axis=0))


def test_a_few_failed_replicates_are_left_out():
    replicates = np.random.default_rng(1).normal(size=(500, 1))
    replicates[:40] = np.nan

    found = percentile_interval(replicates)

    assert found.low == pytest.approx(np.quantile(replicates[40:], 0.025, axis=0))


def test_many_failed_replicates_leave_no_interval():
    replicates = np.random.default_rng(1).normal(size=(500, 1))
    replicates[:60] = np.nan

    assert percentile_interval(replicates).ends() == (None, None)


def test_bca_without_bias_and_skewness_is_the_percentile_interval():
    generator = np.random.default_rng(1)
    half = generator.normal(size=(500, 1))
    replicates = np.concatenate([half, -half])
    left_out = np.concatenate([np.full((20, 1), 0.1), np.full((20, 1), -0.1)])

    found = bca_interval(np.zeros(1), replicates, left_out)

    plain = percentile_interval(replicates)
    assert (found.low, found.high) == (pytest.approx(plain.low), pytest.approx(plain.high))


def test_bca_agrees_with_scipy():
    """scipy.stats.bootstrap, method BCa, on the same replicates of a variance."""
    from scipy import stats

    sample = np.random.default_rng(2).lognormal(size=60)
    other = stats.bootstrap((sample,), np.var, n_resamples=3000, method="BCa", rng=1)
    left_out = np.array([[np.var(np.delete(sample, i))] for i in range(60)])

    found = bca_interval(
        np.array([np.var(sample)]), other.bootstrap_distribution[:, None], left_out
    )

    interval = other.confidence_interval
    assert found.ends() == (
        pytest.approx(interval.low, rel=1e-3),
        pytest.approx(interval.high, rel=1e-3),
    )


def test_bca_falls_back_when_all_replicates_lie_on_one_side():
    replicates = np.linspace(1, 2, 101)[:, None]

    found = bca_interval(np.zeros(1), replicates, np.zeros((20, 1)))

    assert found.ends() == (pytest.approx(1.025), pytest.approx(1.975))


def test_fewer_than_ten_blocks_have_no_interval():
    replicates = np.random.default_rng(1).normal(size=(500, 1))

    assert bca_interval(np.zeros(1), replicates, np.zeros((9, 1))).ends() == (None, None)


def test_interval_of_any_figure_of_covariances():
    rows = np.random.default_rng(1).normal(size=(400, 2))
    blocks = BlockSums.of(("a", "b"), rows, block=np.arange(400), blocks=400)

    found = interval_of(
        lambda covariances: covariances[:, :1, 0], blocks.covariance(), blocks.resamples(seed=1)
    )

    low, high = found.ends()
    assert low < rows[:, 0].var(ddof=1) < high
    assert high - low == pytest.approx(2 * 1.96 * np.sqrt(2 / 400), rel=0.25)
