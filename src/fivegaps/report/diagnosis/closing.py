"""What cannot be told and what to collect, methods, and how to get the same figures again."""

from __future__ import annotations

from fivegaps.diagnosis.results import CannotTell
from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.document import Code, Facts, Paragraph, Section
from fivegaps.report.tables import Cell, Named


def cannot_tell(seen: Seen) -> Section:
    """Return everything that the last wave cannot tell."""
    rows: list[tuple[Cell, ...]] = [
        (
            Named(one.what, seen.place(one.what)),
            one.unit or "–",
            seen.reason(one.reason),
            _collect(seen, one),
        )
        for one in seen.diagnosis.cannot_tell
        if one.wave in {"", seen.wave}
    ]
    title = seen.tell("sections.cannot_tell")
    if not rows:
        nothing = Paragraph(seen.words.say("phrases.none"))
        return Section("cannot-tell", title, "analyst", (nothing,))
    heads: Heads = (
        ("what", "name"), ("unit", "text"), ("reason", "text"), ("collect", "text"),
    )  # fmt: skip
    table = seen.table("cannot_tell", seen.tell("table.cannot_tell"), heads, rows)
    return Section("cannot-tell", title, "analyst", (table,))


def _collect(seen: Seen, one: CannotTell) -> str:
    if seen.lang == "en":
        return one.collect
    root = one.what.split(".")[0]
    about = ", ".join(one.about) or seen.tell(f"files.{root if root in FILES else 'other'}")
    return seen.tell("collect", about=about)


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
