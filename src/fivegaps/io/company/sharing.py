"""Share a company folder: a copy without names, texts and small cells."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from fivegaps.errors import OptionRefused
from fivegaps.io.atomic import atomic_folder
from fivegaps.io.company.company import Company
from fivegaps.io.company.faults import Faults
from fivegaps.io.company.pseudonyms import Pseudonyms, random_order
from fivegaps.io.company.read import KNOWN, read_company
from fivegaps.io.company.release import Release
from fivegaps.io.company.shared_columns import shared_file
from fivegaps.io.company.sheets import SETTINGS, Sheet, open_sheets
from fivegaps.io.company.small_cells import parent_places
from fivegaps.io.table import Column, Table
from fivegaps.io.write_csv import write_csv
from fivegaps.knowledge.writing import to_toml
from fivegaps.model.company.settings import FORMAT, CompanySettings
from fivegaps.model.instrument import Instrument

MANIFEST = "manifest.json"
OWN_INSTRUMENT = "instrument.toml"


@dataclass(frozen=True, slots=True)
class Shared:
    """What a released copy no longer holds, in sentences and figures; no original name."""

    files: tuple[str, ...]
    removed: tuple[str, ...]
    merged: Mapping[str, int]
    withheld: Mapping[str, int]


def share_company(
    folder: str | os.PathLike[str], out: str | os.PathLike[str], *, key: str | None = None
) -> Shared:
    """Write a copy of a company folder that names nobody; return what was removed.

    Args:
        folder: A company folder that checks clean.
        out: A folder that is empty or not there.
        key: A secret under which units and registers get the same pseudonyms in
            every release; without it they are stable within this release only.

    Raises:
        CompanyRefused: The folder holds faults.
        OptionRefused: ``out`` lies in the folder, or holds it.
        OutputExists: ``out`` holds something.
    """
    source, target = Path(folder), Path(out)
    company = read_company(source)
    inside = target.resolve().is_relative_to(source.resolve())
    if inside or source.resolve().is_relative_to(target.resolve()):
        raise OptionRefused(str(out), f"lies in {source}, or holds it; name a folder beside it")
    sheets, _ = open_sheets(source, Faults(), known=KNOWN)
    release = Release(
        company=company,
        pseudonyms=Pseudonyms(key),
        parents=parent_places(company.units),
    )
    with atomic_folder(target) as temporary:
        _write_settings(temporary, source, company)
        for file, sheet in sheets.items():
            if sheet.raw is not None and file != "units":
                _write(temporary, file, sheet, shared_file(release, file, sheet))
        if "units" in sheets:
            _write(temporary, "units", sheets["units"], _units(release))
        shared = Shared(
            files=tuple(file for file, sheet in sheets.items() if sheet.raw is not None),
            removed=REMOVED,
            merged=dict(release.merged),
            withheld=dict(release.withheld),
        )
        if release.withheld.get("customers", 0) == company.everybody.n:
            fewest = release.fewest("customers")
            raise OptionRefused(
                str(folder), f"no wave has {fewest} customers: there is nothing that may be shared"
            )
        (temporary / MANIFEST).write_text(_manifest(shared, company, key), encoding="utf-8")
        read_company(temporary)
    return shared


REMOVED = (
    "names of the company, its units and registers: pseudonyms stand for them",
    "respondents' ids: random ones stand for them, another in every wave; rows are shuffled",
    "free texts: only that something was filled in is left, as the column's own name",
    "channels, touchpoints, media and decisions that few rows share: told as other",
    "columns that the format does not know, and the wordings of an instrument of one's own",
    "units with fewer people than the minimum cell: merged into the unit above, or into other",
    "facts about such units",
    "role, level and channel where they would single out a few people of a unit",
    "support units that fewer employees rate than the minimum cell",
    "exact dates: the first day of the month stands for them",
    "exact amounts of decisions: two figures of them are left",
)


def _write(folder: Path, file: str, sheet: Sheet, table: pa.Table) -> None:
    if sheet.place.endswith(".parquet"):
        from pyarrow import parquet

        parquet.write_table(table, folder / f"{file}.parquet")
        return
    columns = (Column(name, table.column(name)) for name in table.column_names)
    write_csv(folder / f"{file}.csv", Table(tuple(columns)))


def _units(release: Release) -> pa.Table:
    """Return the register of units under pseudonyms, with "other" when it is needed."""
    units = release.company.units
    rows = [
        {
            "unit": release.unit_name(place),
            "parent": release.pseudonyms.of("unit", unit.parent),
            "kind": release.common_label("units", unit.kind),
            "opened": "" if unit.opened is None else unit.opened.replace(day=1).isoformat(),
            "closed": "" if unit.closed is None else unit.closed.replace(day=1).isoformat(),
        }
        for place, unit in enumerate(units)
    ]
    if release.needs_other:
        rows.append({"unit": release.unit_name(len(units))})
    rows = [rows[int(place)] for place in random_order(len(rows))]
    names = ("unit", "parent", "kind", "opened", "closed")
    return pa.table({name: [row.get(name) or None for row in rows] for name in names},
                    schema=pa.schema([(name, pa.string()) for name in names]))  # fmt: skip


def _write_settings(folder: Path, source: Path, company: Company) -> None:
    settings = company.settings
    instrument = settings.instrument
    if instrument.endswith(".toml"):
        from fivegaps.knowledge.instruments import load

        (folder / OWN_INSTRUMENT).write_text(
            to_toml(_without_words(load(source / instrument))), encoding="utf-8"
        )
        instrument = OWN_INSTRUMENT
    (folder / SETTINGS).write_text(_settings(settings, instrument), encoding="utf-8")


def _without_words(instrument: Instrument) -> Instrument:
    plain = {"en": "Shared instrument"}
    return replace(
        instrument,
        id="shared",
        title=plain,
        text={},
        words={},
        rights="",
        items=tuple(replace(item, text={}, short={}) for item in instrument.items),
        outcomes=tuple(replace(one, text={}) for one in instrument.outcomes),
        batteries=tuple(replace(one, instruction={}) for one in instrument.batteries),
        kano=(),
    )


def _settings(settings: CompanySettings, instrument: str) -> str:
    cells = ", ".join(f"{voice} = {count}" for voice, count in settings.minimum_cell.items())
    lines = [
        'name = "Shared company"',
        f"format = {FORMAT}",
        *([f'profile = "{settings.profile}"'] if settings.profile else []),
        f'instrument = "{instrument}"',
        f'lang = "{settings.lang}"',
        f"minimum_cell = {{ {cells} }}",
    ]
    for wave in settings.waves:
        quoted = json.dumps(wave.id, ensure_ascii=False)
        lines += ["[[wave]]", f"id = {quoted}", f"date = {wave.date.replace(day=1).isoformat()}"]
    lines += ["[managers]", f"census = {str(settings.managers_census).lower()}"]
    if settings.targets:
        lines += ["[targets]", *(f"{name} = {value!r}" for name, value in settings.targets.items())]
    return "\n".join(lines) + "\n"


def _manifest(shared: Shared, company: Company, key: str | None) -> str:
    document = {
        "schema": "fivegaps.share/1",
        "files": list(shared.files),
        "minimum_cell": dict(company.settings.minimum_cell),
        "pseudonyms": "under a key: the same in every release" if key else "of this release only",
        "removed": list(shared.removed),
        "people_moved_to_a_larger_unit": dict(shared.merged),
        "rows_withheld": dict(shared.withheld),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
