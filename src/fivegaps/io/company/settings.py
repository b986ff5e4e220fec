"""Read ``company.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from fivegaps.errors import Fault, InstrumentRefused
from fivegaps.io.company.faults import Faults
from fivegaps.io.company.sheets import SETTINGS
from fivegaps.knowledge.instruments import instrument as find_instrument
from fivegaps.knowledge.shelf import instrument_ids, profile_ids
from fivegaps.knowledge.table import Table, is_whole, nearest
from fivegaps.model.company.settings import DEFAULT_CELLS, FORMAT, VOICES, CompanySettings, Wave
from fivegaps.model.instrument import LANGUAGES, Instrument


def settings_table(folder: Path, faults: Faults) -> Mapping[str, object]:
    """Return ``company.toml`` as it stands; empty, with a fault, when it cannot be read."""
    path = folder / SETTINGS
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        advice = "Write it, or start a folder with `fivegaps init DIR`."
        faults.add(SETTINGS, Fault("is missing, and every folder needs it.", advice))
    except UnicodeDecodeError:
        faults.add(SETTINGS, Fault("is not UTF-8.", "Save it as UTF-8."))
    except OSError as error:
        faults.add(SETTINGS, Fault(f"cannot be read: {error.strerror}."))
    except tomllib.TOMLDecodeError as error:
        faults.add(SETTINGS, Fault(f"is not TOML: {error}.", "Correct that line."))
    return {}


def read_settings(values: Mapping[str, object], faults: Faults) -> CompanySettings | None:
    """Return the settings; None when there are none to speak of. Faults are noted."""
    if not values:
        return None
    found = faults.of(SETTINGS)
    table = Table(values, "", found)
    _check_format(table)
    profile = table.string("profile")
    if profile and profile not in profile_ids():
        advice = nearest(profile, profile_ids()) or f"Shipped are {', '.join(profile_ids())}."
        table.fault(f"there is no profile {profile!r}", advice)
    lang = table.string("lang", default="en")
    if lang not in LANGUAGES:
        table.fault(f"lang {lang!r} is not one of {', '.join(LANGUAGES)}")
    settings = CompanySettings(
        name=table.string("name", required=True),
        instrument=table.string("instrument", required=True),
        waves=_waves(table),
        profile=profile,
        lang=lang,
        minimum_cell=_cells(table),
        managers_census=_census(table),
        targets=_targets(table),
    )
    table.refuse_unknown_keys()
    return settings


def find_company_instrument(
    settings: CompanySettings, folder: Path, faults: Faults
) -> tuple[Instrument, Instrument] | None:
    """Return the instrument, in its trade's form and in its plain form; None with a fault."""
    name = settings.instrument
    if not name:
        return None
    profile = settings.profile if settings.profile in profile_ids() else ""
    try:
        if name.endswith(".toml"):
            own = find_instrument(folder / name)
            return own, own
        base, _, named = name.replace(":", "@").partition("@")
        return find_instrument(base, profile=profile or named or None), find_instrument(base)
    except InstrumentRefused as refused:
        advice = f"Shipped are {', '.join(instrument_ids())}; a path ends in .toml."
        faults.add(
            SETTINGS,
            *(Fault(f"instrument: {one.what}", one.advice or advice) for one in refused.faults),
        )
        return None


def check_targets(settings: CompanySettings, instrument: Instrument, faults: Faults) -> None:
    """Note a fault for each target of a dimension that the instrument does not have."""
    known = [dimension.id for dimension in instrument.dimensions]
    for dimension in settings.targets:
        if dimension not in (*known, "overall"):
            what = f"[targets]: {dimension!r} is no dimension of {instrument.id}."
            faults.add(SETTINGS, Fault(what, nearest(dimension, known)))


def _check_format(table: Table) -> None:
    if not table.has("format"):
        return
    written = table.whole("format")
    if written is None or written == FORMAT:
        return
    if written > FORMAT:
        table.fault(
            f"format {written} is newer than this fivegaps knows ({FORMAT})", "Update fivegaps."
        )
    else:
        table.fault(
            f"the folder is written in the older format {written}",
            "`fivegaps check DIR --migrate OUT` makes a copy in today's format.",
        )


def _waves(table: Table) -> tuple[Wave, ...]:
    rows = table.tables("wave")
    if not rows and not table.has("wave"):
        table.fault("no wave is declared", "Write [[wave]] with id and date.")
    waves: list[Wave] = []
    for row in rows:
        name = row.string("id", required=True)
        date = row.value("date")
        own = row.string("instrument")
        if own and own != table.values.get("instrument"):
            row.fault(
                f"asks another instrument, {own!r}: two instruments are mixed",
                "Keep one folder an instrument; scores of two cannot be compared.",
            )
        row.refuse_unknown_keys()
        if isinstance(date, str):
            try:
                date = dt.date.fromisoformat(date)
            except ValueError:
                date = None
        if isinstance(date, dt.datetime):
            date = date.date()
        if not isinstance(date, dt.date):
            row.fault("'date' must be a day", "Write date = 2025-05-31, without quotes.")
            date = dt.date.min
        waves.append(Wave(name, date))
    twice = [name for name, count in Counter(wave.id for wave in waves).items() if count > 1]
    for name in twice:
        if name:
            table.fault(f"wave {name!r} is declared twice", "Give each wave an id of its own.")
    return tuple(sorted(waves, key=lambda wave: wave.date))


def _cells(table: Table) -> dict[str, int]:
    cells = dict(DEFAULT_CELLS)
    own = table.table("minimum_cell")
    for voice, fewest in own.values.items():
        if voice not in VOICES:
            own.fault(f"unknown voice {voice!r}", nearest(voice, VOICES))
        elif not is_whole(fewest) or fewest < 1:
            own.fault(f"{voice} must be a whole number of people, 1 or more, not {fewest!r}")
        else:
            cells[voice] = fewest
    return cells


def _census(table: Table) -> bool:
    managers = table.table("managers")
    census = managers.flag("census")
    managers.refuse_unknown_keys()
    return census


def _targets(table: Table) -> dict[str, float]:
    own = table.table("targets")
    targets: dict[str, float] = {}
    for dimension, target in own.values.items():
        if isinstance(target, bool) or not isinstance(target, (int, float)):
            own.fault(
                f"the target of {dimension} is not a number: {target!r}",
                "Write the gap 5 that is wanted, such as -0.5.",
            )
        else:
            targets[dimension] = float(target)
    return targets
