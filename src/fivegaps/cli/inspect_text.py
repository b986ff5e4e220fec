"""An inspection as tables for a terminal, or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from fivegaps.io.inspect import InspectedColumn, Inspection

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_FORMATS = {
    "csv": "delimited text", "tsv": "tab-separated text", "xlsx": "Excel workbook",
    "xls": "old Excel workbook", "ods": "OpenDocument spreadsheet", "sav": "SPSS",
    "zsav": "SPSS, compressed", "dta": "Stata", "parquet": "Parquet",
}  # fmt: skip
_MOST_COLUMNS = 200
_MOST_FAULTS = 12
_DRAFT_LINES = 30
_WIDEST = 12
_BARS = "·▁▂▃▄▅▆▇█"


def as_text(found: Inspection) -> str:
    """Return an inspection as indented JSON (schema fivegaps.inspection/1)."""
    origin = asdict(found.origin)
    origin["sheets"] = list(origin["sheets"])
    return json.dumps(
        {
            "schema": "fivegaps.inspection/1",
            "file": origin,
            "rows": found.rows,
            "columns": [asdict(column) for column in found.columns],
            "fits": [{**asdict(fit), "score": fit.score} for fit in found.fits],
            "assumptions": list(found.assumptions),
            "faults": [asdict(fault) for fault in found.faults],
            "notices": [asdict(notice) for notice in found.notices],
            "draft": found.draft,
        },
        ensure_ascii=False,
        indent=2,
    )


def show(found: Inspection, *, draft: Path | None = None) -> None:
    """Print an inspection: the file, its columns, what fits, what is wrong, the draft."""
    console = Console(highlight=False)
    if not sys.stdout.isatty():
        console = Console(highlight=False, width=120)
    _show_file(console, found)
    if found.columns:
        console.print(_columns(found.columns))
        if len(found.columns) > _MOST_COLUMNS:
            left = len(found.columns) - _MOST_COLUMNS
            console.print(f"… and {left:,} more columns (--json shows all)", style="dim")
    if found.faults:
        console.print(Text("\nWhat would refuse this file", style="bold red"))
        for fault in found.faults[:_MOST_FAULTS]:
            console.print(Text(f"  • {fault}"))
        if len(found.faults) > _MOST_FAULTS:
            console.print(f"  … and {len(found.faults) - _MOST_FAULTS} more", style="dim")
    for notice in found.notices:
        console.print(Text(f"Note: {notice.text}", style="yellow"))
    _show_fits(console, found)
    _show_draft(console, found, draft)


def _show_file(console: Console, found: Inspection) -> None:
    origin = found.origin
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    facts.add_row("file", Text(origin.file_name, style="bold"))
    facts.add_row("format", _FORMATS.get(origin.format, origin.format))
    if origin.encoding:
        facts.add_row("encoding", origin.encoding)
    if origin.delimiter:
        facts.add_row("delimiter", _DELIMITERS.get(origin.delimiter, repr(origin.delimiter)))
    if origin.decimal:
        facts.add_row("decimal sign", "comma" if origin.decimal == "," else "point")
    if origin.sheet:
        others = [name for name in origin.sheets if name != origin.sheet]
        more = f"  (also: {', '.join(others)})" if others else ""
        facts.add_row("sheet", Text(origin.sheet + more))
    facts.add_row("size", f"{found.rows:,} rows × {len(found.columns):,} columns")
    console.print(facts)


def _columns(columns: tuple[InspectedColumn, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("#", justify="right", style="dim")
    table.add_column("column", overflow="fold", max_width=40)
    table.add_column("kind")
    table.add_column("range", justify="right", no_wrap=True)
    table.add_column("given", justify="right")
    table.add_column("empty", justify="right")
    table.add_column("distinct", justify="right")
    table.add_column("values", overflow="fold")
    table.add_column("no answer?", style="yellow", overflow="fold")
    for number, column in enumerate(columns[:_MOST_COLUMNS], start=1):
        name = Text(column.name)
        if column.label and column.label != column.name:
            name.append(f"\n{_short(column.label, 76)}", style="dim")
        table.add_row(
            str(number),
            name,
            Text(column.kind, style=_STYLES.get(column.kind, "")),
            _range(column),
            f"{column.given:,}",
            f"{column.empty:,}" if column.empty else "",
            "2,000+" if column.distinct is None else f"{column.distinct:,}",
            Text(_values(column)),
            Text(_missing(column)),
        )
    return table


_STYLES = {"whole": "green", "number": "cyan", "label": "green", "date": "magenta", "empty": "red"}


def _range(column: InspectedColumn) -> str:
    if column.minimum is None or column.maximum is None:
        return ""
    return f"{column.minimum:g} – {column.maximum:g}"


def _values(column: InspectedColumn) -> str:
    if column.kind == "whole" and not column.value_labels:
        return _bars(column)
    if column.distinct is None or (column.kind in {"number", "date"} and column.distinct > 8):
        return ""
    if column.kind == "text" and column.distinct == column.given > 8:
        return "all different"
    shown = [
        f"{_short(_labelled(value, column.value_labels), 24)} × {count:,}"
        for value, count in column.values.items()
    ]
    more = "  …" if column.distinct > len(column.values) else ""
    return "  ".join(shown) + more


def _bars(column: InspectedColumn) -> str:
    """Return one bar a scale point, as high as its share: ▁▂▅█ from the lowest to the highest."""
    low, high = column.minimum, column.maximum
    if low is None or high is None or high - low > _WIDEST or column.distinct is None:
        return ""
    if column.distinct > len(column.values):
        return ""
    counts = [column.values.get(str(point), 0) for point in range(int(low), int(high) + 1)]
    most = max(counts, default=0) or 1
    return "".join(_BARS[min(-(-8 * count // most), 8)] for count in counts)


def _labelled(value: str, labels: Mapping[str, str]) -> str:
    return f"{value} {labels[value]}" if value in labels else value


def _missing(column: InspectedColumn) -> str:
    suspected = [f"{mark} × {count:,}" for mark, count in column.missing.items()]
    declared = [f"{mark} (declared)" for mark in column.declared_missing]
    return "  ".join([*suspected, *declared])


def _show_fits(console: Console, found: Inspection) -> None:
    console.print(Text("\nWhich instrument fits", style="bold"))
    for fit in found.fits[:5]:
        style = "green" if fit.score == 1 else "dim"
        left = f", {fit.left} like them left over" if fit.left else ""
        line = f"  {fit.instrument:<24} {fit.found:>3} of {fit.wanted} columns{left}"
        console.print(Text(line, style=style))
    if not found.fits:
        console.print("  no shipped instrument's columns are here", style="dim")
    for assumption in found.assumptions:
        console.print(Text(f"  • {assumption}"))


def _show_draft(console: Console, found: Inspection, draft: Path | None) -> None:
    if draft is not None:
        console.print(Text(f"\nThe draft of an instrument was written to {draft}.", style="bold"))
        return
    if not found.draft:
        console.print("\nNo column looks like answers on a scale: nothing to draft.", style="dim")
        return
    lines = found.draft.splitlines()
    console.print(Text("\nDraft of an instrument file", style="bold"))
    for line in lines[:_DRAFT_LINES]:
        console.print(Text(f"  {line}", style="dim" if line.startswith("#") else ""))
    if len(lines) > _DRAFT_LINES:
        left = len(lines) - _DRAFT_LINES
        console.print(f"  … {left} more lines; --draft my.toml writes them all", style="dim")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
