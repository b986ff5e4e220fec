"""One file of a released copy, column by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from fivegaps.io.arrow_numpy import arrow_flags
from fivegaps.io.company.asked import LETTERS
from fivegaps.io.company.columns import columns_of
from fivegaps.io.company.customers import days
from fivegaps.io.company.faults import Faults
from fivegaps.io.company.pseudonyms import random_ids, random_order
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.release import (
    OTHER,
    VOICES,
    Release,
    own_rows,
    people,
    shared_units,
    wave_places,
)
from fivegaps.io.company.sheets import Sheet
from fivegaps.io.company.small_cells import hidden_labels, small_labels
from fivegaps.model.company.action import Metric

# Registers whose ids are pseudonyms, and where other files name them.
IDS = {
    "standards": "standard", "policies": "policy", "promises": "promise", "cases": "case",
    "ideas": "idea", "decisions": "decision", "competitors": "competitor", "actions": "action",
}  # fmt: skip
REFERENCES = {
    ("observations", "standard"): "standard", ("promises", "standard"): "standard",
    ("policies", "conflicts_with"): "standard", ("promise_outcomes", "promise"): "promise",
}  # fmt: skip
TEXTS = frozenset(
    {"text", "measure", "source", "owner", "purpose", "campaign", "unit_of_measure"}
)  # fmt: skip
DROPPED = frozenset({"problem", "first_change", "name", "x_s0-10"})
LABELS = frozenset({"channel", "touchpoint", "medium", "decision"})
DATES = frozenset(
    {"date", "opened", "closed", "explained_on", "from", "until", "signed_by_delivery",
     "submitted", "answered", "registered", "started", "due"}
)  # fmt: skip
TELLING = {"customers": "channel", "managers": "level", "employees": "role", "cases": "channel"}
_RECORD = re.compile(r"[a-z0-9-]{1,60}")
_PLAIN_FACT = re.compile(r"[a-z][a-z0-9_]{0,39}")


def shared_file(release: Release, file: str, sheet: Sheet) -> pa.Table:
    """Return a file's rows without names, texts and small cells, shuffled."""
    asked = release.company.instrument.items if file == "customers" else ()
    scale = [name for item in asked for name in item.columns.values()]
    raw = sheet.raw
    reading = Reading(
        sheet, Faults(), batches=[] if raw is None else list(raw.batches(scale=scale))
    )
    unit, keep = shared_units(release, file, reading)
    columns = {name: shared_column(release, reading, file, name) for name in _known(release, sheet)}
    if "unit" in columns:
        columns["unit"] = pa.array([release.unit_name(int(place)) for place in unit], pa.string())
    if file in VOICES:
        columns["respondent"] = random_ids(people(release, reading), file[0])
    telling = TELLING.get(file, "")
    if telling in columns:
        hidden = hidden_labels(
            (unit, wave_places(release, reading)),
            reading.column(telling).spots,
            fewest=release.fewest(file),
        )
        columns[telling] = _blank(columns[telling], hidden)
    if file == "employees":
        keep &= _without_rare_support(release, reading, columns)
    release.withheld[file] = int((~keep).sum())
    rows = np.flatnonzero(keep)
    return pa.table(columns).take(pa.array(rows[random_order(len(rows))]))


def _known(release: Release, sheet: Sheet) -> list[str]:
    """Return the columns that a release keeps, in the file's order."""
    file = sheet.file
    own = set(columns_of(file, release.company.instrument)) - DROPPED
    asked: tuple[str, ...] = ()
    if file == "customers":
        asked = (*(f"{letter}_" for letter in LETTERS), "o_")
    elif file in VOICES:
        asked = ("a_", "x_")
    return [
        name
        for name in sheet.names
        if (name in own or name.startswith(asked)) and not name.startswith("x_s0-10")
    ]


def _blank(column: pa.Array | pa.ChunkedArray, blank: NDArray[np.bool_]) -> pa.ChunkedArray:
    """Return a column with nothing where ``blank`` (n,) holds."""
    chunked = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
    nothing = pa.nulls(len(chunked), chunked.type)
    return pa.chunked_array(
        [compute.if_else(arrow_flags(blank), nothing, chunked.combine_chunks())]
    )


def _without_rare_support(
    release: Release, reading: Reading, columns: dict[str, pa.Array | pa.ChunkedArray]
) -> NDArray[np.bool_]:
    """Blank support units that few employees rate; return which rows (n,) still say anything."""
    support = reading.column("support_unit").spots
    keys = (wave_places(release, reading), support)
    rare = (support >= 0) & small_labels(keys, fewest=release.fewest("employees"))
    for name, column in list(columns.items()):
        if name == "support_unit" or name.startswith("i_"):
            columns[name] = _blank(column, rare)
    return np.asarray(own_rows(release, reading) | ~rare)


def shared_column(
    release: Release, reading: Reading, file: str, name: str
) -> pa.Array | pa.ChunkedArray:
    """Return one column (n,) without what names anybody."""
    pseudonyms = release.pseudonyms
    if name in DATES:
        month = reading.dates_quietly(name).astype("datetime64[M]")
        return days(month.astype("datetime64[D]"))
    kind = REFERENCES.get((file, name)) or (IDS.get(file) if name == IDS.get(file) else None)
    if kind is not None:
        return _mapped(reading, name, lambda text: _references(release, kind, text))
    if name in TEXTS:
        return _mapped(reading, name, lambda _: name)
    if name in LABELS:
        common = _common(reading, name, release.fewest(file))
        return _mapped(reading, name, lambda text: text if text in common else OTHER)
    special: Mapping[str, Callable[[str], str]] = {
        "units": lambda text: _references(release, "unit", text),
        "comparison_units": lambda text: _references(release, "unit", text),
        "support_unit": lambda text: pseudonyms.of("unit", text),
        "metric": lambda text: _metric(release, text),
        "fact": lambda text: _fact(release, text),
        "cause": _record_id,
        "remedy": _record_id,
        "amount": lambda text: f"{float(text.replace(',', '.')):.2g}",
    }
    if name in special:
        return _mapped(reading, name, special[name])
    return reading.arrow(name)


def _mapped(reading: Reading, name: str, new: Callable[[str], str]) -> pa.Array:
    """Return a column with every distinct text put anew; empty cells stay so."""
    found = reading.column(name, words_for_nothing=False)
    texts = [*(new(text) or None for text in found.texts), None]
    return pa.array([texts[spot] for spot in found.spots], pa.string())


def _references(release: Release, kind: str, text: str) -> str:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return ";".join(
        part if part == "customer" else release.pseudonyms.of(kind, part) for part in parts
    )


def _metric(release: Release, text: str) -> str:
    metric = Metric.of(text)
    kinds = {"observation": "standard", "kept": "promise"}
    if metric is None or metric.kind not in {*kinds, "fact"}:
        return text
    if metric.kind == "fact":
        return f"fact.{_fact(release, metric.subject)}"
    return f"{metric.kind}.{release.pseudonyms.of(kinds[metric.kind], metric.subject)}"


def _record_id(text: str) -> str:
    """Return the id of a cause or remedy; nothing when it is no id."""
    return text if _RECORD.fullmatch(text) else ""


def _fact(release: Release, text: str) -> str:
    """Return a fact's name when it is a plain word, else a pseudonym."""
    return text if _PLAIN_FACT.fullmatch(text) else release.pseudonyms.of("fact", text)


def _common(reading: Reading, name: str, fewest: int) -> frozenset[str]:
    found = reading.column(name)
    return frozenset(
        text for text, count in zip(found.texts, found.counts(), strict=True) if count >= fewest
    )
