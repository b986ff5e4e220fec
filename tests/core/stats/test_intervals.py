import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fivegaps.errors import CannotCompute
from fivegaps.stats.intervals import (
    NO_INTERVAL,
    NO_VARIATION,
    Sample,
    correlation_estimate,
    fisher_z,
    gap_estimate,
    mean_estimate,
    share_estimate,
    welch_df,
    wilson,
)

ANSWERS = st.lists(st.integers(-6, 6), min_size=2, max_size=40).filter(lambda x: len(set(x)) > 1)


@given(ANSWERS)
def test_a_gap_equals_the_one_sample_t_test(differences):
    gap = gap_estimate(
        n=len(differences),
        mean=float(np.mean(differences)),
        variance=float(np.var(differences, ddof=1)),
    )

    known = stats.ttest_1samp(differences, 0)
    assert gap.t == pytest.approx(known.statistic, rel=1e-9, abs=1e-12)
    assert gap.p == pytest.approx(known.pvalue, rel=1e-6, abs=1e-12)
    assert (gap.low, gap.high) == pytest.approx(tuple(known.confidence_interval()), abs=1e-9)


def test_effect_sizes_use_the_sd_of_differences_and_the_average_sd():
    gap = gap_estimate(n=100, mean=-0.6, variance=1.44, sd_perception=1.0, sd_expectation=0.5)

    assert gap.d_z == pytest.approx(-0.5)
    assert gap.d_av == pytest.approx(-0.8)


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_pairs_are_too_few(n):
    gap = gap_estimate(n=n, mean=0.0, variance=None)

    assert (gap.value, gap.reason, gap.n) == (None, "too_few", n)


def test_two_pairs_have_an_interval():
    gap = gap_estimate(n=2, mean=0.5, variance=0.5)

    assert gap.df == 1
    assert gap.high == pytest.approx(0.5 + 12.7062 * 0.5, rel=1e-5)


def test_constant_differences_have_a_value_but_no_t():
    gap = gap_estimate(
        n=30,
        mean=-1.0,
        variance=0.0,
        sd_perception=1.0,
        sd_expectation=1.0,
        frequencies=([-1], [30]),
    )

    assert (gap.value, gap.low, gap.high, gap.sd) == (-1.0, -1.0, -1.0, 0.0)
    assert (gap.t, gap.p, gap.d_z) == (None, None, None)
    assert gap.method.endswith(NO_VARIATION)
    assert gap.d_av == -1.0
    assert gap.wilcoxon.rank_biserial == -1.0


def test_all_zero_differences_are_a_gap_of_zero_without_test():
    gap = gap_estimate(n=30, mean=0.0, variance=0.0, frequencies=([0], [30]))

    assert (gap.value, gap.t, gap.wilcoxon.reason) == (0.0, None, "constant")


def test_the_last_bits_of_a_float_variance_are_no_variation():
    assert gap_estimate(n=30, mean=0.1, variance=3e-17).t is None


def test_one_different_answer_in_ten_million_is_variation():
    assert gap_estimate(n=10_000_000, mean=1e-8, variance=4e-9).t is not None


def test_batteries_without_spread_have_no_d_av():
    gap = gap_estimate(n=5, mean=1.0, variance=1.0, sd_perception=0.0, sd_expectation=0.0)

    assert gap.d_av is None


def test_a_standard_error_from_clusters_replaces_the_plain_one():
    gap = gap_estimate(n=400, mean=-0.5, variance=1.0, standard_error=0.2, df=7)

    assert gap.t == pytest.approx(-2.5)
    assert gap.p == pytest.approx(2 * stats.t.sf(2.5, 7))
    assert gap.d_z == pytest.approx(-0.5)


def test_a_single_cluster_gives_a_value_without_interval():
    gap = gap_estimate(n=400, mean=-0.5, variance=1.0, standard_error=0.0, df=0)

    assert (gap.value, gap.low, gap.high, gap.p) == (-0.5, None, None, None)
    assert gap.method.endswith(NO_INTERVAL)


def test_a_confidence_of_99_widens_the_interval():
    wide = gap_estimate(n=20, mean=0.0, variance=1.0, confidence=0.99)

    assert wide.high == pytest.approx(stats.t.ppf(0.995, 19) / math.sqrt(20))


def test_a_mean_of_one_answer_is_too_few():
    assert mean_estimate(Sample(n=1, mean=5.0)).reason == "too_few"


def test_a_sample_of_one_has_no_standard_error():
    assert math.isnan(Sample(n=1, mean=5.0).squared_error)


def test_a_mean_has_its_t_interval():
    estimate = mean_estimate(Sample(n=25, mean=5.0, variance=4.0))

    assert (estimate.low, estimate.high) == pytest.approx(stats.t.interval(0.95, 24, 5.0, 0.4))


def test_welch_counts_equal_groups_as_one():
    group = Sample(n=10, mean=0.0, variance=2.0)

    assert welch_df(group, group) == pytest.approx(18)


@given(st.integers(1, 400), st.integers(0, 400))
def test_wilson_lies_inside_0_and_1_and_holds_the_share(n, k):
    k = min(k, n)

    low, high = wilson(k, n)

    assert 0 <= low <= k / n <= high <= 1


def test_wilson_equals_that_of_scipy():
    known = stats.binomtest(7, 40).proportion_ci(method="wilson")

    assert wilson(7, 40) == pytest.approx((known.low, known.high))


def test_a_design_effect_widens_wilson():
    assert wilson(50, 100, n_effective=50) == pytest.approx(wilson(25, 50))


def test_a_share_of_nobody_has_no_interval():
    with pytest.raises(CannotCompute, match="too_few"):
        wilson(0, 0)


def test_a_share_of_nobody_says_too_few():
    assert share_estimate(0, 0).reason == "too_few"


def test_fisher_equals_that_of_scipy():
    x, y = np.arange(20.0), np.sin(np.arange(20.0))
    known = stats.pearsonr(x, y)

    low, high = fisher_z(known.statistic, 20)

    assert (low, high) == pytest.approx(tuple(known.confidence_interval()))


def test_a_perfect_correlation_has_no_width():
    assert fisher_z(-1.0, 20) == (-1.0, -1.0)


@pytest.mark.parametrize(("r", "n", "reason"), [(0.5, 3, "too_few"), (None, 50, "constant")])
def test_a_correlation_that_cannot_be_had_says_why(r, n, reason):
    assert correlation_estimate(r, n).reason == reason


def test_a_correlation_has_its_fisher_interval():
    estimate = correlation_estimate(0.5, 50)

    assert (estimate.low, estimate.high) == fisher_z(0.5, 50)


def test_a_nan_correlation_is_constant():
    assert correlation_estimate(math.nan, 50).reason == "constant"


def test_three_pairs_have_no_fisher_interval():
    with pytest.raises(CannotCompute, match="too_few"):
        fisher_z(0.5, 3)
