"""Bring a company folder of an older format to today's, on a copy.

Format 1 called ``level`` of standards ``target_level`` and ``level`` of promises
``claimed_level``, and wrote yes and no as 1 and 0.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from fivegaps.errors import CompanyRefused, Fault, OptionRefused
from fivegaps.io.atomic import atomic_folder
from fivegaps.io.company.distinct import distinct
from fivegaps.io.company.faults import Faults
from fivegaps.io.company.read import KNOWN, read_company
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.settings import settings_table
from fivegaps.io.company.sheets import SETTINGS, WORKBOOK, Sheet, open_sheets
from fivegaps.io.table import Column, Table
from fivegaps.io.write_csv import write_csv
from fivegaps.io.write_xlsx import write_xlsx
from fivegaps.knowledge.table import is_whole
from fivegaps.model.company.settings import FORMAT

RENAMED: Mapping[str, Mapping[str, str]] = {
    "standards": {"target_level": "level"},
    "promises": {"claimed_level": "level"},
}
FLAGS: Mapping[str, tuple[str, ...]] = {
    "customers": ("had_problem", "complained"),
    "standards": ("written_with_staff", "result_fixed", "method_free", "committed"),
    "promises": ("previewed_by_staff",),
    "cases": ("first_contact_solved", "reopened", "contradicted"),
    "decisions": ("within_limit", "good_faith", "overridden"),
    "actions": ("chosen_for_being_worst",),
}
_WORDS = {"1": "yes", "0": "no"}


def migrate_company(folder: str | os.PathLike[str], out: str | os.PathLike[str]) -> tuple[str, ...]:
    """Copy a folder of an older format to ``out`` in today's; return what was changed.

    The folder itself is left as it is. Nothing is written when the copy would
    not check clean.

    Raises:
        OptionRefused: The folder is in today's format, or ``out`` lies in it.
        OutputExists: ``out`` holds something.
        CompanyRefused: Its files hold faults, named as in the copy.
    """
    source, target = Path(folder), Path(out)
    faults = Faults()
    if not source.is_dir():
        raise CompanyRefused(str(source), {str(source): [Fault("is no folder.")]})
    written = settings_table(source, faults).get("format", FORMAT)
    faults.refuse(str(source))
    if not is_whole(written) or not 1 <= written < FORMAT:
        raise OptionRefused(
            "--migrate", f"{source} is not in an older format: format {written}, today {FORMAT}"
        )
    if target.resolve().is_relative_to(source.resolve()):
        raise OptionRefused("--migrate", f"{out} lies in {source}; name a folder beside it")
    sheets, _ = open_sheets(source, faults, known=KNOWN)
    faults.refuse(str(source))
    changes = [f"{SETTINGS}: format {written} is now {FORMAT}"]
    with atomic_folder(target) as temporary:
        for path in sorted(source.iterdir()):
            if path.is_file():
                shutil.copyfile(path, temporary / path.name)
        _renumber(temporary / SETTINGS)
        changes += _rewrite(temporary, sheets)
        try:
            read_company(temporary)
        except CompanyRefused as refused:
            raise CompanyRefused(str(source), refused.faults) from None
    return tuple(changes)


def _renumber(settings: Path) -> None:
    text = settings.read_text(encoding="utf-8-sig")
    pattern = re.compile(r"^(\s*format\s*=\s*)[0-9]+", re.MULTILINE)
    settings.write_text(pattern.sub(rf"\g<1>{FORMAT}", text, count=1), encoding="utf-8")


def _rewrite(folder: Path, sheets: Mapping[str, Sheet]) -> list[str]:
    """Write anew the files that change; a workbook whole when one of its sheets does."""
    changes: list[str] = []
    tables: dict[str, Table] = {}
    for file, sheet in sheets.items():
        table, changed = _migrated(file, sheet)
        changes += [f"{sheet.place}: {what}" for what in changed]
        tables[file] = table
    changed_places = {change.partition(":")[0] for change in changes}
    in_book = {file: tables[file] for file, sheet in sheets.items() if WORKBOOK in sheet.place}
    if any(sheets[file].place in changed_places for file in in_book):
        write_xlsx(folder / WORKBOOK, in_book)
    for file, sheet in sheets.items():
        if file in in_book or sheet.place not in changed_places:
            continue
        if sheet.place.endswith(".parquet"):
            from pyarrow import parquet

            parquet.write_table(tables[file].arrow(), folder / sheet.place)
        else:
            write_csv(folder / sheet.place, tables[file])
    return changes


def _migrated(file: str, sheet: Sheet) -> tuple[Table, list[str]]:
    reading = Reading(sheet, Faults())
    renamed = RENAMED.get(file, {})
    changes = [f"{old} is now {new}" for old, new in renamed.items() if old in sheet.names]
    columns = []
    for name in sheet.names:
        values: pa.Array | list[str | None] = reading.arrow(name)
        if name in FLAGS.get(file, ()):
            texts = distinct(reading.arrow(name)).spelt()
            if any(text in _WORDS for text in texts):
                changes.append(f"{name} is written yes and no")
            values = pa.array([_WORDS.get(text, text) or None for text in texts], pa.string())
        columns.append(Column(renamed.get(name, name), values))
    return Table(tuple(columns)), changes
