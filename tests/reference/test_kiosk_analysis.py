"""The whole analysis of the kiosk answers against method.md 5, T1, through results.json.

Origin: 194 cleaned answers of hanakim120/kiosk-servqual-research (MIT). Figures by R
4.2.2 (lavaan 0.6-14, psych 2.2.9, semTools 0.5-6), marked [C] in T1; the chi-square of
perceptions was published on the authors' slide.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.encoding import results_json
from fivegaps.analysis.options import Options
from fivegaps.io.read import read
from fivegaps.knowledge.instruments import instrument

KIOSK = Path(__file__).parents[2] / "examples" / "kiosk"
DIMENSIONS = ("tangibles", "security", "economy", "convenience", "reliability", "control")


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    answers = read(KIOSK / "kiosk.csv", instrument(str(KIOSK / "kiosk.toml")))
    results = analyze(answers, Options(by=("sex",), replicates=300))
    return json.loads(results_json(results))


def digits(value: float, places: int) -> object:
    """Agree to the digits that were printed."""
    return pytest.approx(value, abs=0.51 * 10**-places)


def each(found: dict[str, Any], *path: str) -> list[float]:
    """Return one figure of every dimension, in T1's order."""
    values = []
    for name in DIMENSIONS:
        value = found["dimensions"][name]
        for key in path:
            value = value[key]
        values.append(value)
    return values


def test_the_file_has_194_answers_and_four_batteries(found):
    assert found["n"] == found["quality"]["used"] == found["provenance"]["file"]["rows"] == 194
    assert found["batteries"] == ["expectation", "perception", "importance", "satisfaction"]


def test_item_1_falls_short(found):
    item = found["items"]["q1"]

    assert item["expectation"]["value"] == digits(6.4742, 4)
    assert item["perception"]["value"] == digits(5.8918, 4)
    assert item["gap"]["value"] == digits(-0.5825, 4)
    assert item["gap"]["t"] == digits(-7.4777, 4)
    assert item["gap"]["d_z"] == digits(-0.5369, 4)


def test_item_4_exceeds_expectation(found):
    gap = found["items"]["q4"]["gap"]

    assert gap["value"] == digits(0.3093, 4)
    assert gap["t"] == digits(2.9151, 4)
    assert gap["p_adjusted"] == digits(0.0045, 4)


def test_item_20_falls_short_far(found):
    assert found["items"]["q20"]["gap"]["value"] == digits(-1.9278, 4)
    assert found["items"]["q20"]["gap"]["t"] == digits(-17.0091, 4)


def test_only_items_5_6_and_22_do_not_differ(found):
    level = {name: item["gap"]["p_adjusted"] for name, item in found["items"].items()}

    assert [name for name, p in level.items() if p >= 0.05] == ["q5", "q6", "q22"]


def test_dimension_gaps(found):
    assert each(found, "gap", "value") == [
        digits(value, 5) for value in (0.00258, -1.80928, -1.27835, -1.55567, -0.66838, -1.46134)
    ]


def test_the_overall_gaps_in_their_named_forms(found):
    overall = found["overall"]

    assert overall["mean_of_dimensions"]["value"] == digits(-1.12841, 5)
    assert overall["mean_of_items"]["value"] == digits(-1.15936, 5)
    assert overall["mean_of_items"]["t"] == digits(-19.6126, 4)
    assert overall["weighted"]["reason"] == "not_asked"
    assert overall["servperf"]["value"] is not None


def test_the_security_gap_in_full(found):
    gap = found["dimensions"]["security"]["gap"]

    assert gap["t"] == digits(-18.5564, 4)
    assert gap["df"] == 193
    assert (gap["low"], gap["high"]) == (digits(-2.00158, 5), digits(-1.61697, 5))
    assert gap["d_z"] == digits(-1.33227, 5)
    assert gap["d_av"] == digits(-1.98302, 5)
    assert gap["wilcoxon"]["v"] == 51.5
    assert gap["wilcoxon"]["n_nonzero"] == 168
    assert gap["wilcoxon"]["p"] == pytest.approx(5.685e-29, rel=1e-4)


@pytest.mark.parametrize(
    ("dimension", "of_difference", "of_items"),
    [
        ("tangibles", 0.51197, 0.72630),
        ("reliability", 0.47803, 0.66565),
        ("security", 0.83059, 0.84848),
    ],
)
def test_reliability_of_the_difference_stands_beside_alpha_of_differences(
    found, dimension, of_difference, of_items
):
    scores = found["dimensions"][dimension]

    assert scores["difference_reliability"]["value"] == digits(of_difference, 5)
    assert scores["reliability"]["gap"]["alpha"]["value"] == digits(of_items, 5)


def test_alphas_of_perception(found):
    assert each(found, "reliability", "perception", "alpha", "value") == [
        digits(value, 5) for value in (0.78885, 0.83178, 0.77679, 0.72466, 0.64400, 0.75922)
    ]


def test_alpha_has_feldts_interval(found):
    alpha = found["dimensions"]["reliability"]["reliability"]["perception"]["alpha"]

    assert (alpha["low"], alpha["high"]) == pytest.approx((0.5475, 0.7228), rel=1e-4)


def test_standardised_ave_of_perception(found):
    assert each(found, "validity", "perception", "ave", "value") == [
        digits(value, 5) for value in (0.51321, 0.62876, 0.59481, 0.35170, 0.41342, 0.61405)
    ]


def test_the_confirmatory_model_of_perception(found):
    fit = found["factors"]["perception"]["cfa"]["ml"]

    assert fit["chi2"] == digits(302.55, 2)
    assert fit["df"] == 155
    assert fit["cfi"] == digits(0.898, 3)
    assert fit["tli"] == digits(0.87505, 5)
    assert fit["rmsea"] == digits(0.070, 3)
    assert (fit["rmsea_low"], fit["rmsea_high"]) == (digits(0.0583, 4), digits(0.0817, 4))
    assert fit["srmr"] == digits(0.06545, 5)


def test_the_robust_model_of_perception(found):
    fit = found["factors"]["perception"]["cfa"]["mlr"]

    assert fit["chi2"] == pytest.approx(252.932, rel=1e-4)
    assert fit["scaling"] == pytest.approx(1.19617, rel=1e-4)
    assert fit["robust"]["cfi"] == digits(0.91603, 5)
    assert fit["robust"]["rmsea"] == digits(0.06242, 5)


def test_the_confirmatory_model_of_satisfaction(found):
    fit = found["factors"]["satisfaction"]["cfa"]["ml"]

    assert (fit["chi2"], fit["df"]) == (digits(269.782, 3), 155)
    assert (fit["cfi"], fit["rmsea"]) == (digits(0.944, 3), digits(0.062, 3))


@pytest.mark.parametrize(
    ("pair", "correlation"),
    [
        ("convenience|control", 0.684),
        ("convenience|reliability", 0.625),
        ("security|economy", 0.559),
    ],
)
def test_latent_correlations(found, pair, correlation):
    fit = found["factors"]["perception"]["cfa"]["ml"]

    assert fit["factor_correlations"][pair]["value"] == digits(correlation, 3)


@pytest.mark.parametrize(
    ("pair", "ratio"),
    [
        ("convenience|control", 0.632),
        ("convenience|reliability", 0.598),
        ("security|economy", 0.586),
        ("economy|convenience", 0.683),
        ("reliability|control", 0.635),
    ],
)
def test_htmt(found, pair, ratio):
    assert found["factors"]["perception"]["htmt"][pair]["value"] == digits(ratio, 3)


def test_parallel_analysis_keeps_3_components_and_5_factors(found):
    parallel = found["factors"]["perception"]["parallel"]

    assert parallel["components"]["retained"] == 3
    assert parallel["factors"]["retained"] == 5


def test_the_outcome(found):
    outcome = found["outcomes"]["satisfaction"]

    assert outcome["value"] == digits(3.87371, 5)
    reach = 1.97233 * 0.79882 / 194**0.5
    assert outcome["high"] - outcome["value"] == pytest.approx(reach, rel=1e-4)


def test_drivers_explain_and_share_alike(found):
    drivers = found["drivers"]
    predictors = drivers["predictors"]

    assert drivers["r2"] == digits(0.386568, 6)
    assert [predictors[name]["lmg"]["value"] for name in DIMENSIONS] == [
        digits(value, 6) for value in (0.028621, 0.085971, 0.169987, 0.033340, 0.032408, 0.036241)
    ]
    assert [predictors[name]["johnson"]["value"] for name in DIMENSIONS] == [
        digits(value, 6) for value in (0.030826, 0.088143, 0.167770, 0.029165, 0.033538, 0.037125)
    ]


def test_direct_effects_beat_the_difference(found):
    direct = found["drivers"]["direct"]

    assert direct["b_perception"] == digits(0.59153, 5)
    assert direct["b_expectation"] == digits(-0.05123, 5)
    assert (direct["f"], direct["df1"], direct["df2"]) == (digits(26.64, 2), 1, 191)
    assert direct["p"] == pytest.approx(6.1e-7, rel=0.01)
    assert (direct["r2"], direct["r2_difference"]) == (digits(0.33114, 5), digits(0.23785, 5))
    assert (direct["r_perception"], direct["r_gap"]) == (digits(0.57465, 5), digits(0.48770, 5))


def test_the_importance_performance_grid(found):
    grid = found["importance_performance"]
    quadrants: dict[str, list[str]] = {}
    for name, item in grid["items"].items():
        quadrants.setdefault(item["quadrant_stated"], []).append(name)

    assert grid["performance_battery"] == "satisfaction"
    assert (grid["crosshairs"]["stated"], grid["crosshairs"]["performance"]) == (
        digits(5.89626, 5),
        digits(4.91774, 5),
    )
    assert quadrants["concentrate"] == ["q7", "q10", "q11", "q16", "q23"]
    assert quadrants["low"] == ["q4", "q5", "q6", "q12", "q15", "q22", "q24"]
    assert set(quadrants) == {"concentrate", "low", "keep"}


@pytest.mark.parametrize(
    ("item", "category", "better", "worse"),
    [("k1", "M", 0.4663, -0.7150), ("k10", "A", 0.8490, -0.3750)],
)
def test_kano_elements_with_better_and_worse(found, item, category, better, worse):
    element = found["kano"][item]

    assert element["category"] == category
    assert (element["better"]["value"], element["worse"]["value"]) == (
        digits(better, 4),
        digits(worse, 4),
    )


@pytest.mark.parametrize(
    ("pair", "category", "counts"),
    [
        ("k1", "M", {"A": 39, "O": 51, "M": 87, "I": 16, "Q": 1}),
        ("k5", "I", {"A": 82, "O": 22, "M": 6, "I": 83}),
        ("k6", "O", {"A": 16, "O": 81, "M": 77}),
        ("k10", "A", {"A": 108, "O": 55, "M": 17, "I": 12}),
    ],
)
def test_kano_pairs_follow_the_headers_of_the_file(found, pair, category, counts):
    element = found["kano"][pair]

    assert {name: element["counts"][name] for name in counts} == counts
    assert element["category"] == category


def test_29_kano_pairs(found):
    assert len(found["kano"]) == 29


def test_segments_hold_every_respondent_once(found):
    assert sum(segment["n"] for segment in found["segments"]["sex"].values()) == 194
