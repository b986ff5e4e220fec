import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fivegaps.errors import OptionRefused
from fivegaps.stats.planning import (
    margin_of_gap,
    margin_of_share,
    plan_comparison,
    plan_gap,
    plan_reliability,
    plan_share,
)


@given(st.floats(0.05, 1.0), st.floats(0.3, 2.0))
def test_the_planned_gap_has_just_the_margin(margin, sd):
    n = plan_gap(margin=margin, sd=sd).n

    assert margin_of_gap(n, sd=sd).margin <= margin * (1 + 1e-9)
    assert n == 2 or margin_of_gap(n - 1, sd=sd).margin > margin


def test_a_gap_of_few_answers_takes_t_not_z():
    plan = plan_gap(margin=1.0, sd=1.0)

    assert plan.n0 == pytest.approx(3.8415, rel=1e-4)
    assert plan.n == 7


def test_a_wide_margin_still_needs_two_answers():
    assert plan_gap(margin=1000, sd=0.1).n == 2


def test_a_design_effect_multiplies_the_answers():
    assert plan_share(margin=0.05, deff=2).n == 769


def test_a_small_population_needs_fewer():
    assert plan_share(margin=0.05, population=1000).n == 278


def test_no_plan_asks_more_people_than_there_are():
    assert plan_share(margin=0.001, population=50, deff=3).n == 50


def test_all_customers_answering_leaves_no_margin():
    assert margin_of_share(80, population=80).margin == 0.0


def test_a_margin_of_a_share_follows_the_formula():
    plan = margin_of_share(400, share=0.3, deff=1.5, population=2000)

    expected = 1.959964 * math.sqrt(1.5 * 0.3 * 0.7 / 400 * 1600 / 1999)
    assert plan.margin == pytest.approx(expected, rel=1e-6)


def test_a_response_rate_tells_whom_to_invite():
    assert plan_share(margin=0.05, response_rate=0.2).invited == 1925


def test_a_comparison_has_just_the_power_wanted():
    n = plan_comparison(difference=0.3, sd=1.1, power=0.8).n

    def power(size: int) -> float:
        df = 2 * size - 2
        return stats.nct.sf(stats.t.ppf(0.975, df), df, 0.3 / (1.1 * math.sqrt(2 / size)))

    assert n == 213
    assert power(n) >= 0.8 > power(n - 1)


def test_many_comparisons_need_more_answers():
    one, ten = (plan_comparison(difference=0.3, sd=1, comparisons=k).n for k in (1, 10))

    assert ten > one


def test_a_noisier_second_group_needs_more_answers():
    assert (
        plan_comparison(difference=0.3, sd=1, sd_other=2).n
        > plan_comparison(difference=0.3, sd=1).n
    )


def test_a_tiny_difference_needs_millions():
    plan = plan_comparison(difference=0.001, sd=1)

    assert plan.n == math.ceil(plan.n0)


@given(st.floats(0.01, 0.9), st.floats(0.1, 0.95))
def test_the_planned_mean_is_as_reliable_as_wanted(icc, reliability):
    n = plan_reliability(icc=icc, reliability=reliability).n

    assert n * icc / (1 + (n - 1) * icc) >= reliability - 1e-9


def test_every_plan_names_its_method_and_what_it_takes_for_granted():
    plans = [
        plan_gap(margin=0.1, sd=1.2),
        margin_of_gap(100, sd=1.2),
        plan_share(margin=0.05),
        margin_of_share(100),
        plan_comparison(difference=0.3, sd=1),
        plan_reliability(icc=0.05),
    ]

    assert all(plan.method and len(plan.assumptions) >= 3 for plan in plans)


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        (lambda: plan_gap(margin=0, sd=1), "margin"),
        (lambda: plan_gap(margin=0.1, sd=-1), "sd"),
        (lambda: plan_gap(margin=float("nan"), sd=1), "margin"),
        (lambda: plan_gap(margin=0.1, sd=1, confidence=1), "confidence"),
        (lambda: plan_gap(margin=0.1, sd=1, population=1), "population"),
        (lambda: plan_gap(margin=0.1, sd=1, response_rate=0), "response_rate"),
        (lambda: margin_of_gap(1, sd=1), "answers"),
        (lambda: plan_share(margin=5), "margin"),
        (lambda: plan_share(margin=0.05, share=1), "share"),
        (lambda: margin_of_share(0), "answers"),
        (lambda: margin_of_share(100, population=50), "population"),
        (lambda: plan_comparison(difference=0, sd=1), "difference"),
        (lambda: plan_comparison(difference=1, sd=1, power=0.02), "power"),
        (lambda: plan_comparison(difference=1, sd=1, comparisons=0), "comparisons"),
        (lambda: plan_reliability(icc=0), "icc"),
        (lambda: plan_reliability(icc=0.1, reliability=1), "reliability"),
    ],
)
def test_an_argument_that_makes_no_sense_is_refused_by_name(plan, message):
    with pytest.raises(OptionRefused, match=message):
        plan()
