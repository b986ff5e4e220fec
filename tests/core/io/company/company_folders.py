"""Company folders made for tests: whole, and then spoilt one cell at a time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from fivegaps.errors import CompanyRefused
from fivegaps.io.company.read import read_company
from fivegaps.io.table import Column, Table
from fivegaps.io.write_xlsx import write_xlsx
from fivegaps.knowledge.constructs import constructs
from fivegaps.knowledge.instruments import instrument

Row = dict[str, object]
Files = dict[str, list[Row]]
Spoil = Callable[[Files], None]

ITEMS = tuple(item.id for item in instrument("rater-22").items)
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
SETTINGS = """\
name = "Example bank"
profile = "bank"
instrument = "rater-22"
lang = "en"
minimum_cell = { customers = 5, employees = 5, managers = 3 }
[[wave]]
id = "2024"
date = 2024-05-31
[[wave]]
id = "2025"
date = 2025-05-31
[managers]
census = true
[targets]
reliability = -0.5
"""
WEIGHTS = dict(zip((f"w_{name}" for name in DIMENSIONS), (10, 30, 20, 25, 15), strict=True))


def customer(number: int, wave: str = "2025", unit: str = "riga") -> Row:
    """Return one customer's row."""
    answers = {f"e_{item}": 6 + (number + place) % 2 for place, item in enumerate(ITEMS)}
    answers |= {f"p_{item}": 3 + (number + place) % 4 for place, item in enumerate(ITEMS)}
    return {
        "respondent": f"c{number}", "wave": wave, "unit": unit, "channel": "phone",
        "date": "2025-05-02", **answers, **WEIGHTS, "o_satisfaction": 5, "o_worry": 2,
        "had_problem": "yes" if number % 2 else "no", "complained": "no",
    }  # fmt: skip


def statements(voice: str) -> Row:
    """Return an answer to every statement that a voice is asked about."""
    return {
        f"a_{one.id}_{number}": 5
        for one in constructs(voice)  # type: ignore[arg-type]
        for number in range(1, one.statements + 1)
    }


def manager(number: int, wave: str = "2025") -> Row:
    """Return one manager's row."""
    return {
        "respondent": f"m{number}", "wave": wave, "unit": "riga", "level": 2,
        **{f"e_{item}": 6 for item in ITEMS}, **WEIGHTS,
        **{f"s_{name}": 4 for name in DIMENSIONS}, **statements("managers"),
        **{f"x_s0-{question:02d}": 5 for question in range(7, 28) if question != 10},
        "x_s0-10": "More time", "x_s0-07@phone": 3,
    }  # fmt: skip


def employee(number: int, wave: str = "2025") -> Row:
    """Return one employee's row."""
    return {
        "respondent": f"s{number}", "wave": wave, "unit": "riga", "role": "contact",
        **{f"d_{name}": 5 for name in DIMENSIONS}, **{f"c_{name}": 4 for name in DIMENSIONS},
        **{f"e_{item}": 6 for item in ITEMS}, **{f"m_{item}": 5 for item in ITEMS},
        **statements("employees"), "problem": "old tools", "first_change": "", "support_unit": "it",
        **{f"i_{name}": 4 for name in DIMENSIONS},
    }  # fmt: skip


def whole() -> Files:
    """Return every file of a company, two rows or more each, without a fault."""
    return {
        "units": [
            {"unit": "bank", "parent": "", "name": "Bank", "kind": "company"},
            {"unit": "riga", "parent": "bank", "name": "Riga", "kind": "branch",
             "opened": "2001-01-01", "closed": ""},
        ],
        "customers": [*(customer(n) for n in range(6)), *(customer(n, "2024") for n in range(5))],
        "managers": [manager(1), manager(2)],
        "employees": [employee(1), employee(2)],
        "standards": [
            {"standard": "answer", "text": "Answer calls", "items": "res1;res2",
             "measure": "seconds", "comparison": "at_most", "target": 20, "tolerance": 5,
             "level": 6, "owner": "calls", "written_with_staff": "yes", "result_fixed": "yes",
             "method_free": "no", "accepted": 0.8, "committed": "yes"},
            {"standard": "care", "text": "Be kind", "items": "emp1", "target": ""},
        ],
        "observations": [
            {"standard": "answer", "unit": "riga", "wave": "2025", "date": "2025-04-01",
             "value": 18.5, "met": "", "n": ""},
            {"standard": "answer", "unit": "riga", "wave": "2025", "date": "2025-04-02",
             "value": "", "met": 8, "n": 10},
        ],
        "policies": [
            {"policy": "id", "text": "Ask for papers", "conflicts_with": "answer;customer",
             "resisted": 0.4, "explained_on": "2025-01-01"},
            {"policy": "till", "text": "Two signatures", "conflicts_with": ""},
        ],
        "promises": [
            {"promise": "fast", "text": "Answered at once", "from": "2025-01-01",
             "until": "2025-12-31", "items": "res1", "level": 6.5, "standard": "answer",
             "signed_by_delivery": "", "previewed_by_staff": "no"},
            {"promise": "safe", "text": "Always right", "items": "rel5", "level": 7},
        ],
        "promise_outcomes": [
            {"promise": "fast", "unit": "riga", "date": "2025-04-01", "kept": 7, "n": 10,
             "customer_caused": 1},
            {"promise": "safe", "unit": "riga", "date": "2025-04-01", "kept": 10, "n": 10},
        ],
        "cases": [
            {"case": "k1", "unit": "riga", "channel": "phone", "opened": "2025-03-01",
             "closed": "2025-03-04", "items": "res1;rel5", "contacts": 3, "handlers": 2,
             "first_contact_solved": "no", "reopened": "no", "contradicted": "yes",
             "cause_side": "company", "justice_distributive": 3, "justice_procedural": 2,
             "justice_interactional": 5},
            {"case": "k2", "unit": "riga", "opened": "2025-03-02", "cause_side": "customer"},
        ],
        "ideas": [
            {"idea": "i1", "unit": "riga", "from": "staff", "submitted": "2025-01-01",
             "answered": "2025-02-01", "decision": "rejected", "cost_change": -100,
             "satisfaction_change": 0.1},
            {"idea": "i2", "unit": "riga", "from": "customer", "submitted": "2025-01-01"},
        ],
        "decisions": [
            {"decision": "d1", "unit": "riga", "date": "2025-02-01", "amount": 40,
             "within_limit": "yes", "good_faith": "yes", "overridden": "no"},
            {"decision": "d2", "unit": "riga", "date": "2025-02-02", "amount": 900,
             "within_limit": "no", "good_faith": "yes", "overridden": "yes"},
        ],
        "competitors": [
            {"competitor": "rival", "wave": "2025", "dimension": "reliability", "mean": 5.2,
             "sd": 1.1, "n": 200, "source": "panel"},
            {"competitor": "rival", "wave": "2025", "item": "rel1", "mean": 5.0},
        ],
        "facts": [
            {"unit": "riga", "wave": "2025", "fact": "staff", "value": 14},
            {"unit": "", "wave": "2025", "fact": "management_layers", "value": 5},
        ],
        "actions": [
            {"action": "a1", "cause": "gap1-no-listening", "remedy": "listening-tour",
             "metric": "gap5.reliability", "target": -0.5, "margin": 0.25, "units": "riga",
             "comparison_units": "", "chosen_for_being_worst": "no", "wave_before": "2024",
             "wave_after": "2025", "registered": "2024-06-10", "started": "2024-07-01",
             "due": "2025-05-31", "better": ""},
            {"action": "a2", "metric": "fact.staff", "better": "lower", "units": "riga"},
        ],
    }  # fmt: skip


def write_folder(
    folder: Path,
    files: Mapping[str, list[Row]],
    *,
    settings: str = SETTINGS,
    kind: str = "csv",
    delimiter: str = ",",
) -> Path:
    """Write a company folder as CSV, Parquet or one workbook; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text(settings, encoding="utf-8")
    if kind == "xlsx":
        write_xlsx(folder / "company.xlsx", {name: _table(rows) for name, rows in files.items()})
        return folder
    for name, rows in files.items():
        if kind == "parquet":
            parquet.write_table(_table(rows).arrow(), folder / f"{name}.parquet")
            continue
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, _columns(rows), delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def faults_of(folder):
    """Return (file, row, column, value, sentence) of each fault of a folder."""
    with pytest.raises(CompanyRefused) as caught:
        read_company(folder)
    return [
        (file, fault.row, fault.column, fault.value, str(fault))
        for file, faults in caught.value.faults.items()
        for fault in faults
    ]


def cell(file: str, row: int, column: str, value: object) -> Spoil:
    """Return what puts a value in a cell; ``row`` is the spreadsheet's."""

    def spoil(files: Files) -> None:
        files[file][row - 2][column] = value

    return spoil


def _columns(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _table(rows: list[Row]) -> Table:
    columns = []
    for name in _columns(rows):
        values = [None if row.get(name) in {"", None} else row[name] for row in rows]
        try:
            column = pa.array(values)
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            column = pa.array([None if value is None else str(value) for value in values])
        columns.append(Column(name, column))
    return Table(tuple(columns))
