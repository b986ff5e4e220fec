"""Read a company folder: every file checked, every fault named at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from fivegaps.errors import CompanyRefused, Fault
from fivegaps.io.answers import Notice
from fivegaps.io.company.actions import read_actions
from fivegaps.io.company.asked import asked_instrument, refuse_unasked
from fivegaps.io.company.company import Company
from fivegaps.io.company.customers import read_customers
from fivegaps.io.company.faults import Faults
from fivegaps.io.company.names import Names
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.records import (
    read_cases,
    read_decisions,
    read_observations,
    read_promise_outcomes,
)
from fivegaps.io.company.registers import read_competitors, read_facts, read_ideas
from fivegaps.io.company.settings import (
    check_targets,
    find_company_instrument,
    read_settings,
    settings_table,
)
from fivegaps.io.company.sheets import FILES, SETTINGS, Sheet, open_sheets
from fivegaps.io.company.standards import read_policies, read_promises, read_standards
from fivegaps.io.company.units import read_units
from fivegaps.io.company.voices import read_employees, read_managers
from fivegaps.model.company.settings import DEFAULT_CELLS, CompanySettings
from fivegaps.model.instrument import Instrument


def read_company(path: str | os.PathLike[str]) -> Company:
    """Return the company that a folder describes.

    ``company.toml`` and ``customers`` must be there; every other file is
    optional. Files are CSV, Parquet, or sheets of one ``company.xlsx``.

    Raises:
        CompanyRefused: Something is wrong; holds every fault of every file, with
            row, column, value and what to do.
    """
    folder = Path(path)
    faults = Faults()
    if not folder.is_dir():
        what = "is a file, not a folder." if folder.exists() else "does not exist."
        advice = "Name the folder that holds company.toml, or start one with `fivegaps init DIR`."
        raise CompanyRefused(str(folder), {str(folder): [Fault(what, advice)]})
    settings = read_settings(settings_table(folder, faults), faults)
    sheets, aside = open_sheets(folder, faults, known=KNOWN)
    found = None if settings is None else find_company_instrument(settings, folder, faults)
    if settings is None or found is None or not settings.waves:
        if "customers" not in sheets and not faults.tell_of("customers"):
            faults.add("customers", Fault("is missing, and every folder needs it."))
        faults.refuse(str(folder), _order(sheets))
        raise CompanyRefused(str(folder), {SETTINGS: [Fault("holds no settings.")]})
    company = _read(settings, found, sheets, faults)
    faults.refuse(str(folder), _order(sheets))
    return company.with_notices(*_left_aside(aside), *_raised_cells(settings))


def _left_aside(files: Sequence[str]) -> Iterator[Notice]:
    if files:
        text = f"{', '.join(files)}: no file of a company folder, left aside"
        yield Notice("unknown_files", text, about=tuple(files))


def _raised_cells(settings: CompanySettings) -> Iterator[Notice]:
    """Tell where the settings would show fewer people than is ever shown."""
    for voice in ("managers", "employees"):
        wanted, fewest = settings.minimum_cell[voice], DEFAULT_CELLS[voice]
        if wanted < fewest:
            text = (
                f"{SETTINGS}: minimum_cell of {voice} is {wanted}; figures of fewer than"
                f" {fewest} are not shown all the same"
            )
            yield Notice("minimum_cell_raised", text, about=(voice,))


def _read(
    settings: CompanySettings,
    found: tuple[Instrument, Instrument],
    sheets: dict[str, Sheet],
    faults: Faults,
) -> Company:
    trade, plain = found
    check_targets(settings, trade, faults)
    instrument = asked_instrument(trade, plain, sheets)
    if "customers" in sheets:
        refuse_unasked(Reading(sheets["customers"], faults, batches=()), trade, plain)
    names = Names(settings, instrument, sheets, faults)
    read_units(names)
    standards = read_standards(names)
    policies = read_policies(names)
    promises = read_promises(names)
    customers = read_customers(names)
    managers = read_managers(names)
    employees, internal = read_employees(names)
    observations = read_observations(names)
    outcomes = read_promise_outcomes(names)
    cases = read_cases(names)
    ideas = read_ideas(names)
    decisions = read_decisions(names)
    competitors = read_competitors(names)
    facts = read_facts(names)
    actions = read_actions(names)
    return Company(
        settings=settings,
        instrument=instrument,
        units=names.units,
        everybody=customers,
        managers=managers,
        employees=employees,
        internal_service=internal,
        standards=standards,
        observations=observations,
        policies=policies,
        promises=promises,
        promise_outcomes=outcomes,
        cases=cases,
        ideas=ideas,
        decisions=decisions,
        competitors=competitors,
        facts=facts,
        actions=actions,
        files={file: sheet.sha256 for file, sheet in sheets.items()},
        columns={file: sheet.names for file, sheet in sheets.items()},
        notices=tuple(names.notices),
    )


def _order(sheets: dict[str, Sheet]) -> tuple[str, ...]:
    return (SETTINGS, *(sheets[file].place if file in sheets else file for file in FILES))


# Column names by which a first row is known to be a header.
KNOWN = frozenset(
    {
        "unit", "respondent", "wave", "standard", "policy", "promise", "case", "idea",
        "decision", "competitor", "fact", "action",
    }
)  # fmt: skip
