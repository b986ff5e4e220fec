import numpy as np
import pytest
from scipy import stats

from fivegaps.stats.funnel import ALARM, WARNING, funnel, funnel_limits
from fivegaps.stats.intervals import Sample


def _units(means, n, variance=1.0):
    return [Sample(n, float(mean), variance) for mean in means]


def test_limits_narrow_with_the_root_of_n():
    low, high = funnel_limits([25, 100], centre=-1.0, sd=1.0, confidence=WARNING)

    assert high - low == pytest.approx([2 * 1.959964 / 5, 2 * 1.959964 / 10], rel=1e-6)


def test_alarm_limits_lie_at_three_point_zero_nine_errors():
    _, high = funnel_limits([100], centre=0.0, sd=1.0, confidence=ALARM)

    assert high == pytest.approx([0.30902], abs=1e-5)


def test_a_unit_far_below_the_rest_is_below():
    found = funnel(_units([0, 0, 0, 0, -1], 100))

    assert [unit.place for unit in found.units] == ["inside"] * 4 + ["below"]


def test_a_unit_far_above_the_rest_is_above():
    assert funnel(_units([0, 0, 0, 0, 1], 100)).units[4].place == "above"


def test_a_small_unit_with_the_same_mean_is_inside():
    units = [*_units([0, 0, 0, 0], 100), Sample(3, -1.0, 1.0)]

    assert funnel(units).units[4].place == "inside"


def test_p_of_q_is_that_of_one_way_analysis_of_variance():
    random = np.random.default_rng(3)
    groups = [random.normal(0, 1, size) for size in (8, 20, 35)]

    found = funnel([Sample(g.size, g.mean(), g.var(ddof=1)) for g in groups])

    known = stats.f_oneway(*groups)
    assert found.q / found.df == pytest.approx(known.statistic)
    assert found.p == pytest.approx(known.pvalue)


def test_p_of_a_unit_is_that_of_the_pooled_t_against_the_others_with_two_units():
    random = np.random.default_rng(4)
    one, other = random.normal(0, 1, 12), random.normal(0.5, 1, 30)

    found = funnel([Sample(g.size, g.mean(), g.var(ddof=1)) for g in (one, other)])

    assert found.units[0].p == pytest.approx(stats.ttest_ind(one, other).pvalue)
    assert found.units[1].p == pytest.approx(found.units[0].p)


def test_tau_is_that_of_dersimonian_and_laird():
    means, n = np.array([0.0, 0.5, -0.4, 1.0]), 50

    found = funnel(_units(means, n))

    precision = np.full(4, float(n))
    q = (precision * (means - means.mean()) ** 2).sum()
    excess = precision.sum() - (precision**2).sum() / precision.sum()
    assert found.tau == pytest.approx(np.sqrt((q - 3) / excess))


def test_units_that_are_alike_have_no_tau():
    assert funnel(_units([0.01, 0, -0.01], 20)).tau == 0.0


def test_overdispersion_widens_the_limits():
    units = _units([0, 0.5, -0.4, 1.0], 50)

    plain, wide = funnel(units), funnel(units, overdispersion=True)

    assert wide.units[0].alarm_high > plain.units[0].alarm_high
    assert [unit.place for unit in wide.units] == ["inside"] * 4


def test_the_centre_is_the_mean_of_all_answers():
    units = [Sample(10, 1.0, 1.0), Sample(29, 0.0, 1.0), Sample(1, 10.0)]

    assert funnel(units).centre == pytest.approx(0.5)


def test_a_single_answer_has_no_place():
    found = funnel([*_units([0, 1], 20), Sample(1, 5.0)])

    assert (found.units[2].place, found.units[2].p, found.df) == (None, None, 1)


def test_five_hundred_units_of_one_answer_cannot_be_told():
    found = funnel([Sample(1, float(place % 7)) for place in range(500)])

    assert found.q is None
    assert {unit.place for unit in found.units} == {None}


@pytest.mark.parametrize("units", [[], [Sample(0, None)], [Sample(30, 1.0, 1.0)]])
def test_fewer_than_two_units_have_no_spread(units):
    found = funnel(units)

    assert (found.q, found.p, found.tau) == (None, None, None)


def test_units_without_variation_have_no_limits():
    found = funnel(_units([1, 2], 10, variance=0.0))

    assert found.units[0].place is None
    assert found.span == 1.0


def test_a_design_effect_counts_as_fewer_answers():
    plain = funnel(_units([0, 0, 0, -0.5], 100))
    clustered = funnel([Sample(100, m, 1.0, standard_error=0.2, df=9) for m in (0, 0, 0, -0.5)])

    assert plain.units[3].place == "below"
    assert clustered.units[3].place == "inside"
    assert clustered.q == pytest.approx(plain.q / 4)


def test_false_alarms_stay_near_two_in_a_thousand():
    random = np.random.default_rng(11)
    answers = random.normal(0, 1, (2000, 25))

    found = funnel([Sample(25, unit.mean(), unit.var(ddof=1)) for unit in answers])

    alarms = sum(unit.place != "inside" for unit in found.units)
    assert alarms <= stats.binom.ppf(0.999, 2000, 0.002)
