"""Which columns the bootstrap draws again, and who answered all of them."""

from __future__ import annotations

import numpy as np
import pytest

from fivegaps.engines.block_sets import (
    driver_columns,
    driver_scores,
    driver_sets,
    item_sets,
    pair_places,
    paired_places,
    performance_battery,
    thirds,
)
from fivegaps.engines.scores import ScoredOutcome, ScoreLayout
from fivegaps.io.answers import Block, Numbers
from fivegaps.model.instrument import Battery, Dimension, Instrument, Item

OUTCOME = ScoredOutcome("rated", ("o",), 1, 5)
N = 40


def instrument(*batteries: str) -> Instrument:
    return Instrument(
        id="sets",
        version="1",
        languages=("en",),
        title={},
        batteries=tuple(Battery(battery, 1, 7) for battery in batteries),
        dimensions=(Dimension("a"), Dimension("b")),
        items=tuple(
            Item(f"i{j}", "ab"[j // 2], {battery: f"{battery}{j}" for battery in batteries})
            for j in range(4)
        ),
    )


PAIRED = instrument("expectation", "perception")
CODES = np.random.default_rng(3).integers(0, 8, (8, N)).astype(np.uint8)
RATED = np.where(np.arange(N) % 9 == 0, np.nan, np.arange(N) % 5 + 1.0)


def driver_parts(known: Instrument, codes: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    layout = ScoreLayout(known, outcomes=[OUTCOME], rows=N)
    scored = layout.scores(Block(np.arange(N), codes, {"o": Numbers(RATED)}))
    some = driver_scores(layout, scored, "rated")
    return {
        part.label: (part.columns, part.complete)
        for part in driver_sets(layout, codes, some, "rated")
    }


def test_a_battery_counts_who_answered_all_its_items():
    parts = {part.label: part for part in item_sets(PAIRED, CODES)}

    assert (parts["perception"].columns == CODES[4:]).all()
    assert (parts["perception"].complete == (CODES[4:] > 0).all(axis=0)).all()


def test_gaps_need_every_pair_and_are_perception_less_expectation():
    parts = {part.label: part for part in item_sets(PAIRED, CODES)}

    complete = (CODES > 0).all(axis=0)
    gaps = CODES[4:].astype(int) - CODES[:4]
    assert (parts["gap"].complete == complete).all()
    assert (parts["gap"].columns[:, complete] == gaps[:, complete]).all()


def test_pairs_of_a_dimension_are_its_expectations_then_its_perceptions():
    parts = {part.label: part for part in item_sets(PAIRED, CODES)}

    assert pair_places(PAIRED, "b") == [2, 3, 6, 7]
    assert (parts["pairs:b"].columns == CODES[[2, 3, 6, 7]]).all()


def test_without_pairs_there_are_batteries_alone():
    alone = instrument("perception")

    assert [part.label for part in item_sets(alone, CODES[:4])] == ["perception"]
    assert paired_places(alone) is None


def test_drivers_count_who_has_the_outcome_and_every_score():
    columns, complete = driver_parts(PAIRED, CODES)["drivers"]

    assert driver_columns(ScoreLayout(PAIRED, outcomes=[OUTCOME]), "rated") == [
        "outcome:rated",
        "perception:performance:a",
        "perception:performance:b",
        "expectation:all",
        "perception:all",
    ]
    assert not complete[np.isnan(RATED)].any()
    unit = ScoreLayout(PAIRED, outcomes=[OUTCOME], rows=N).unit_of("outcome:rated")
    assert columns[0][complete] / unit + 1 == pytest.approx(RATED[complete])


def test_derived_importance_sees_the_performance_battery():
    both = instrument("perception", "satisfaction")

    columns, complete = driver_parts(both, CODES)["derived"]

    assert performance_battery(both) == "satisfaction"
    assert performance_battery(PAIRED) == "perception"
    assert (columns[1:] == CODES[4:]).all()
    assert (complete == ((CODES[4:] > 0).all(axis=0) & ~np.isnan(RATED))).all()


def test_low_and_high_are_the_outer_thirds_of_the_scale():
    layout = ScoreLayout(PAIRED, outcomes=[OUTCOME])
    low, high = thirds(layout)

    columns, complete = driver_parts(PAIRED, CODES)["penalty_reward"]

    assert (low / layout.unit, high / layout.unit) == (3.0, 5.0)
    mean = np.where((CODES[4:6] > 0).all(axis=0), CODES[4:6].mean(axis=0), CODES[4:6].sum(axis=0))
    assert (columns[1][complete] == (mean <= 3)[complete]).all()
    assert (columns[2][complete] == (mean >= 5)[complete]).all()


def test_without_perceptions_only_satisfaction_can_be_derived():
    assert set(driver_parts(instrument("satisfaction"), CODES[:4])) == {"drivers", "derived"}
    assert set(driver_parts(instrument("expectation"), CODES[:4])) == {"drivers"}
