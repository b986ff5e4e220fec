"""The same answers in every kind of source an engine may be given."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from fivegaps.io.answers import Categories, MemoryAnswers
from fivegaps.io.parquet import ParquetAnswers, open_parquet
from fivegaps.model.instrument import Battery, Instrument, Item

UNITS = ("Ghent", "Hue", "Riga", "Tainan")
MONTHS = ("2026-01", "2026-02")
ITEMS = 4


def instrument():
    """Four items on scales of 7 and 5 points; one is reversed in both batteries."""
    return Instrument(
        id="engines",
        version="1",
        languages=("en",),
        title={},
        batteries=(Battery("expectation", 1, 7), Battery("perception", 0, 4, missing=(9,))),
        dimensions=(),
        items=tuple(
            Item(f"i{i}", None, {"expectation": f"E{i}", "perception": f"P{i}"}, reversed=i == 2)
            for i in range(1, ITEMS + 1)
        ),
    )


@dataclass(frozen=True)
class Survey:
    """What was answered: raw points (k, n) before reversal, where 255 is no answer."""

    points: np.ndarray
    units: np.ndarray
    months: np.ndarray

    @property
    def codes(self):
        """Codes (k, n) as engines see them: 0 missing, reversed items recoded."""
        found = np.empty_like(self.points)
        for place, row in enumerate(self.points):
            minimum, levels = _scale(place)
            codes = row.astype(np.int64) - minimum + 1
            if place % ITEMS == 1:
                codes = levels + 1 - codes
            found[place] = np.where(row == 255, 0, codes)
        return found


def _scale(place):
    return (1, 7) if place < ITEMS else (0, 5)


def survey(n, seed=3):
    random = np.random.default_rng(seed)
    points = np.empty((2 * ITEMS, n), dtype=np.uint8)
    for place in range(2 * ITEMS):
        minimum, levels = _scale(place)
        points[place] = random.integers(minimum, minimum + levels, n)
    points[random.random(points.shape) < 0.1] = 255
    units = random.integers(-1, len(UNITS), n)
    return Survey(points, units, random.integers(0, len(MONTHS), n))


def names():
    return [f"{letter}{i}" for letter in "EP" for i in range(1, ITEMS + 1)]


def _labels(codes, values):
    return pa.array([None if code < 0 else values[code] for code in codes], pa.string())


def _written(answers, folder, columns, *, group_rows=700, metadata=None):
    path = folder / "answers.parquet"
    table = pa.table(
        {
            "unit": _labels(answers.units, UNITS),
            "month": _labels(answers.months, MONTHS),
            **dict(zip(names(), columns, strict=True)),
        }
    )
    if metadata:
        table = table.replace_schema_metadata(metadata)
    parquet.write_table(table, path, row_group_size=group_rows)
    return path


def memory(answers, _folder):
    return MemoryAnswers(
        instrument(),
        answers.codes,
        columns={
            "unit": Categories(answers.units.astype(np.int32), UNITS),
            "month": Categories(answers.months.astype(np.int32), MONTHS),
        },
        part_rows=500,
    )


def _parquet_of(kind):
    def source(answers, folder):
        columns = [
            pa.array(row.astype(kind), mask=row == 255) for row in answers.points.astype(np.int64)
        ]
        return open_parquet(_written(answers, folder, columns), instrument())

    return source


def floats_with_nan(answers, folder):
    rows = answers.points.astype(np.float64)
    columns = [pa.array(np.where(row == 255, np.nan, row)) for row in rows]
    return open_parquet(_written(answers, folder, columns), instrument())


def texts(answers, folder):
    columns = [
        pa.array(["" if point == 255 else str(point) for point in row]) for row in answers.points
    ]
    return open_parquet(_written(answers, folder, columns), instrument())


def dictionaries(answers, folder):
    columns = [
        pa.array(row.astype(np.float64), mask=row == 255).dictionary_encode()
        if place < ITEMS
        else pa.array(row.astype(str), mask=row == 255).dictionary_encode()
        for place, row in enumerate(answers.points)
    ]
    return open_parquet(_written(answers, folder, columns), instrument())


def missing_codes(answers, folder):
    """Nulls in the first battery, the instrument's code 9 in the second."""
    columns = [
        pa.array(row.astype(np.int8), mask=row == 255)
        if place < ITEMS
        else pa.array(np.where(row == 255, 9, row).astype(np.int8))
        for place, row in enumerate(answers.points)
    ]
    return open_parquet(_written(answers, folder, columns), instrument())


def zero_coded(answers, folder):
    columns = []
    for place, row in enumerate(answers.points):
        minimum, _levels = _scale(place)
        codes = np.where(row == 255, 0, row.astype(np.int64) - minimum + 1)
        columns.append(pa.array(codes.astype(np.int8)))
    path = _written(answers, folder, columns, metadata={"fivegaps.codes": "zero"})
    return open_parquet(path, instrument())


def in_steps(answers, folder):
    """One row group that counts as too large to hold."""
    columns = [pa.array(row.astype(np.int8), mask=row == 255) for row in answers.points]
    path = _written(answers, folder, columns, group_rows=1_000_000)
    return ParquetAnswers(path, instrument(), large_rows=1000, step_rows=300)


def sorted_by_unit(answers, folder):
    order = np.argsort(answers.units, kind="stable")
    moved = Survey(answers.points[:, order], answers.units[order], answers.months[order])
    return _parquet_of(np.int8)(moved, folder)


SOURCES = {
    "memory": memory,
    "int8": _parquet_of(np.int8),
    "uint8": _parquet_of(np.uint8),
    "int16": _parquet_of(np.int16),
    "int64": _parquet_of(np.int64),
    "floats": floats_with_nan,
    "texts": texts,
    "dictionaries": dictionaries,
    "missing codes": missing_codes,
    "zero-coded": zero_coded,
    "in steps": in_steps,
    "sorted by unit": sorted_by_unit,
}
