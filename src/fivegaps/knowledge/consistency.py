"""Whether the parts of an instrument agree with one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from fivegaps.errors import Fault
from fivegaps.knowledge.table import nearest
from fivegaps.model.instrument import Instrument

# Differences are taken between these, so they ask the same items on one scale.
COMPARED = ("expectation", "perception", "adequate", "desired")


def faults_between(instrument: Instrument) -> list[Fault]:
    """Return what is wrong between the parts of an instrument, best said first."""
    return [
        *_double_ids(instrument),
        *_dimensions(instrument),
        *_compared_batteries(instrument),
        *_double_columns(instrument),
        *_pairs(instrument),
        *_weights(instrument),
        *_texts(instrument),
    ]


def _double_ids(instrument: Instrument) -> Iterator[Fault]:
    kinds: dict[str, Iterable[str]] = {
        "battery": (battery.id for battery in instrument.batteries),
        "dimension": (dimension.id for dimension in instrument.dimensions),
        "item": (item.id for item in instrument.items),
        "outcome": (outcome.id for outcome in instrument.outcomes),
        "kano": (pair.item for pair in instrument.kano),
    }
    for kind, ids in kinds.items():
        for name, times in Counter(ids).items():
            if times > 1 and name:
                yield Fault(f"{kind} {name!r} is given {times} times.", "Give each its own id.")


def _dimensions(instrument: Instrument) -> Iterator[Fault]:
    declared = [dimension.id for dimension in instrument.dimensions]
    for item in instrument.items:
        if item.dimension is not None and item.dimension not in declared:
            yield Fault(
                f"item {item.id!r}: dimension {item.dimension!r} is not declared.",
                nearest(item.dimension, declared) or "Add a [[dimension]].",
            )
    for dimension in declared:
        if not instrument.items_of(dimension):
            yield Fault(f"dimension {dimension!r} has no item.")


def _compared_batteries(instrument: Instrument) -> Iterator[Fault]:
    compared = [battery for battery in instrument.batteries if battery.id in COMPARED]
    for battery in compared[1:]:
        first = compared[0]
        if (battery.minimum, battery.maximum) != (first.minimum, first.maximum):
            yield Fault(
                f"battery {first.id!r} runs from {first.minimum} to {first.maximum}, "
                f"{battery.id!r} from {battery.minimum} to {battery.maximum}.",
                "A gap needs both on one scale.",
            )
        ours = {item.id for item in instrument.items_in(battery.id)}
        theirs = {item.id for item in instrument.items_in(first.id)}
        if odd := sorted(ours ^ theirs):
            yield Fault(
                f"batteries {first.id!r} and {battery.id!r} ask unequal items: {', '.join(odd)}.",
                "A gap needs each item in both.",
            )
    for battery in instrument.batteries:
        if instrument.items and not instrument.items_in(battery.id):
            yield Fault(f"battery {battery.id!r} asks no item.")


def _column_uses(instrument: Instrument) -> Iterator[tuple[str, str]]:
    for item in instrument.items:
        for battery, column in item.columns.items():
            yield column, f"{battery} of {item.id}"
    for pair in instrument.kano:
        yield pair.functional, f"functional of {pair.item}"
        yield pair.dysfunctional, f"dysfunctional of {pair.item}"
    for dimension, column in instrument.weights.items():
        yield column, f"weight of {dimension}"
    # Two outcomes may share a column (an index and one of its parts): named once here.
    shared = {column: outcome.id for outcome in instrument.outcomes for column in outcome.columns}
    for column, outcome in shared.items():
        yield column, f"outcome {outcome}"


def _double_columns(instrument: Instrument) -> Iterator[Fault]:
    uses: dict[str, list[str]] = {}
    for column, use in _column_uses(instrument):
        uses.setdefault(column, []).append(use)
    for column, users in uses.items():
        if len(users) > 1 and column:
            yield Fault(
                f"column {column!r} is used more than once: {', '.join(users)}.",
                "Each question has a column of its own.",
            )
    for outcome in instrument.outcomes:
        for column, times in Counter(outcome.columns).items():
            if times > 1:
                yield Fault(f"outcome {outcome.id!r} names column {column!r} {times} times.")


def _pairs(instrument: Instrument) -> Iterator[Fault]:
    items = [item.id for item in instrument.items]
    for pair in instrument.kano:
        for about in pair.about:
            if about not in items:
                yield Fault(
                    f"kano {pair.item!r}: about names no item {about!r}.", nearest(about, items)
                )


def _weights(instrument: Instrument) -> Iterator[Fault]:
    if not instrument.weights:
        return
    declared = [dimension.id for dimension in instrument.dimensions]
    for dimension in instrument.weights:
        if dimension not in declared:
            yield Fault(f"[weights]: {dimension!r} is no dimension.", nearest(dimension, declared))
    for dimension in declared:
        if dimension not in instrument.weights:
            yield Fault(
                f"[weights]: no column for dimension {dimension!r}.",
                "The 100 points are shared by all dimensions.",
            )


def _texts(instrument: Instrument) -> Iterator[Fault]:
    for item in instrument.items:
        for lang in dict.fromkeys([*item.text, *item.short]):
            if lang not in instrument.languages:
                yield Fault(
                    f"item {item.id!r} has a text in {lang!r}, which lang does not list.",
                    f"Add {lang!r} to lang.",
                )
    for battery in instrument.batteries:
        for lang, points in battery.anchors.items():
            for point in points:
                if not battery.minimum <= point <= battery.maximum:
                    yield Fault(
                        f"battery {battery.id!r}: anchor {point} ({lang}) is off the scale "
                        f"{battery.minimum} to {battery.maximum}."
                    )
