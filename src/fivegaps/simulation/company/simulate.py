"""Write a whole company folder, and what is true of it beside the folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from fivegaps.io.atomic import atomic_file, atomic_folder
from fivegaps.io.table import Column, Table, Values
from fivegaps.io.write_csv import write_csv
from fivegaps.simulation.company import events, registers
from fivegaps.simulation.company.customers import customer_columns
from fivegaps.simulation.company.options import CompanyOptions
from fivegaps.simulation.company.people import employees_columns, managers_columns
from fivegaps.simulation.company.plan import Plan, plan_company
from fivegaps.simulation.company.truth import company_truth


def write_company(options: CompanyOptions, folder: str | Path) -> tuple[Path, Path]:
    """Write the company folder and ``<folder>.truth.json``; return both paths.

    The same options give the same files, byte for byte.

    Raises:
        OutputExists: The folder holds something already.
        OptionRefused: The folder cannot be written.
    """
    folder = Path(folder)
    plan = plan_company(options)
    managers, managers_true = managers_columns(plan)
    employees, employees_true = employees_columns(plan)
    standards = registers.standards_rows(plan)
    observations, conformance = registers.observations_rows(plan, standards)
    promises = registers.promises_rows(plan, standards)
    outcomes, kept = registers.outcomes_rows(plan, promises)
    rows: dict[str, Sequence[registers.Row]] = {
        "units": _units(plan),
        "standards": standards,
        "observations": observations,
        "policies": registers.policies_rows(plan),
        "promises": promises,
        "promise_outcomes": outcomes,
        "cases": events.cases_rows(plan),
        "ideas": events.ideas_rows(plan),
        "decisions": events.decisions_rows(plan),
        "competitors": registers.competitors_rows(plan),
        "facts": events.facts_rows(plan),
        "actions": events.actions_rows(plan),
    }
    truth = company_truth(plan, managers_true, employees_true, conformance, kept)
    beside = folder.with_name(f"{folder.name}.truth.json")
    with atomic_folder(folder) as temporary:
        (temporary / "company.toml").write_text(_settings(plan), encoding="utf-8")
        write_csv(temporary / "customers.csv", _table(customer_columns(plan)))
        write_csv(temporary / "managers.csv", _table(managers))
        write_csv(temporary / "employees.csv", _table(employees))
        for file, of_file in rows.items():
            if of_file:
                write_csv(temporary / f"{file}.csv", _table(_columns(of_file)))
    with atomic_file(beside) as temporary:
        text = json.dumps(truth | {"options": asdict(options)}, indent=1, ensure_ascii=False)
        temporary.write_text(text + "\n", encoding="utf-8")
    return folder, beside


def _units(plan: Plan) -> list[registers.Row]:
    rows: list[registers.Row] = [{"unit": "company", "name": "The company", "kind": "company"}]
    for unit in plan.unit_ids:
        branch = {"unit": unit, "parent": "company", "kind": "branch"}
        rows.append({**branch, "name": f"Branch {unit[5:]}"})
    return rows


def _settings(plan: Plan) -> str:
    waves = "".join(
        f'[[wave]]\nid = "{wave}"\ndate = {date.isoformat()}\n'
        for wave, date in zip(plan.wave_ids, plan.wave_dates, strict=True)
    )
    return (
        'name = "Simulated company (invented)"\nformat = 2\n'
        f'instrument = "{plan.instrument.id}"\nlang = "en"\n'
        "minimum_cell = { customers = 5, employees = 5, managers = 3 }\n"
        f"{waves}[managers]\ncensus = true\n"
    )


def _columns(rows: Sequence[registers.Row]) -> dict[str, object]:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [_cell(row.get(name)) for row in rows] for name in names}


def _cell(value: object) -> str | None:
    return None if value is None or value == "" else str(value)


def _table(columns: Mapping[str, object]) -> Table:
    return Table(tuple(Column(name, _values(column)) for name, column in columns.items()))


def _values(column: object) -> Values:
    if isinstance(column, np.ndarray):
        return column if column.dtype.kind == "f" else column.tolist()
    if not isinstance(column, list):
        raise TypeError("columns are lists or arrays")
    return [None if value == "" else value for value in column]
