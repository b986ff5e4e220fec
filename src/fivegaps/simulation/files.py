"""Write simulated answers to a file as a survey would leave them, and the truth beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fivegaps.errors import OptionRefused
from fivegaps.io.atomic import atomic_file
from fivegaps.io.table import Column, Table
from fivegaps.io.write_csv import write_csv
from fivegaps.io.write_parquet import write_parquet
from fivegaps.io.write_sav import write_sav
from fivegaps.io.write_xlsx import write_xlsx
from fivegaps.model.instrument import Battery, Item
from fivegaps.simulation.drawing import Draw
from fivegaps.simulation.simulate import Simulation, number_columns
from fivegaps.simulation.truth_file import truth_document

FORMATS = (".csv", ".parquet", ".xlsx", ".sav", ".zsav")
STREAMED = (".csv", ".parquet")
MOST_ROWS = {".xlsx": 1_048_575, ".sav": 2_000_000, ".zsav": 2_000_000}
BLOCKS_A_TABLE = 16
_FIRST_DAY = date(2026, 1, 1)


def write(
    order: Simulation, path: str | Path, *, advance: Callable[[int], None] | None = None
) -> tuple[Path, Path]:
    """Write the answers and ``<name>.truth.json``; return both paths.

    CSV and Parquet are streamed: memory stays flat. XLSX and SPSS files are
    built whole.

    Args:
        order: A simulation made ready.
        path: Its ending tells the format: .csv, .parquet, .xlsx, .sav, .zsav.
        advance: Called with the number of rows after each block.

    Raises:
        OptionRefused: The ending is unknown or the format cannot hold that many rows.
    """
    path = Path(path)
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise OptionRefused("--out", f"ends in {kind or 'nothing'}; use {', '.join(FORMATS)}")
    if order.options.n > MOST_ROWS.get(kind, order.options.n):
        most = f"{MOST_ROWS[kind]:,}"
        raise OptionRefused("--out", f"{kind} is for at most {most} rows; use .csv or .parquet")
    counts = {"straight": 0, "random": 0}

    def drawn() -> Iterator[Draw]:
        for draw in order.draws():
            counts["straight"] += int(draw.straight.sum())
            counts["random"] += int(draw.random.sum())
            yield draw
            if advance is not None:
                advance(draw.rows)

    if kind == ".csv":
        write_csv(path, _tables(order, drawn()))
    elif kind == ".parquet":
        write_parquet(path, _tables(order, drawn()))
    else:
        whole = _joined(list(_tables(order, drawn())))
        if kind == ".xlsx":
            write_xlsx(path, {"answers": whole})
        else:
            write_sav(path, whole, title=f"simulated, seed {order.options.seed}")
    truth = path.with_suffix(".truth.json")
    document = truth_document(order.truth(), order.instrument, order.options, counts)
    with atomic_file(truth) as temporary:
        text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
        temporary.write_text(text + "\n", encoding="utf-8")
    return path, truth


def _tables(order: Simulation, draws: Iterator[Draw]) -> Iterator[Table]:
    """Yield tables of some blocks each."""
    waiting: list[Table] = []
    for draw in draws:
        waiting.append(_table(order, draw))
        if len(waiting) == BLOCKS_A_TABLE:
            yield _joined(waiting)
            waiting = []
    if waiting:
        yield _joined(waiting)


def _joined(tables: list[Table]) -> Table:
    if len(tables) == 1:
        return tables[0]
    return Table(
        tuple(
            Column(
                parts[0].name,
                pa.chunked_array([part.arrow() for part in parts]),
                label=parts[0].label,
                value_labels=parts[0].value_labels,
                measure=parts[0].measure,
            )
            for parts in zip(*(table.columns for table in tables), strict=True)
        )
    )


def _table(order: Simulation, draw: Draw) -> Table:
    structure = order.instrument.structure
    columns = []
    if structure.respondent:
        numbers = np.arange(draw.first + 1, draw.first + draw.rows + 1)
        columns.append(Column(structure.respondent, numbers, label="Respondent", measure="nominal"))
    if structure.date:
        days = [_FIRST_DAY + timedelta(days=int(day)) for day in draw.days]
        columns.append(Column(structure.date, pa.array(days, pa.date32()), label="Date"))
    for segment in order.options.segments:
        codes = pa.array(draw.segments[segment.name])
        values = pa.DictionaryArray.from_arrays(codes, pa.array(segment.values, pa.string()))
        columns.append(Column(segment.name, values.dictionary_decode(), measure="nominal"))
    columns += _item_columns(order, draw)
    columns += [
        Column(name, values, measure="ordinal")
        for name, values in number_columns(order.instrument, draw).items()
    ]
    return Table(tuple(columns))


def _item_columns(order: Simulation, draw: Draw) -> Iterator[Column]:
    instrument = order.instrument
    items = {item.id: item for item in instrument.items}
    for place, column in enumerate(order.model.items):
        item = items[column.item]
        battery = instrument.battery(column.battery)
        codes = draw.codes[place]
        turned = item.reversed and column.battery != "importance"
        yield Column(
            column.name,
            _values(codes, column.minimum, battery.maximum, turned=turned),
            label=_wording(item, column.battery),
            value_labels=_labels(battery),
            measure="ordinal",
        )


def _values(codes: NDArray[np.uint8], minimum: int, maximum: int, *, turned: bool) -> pa.Array:
    """Return scale points as they were ticked; no answer is null."""
    points = codes.astype(np.int16) + np.int16(minimum - 1)
    if turned:
        points = np.int16(minimum + maximum) - points
    return pa.array(points, mask=codes == 0)


def _labels(battery: Battery) -> dict[float | str, str]:
    anchors = battery.anchors.get("en") or next(iter(battery.anchors.values()), {})
    return {point: words for point, words in anchors.items()}  # noqa: C416 - widens the key's type


def _wording(item: Item, battery: str) -> str:
    for wordings in (item.text.get("en"), *item.text.values()):
        if wordings and battery in wordings:
            return wordings[battery]
    return f"{battery} {item.id}"
