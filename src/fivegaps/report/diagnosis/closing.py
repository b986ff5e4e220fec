"""What cannot be told and what to collect, methods, and how to get the same figures again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fivegaps.diagnosis.results import CannotTell
from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.document import Block, Code, Facts, Paragraph, Remarks, Section
from fivegaps.report.tables import Cell, Named


def cannot_tell(seen: Seen) -> Section:
    """Return everything that the last wave cannot tell."""
    rows: list[tuple[Cell, ...]] = [
        (one.what, one.unit, one.reason, one.collect) for one in untold(seen)
    ]
    title = seen.tell("sections.cannot_tell")
    if not rows:
        nothing = Paragraph(seen.words.say("phrases.none"))
        return Section("cannot-tell", title, "analyst", (nothing,))
    heads: Heads = (
        ("what", "text"), ("unit", "text"), ("reason", "text"), ("collect", "text"),
    )  # fmt: skip
    table = seen.table("cannot_tell", seen.tell("table.cannot_tell"), heads, rows)
    return Section("cannot-tell", title, "analyst", (table,))


@dataclass(frozen=True, slots=True)
class Untold:
    """What cannot be told in words; places with the same reason and remedy told together."""

    what: str
    unit: str
    reason: str
    collect: str


def untold(seen: Seen) -> list[Untold]:
    """Return what the last wave cannot tell, in words."""
    grouped: dict[tuple[str, str, str, str], list[str]] = {}
    for one in seen.diagnosis.cannot_tell:
        if one.wave not in {"", seen.wave}:
            continue
        unit = seen.unit(one.unit).name if one.unit else seen.tell("whole_company")
        form = one.what.split(".")[0] if one.what.startswith(("relations", "actions")) else ""
        hidden = one.reason == "small_cell"
        reason = seen.words.say("phrases.hidden") if hidden else seen.reason(one.reason)
        key = (form, unit, reason, collect(seen, one))
        grouped.setdefault(key, []).append(untold_place(seen, one.what))
    found = []
    for (form, unit, reason, advice), places in grouped.items():
        listed = "; ".join(_joined(places))
        if form == "relations" and not listed:
            what = seen.tell("sections.relations")
        else:
            what = seen.tell(f"untold.{form}", name=listed) if form else listed
        found.append(Untold(what, unit, reason, advice))
    return found


def unmeasured(seen: Seen, place: str) -> list[Block]:
    """Return that nothing was measured at a place (``gap3``, ``blind_spot``), and what to collect.

    The advice is that of every figure of the place; each sentence once.
    """
    advice = dict.fromkeys(
        collect(seen, one)
        for one in seen.diagnosis.cannot_tell
        if one.wave in {"", seen.wave} and one.what.split(".")[0] == place
    )
    blocks: list[Block] = [Paragraph(seen.tell("no_figures"))]
    if advice:
        blocks.append(Remarks(seen.tell("column.collect"), tuple(advice), "plain"))
    return blocks


def _joined(places: list[str]) -> list[str]:
    """Return places whose last part alone differs as one: "3 Delivery gap: a, b"."""
    by_stem: dict[str, list[str]] = {}
    for place in dict.fromkeys(places):
        stem, _, last = place.rpartition(" · ")
        by_stem.setdefault(stem or last, []).append(last if stem else "")
    return [
        f"{stem}: {', '.join(lasts)}" if any(lasts) else stem for stem, lasts in by_stem.items()
    ]


def untold_place(seen: Seen, what: str) -> str:
    """Return a place in the results in words: ``gap3.measured.reliability``."""
    head, *rest = what.split(".")
    if head == "relations":
        return seen.form(".".join(rest))
    if head == "actions":
        return ".".join(rest)
    parts = [
        seen.gap_name(int(head[3:])) if head[3:].isdigit() else _known(seen, f"untold.{head}", head)
    ]
    parts += [
        seen.dimensions.get(name) or _known(seen, f"untold.{name}", name) for name in rest if name
    ]
    return " · ".join(parts)


def _known(seen: Seen, key: str, other: str) -> str:
    return seen.tell(key) if seen.words.knows(f"diagnosis.{key}") else other


def collect(seen: Seen, one: CannotTell) -> str:
    """Return what to collect in the language; codes have a sentence each."""
    # Few people are one reason for hiding, what others could work out from a figure another.
    if one.reason == "small_cell":
        return seen.tell("advice.ask_more_people")
    if seen.lang == "en":
        return one.collect
    key = f"advice.{one.advice}"
    if one.advice and seen.words.knows(f"diagnosis.{key}"):
        return seen.tell(key)
    root = one.what.split(".")[0]
    about = ", ".join(one.about) or seen.tell(f"files.{root if root in FILES else 'other'}")
    return seen.tell("collect", about=about)


def ages(seen: Seen) -> Section:
    """Return how old the figures are: the last day of each source, and its rows."""
    made = _day(seen.diagnosis.provenance.created_at)
    rows: list[tuple[Cell, ...]] = []
    sources: list[tuple[str, int, dt.date | None]] = [
        (voice, seen.measured.asked[voice], seen.measured.date)
        for voice in ("customers", "managers", "employees")
        if voice in seen.measured.asked
    ]
    sources += [
        (name, kept.rows, kept.last) for name, kept in seen.names.registers.items() if kept.rows
    ]
    for name, number, last in sources:
        days = (made - last).days if made and last else None
        date = seen.numerals.date(last.isoformat()) if last else "–"
        rows.append((Named(name, seen.tell(f"age.{name}")), date, days, number))
    heads: Heads = (
        ("source", "name"), ("last_day", "text"), ("age_days", "count"), ("n", "count"),
    )  # fmt: skip
    table = seen.table("ages", seen.tell("table.ages"), heads, rows, seen.tell("age_note"))
    return Section("ages", seen.tell("sections.ages"), "analyst", (table,))


def _day(moment: str) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(moment).date()
    except ValueError:
        return None


FILES = (
    "gap1", "gap2", "gap3", "gap4", "gap5", "gap6", "gap7", "causes", "actions",
)  # fmt: skip


def methods(seen: Seen) -> Section:
    """Return how the figures were made."""
    names = ("gaps", "people", "size", "verdicts")
    texts = tuple(Paragraph(seen.tell(f"methods_{name}")) for name in names)
    rule = Paragraph(seen.tell("strength_rule"))
    return Section("methods", seen.words.say("sections.methods"), "analyst", (*texts, rule))


def provenance(seen: Seen) -> Section:
    """Return the command, the files with their SHA-256, instrument, version and seed."""
    origin, say = seen.diagnosis.provenance, seen.words.say
    used = origin.instrument
    instrument = say("provenance.instrument_text", id=used.id, version=used.version)
    pairs = [
        (say("provenance.version"), origin.version),
        (say("provenance.instrument"), instrument),
        (say("provenance.seed"), str(origin.seed)),
        (say("provenance.made"), seen.numerals.date(origin.created_at)),
        *((f"{name} (SHA-256)", mark) for name, mark in origin.files.items()),
    ]
    blocks = (Code(origin.command or "fivegaps diagnose"), Facts(tuple(pairs)))
    return Section("provenance", say("sections.provenance"), "analyst", blocks)
