import json
from dataclasses import asdict

import numpy as np
import pytest

from fivegaps.scoring.segments import DimensionSample, SegmentSample, segments
from fivegaps.stats.adjust import benjamini_hochberg, holm
from fivegaps.stats.intervals import Sample


def _sample(n: int, gap: float, spread: float = 1.0, **dimensions: float) -> SegmentSample:
    variance = spread if n > 1 else None
    both = Sample(n, 6.0, variance), Sample(n, 6.0 + gap, variance)
    named = dimensions or {"tangibles": gap, "empathy": gap}
    return SegmentSample(
        n=n,
        overall=Sample(n, gap if n else None, variance),
        dimensions={
            name: DimensionSample(*both, gap=Sample(n, mean if n else None, variance))
            for name, mean in named.items()
        },
    )


def test_a_segment_far_below_the_rest_is_outlying():
    found = segments({"Riga": _sample(100, -1.5), **{c: _sample(100, -0.5) for c in "abcd"}})

    assert found.values["Riga"].outlying == "below"
    assert found.values["a"].outlying == "inside"
    assert found.spread.told_apart


def test_segments_that_differ_by_chance_cannot_be_told_apart():
    found = segments({"a": _sample(50, -0.50), "b": _sample(50, -0.55), "c": _sample(50, -0.45)})

    assert not found.spread.told_apart
    assert found.spread.tau == 0.0
    assert found.spread.range == pytest.approx(0.10)


def test_p_of_segments_is_adjusted_by_benjamini_hochberg():
    found = segments({str(place): _sample(60, -0.1 * place) for place in range(6)}).values

    p = [segment.p for segment in found.values()]
    assert [segment.p_adjusted for segment in found.values()] == pytest.approx(
        benjamini_hochberg(p)
    )


def test_gaps_of_dimensions_carry_holm_within_their_segment():
    found = segments({"a": _sample(40, -0.3, x=-0.5, y=-0.3, z=-0.1), "b": _sample(40, 0.0)})

    gaps = [dimension.gap for dimension in found.values["a"].dimensions.values()]
    assert [gap.p_adjusted for gap in gaps] == pytest.approx(holm([gap.p for gap in gaps]))


def test_a_segment_has_its_overall_gap_with_interval():
    overall = segments({"a": _sample(25, -0.4)}).values["a"].overall

    assert (overall.value, overall.n) == (-0.4, 25)
    assert overall.low == pytest.approx(-0.4 - 2.063899 * 0.2, rel=1e-5)


def test_the_uneven_dimension_is_named_with_its_ends():
    found = segments(
        {
            "phone": _sample(200, -0.5, tangibles=-0.5, empathy=-1.2),
            "web": _sample(200, -0.5, tangibles=-0.5, empathy=-0.2),
        }
    ).dimensions

    assert found["empathy"].spread.told_apart
    assert (found["empathy"].lowest, found["empathy"].highest) == ("phone", "web")
    assert not found["tangibles"].spread.told_apart


def test_a_lone_segment_is_compared_with_nothing():
    found = segments({"a": _sample(30, -0.5)})

    assert (found.values["a"].outlying, found.values["a"].p) == (None, None)
    assert (found.spread.told_apart, found.dimensions["empathy"].lowest) == (False, None)


def test_no_segments_are_an_empty_table():
    found = segments({})

    assert (dict(found.values), found.spread.told_apart) == ({}, False)


@pytest.mark.parametrize("n", [0, 1])
def test_a_segment_too_small_says_so(n):
    found = segments({"small": _sample(n, -3.0), "a": _sample(50, 0.0), "b": _sample(50, 0.0)})

    small = found.values["small"]
    assert (small.overall.reason, small.outlying, small.n) == ("too_few", None, n)
    assert small.dimensions["empathy"].gap.reason == "too_few"


def test_a_segment_of_two_has_an_interval():
    found = segments({"two": _sample(2, -1.0), "a": _sample(50, 0.0)})

    assert found.values["two"].overall.low < -5


def test_five_hundred_segments_of_one_answer_are_told_honestly():
    found = segments({str(place): _sample(1, float(place % 5)) for place in range(500)})

    assert not found.spread.told_apart
    assert {segment.overall.reason for segment in found.values.values()} == {"too_few"}


def test_five_hundred_like_segments_give_no_discovery():
    random = np.random.default_rng(21)
    samples = {}
    for place in range(500):
        answers = random.normal(-0.5, 1, 12)
        samples[str(place)] = _sample(12, answers.mean(), answers.var(ddof=1))

    found = segments(samples)

    assert not found.spread.told_apart
    assert sum(segment.p_adjusted < 0.01 for segment in found.values.values()) == 0


def test_segments_without_variation_are_not_told_apart():
    found = segments({"a": _sample(5, -1.0, 0.0), "b": _sample(5, 0.0, 0.0)})

    assert (found.spread.told_apart, found.values["a"].outlying) == (False, None)


def test_segments_may_lack_a_dimension():
    found = segments({"a": _sample(30, -0.5, x=-0.5), "b": _sample(30, -0.5, y=-0.5)})

    assert (set(found.dimensions), found.dimensions["x"].lowest) == ({"x", "y"}, None)


def test_a_segment_that_is_one_cluster_has_the_interval_of_its_own_answers():
    lone = Sample(100, -0.5, 1.0, standard_error=0.0, df=0)
    sample = SegmentSample(100, lone, {"x": DimensionSample(lone, lone, lone)})

    found = segments({"Riga": sample}).values["Riga"]

    plain = segments({"Riga": _sample(100, -0.5)}).values["Riga"]
    assert (found.overall.low, found.overall.p) == (plain.overall.low, plain.overall.p)
    assert found.overall.method.endswith("within one sampled group")
    assert found.dimensions["x"].gap.high == plain.overall.high
    assert found.dimensions["x"].perception.low == plain.overall.low


def test_segments_are_json_without_nan():
    found = segments({"a": _sample(0, 0.0), "b": _sample(1, 1.0), "c": _sample(9, 1.0)})

    assert json.dumps(asdict(found), allow_nan=False)
