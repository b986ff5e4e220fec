"""Gap 4: promises kept, delivered against claimed, and the chance of being kept."""

from __future__ import annotations

import numpy as np
import pytest
from measured_companies import answers, company, dimensions, items
from scipy import stats

from fivegaps.diagnosis.gaps.promise_chance import chance_of_keeping
from fivegaps.diagnosis.waves import measure_wave
from fivegaps.stats.intervals import wilson

PROMISES = {
    "promise": ["fast", "safe", "kind"],
    "text": ["a", "b", "c"],
    "items": ["res1", "rel1;rel3", "emp1"],
    "level": [6, 6.5, None],
    "from": ["2025-01-01", "2024-01-01", None],
    "until": [None, "2024-12-31", None],
}
OUTCOMES = {
    "promise": ["fast", "fast", "safe"],
    "date": ["2025-02-01", "2025-03-01", "2025-03-01"],
    "kept": [7, 5, 18],
    "n": [10, 10, 20],
    "customer_caused": [1, 1, 0],
}


def gap4(found):
    return measure_wave(found, "2025").gaps.gaps.gap4


def perceived(n=20):
    return answers(np.random.default_rng(1), n, 5, missing=0.2)


def measured(tmp_path):
    return gap4(
        company(
            tmp_path,
            customers=items("p", perceived()),
            promises=PROMISES,
            promise_outcomes=OUTCOMES,
        )
    ).measured


def test_a_promise_is_kept_as_often_as_its_outcomes_say(tmp_path):
    fast = measured(tmp_path).promises["fast"]

    assert fast.kept.value == pytest.approx(12 / 20)
    assert (fast.kept.low, fast.kept.high) == pytest.approx(wilson(12, 20))
    assert fast.customer_caused.value == pytest.approx(2 / 8)


def test_a_dimension_is_the_mean_of_kept_less_one(tmp_path):
    found = measured(tmp_path)

    assert found.dimensions["responsiveness"].value == pytest.approx(-0.4)
    assert found.dimensions["reliability"].value == pytest.approx(-0.1)
    assert found.dimensions["empathy"].reason == "not_observed"
    assert found.overall.value == pytest.approx(-0.25)


def test_delivered_is_the_perception_of_its_items_less_the_claim(tmp_path):
    found = measured(tmp_path).promises

    some = perceived()[:, [2, 4]]
    own = np.nanmean(some[(~np.isnan(some)).any(axis=1)], axis=1) - 6.5
    reach = stats.t.ppf(0.975, len(own) - 1) * own.std(ddof=1) / np.sqrt(len(own))
    safe = found["safe"].delivered_minus_claimed
    assert safe.value == pytest.approx(own.mean())
    assert (safe.low, safe.high) == pytest.approx((own.mean() - reach, own.mean() + reach))
    assert found["kind"].delivered_minus_claimed.reason == "no_level"


def test_only_running_promises_have_a_chance(tmp_path):
    found = measured(tmp_path).promises

    assert [name for name, one in found.items() if one.running] == ["fast", "kind"]
    assert found["safe"].chance.reason == "not_running"
    assert found["fast"].chance.reason == "too_few"


def test_a_chance_lies_where_like_promises_lie():
    like = [(70, 100), (80, 100), (75, 100), (66, 100), (84, 100), (74, 100)]

    found = chance_of_keeping(like)

    assert found.value == pytest.approx(0.75, abs=0.02)
    assert found.low < 0.66
    assert 0.84 < found.high < 0.95


def test_own_outcomes_sharpen_the_chance():
    like = [(70, 100), (80, 100), (75, 100), (66, 100), (84, 100), (74, 100)]

    found = chance_of_keeping(like, (400, 1000))

    assert found.value == pytest.approx(0.4, abs=0.03)
    assert found.high - found.low < 0.08


def test_a_chance_holds_the_next_rate_nineteen_times_in_twenty():
    rng = np.random.default_rng(11)
    held = 0
    for _ in range(200):
        rates = rng.beta(12, 4, 9)
        like = [(int(rng.binomial(40, rate)), 40) for rate in rates[:8]]
        found = chance_of_keeping(like)
        held += found.low <= rates[8] <= found.high

    assert held >= stats.binom.ppf(0.0005, 200, 0.95)


def test_ratings_of_promises_have_no_box_for_none(tmp_path):
    staff = dimensions("c", [(4, 4, 5, 6, 2)] * 3 + [(6, 6, 7, 7, 4)] * 3)

    found = gap4(company(tmp_path, customers=items("p", perceived()), employees=staff)).self_rated

    assert found.dimensions["tangibles"].value == -2
    assert found.dimensions["tangibles"].none_share is None
    assert found.overall.value == pytest.approx(5.1 - 7)
