"""What the diagnosis of a large company costs, with report, workbook and charts.

A simulated company is blown up to a million customers, 500 units, 5,000 employees,
300 standards, 100,000 observations and 1,000 actions. Prints CPU seconds (all threads)
and the peak of memory of one `fivegaps diagnose`, and the same for reading alone.

    python -m benchmarks.company [--customers 1000000] [--keep DIR]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet

from fivegaps.simulation.company.options import CompanyOptions
from fivegaps.simulation.company.simulate import write_company

UNITS = 500
STANDARDS = 300
OBSERVATIONS = 100_000
ACTIONS = 1_000
METRICS = (
    "perception.reliability",
    "gap5.overall",
    "perception.tan1",
    "outcome.satisfaction",
    "construct.employees.teamwork",
    "observation.standard-001",
)
READ = "import sys, fivegaps; fivegaps.read_company(sys.argv[1])"


def large_company(folder: Path, customers: int) -> Path:
    """Write a company with the sizes above, and return its folder."""
    small, _ = write_company(
        CompanyOptions(units=UNITS, customers=4, staff=5, managers=UNITS, seed=3), folder / "large"
    )
    rng = np.random.default_rng(3)
    _more_customers(small, customers, rng)
    standards = _rows(small, "standards")
    more = standards.take(pa.array(np.arange(STANDARDS) % standards.num_rows))
    ids = pa.array([f"standard-{place + 1:03d}" for place in range(STANDARDS)])
    _write(small, "standards", _with(more, standard=ids))
    observations = _rows(small, "observations")
    counted = observations.filter(pa.compute.is_valid(observations["met"]))
    more = counted.take(pa.array(rng.integers(0, counted.num_rows, OBSERVATIONS)))
    chosen = ids.take(pa.array(rng.integers(0, STANDARDS, OBSERVATIONS)))
    _write(small, "observations", _with(more, standard=chosen))
    actions = _rows(small, "actions").take(pa.array(np.arange(ACTIONS) % 2))
    names = [f"unit-{place + 1:02d}" for place in range(UNITS)]
    shuffled = [rng.permutation(names)[:40].tolist() for _ in range(ACTIONS)]
    metrics = pa.array([METRICS[place % len(METRICS)] for place in range(ACTIONS)])
    actions = _with(
        actions,
        action=pa.array([f"action-{place}" for place in range(ACTIONS)]),
        metric=metrics,
        units=pa.array([";".join(chosen[:20]) for chosen in shuffled]),
        comparison_units=pa.array([";".join(chosen[20:]) for chosen in shuffled]),
    )
    _write(small, "actions", actions)
    return small


def _more_customers(folder: Path, customers: int, rng: np.random.Generator) -> None:
    few = _rows(folder, "customers")
    many = few.take(pa.array(rng.integers(0, few.num_rows, customers)))
    many = _with(many, respondent=pa.array([f"customer-{place}" for place in range(customers)]))
    parquet.write_table(many, folder / "customers.parquet")
    (folder / "customers.csv").unlink()


def _rows(folder: Path, file: str) -> pa.Table:
    return csv.read_csv(folder / f"{file}.csv")


def _with(table: pa.Table, **columns: pa.Array) -> pa.Table:
    for name, values in columns.items():
        table = table.set_column(table.column_names.index(name), name, values)
    return table


def _write(folder: Path, file: str, table: pa.Table) -> None:
    csv.write_csv(table, folder / f"{file}.csv")


def spent(words: list[str | Path]) -> tuple[float, float]:
    """Return CPU seconds and peak megabytes of one process."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{words} ended with {status}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--customers", type=int, default=1_000_000)
    words.add_argument("--keep", type=Path, help="Keep the company and its diagnosis here.")
    chosen, _ = words.parse_known_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        company = folder / "large"
        if not company.exists():
            # In a process of its own: the peak of a child starts from its parent's.
            make = f"from benchmarks.company import *; large_company(Path({str(folder)!r}), "
            subprocess.run([sys.executable, "-c", f"{make}{chosen.customers})"], check=True)
        command = Path(sys.executable).parent / "fivegaps"
        diagnose = ["diagnose", company, "--out", folder / "diagnosis", "--overwrite"]
        print(f"| company of {chosen.customers:,} customers | CPU s | peak MB |\n|---|---|---|")
        for title, line in (
            ("read and check", [sys.executable, "-c", READ, company]),
            ("diagnose, with report, workbook and charts", [command, *diagnose]),
        ):
            seconds, megabytes = spent(line)
            print(f"| {title} | {seconds:.1f} | {megabytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
