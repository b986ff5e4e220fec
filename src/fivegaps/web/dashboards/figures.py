"""Charts and tables of the core's report, as templates of the office draw them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from fivegaps.report.charts.chart import Chart, on_page
from fivegaps.report.tables import Table, parts
from fivegaps.report.view import View


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, and beside it an interval or why there is none."""

    text: str
    aside: str
    is_number: bool
    label: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column, and what its figures mean."""

    title: str
    meaning: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in the reader's language."""

    id: str
    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: drawn for a page and for a phone, with its numbers."""

    title: str
    subtitle: str
    note: str
    wide: SafeString
    narrow: SafeString
    grid: Grid
    show_numbers: str


def grid_of(view: View, table: Table) -> Grid:
    """Return a table of the report as a template draws it."""
    numbers = [column.kind not in {"name", "text"} for column in table.columns]
    rows = []
    for row in table.rows:
        cells = []
        for column, value, is_number in zip(table.columns, row, numbers, strict=True):
            text, aside = parts(value, column.kind, view.numerals, view.words)
            cells.append(Cell(text, aside, is_number, column.title))
        rows.append(tuple(cells))
    headings = tuple(
        Heading(column.title, column.meaning, is_number)
        for column, is_number in zip(table.columns, numbers, strict=True)
    )
    return Grid(table.id, table.title, headings, tuple(rows), table.note)


def figure_of(view: View, chart: Chart) -> Figure:
    """Return a chart of the report as a template draws it."""
    return Figure(
        title=chart.title,
        subtitle=chart.subtitle,
        note=chart.note,
        # The report escapes every text in it.
        wide=SafeString(on_page(chart, "wide")),
        narrow=SafeString(on_page(chart, "narrow")),
        grid=grid_of(view, chart.table),
        show_numbers=view.say("page.show_numbers"),
    )
