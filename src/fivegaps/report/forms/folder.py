"""What a company folder says about its forms: name, language, items, standards."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fivegaps.errors import CompanyRefused, Fault
from fivegaps.io.company.faults import Faults
from fivegaps.io.company.names import Names
from fivegaps.io.company.settings import find_company_instrument, read_settings, settings_table
from fivegaps.io.company.sheets import SETTINGS, open_sheets
from fivegaps.io.company.standards import read_standards
from fivegaps.model.company.registers import Standard
from fivegaps.model.instrument import LANGUAGES, Instrument
from fivegaps.model.questionnaire import Choice, Questionnaire

_SIGNS = {"at_least": "≥", "at_most": "≤"}


@dataclass(frozen=True, slots=True)
class FolderForms:
    """The firm's name, its language, the instrument of its customers, its standards."""

    company: str
    lang: str
    bank: Instrument
    standards: tuple[Standard, ...]


def folder_forms(path: str | os.PathLike[str]) -> FolderForms:
    """Return what the forms of a company folder need; nobody needs to have answered yet.

    Raises:
        CompanyRefused: There is no such folder, or its settings or standards have faults.
    """
    folder, faults = Path(path), Faults()
    if not folder.is_dir():
        fault = Fault("is no folder.", "Start one with `fivegaps init DIR`.")
        raise CompanyRefused(str(folder), {str(folder): [fault]})
    settings = read_settings(settings_table(folder, faults), faults)
    found = None if settings is None else find_company_instrument(settings, folder, faults)
    if settings is None or found is None:
        faults.refuse(str(folder))
        raise CompanyRefused(str(folder), {SETTINGS: [Fault("holds no settings.")]})
    sheets, _ = open_sheets(folder, faults)
    standards = read_standards(Names(settings, found[1], sheets, faults))
    faults.refuse(str(folder))
    return FolderForms(settings.name, settings.lang, found[0], standards)


def with_standards(asked: Questionnaire, standards: Sequence[Standard]) -> Questionnaire:
    """Return the questionnaire with the company's standards in the rows to be checked."""
    rows = tuple(Choice(one.id, dict.fromkeys(LANGUAGES, _told(one))) for one in standards)
    sections = tuple(
        replace(section, choices=rows) if section.answer == "observation" else section
        for section in asked.sections
    )
    return replace(asked, sections=sections)


def _told(standard: Standard) -> str:
    text = standard.text or standard.id
    if standard.target is None:
        return text
    sign = _SIGNS.get(standard.comparison, "")
    goal = f"{sign} {standard.target:g} {standard.unit_of_measure}".strip()
    return f"{text} ({goal})"
