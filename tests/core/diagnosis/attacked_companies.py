"""Small simulated companies, roughened: nested units of one to six people, gaps, one mind."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from fivegaps.io.company.company import Company
from fivegaps.io.company.read import read_company
from fivegaps.simulation.company.options import CompanyOptions
from fivegaps.simulation.company.simulate import write_company

REGIONS = ("north", "south")


def attacked_company(folder: Path, seed: int) -> Company:
    """Write a company of 4 to 8 branches in up to two regions, and read it.

    Branches keep 1 to 9 employees, some people belong to no unit; answers are missing
    at random (none in every third company); one branch is of one mind in some questions.
    Managers are a census in every other company.
    """
    chance = np.random.default_rng(seed)
    options = CompanyOptions(
        units=int(chance.integers(4, 9)),
        customers=6,
        staff=9,
        managers=int(chance.integers(6, 25)),
        waves=1,
        seed=seed,
    )
    written, _ = write_company(options, folder)
    settings = written / "company.toml"
    if seed % 2:
        text = settings.read_text(encoding="utf-8").replace("census = true", "census = false")
        settings.write_text(text, encoding="utf-8")
    _edit(written / "units.csv", lambda rows: _nested(rows, chance))
    for voice in ("managers", "employees"):
        _edit(written / f"{voice}.csv", lambda rows: _roughened(rows, chance, seed % 3 == 0))
    return read_company(written)


def _edit(path: Path, change):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _nested(rows, chance):
    regions = [{**rows[0], "unit": one, "parent": "company"} for one in REGIONS]
    for row in rows:
        if row["parent"]:
            row["parent"] = str(chance.choice([*REGIONS, "company"]))
    return [rows[0], *regions, *rows[1:]]


def _roughened(rows, chance, complete):
    """Return fewer people, with answers missing, and one unit of one mind."""
    units = sorted({row["unit"] for row in rows})
    keep = {unit: chance.uniform(0.1, 1) for unit in units}
    kept = [row for row in rows if chance.random() < keep[row["unit"]]] or rows
    missing = chance.choice([0.02, 0.1, 0.3])
    asked = [name for name in rows[0] if name[:2] in {"e_", "m_", "x_", "d_", "c_", "s_", "a_"}]
    alike = chance.choice(units)
    same = [name for name in asked if chance.random() < 0.3]
    for row in kept:
        for name in asked:
            if complete:
                row[name] = row[name] or str(chance.integers(1, 8))
            elif chance.random() < missing:
                row[name] = ""
        if row["unit"] == alike:
            row.update(dict.fromkeys(same, "7"))
        if chance.random() < 0.05:
            row["unit"] = ""
    return kept
