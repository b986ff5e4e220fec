"""Results as JSON: every key where it belongs, every missing figure with its reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from fivegaps.analysis.encoding import encode
from fivegaps.analysis.schemas import NAMES, schema
from fivegaps.stats.estimate import Estimate, GapEstimate, SignedRank

GAP = GapEstimate(
    value=-1.0, low=-1.5, high=-0.5, n=9, method="mean", sd=1.0, t=-3.0, df=8.0, p=0.02
)


def test_an_estimate_is_value_interval_n_and_method():
    assert encode(Estimate(0.5, 0.25, 0.75, 9, "mean")) == {
        "value": 0.5,
        "low": 0.25,
        "high": 0.75,
        "n": 9,
        "method": "mean",
    }


def test_what_cannot_be_had_is_null_with_its_reason():
    assert encode(Estimate.cannot("too_few", n=1, method="mean")) == {
        "value": None,
        "n": 1,
        "method": "mean",
        "reason": "too_few",
    }


def test_an_interval_that_cannot_be_had_is_null_and_stays():
    told = encode(Estimate(0.5, None, None, 9, "mean; no interval: one group"))

    assert (told["low"], told["high"]) == (None, None)


def test_a_gap_keeps_all_its_keys():
    told = encode(GAP)

    assert (told["p_adjusted"], told["d_av"]) == (None, None)
    assert told["wilcoxon"] == {"value": None, "reason": "not_counted"}
    assert "test_reason" not in told


def test_a_rank_test_that_was_left_out_has_its_own_reason():
    rank = SignedRank(v=None, n_nonzero=0, p=None, reason="not_independent")
    gap = GapEstimate(value=1.0, low=0.0, high=2.0, n=3, method="mean", t=2.0, wilcoxon=rank)

    assert encode(gap)["wilcoxon"]["reason"] == "not_independent"


@pytest.mark.parametrize(("low", "reason"), [(1.0, "constant"), (None, "too_few_clusters")])
def test_a_gap_without_t_says_why(low, reason):
    gap = GapEstimate(value=1.0, low=low, high=low, n=3, method="mean")

    assert encode(gap)["test_reason"] == reason


@dataclass(frozen=True)
class Several:
    numbers: tuple[float, ...]
    by_name: dict[str, Estimate]
    flag: bool
    nothing: str | None = None


def test_objects_lists_and_maps_are_told_through():
    told = encode(Several((1.0, 2.0), {"a": Estimate.cannot("constant")}, flag=True))

    assert told == {
        "numbers": [1.0, 2.0],
        "by_name": {"a": {"value": None, "n": 0, "method": "", "reason": "constant"}},
        "flag": True,
        "nothing": None,
    }


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, np.arange(2)])
def test_what_has_no_place_in_json_is_never_written_quietly(value):
    with pytest.raises(TypeError, match=r"no place in results\.json"):
        encode(value)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_shipped_and_names_itself(name):
    assert schema(name)["$id"] == f"urn:fivegaps:{name}"


def test_other_schemas_there_are_not():
    with pytest.raises(KeyError):
        schema("results-2")
