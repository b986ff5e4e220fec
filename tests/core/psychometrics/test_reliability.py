import numpy as np
import pytest

from fivegaps.model.instrument import Battery, Dimension, Instrument, Item
from fivegaps.psychometrics.reliability import (
    alpha,
    difference_reliability,
    item_reliability,
    reliability,
)
from fivegaps.stats.counts.columns import Columns
from fivegaps.stats.counts.moments import Moments
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.resampling import BlockSums

ITEMS = {"tan1": "tangibles", "tan2": "tangibles", "tan3": "tangibles", "rel1": "reliability"}
KEYS = tuple(f"{battery}.{item}" for battery in ("expectation", "perception") for item in ITEMS)


def instrument() -> Instrument:
    return Instrument(
        id="small",
        version="1",
        languages=("en",),
        title={},
        batteries=(Battery("expectation", 1, 7), Battery("perception", 1, 7)),
        dimensions=(Dimension("tangibles"), Dimension("reliability"), Dimension("empathy")),
        items=tuple(
            Item(item, dimension, {"expectation": f"e_{item}", "perception": f"p_{item}"})
            for item, dimension in ITEMS.items()
        ),
    )


def codes(n: int = 60, seed: int = 0) -> np.ndarray:
    generator = np.random.default_rng(seed)
    liking = generator.normal(size=n)
    answers = np.round(4 + liking + generator.normal(size=(len(KEYS), n)))
    return np.clip(answers, 1, 7).astype(np.uint8)


def moments(answers: np.ndarray) -> Moments:
    return Moments.of(Columns(KEYS, (7,) * len(KEYS)), answers)


def test_alpha_is_told_by_dimension_with_its_items():
    answers = codes()
    tangibles = answers[4:7].astype(float)

    found = alpha(instrument(), moments(answers), battery="perception")

    covariance = np.cov(tangibles)
    expected = 1.5 * (1 - np.trace(covariance) / covariance.sum())
    assert list(found) == ["tangibles", "reliability"]
    assert found["tangibles"].value == pytest.approx(expected)
    assert (found["tangibles"].n, found["reliability"].reason) == (60, "single_item")


def test_item_order_does_not_matter():
    answers = codes()
    swapped = answers[[0, 1, 2, 3, 6, 4, 5, 7]]

    first = alpha(instrument(), moments(answers), battery="perception")["tangibles"]
    second = alpha(instrument(), moments(swapped), battery="perception")["tangibles"]

    assert first.value == pytest.approx(second.value, abs=1e-12)


def test_reliability_carries_the_omega_it_is_given():
    omega = Estimate(value=0.7, low=None, high=None, n=60, method="omega")

    found = reliability(
        instrument(), moments(codes()), battery="perception", omega={"tangibles": omega}
    )

    assert found["tangibles"].omega is omega
    assert found["reliability"].omega.reason == "not_asked"
    assert found["tangibles"].mean_inter_item_r.value == pytest.approx(
        np.corrcoef(codes()[4:7])[np.triu_indices(3, 1)].mean()
    )


def test_mean_inter_item_r_takes_its_interval_from_resamples():
    rows = codes().T.astype(float)
    blocks = BlockSums.of(KEYS, rows, block=np.arange(60), blocks=60)

    found = reliability(
        instrument(), moments(codes()), battery="perception", resamples=blocks.resamples(seed=1)
    )

    assert "bootstrap" in found["tangibles"].mean_inter_item_r.method


def test_an_item_without_variation_is_left_out_and_told():
    answers = codes()
    answers[4] = 5

    scale = alpha(instrument(), moments(answers), battery="perception")["tangibles"]
    items = item_reliability(instrument(), moments(answers), battery="perception")

    pair = np.cov(answers[5:7].astype(float))
    assert scale.value == pytest.approx(2 * (1 - np.trace(pair) / pair.sum()))
    assert "left out" in scale.method
    assert items["tan1"].item_rest.reason == "constant"
    assert items["tan1"].alpha_if_dropped == scale
    assert items["tan2"].alpha_if_dropped.reason == "single_item"


def test_an_item_that_nobody_answered_is_too_few():
    answers = codes()
    answers[4] = 0

    items = item_reliability(instrument(), moments(answers), battery="perception")
    scale = alpha(instrument(), moments(answers), battery="perception")["tangibles"]

    assert items["tan1"].item_rest.reason == "too_few"
    assert scale.value is not None


@pytest.mark.parametrize(("code", "reason"), [(0, "too_few"), (3, "constant")])
def test_a_dimension_of_such_items_has_no_reliability(code, reason):
    answers = codes()
    answers[4:7] = code

    found = reliability(instrument(), moments(answers), battery="perception")["tangibles"]

    assert (found.alpha.reason, found.mean_inter_item_r.reason) == (reason, reason)


def test_missing_answers_are_taken_pair_by_pair():
    answers = codes()
    answers[4, :10] = 0
    answers[5, 5:20] = 0

    found = reliability(instrument(), moments(answers), battery="perception")["tangibles"]
    items = item_reliability(instrument(), moments(answers), battery="perception")

    assert (found.alpha.n, found.mean_inter_item_r.n, items["tan3"].item_rest.n) == (60, 40, 45)
    assert "pairwise" in found.alpha.method


def test_items_never_answered_together_have_no_alpha():
    answers = codes()
    answers[4, :30] = 0
    answers[5, 30:] = 0

    found = reliability(instrument(), moments(answers), battery="perception")["tangibles"]

    assert found.alpha.reason == found.mean_inter_item_r.reason == "too_few"


def test_two_answers_have_an_alpha_with_a_wide_interval():
    answers = codes(2)
    answers[4:7] = [[1, 3], [2, 3], [1, 4]]

    found = alpha(instrument(), moments(answers), battery="perception")["tangibles"]

    assert found.n == 2
    assert found.low < found.value < found.high


def test_reliability_of_the_gap_needs_both_batteries():
    both = moments(codes())

    found = difference_reliability(instrument(), both)
    perception_alone = difference_reliability(instrument(), both.select(KEYS[4:]))

    assert (found["tangibles"].n, found["reliability"].reason) == (60, "single_item")
    assert perception_alone == {}


def test_reliability_of_the_gap_takes_its_interval_from_resamples():
    rows = codes().T.astype(float)
    blocks = BlockSums.of(KEYS, rows, block=np.arange(60), blocks=60)

    found = difference_reliability(
        instrument(), moments(codes()), resamples=blocks.resamples(seed=1)
    )

    assert "bootstrap" in found["tangibles"].method
