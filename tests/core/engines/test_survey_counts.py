"""The counts of one scan add up: parts of the answers to the whole, in any order."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivegaps.engines.block_grams import BlockGrams
from fivegaps.engines.local import run
from fivegaps.engines.score_sums import Sampling
from fivegaps.engines.scores import ScoredOutcome, ScoreLayout
from fivegaps.engines.survey import Counter, CountPlan, SurveyCounts
from fivegaps.io.answers import Block, Categories, MemoryAnswers, Numbers, item_columns
from fivegaps.model.instrument import (
    Battery,
    Dimension,
    Instrument,
    Item,
    KanoPair,
    Structure,
)

BATTERIES = ("expectation", "perception", "importance")
INSTRUMENT = Instrument(
    id="added",
    version="1",
    languages=("en",),
    title={},
    batteries=tuple(Battery(battery, 1, 7) for battery in BATTERIES),
    dimensions=(Dimension("d0"), Dimension("d1")),
    items=tuple(
        Item(f"i{j}", None if j == 6 else f"d{j // 3}", {b: f"{b}{j}" for b in BATTERIES})
        for j in range(7)
    ),
    kano=(KanoPair("i0", "F", "D"),),
    weights={"d0": "w0", "d1": "w1"},
    structure=Structure(seconds="took"),
)


def answers(n: int, seed: int) -> Block:
    rng = np.random.default_rng(seed)

    def labels(values: str) -> Categories:
        codes = rng.integers(-1, len(values), n).astype(np.int32)
        return Categories(codes, tuple(values))

    def numbers(low: int, high: int) -> Numbers:
        drawn = rng.integers(low, high, n).astype(float)
        return Numbers(np.where(rng.random(n) < 0.2, np.nan, drawn))

    columns: dict[str, Categories | Numbers] = {
        "branch": labels("abc"),
        "channel": labels("xy"),
        "region": labels("ns"),
        "took": numbers(5, 90),
        "o1": numbers(1, 6),
        "o2": numbers(1, 6),
        "F": numbers(0, 7),
        "D": numbers(0, 7),
        "w0": numbers(40, 60),
        "w1": numbers(40, 60),
        "weight": numbers(0, 5),
    }
    codes = rng.integers(0, 8, (len(item_columns(INSTRUMENT)), n)).astype(np.uint8)
    return Block(np.arange(n, dtype=np.int64), codes, columns)


def plan(n: int, *, complete: bool = False, **sampling: object) -> CountPlan:
    outcomes = [ScoredOutcome("satisfaction", ("o1", "o2"), 1, 5)]
    return CountPlan(
        layout=ScoreLayout(INSTRUMENT, outcomes=outcomes, rows=n),
        segments=(("branch",), ("branch", "channel")),
        sampling=Sampling(**sampling),  # type: ignore[arg-type]
        complete=complete,
        outcome="satisfaction",
        blocks=10,
        rows=n,
    )


def part(block: Block, rows: slice) -> Block:
    columns: dict[str, Categories | Numbers] = {}
    for name, column in block.columns.items():
        if isinstance(column, Categories):
            # Another order of labels in every part, as readers may have it.
            turned = Categories(len(column.values) - 1 - column.codes, column.values[::-1])
            codes = np.where(column.codes < 0, -1, turned.codes).astype(np.int32)
            columns[name] = Categories(codes[rows], turned.values)
        else:
            columns[name] = Numbers(column.values[rows])
    return Block(block.rows[rows], np.ascontiguousarray(block.codes[:, rows]), columns)


def plain(value: object) -> object:
    """Return counts as what compares with ==: no arrays, fingerprints as a sorted list."""
    if isinstance(value, np.ndarray):
        return (value.shape, value.tolist())
    if isinstance(value, BlockGrams):
        return {key: gram.tolist() for key, gram in zip(value.keys, value.grams, strict=True)}
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return value


def comparable(counts: SurveyCounts) -> object:
    found = plain(dataclasses.replace(counts, fingerprints=()))
    rows = [pair for part in counts.fingerprints for pair in zip(*part, strict=True)]
    return found, sorted(rows)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31), st.integers(0, 50), st.data())
def test_parts_add_up_to_the_whole_in_any_order(seed, n, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, n), max_size=3)))
    whole = answers(n, seed)
    count = Counter(plan(n, cluster="channel", margins=("region",)))
    ends = itertools.pairwise([0, *cuts, n])
    # Every part turns the order of labels; every other one turns it back.
    parts = [
        count(part(whole, slice(a, b)) if place % 2 else part(part(whole, slice(a, b)), slice(n)))
        for place, (a, b) in enumerate(ends)
    ]
    order = data.draw(st.permutations(range(len(parts))))

    total = parts[order[0]]
    for place in order[1:]:
        total = total + parts[place]

    assert comparable(total) == comparable(count(whole))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**31), st.integers(0, 40), st.integers(0, 40))
def test_parts_add_up_when_only_complete_answers_count(seed, n, cut):
    whole = answers(n, seed)
    whole = Block(whole.rows, np.maximum(whole.codes, 1), whole.columns)
    whole.codes[:, ::3] = 0
    count = Counter(plan(n, complete=True))

    total = count(part(whole, slice(0, cut))) + count(part(whole, slice(cut, n)))

    assert comparable(total) == comparable(count(whole))
    assert total.used == n - len(range(0, n, 3))


def test_weighted_sums_add_up_but_for_rounding():
    whole = answers(90, 3)
    count = Counter(plan(90, weight="weight", cluster="channel"))

    total = count(part(whole, slice(0, 31))) + count(part(whole, slice(31, 90)))

    expected = count(whole)
    assert total.scores.weighted["twice"] == pytest.approx(expected.scores.weighted["twice"])
    assert total.weightless == expected.weightless > 0
    assert (total.scores.gram == expected.scores.gram).all()


@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("part_rows", [7, 1000])
def test_threads_and_parts_give_the_same_bits(threads, part_rows):
    block = answers(80, 9)
    source = MemoryAnswers(INSTRUMENT, block.codes, columns=block.columns, part_rows=part_rows)
    count = Counter(plan(80, margins=("region",)))

    found = run(source, count, columns=count.plan.columns, threads=threads)

    assert comparable(found) == comparable(count(block))


def test_adding_leaves_both_sides_as_they_were():
    left, right = (
        Counter(plan(60))(part(answers(60, 5), rows)) for rows in (slice(20), slice(20, 60))
    )
    before = comparable(left)

    _ = left + right

    assert comparable(left) == before
