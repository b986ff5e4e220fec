"""Sets of columns whose covariances the bootstrap draws again, on complete rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.flags import batteries_of
from fivegaps.engines.grams import Floats
from fivegaps.engines.scores import Scored, ScoreLayout
from fivegaps.io.answers import item_columns
from fivegaps.model.instrument import Instrument

WIDEST_SINGLE = 40


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns (c, n) of one set and who (n,) answered all of them.

    Codes of narrow scales come in single precision, in which the sums of one
    bootstrap block stay exact; scores in double.
    """

    label: str
    columns: NDArray[np.float32] | Floats
    complete: NDArray[np.bool_]


def item_sets(instrument: Instrument, answers: NDArray[np.uint8]) -> Iterator[ColumnSet]:
    """Yield the sets of items of some respondents' zero-coded answers (k, n).

    ``<battery>``: the items of a battery; ``gap``: perception − expectation of the
    items asked in both; ``pairs:<dimension>``: its expectations, then its
    perceptions.
    """
    codes = _floating(instrument, answers)
    answered = answers > 0
    for battery, rows in batteries_of(instrument).items():
        own = rows_of(rows)
        yield ColumnSet(battery, codes[own], np.asarray(answered[own].all(axis=0)))
    pairs = paired_places(instrument)
    if pairs is not None:
        expected, perceived = rows_of(pairs[0]), rows_of(pairs[1])
        both = answered[expected].all(axis=0) & answered[perceived].all(axis=0)
        yield ColumnSet("gap", codes[perceived] - codes[expected], np.asarray(both))
        for dimension in instrument.dimensions:
            places = pair_places(instrument, dimension.id)
            if places:
                complete = np.asarray(answered[places].all(axis=0))
                yield ColumnSet(f"pairs:{dimension.id}", codes[places], complete)


def _floating(instrument: Instrument, answers: NDArray[np.uint8]) -> NDArray[np.float32] | Floats:
    if max(battery.levels for battery in instrument.batteries) <= WIDEST_SINGLE:
        return answers.astype(np.float32)
    return answers.astype(np.float64)


def rows_of(places: Sequence[int] | NDArray[np.intp]) -> slice | list[int]:
    """Return rows as a slice where they follow one another: a view instead of a copy."""
    rows = [int(place) for place in places]
    if rows == list(range(rows[0], rows[0] + len(rows))):
        return slice(rows[0], rows[0] + len(rows))
    return rows


def driver_scores(layout: ScoreLayout, scored: Scored, outcome: str) -> Scored:
    """Return only the scores of the driver analysis, each with its own mask."""
    names = driver_columns(layout, outcome)
    masks = [layout.mask_index[layout.columns[layout.index[name]].mask] for name in names]
    return Scored(scored.values[[layout.index[name] for name in names]], scored.masks[masks])


def driver_sets(
    layout: ScoreLayout, answers: NDArray[np.uint8], scores: Scored, outcome: str
) -> Iterator[ColumnSet]:
    """Yield the sets of the driver analysis.

    ``drivers``: outcome, dimensions' performance, all expectations and all
    perceptions; ``derived``: outcome and the items of the performance battery;
    ``penalty_reward``: outcome, then low and high of each dimension.
    """
    names = driver_columns(layout, outcome)
    columns = scores.values.astype(np.float64)
    yield ColumnSet("drivers", columns, np.asarray(scores.masks.all(axis=0)))
    rows = batteries_of(layout.asked).get(performance_battery(layout.asked))
    if rows is not None:
        items = answers[rows_of(rows)]
        complete = np.asarray(scores.masks[0] & (items > 0).all(axis=0))
        target = columns[:1] / layout.unit_of(names[0])
        # Whole outcomes keep the sums exact in single precision; others need double.
        if items.max(initial=0) <= WIDEST_SINGLE and _small_whole(target):
            single = np.concatenate([target.astype(np.float32), items.astype(np.float32)])
            yield ColumnSet("derived", single, complete)
        else:
            yield ColumnSet("derived", np.concatenate([target, items]), complete)
    performance = [
        place for place, name in enumerate(names) if name.startswith("perception:performance:")
    ]
    if not performance:
        return
    low, high = thirds(layout)
    dummies = [columns[0]]
    for place in performance:
        dummies += [(columns[place] <= low).astype(np.float64), (columns[place] >= high) * 1.0]
    scored_all = np.asarray(scores.masks[[0, *performance]].all(axis=0))
    yield ColumnSet("penalty_reward", np.array(dummies), scored_all)


def _small_whole(values: Floats) -> bool:
    return bool(
        (values == np.rint(values)).all() and np.abs(values).max(initial=0) <= WIDEST_SINGLE
    )


def paired_places(instrument: Instrument) -> tuple[list[int], list[int]] | None:
    """Return places in ``Block.codes`` of expectation and of perception, items asked in both."""
    both = _asked_in_both(instrument)
    if not both:
        return None
    return [place[0] for place in both.values()], [place[1] for place in both.values()]


def pair_places(instrument: Instrument, dimension: str) -> list[int]:
    """Return places of a dimension's expectations, then of its perceptions."""
    both = _asked_in_both(instrument)
    places = [both[item.id] for item in instrument.items_of(dimension) if item.id in both]
    return [place[0] for place in places] + [place[1] for place in places]


def _asked_in_both(instrument: Instrument) -> dict[str, tuple[int, int]]:
    place = {(c.battery, c.item): row for row, c in enumerate(item_columns(instrument))}
    return {
        item.id: (place["expectation", item.id], place["perception", item.id])
        for item in instrument.items
        if ("expectation", item.id) in place and ("perception", item.id) in place
    }


def performance_battery(instrument: Instrument) -> str:
    """Return the performance battery: satisfaction when asked, else perception."""
    return "satisfaction" if instrument.has("satisfaction") else "perception"


def driver_columns(layout: ScoreLayout, outcome: str) -> list[str]:
    """Return the score columns of the driver analysis: outcome first."""
    performance = [c.name for c in layout.columns if c.name.startswith("perception:performance:")]
    both = ["expectation:all", "perception:all"] if layout.paired else []
    return [f"outcome:{outcome}", *performance, *both]


def thirds(layout: ScoreLayout) -> tuple[float, float]:
    """Return the ends of the scale's lowest and highest third, in code units times score unit."""
    levels = layout.instrument.battery("perception").levels
    third = (levels - 1) / 3
    return (1 + third) * layout.unit, (levels - third) * layout.unit
