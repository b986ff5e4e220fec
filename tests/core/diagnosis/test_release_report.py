"""Who of the hidden said what shows nowhere: not in results.json, the report or the tables.

People of units that are told only together are exchanged for one another, whole rows of
answers; sizes of units stay what they were. Whatever is shown may not move. Four units
are too few to be clusters, so that no interval depends on who is where either.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from fivegaps.diagnosis.diagnose import diagnose
from fivegaps.diagnosis.encoding import diagnosis_json, diagnosis_object
from fivegaps.io.company.read import read_company
from fivegaps.report.diagnosis.write import write
from fivegaps.simulation.company.options import CompanyOptions
from fivegaps.simulation.company.simulate import write_company

SIZES = {"employees": (9, 3, 2, 9), "managers": (5, 2, 1, 4)}
HIDDEN = ("unit-02", "unit-03")


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Return the diagnoses of a company and of the same with hidden people exchanged."""
    folder = tmp_path_factory.mktemp("exchanged")
    options = CompanyOptions(units=4, customers=30, staff=9, managers=20, waves=1, seed=11)
    first, _ = write_company(options, folder / "first")
    second, _ = write_company(options, folder / "second")
    for written, exchanged in ((first, False), (second, True)):
        for voice, sizes in SIZES.items():
            _resize(written / f"{voice}.csv", sizes, exchanged=exchanged)
    companies = [read_company(written) for written in (first, second)]
    found = [diagnose(company) for company in companies]
    return companies[0], (found[0], replace(found[1], provenance=found[0].provenance))


def _resize(path: Path, sizes: tuple[int, ...], *, exchanged: bool) -> None:
    """Keep so many people a unit; ``exchanged`` turns the hidden units' people round."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_unit = {f"unit-{one:02d}": size for one, size in enumerate(sizes, start=1)}
    kept = []
    for unit, size in by_unit.items():
        kept += [row for row in rows if row["unit"] == unit][:size]
    hidden = [row for row in kept if row["unit"] in HIDDEN]
    units = [row["unit"] for row in hidden]
    for row, unit in zip(hidden, reversed(units) if exchanged else units, strict=True):
        row["unit"] = unit
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)


def leaves(value, place=""):
    """Yield every number and text of a JSON value with its place."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{place}.{name}")
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, f"{place}.{at}")
    else:
        yield place, value


def test_the_exchange_is_told_apart_by_the_answers(pair):
    company, _ = pair

    unit = company.unit_ids.index(HIDDEN[0])
    rated = company.employees.delivery[company.employees.unit == unit]

    assert len(rated) == SIZES["employees"][1]
    assert np.isfinite(rated).any()


def test_results_are_the_same(pair):
    _, (first, second) = pair

    before, after = (dict(leaves(diagnosis_object(one))) for one in (first, second))

    assert before.keys() == after.keys()
    moved = [
        place
        for place, value in before.items()
        if not (
            math.isclose(value, after[place], rel_tol=1e-9, abs_tol=1e-9)
            if isinstance(value, float)
            else value == after[place]
        )
    ]
    assert moved == []


def test_hidden_units_hold_no_figure_of_their_people(pair):
    _, (first, _) = pair

    units = diagnosis_object(first)["waves"]["2026"]["units"]
    told = [
        (unit, place)
        for unit in HIDDEN
        for place, value in leaves({name: units[unit]["gaps"][name] for name in ("gap1", "gap7")})
        if place.endswith(".value") and value is not None
    ]
    constructs = [one["value"] for unit in HIDDEN for one in units[unit]["constructs"].values()]

    assert told == []
    assert set(constructs) == {None}
    assert units["unit-01"]["constructs"]["employees.teamwork"]["value"] is not None


def test_report_and_tables_are_the_same(pair, tmp_path):
    company, found = pair

    for name, one in zip(("first", "second"), found, strict=True):
        write(
            one,
            company.instrument,
            tmp_path / name,
            lang="en",
            results_json=diagnosis_json(one),
            overwrite=False,
        )

    pages = [(tmp_path / name / "report.html").read_text() for name in ("first", "second")]
    assert words(pages[0]) == words(pages[1])
    assert cells(tmp_path / "first") == cells(tmp_path / "second")


def words(page):
    """Return what a reader sees of a page; coordinates of drawings are left out."""
    return re.sub(r"<[^>]*>", " ", page).split()


def cells(folder):
    """Return the texts and numbers of the workbook, numbers to nine digits."""
    with ZipFile(folder / "tables.xlsx") as book:
        names = [name for name in book.namelist() if "sheet" in name or "sharedStrings" in name]
        text = " ".join(book.read(name).decode() for name in sorted(names))
    return re.sub(r"\d+\.\d{10,}", lambda found: f"{float(found[0]):.9g}", text)
