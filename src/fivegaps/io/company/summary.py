"""What a company folder holds, what it lacks, and what nobody can tell without that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import compute

from fivegaps.io.company.company import Company
from fivegaps.io.company.examples import MARK
from fivegaps.io.company.rows import Places
from fivegaps.io.company.sheets import FILES
from fivegaps.knowledge.company_folder import file_guides, part_guides, said


@dataclass(frozen=True, slots=True)
class FileSummary:
    """One file: its rows, and for files by wave the rows of each wave."""

    file: str
    rows: int
    by_wave: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CannotTell:
    """What nobody can tell, which file or columns are missing, and what to collect."""

    what: str
    missing: str
    collect: str

    def __str__(self) -> str:
        """Return it as one sentence."""
        return (
            f"cannot tell {self.what}, because {self.missing}; to know it, collect {self.collect}"
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """What a folder holds; ``examples`` are files that still hold worked rows."""

    files: tuple[FileSummary, ...]
    cannot_tell: tuple[CannotTell, ...]
    examples: tuple[str, ...]


def summary(company: Company, lang: str = "en") -> Summary:
    """Return what a company's folder holds and lacks, in a language."""
    rows = dict(_rows(company))
    return Summary(
        files=tuple(rows[file] for file in FILES if company.has(file)),
        cannot_tell=tuple(_cannot_tell(company, rows, lang)),
        examples=tuple(file for file in FILES if file in set(_with_examples(company))),
    )


def _rows(company: Company) -> Iterator[tuple[str, FileSummary]]:
    by_wave: dict[str, Places] = {
        "customers": company.everybody.wave,
        "managers": company.managers.wave,
        "employees": company.employees.wave,
        "observations": company.observations.wave,
    }
    for file, wave in by_wave.items():
        counts = np.bincount(wave[wave >= 0], minlength=len(company.waves))
        named = tuple(
            (one.id, int(count)) for one, count in zip(company.waves, counts, strict=True)
        )
        yield file, FileSummary(file, len(wave), named)
    sizes = {
        "units": len(company.units),
        "standards": len(company.standards),
        "policies": len(company.policies),
        "promises": len(company.promises),
        "promise_outcomes": company.promise_outcomes.n,
        "cases": company.cases.n,
        "ideas": len(company.ideas),
        "decisions": company.decisions.n,
        "competitors": len(company.competitors),
        "facts": len(company.facts),
        "actions": len(company.actions),
    }
    for file, size in sizes.items():
        yield file, FileSummary(file, size)


def _cannot_tell(company: Company, rows: dict[str, FileSummary], lang: str) -> Iterator[CannotTell]:
    for guide in file_guides():
        if company.has(guide.id) and rows[guide.id].rows:
            continue
        missing = f"{guide.id} {'holds no rows' if company.has(guide.id) else 'is missing'}"
        yield CannotTell(said(guide.unknown, lang), missing, said(guide.collect, lang))
    for part in part_guides():
        asked = any(name.startswith(part.prefix) for name in company.columns.get(part.file, ()))
        battery_asked = part.prefix != "e_" or company.instrument.has("expectation")
        if rows[part.file].rows and not asked and battery_asked:
            missing = f"{part.file} has no column {part.prefix}"
            missing += "…" if part.prefix.endswith("_") else ""
            yield CannotTell(said(part.unknown, lang), missing, said(part.collect, lang))


def _with_examples(company: Company) -> Iterator[str]:
    """Yield each file in which an id still is that of a worked row."""
    people = company.everybody.others.get("respondent")
    is_text = people is not None and pa.types.is_string(people.type)
    if is_text and compute.any(compute.starts_with(people, MARK)).as_py():
        yield "customers"
    ids: dict[str, list[str]] = {
        "standards": [one.id for one in company.standards],
        "policies": [one.id for one in company.policies],
        "promises": [one.id for one in company.promises],
        "ideas": [one.id for one in company.ideas],
        "competitors": [one.id for one in company.competitors],
        "actions": [one.id for one in company.actions],
    }
    ids["managers"] = list(company.managers.respondent.values)
    ids["employees"] = list(company.employees.respondent.values)
    ids["cases"] = list(company.cases.id.values)
    ids["decisions"] = list(company.decisions.id.values)
    for file, names in ids.items():
        if any(name.startswith(MARK) for name in names):
            yield file
