"""Cost of the counting kernel over merely decoding the columns, by CPU time in one run.

    .venv/bin/python benchmarks/kernel.py --rows 10000000 --folder out/benchmarks

Writes a seeded Parquet file (44 nullable int8 items of 1 to 7, 3 % missing, 200
units in random order) unless it is there, and measures in turns: decoding the
item columns with pyarrow on two threads (the floor), and our scans. CPU seconds
are those of all threads; each is the least of the turns. The counts are then
compared with NumPy's 64-bit integers.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import parquet

from fivegaps.engines.local import counted_columns, scan, scan_histograms, scan_moments, scan_units
from fivegaps.io.parquet import open_parquet
from fivegaps.model.instrument import Battery, Instrument, Item
from fivegaps.stats.counts import Gaps, Moments, Tables

ITEMS, UNITS, LEVELS, MISSING = 22, 200, 7, 0.03
GROUP_ROWS = 131_072
NAMES = [f"{letter}{i}" for letter in "EP" for i in range(1, ITEMS + 1)]
UNIT_NAMES = pa.array([f"unit {i:03d}" for i in range(UNITS)])


def instrument() -> Instrument:
    return Instrument(
        id="benchmark",
        version="1",
        languages=("en",),
        title={},
        batteries=(Battery("expectation", 1, LEVELS), Battery("perception", 1, LEVELS)),
        dimensions=(),
        items=tuple(
            Item(f"i{i}", None, {"expectation": f"E{i}", "perception": f"P{i}"})
            for i in range(1, ITEMS + 1)
        ),
    )


def write(path: Path, rows: int, *, zero_coded: bool = False) -> Path:
    """Write seeded answers; zero-coded ones are required and sorted by unit."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(20_261_123)
    schema = pa.schema(
        [
            ("unit", pa.dictionary(pa.int32(), pa.string())),
            *(pa.field(name, pa.int8(), nullable=not zero_coded) for name in NAMES),
        ],
        metadata={"fivegaps.codes": "zero"} if zero_coded else None,
    )
    temporary = path.with_suffix(".part")
    with parquet.ParquetWriter(temporary, schema, compression="zstd") as writer:
        for first in range(0, rows, GROUP_ROWS):
            n = min(GROUP_ROWS, rows - first)
            units = random.integers(0, UNITS, n).astype(np.int32)
            if zero_coded:
                units = ((first + np.arange(n)) * UNITS // rows).astype(np.int32)
            writer.write_table(
                pa.Table.from_arrays(
                    [
                        pa.DictionaryArray.from_arrays(pa.array(units), UNIT_NAMES),
                        *_answers(random, n, zero_coded=zero_coded),
                    ],
                    schema=schema,
                )
            )
    return temporary.rename(path)


def _answers(random: np.random.Generator, n: int, *, zero_coded: bool) -> list[pa.Array]:
    person = random.standard_normal(n, dtype=np.float32)
    columns = []
    for _name in NAMES:
        liking = 4.5 + 0.8 * person + random.standard_normal(n, dtype=np.float32)
        values = np.clip(np.rint(liking), 1, LEVELS).astype(np.int8)
        missing = random.random(n, dtype=np.float32) < MISSING
        columns.append(
            pa.array(np.where(missing, 0, values).astype(np.int8))
            if zero_coded
            else pa.array(values, mask=missing)
        )
    return columns


def decode(path: Path) -> int:
    """Decode the item columns on two threads and drop them: what no counting can avoid."""
    metadata = parquet.read_metadata(path)

    def rows_of(group: int) -> int:
        file = parquet.ParquetFile(path, metadata=metadata)
        return int(file.read_row_group(group, columns=NAMES, use_threads=False).num_rows)

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(rows_of, range(metadata.num_row_groups)))


def works(path: Path) -> dict[str, Callable[[], object]]:
    def answers() -> object:
        return open_parquet(path, instrument())

    return {
        "decode the 44 columns (floor)": lambda: decode(path),
        "Moments of the whole": lambda: scan_moments(answers()),
        "all two-way Tables": lambda: scan(answers()),
        "all two-way Tables of 200 units": lambda: scan(answers(), by=("unit",)),
        "Tables of the whole, Moments of 200 units": lambda: scan_units(answers(), ("unit",)),
        "Histograms of items and gaps, 200 units": lambda: scan_histograms(
            (found := answers()), ("unit",), gaps=Gaps.between(counted_columns(found))
        ),
    }


def measure(work: Callable[[], object]) -> tuple[float, float, float]:
    """Return CPU seconds, wall seconds and the peak of resident memory in MB."""
    Path("/proc/self/clear_refs").write_text("5")  # starts a new peak
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    status = Path("/proc/self/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return cpu, wall, int(peak.split()[1]) / 1024


def table(path: Path, turns: int) -> None:
    least: dict[str, tuple[float, float, float]] = {}
    for _turn in range(turns):
        for name, work in works(path).items():
            cpu, wall, peak = measure(work)
            known = least.get(name, (cpu, wall, 0.0))
            least[name] = (min(cpu, known[0]), min(wall, known[1]), max(peak, known[2]))
    floor = next(iter(least.values()))[0]
    print(f"\n{path.name}: {parquet.read_metadata(path).num_rows:,} rows")
    print("| work | CPU s | ratio | wall s | peak MB |\n|---|---|---|---|---|")
    for name, (cpu, wall, peak) in least.items():
        print(f"| {name} | {cpu:.2f} | {cpu / floor:.2f} | {wall:.2f} | {peak:.0f} |")


def decoded(path: Path, rows: int) -> NDArray[np.uint8]:
    """Return codes (44, rows) by pyarrow and NumPy alone."""
    found = parquet.read_table(path, columns=NAMES).slice(0, rows)
    return np.stack([found[name].fill_null(0).to_numpy() for name in NAMES]).astype(np.uint8)


def check(path: Path, sample: Path, rows: int) -> None:
    """Compare the counts with NumPy's 64-bit integers; exit with a message when one differs."""
    write(sample, rows)
    answers = open_parquet(sample, instrument())
    codes = decoded(sample, rows).astype(np.int64)
    given = (codes > 0).astype(np.int64)
    columns = counted_columns(answers)
    wanted = Moments(
        columns,
        rows,
        pairs=given @ given.T,
        sums=codes @ given.T,
        squares=(codes * codes) @ given.T,
        products=codes @ codes.T,
    )
    tables = scan(answers)[()]
    equal = [scan_moments(answers)[()] == wanted, tables.moments() == wanted]
    equal += [
        sum(scan(answers, ("unit",)).values(), Tables.empty(columns)) == tables,
        scan_units(answers, ("unit",))[0] == tables,
    ]
    whole, every = scan(open_parquet(path, instrument()))[()], decoded(path, 2**62)
    random = np.random.default_rng(1)
    for i, j in random.integers(0, len(NAMES), (20, 2)):
        cells = every[i].astype(np.int64) * (LEVELS + 1) + every[j]
        found = np.bincount(cells, minlength=(LEVELS + 1) ** 2).reshape(LEVELS + 1, LEVELS + 1)
        equal.append(np.array_equal(whole.table(columns.names[i], columns.names[j]), found[1:, 1:]))
    print(f"\nequal to NumPy int64: {sum(equal)} of {len(equal)} comparisons")
    if not all(equal):
        raise SystemExit("counts differ from NumPy's")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path("out/benchmarks"))
    options = parser.parse_args()
    nullable = write(options.folder / f"nullable-{options.rows}.parquet", options.rows)
    tenth = write(options.folder / f"nullable-{options.rows // 10}.parquet", options.rows // 10)
    zero = write(options.folder / f"zero-{options.rows}.parquet", options.rows, zero_coded=True)
    for path in (tenth, nullable, zero):
        table(path, options.turns)
    check(tenth, options.folder / "sample.parquet", 200_000)


if __name__ == "__main__":
    main()
