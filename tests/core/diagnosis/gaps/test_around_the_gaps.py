"""Competitors, consequences, the customer's part, and what cannot be told."""

from __future__ import annotations

import numpy as np
import pytest
from measured_companies import answers, company, dimensions, items, scores
from scipy import stats

from fivegaps.diagnosis.competitors import competitors
from fivegaps.diagnosis.consequences import consequences
from fivegaps.diagnosis.customer_part import customer_part
from fivegaps.diagnosis.missing import cannot_tell
from fivegaps.diagnosis.waves import measure_wave
from fivegaps.stats.intervals import wilson

RIVALS = {
    "competitor": ["north", "south", "north", "west"],
    "wave": ["2025"] * 4,
    "dimension": ["reliability", "reliability", None, "reliability"],
    "item": [None, None, "rel1", None],
    "mean": [6.5, 5.0, 5.5, 4.9],
    "sd": [0.9, 1.0, 1.1, None],
    "n": [300, 200, 250, None],
}


def customers(n=60, **more):
    rng = np.random.default_rng(1)
    return {**items("e", answers(rng, n, 6)), **items("p", answers(rng, n, 5)), **more}


def standing(tmp_path):
    answered = customers()
    found = company(tmp_path, customers=answered, competitors=RIVALS)
    perceived = np.stack([one for name, one in answered.items() if name[:2] == "p_"], axis=1)
    return competitors(measure_wave(found, "2025").people), perceived


def test_a_competitor_is_compared_by_welch(tmp_path):
    found, perceived = standing(tmp_path)

    own = scores(perceived, "reliability")
    test = stats.ttest_ind_from_stats(
        own.mean(), own.std(ddof=1), 60, 6.5, 0.9, 300, equal_var=False
    )
    gap = found["north"].dimensions["reliability"].difference
    assert gap.value == pytest.approx(own.mean() - 6.5)
    assert gap.p == pytest.approx(test.pvalue)
    assert found["north"].items["rel1"].difference.value == pytest.approx(
        perceived[:, 2].mean() - 5.5
    )


def test_without_spread_a_competitor_has_no_interval(tmp_path):
    found, _ = standing(tmp_path)

    gap = found["west"].dimensions["reliability"].difference
    assert gap.value is not None
    assert (gap.low, gap.high) == (None, None)


def test_places_that_cannot_be_told_apart_overlap(tmp_path):
    found, _ = standing(tmp_path)

    best = found["north"].ranks["reliability"]
    ours = found["north"].our_ranks["reliability"]
    assert (best.value, best.low, best.of) == (1, 1, 4)
    assert ours.low >= 2
    assert ours.high == 4


def test_an_outcome_has_its_slope_on_the_gap(tmp_path):
    outcome = np.random.default_rng(2).integers(1, 8, 60).astype(float)
    outcome[:7] = np.nan
    answered = customers(o_recommend=outcome)

    found = consequences(
        measure_wave(company(tmp_path, customers=answered), "2025").people
    ).outcomes["recommend"]

    gap = sum(answered[name.replace("e_", "p_")] - one for name, one in answered.items()
              if name[:2] == "e_") / 8  # fmt: skip
    both = np.cov(gap[7:], outcome[7:])[0, 1]
    assert found.mean.value == pytest.approx(outcome[7:].mean())
    assert found.slope.value == pytest.approx(both / gap.var(ddof=1))
    assert found.slope.low < found.slope.value < found.slope.high


def test_customers_at_risk_are_a_range(tmp_path):
    problem = ["yes"] * 20 + ["no"] * 35 + [None] * 5
    complained = ["yes"] * 6 + ["no"] * 54

    found = consequences(
        measure_wave(
            company(tmp_path, customers=customers(had_problem=problem, complained=complained)),
            "2025",
        ).people
    ).at_risk

    assert (found.low.low, found.low.high) == pytest.approx(wilson(6, 55))
    assert found.high.value == pytest.approx(20 / 55)
    assert "complained" in found.assumption


def test_the_customers_part_leaves_out_what_was_not_noted(tmp_path):
    cases = {
        "case": [f"k{one}" for one in range(6)],
        "channel": ["web", "web", "web", "desk", "desk", "desk"],
        "cause_side": ["customer", "company", None, "customer", "misunderstanding", "company"],
    }

    found = customer_part(company(tmp_path, customers=customers(), cases=cases))

    assert found.share.value == pytest.approx(2 / 5)
    assert found.by_channel["web"].value == pytest.approx(1 / 2)
    assert found.misunderstanding.value == pytest.approx(1 / 5)
    assert found.promises.reason == "not_asked"


def test_customers_alone_leave_much_to_collect(tmp_path):
    found = company(tmp_path, customers=customers())

    told = cannot_tell(found, "2025", measure_wave(found, "2025").gaps)

    assert {"gap1.surveyed", "gap2.self_rated", "gap2.coverage", "gap3.measured",
            "gap4.measured", "gap6.surveyed", "blind_spot", "constructs"} <= {
        one.what for one in told
    }  # fmt: skip
    assert all(one.reason and one.collect and one.advice for one in told)
    assert not any(one.what.startswith("gap5") for one in told)


def test_a_dimension_that_is_missing_is_named(tmp_path):
    rated = dimensions("s", [(4, 5, 5, 5, "none")] * 3 + [(5, 4, 4, 4, "none")])
    found = company(tmp_path, census=True, customers=customers(), managers=rated)

    told = cannot_tell(found, "2025", measure_wave(found, "2025").gaps)

    assert [(one.what, one.reason) for one in told if one.what.startswith("gap2.self")] == [
        ("gap2.self_rated.empathy", "no_standard")
    ]


def test_small_cells_ask_for_more_people(tmp_path):
    found = company(
        tmp_path,
        customers=customers(),
        managers=items("e", answers(np.random.default_rng(0), 2, 6)),
    )

    told = cannot_tell(found, "2025", measure_wave(found, "2025").gaps)

    gap1 = next(one for one in told if one.what == "gap1.surveyed")
    assert (gap1.reason, gap1.advice) == ("small_cell", "ask_more_people")
