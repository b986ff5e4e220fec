"""Scores of respondents as whole numbers: units, masks, outcomes and their limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivegaps.engines.score_columns import LARGEST_SCORE, UNIT
from fivegaps.engines.scores import Scored, ScoredOutcome, ScoreLayout
from fivegaps.errors import InstrumentRefused
from fivegaps.io.answers import Block, Numbers
from fivegaps.model.instrument import Battery, Dimension, Instrument, Item


def instrument(*batteries: str, items: int = 3, maximum: int = 7) -> Instrument:
    return Instrument(
        id="scored",
        version="1",
        languages=("en",),
        title={},
        batteries=tuple(Battery(battery, 1, maximum) for battery in batteries),
        dimensions=(Dimension("a"),),
        items=tuple(
            Item(f"i{j}", "a", {battery: f"{battery}{j}" for battery in batteries})
            for j in range(items)
        ),
    )


PAIRED = instrument("expectation", "perception")


def block(codes: list[list[int]], **columns: list[float]) -> Block:
    """Return a block of people, one list of codes each."""
    return Block(
        np.arange(len(codes), dtype=np.int64),
        np.array(codes, dtype=np.uint8).T.copy(),
        {name: Numbers(np.array(values, dtype=float)) for name, values in columns.items()},
    )


def scores_of(layout: ScoreLayout, scored: Scored, name: str) -> list[float | None]:
    place = layout.index[name]
    column = layout.columns[place]
    mask = scored.masks[layout.mask_index[column.mask]]
    return [
        value / column.unit + column.shift if has else None
        for value, has in zip(scored.values[place].tolist(), mask.tolist(), strict=True)
    ]


def test_a_dimension_is_the_mean_of_its_pairs_and_missing_under_half():
    layout = ScoreLayout(PAIRED, outcomes=())

    scored = layout.scores(block([[7, 6, 0, 5, 5, 4], [7, 0, 0, 5, 5, 4], [7, 7, 7, 6, 7, 6]]))

    assert scores_of(layout, scored, "perception:dimension:a") == [
        5.0,
        None,
        pytest.approx(19 / 3, abs=1e-12),
    ]
    assert scores_of(layout, scored, "expectation:dimension:a") == [6.5, None, 7.0]
    assert scores_of(layout, scored, "perception:performance:a")[1] == pytest.approx(14 / 3)


def test_what_is_not_scored_is_0_in_sums():
    layout = ScoreLayout(PAIRED, outcomes=[ScoredOutcome("rated", ("o",), 3, 9)])

    scored = layout.scores(block([[0] * 6], o=[np.nan]))

    assert not scored.values.any()
    assert scored.masks.sum() == 1


@given(st.lists(st.lists(st.integers(0, 7), min_size=6, max_size=6), min_size=1, max_size=20))
def test_differences_are_the_gaps_and_turn_with_the_batteries(codes):
    layout = ScoreLayout(PAIRED, outcomes=())
    scored = layout.scores(block(codes))
    turned = layout.scores(block([person[3:] + person[:3] for person in codes]))

    for name in ("dimension:a", "all"):
        gap = (
            scored.values[layout.index[f"perception:{name}"]]
            - scored.values[layout.index[f"expectation:{name}"]]
        )
        assert (scored.differences[name] == gap).all()
        assert (turned.differences[name] == -gap).all()


def test_equal_gaps_over_many_items_are_equal_whole_numbers():
    many = instrument("expectation", "perception", items=17)
    layout = ScoreLayout(many, outcomes=())
    low, high = [1] * 17 + [2] * 5 + [1] * 12, [4] * 3 + [5] * 14 + [5] * 4 + [4] * 4 + [5] * 9
    back = high[17:] + high[:17]

    scored = layout.scores(block([low, high, back]))

    first, second, third = scored.differences["all"].tolist()
    assert first == round(5 / 17 * UNIT)
    assert second == -third


def test_an_outcome_is_the_mean_of_the_columns_given():
    layout = ScoreLayout(PAIRED, outcomes=[ScoredOutcome("rated", ("o1", "o2"), 1, 5)])

    scored = layout.scores(block([[1] * 6] * 3, o1=[4, np.nan, np.nan], o2=[1, 3, np.inf]))

    assert scores_of(layout, scored, "outcome:rated") == [2.5, 3.0, None]


@pytest.mark.parametrize("value", [0.5, 5.5, -2])
def test_an_outcome_off_its_scale_is_refused_with_its_row(value):
    layout = ScoreLayout(PAIRED, outcomes=[ScoredOutcome("rated", ("o",), 1, 5)])

    with pytest.raises(InstrumentRefused, match="row 3, column 'o'"):
        layout.scores(block([[1] * 6] * 2, o=[1, value]))


@given(st.floats(-1e15, 1e15), st.floats(1e-9, 1e15), st.integers(1, 10**8))
def test_outcomes_never_outgrow_their_sums(lowest, width, rows):
    outcome = ScoredOutcome("rated", ("o",), lowest, lowest + width)

    unit = outcome.unit(rows)

    largest = (outcome.highest - outcome.lowest) * unit
    assert largest <= LARGEST_SCORE * (1 + 1e-9)
    assert largest**2 * rows < 2**63


@pytest.mark.parametrize(("rows", "width"), [(194, 4), (10**7, 4), (10**6, 10), (50_000, 1)])
def test_ordinary_outcomes_share_the_unit_of_scores(rows, width):
    assert ScoredOutcome("rated", ("o",), 1, 1 + width).unit(rows) == UNIT


def test_only_some_items_may_be_scored():
    layout = ScoreLayout(PAIRED, outcomes=(), only={"i0"})

    scored = layout.scores(block([[7, 1, 1, 5, 1, 1]]))

    assert scores_of(layout, scored, "perception:dimension:a") == [5.0]
    assert layout.asked is PAIRED


@pytest.mark.parametrize(
    ("batteries", "names"),
    [
        (("perception",), {"perception:performance:a", "perception:performance"}),
        (("expectation",), {"expectation:expected:a"}),
        (("importance",), set()),
        (
            ("adequate", "desired", "perception"),
            {f"{b}:zone:dimension:a" for b in ("adequate", "desired", "perception")},
        ),
    ],
)
def test_each_choice_of_batteries_has_its_scores(batteries, names):
    layout = ScoreLayout(instrument(*batteries), outcomes=(), items=False)

    assert names <= set(layout.index)
    assert not any(name.startswith("expectation:dimension") for name in layout.index)


def test_batteries_that_share_no_item_are_no_pairs():
    apart = instrument("expectation", "perception", items=2)
    items = (
        Item("x", "a", {"expectation": "e"}),
        Item("y", "a", {"perception": "p"}),
    )
    known = Instrument(
        **{**{name: getattr(apart, name) for name in apart.__slots__}, "items": items}
    )

    assert not ScoreLayout(known, outcomes=()).paired


def test_long_scales_take_a_coarser_unit_that_still_holds_means_of_ten():
    layout = ScoreLayout(instrument("perception", items=10, maximum=101), outcomes=())

    scored = layout.scores(block([[1, 2, 4, 8, 16, 32, 64, 101, 3, 5]]))

    assert scores_of(layout, scored, "perception:performance:a") == [23.6]
