import numpy as np
import pytest
from scipy import stats

from fivegaps.errors import OptionRefused
from fivegaps.stats.adjust import benjamini_hochberg
from fivegaps.stats.comparing import difference, differences, equivalence
from fivegaps.stats.intervals import NO_VARIATION, Sample

FIRST = np.array([3.0, 4.0, 5.0, 5.0, 6.0, 2.0])
SECOND = np.array([4.0, 6.0, 6.0, 7.0, 5.0, 5.0, 6.0, 7.0])


def _sample(answers: np.ndarray) -> Sample:
    return Sample(answers.size, float(answers.mean()), float(answers.var(ddof=1)))


def test_a_difference_equals_the_welch_test_of_scipy():
    found = difference(_sample(FIRST), _sample(SECOND))

    known = stats.ttest_ind(FIRST, SECOND, equal_var=False)
    assert (found.t, found.p, found.df) == pytest.approx((known.statistic, known.pvalue, known.df))
    assert (found.low, found.high) == pytest.approx(tuple(known.confidence_interval()))
    assert found.n == 14


def test_the_other_way_round_only_the_sign_changes():
    one, other = _sample(FIRST), _sample(SECOND)

    assert difference(one, other).value == -difference(other, one).value
    assert difference(one, other).p == pytest.approx(difference(other, one).p)


@pytest.mark.parametrize("n", [0, 1])
def test_a_group_of_fewer_than_two_is_too_few(n):
    assert difference(Sample(n, 4.0), _sample(SECOND)).reason == "too_few"


def test_a_group_of_one_cluster_is_too_few():
    lone = Sample(100, 4.0, 1.0, standard_error=0.0, df=0)

    assert difference(lone, _sample(SECOND)).reason == "too_few"


def test_two_constant_groups_differ_without_test():
    found = difference(Sample(5, 4.0, 0.0), Sample(5, 6.0, 0.0))

    assert (found.value, found.low, found.high, found.p) == (-2.0, -2.0, -2.0, None)
    assert found.method.endswith(NO_VARIATION)


def test_one_constant_group_still_has_a_test():
    found = difference(Sample(5, 4.0, 0.0), _sample(SECOND))

    assert found.df == pytest.approx(SECOND.size - 1)


def test_external_standard_errors_are_used():
    found = difference(
        Sample(100, 1.0, 1.0, standard_error=0.3, df=10),
        Sample(100, 0.0, 1.0, standard_error=0.4, df=10),
    )

    assert found.t == pytest.approx(2.0)
    assert found.df == pytest.approx(0.25**2 / (0.09**2 / 10 + 0.16**2 / 10))


def test_many_differences_share_one_adjustment():
    pairs = {"a": (_sample(FIRST), _sample(SECOND)), "b": (_sample(FIRST), Sample(0, None))}

    found = differences(pairs, rule=benjamini_hochberg)

    assert found["a"].p_adjusted == found["a"].p
    assert found["b"].p_adjusted is None


def test_two_groups_that_agree_closely_are_equivalent():
    group = Sample(400, 5.0, 1.0)

    found = equivalence(group, Sample(400, 5.05, 1.0), margin=0.25)

    assert found.equivalent
    assert -0.25 < found.low < found.high < 0.25


def test_few_answers_do_not_show_equivalence():
    assert not equivalence(Sample(10, 0.0, 1.0), margin=0.25).equivalent


def test_equivalence_is_when_the_90_percent_interval_lies_inside():
    error, margin = 0.1, 0.25
    edge = margin - stats.t.ppf(0.95, 99) * error

    inside = equivalence(Sample(100, edge - 1e-9, 1.0), margin=margin)
    outside = equivalence(Sample(100, edge + 1e-9, 1.0), margin=margin)

    assert (inside.equivalent, outside.equivalent) == (True, False)


def test_equivalence_needs_variation_and_answers():
    assert equivalence(Sample(1, 0.0), margin=0.25) is None
    assert equivalence(Sample(9, 0.0, 0.0), margin=0.25) is None


def test_a_margin_of_nothing_is_refused():
    with pytest.raises(OptionRefused, match="not above 0"):
        equivalence(Sample(10, 0.0, 1.0), margin=0)
