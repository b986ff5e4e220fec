"""Results as rows for any table library, and as a table for a notebook."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from html import escape

from fivegaps.scoring.results import DimensionScores, ItemScores, Overall
from fivegaps.stats.estimate import Estimate, GapEstimate

Value = str | float | int | None
Row = dict[str, Value]

FIGURES = ("value", "low", "high", "n", "sd", "t", "df", "p", "p_adjusted", "d_z", "d_av")
PARTS = ("expectation", "perception", "gap")
SHOWN = ("level", "id", "figure", "value", "low", "high", "n", "p_adjusted", "method")


def score_rows(
    overall: Overall,
    dimensions: Mapping[str, DimensionScores],
    items: Mapping[str, ItemScores],
) -> list[Row]:
    """Return one row per overall form, and three per dimension and item."""
    rows = [
        estimate_row("overall", field.name, "gap", getattr(overall, field.name))
        for field in dataclasses.fields(overall)
    ]
    for level, scores in (("dimension", dimensions), ("item", items)):
        for name, one in scores.items():
            rows += [estimate_row(level, name, figure, getattr(one, figure)) for figure in PARTS]
    return rows


def estimate_row(level: str, name: str, figure: str, estimate: Estimate | GapEstimate) -> Row:
    """Return one estimate as a row; columns that it does not have are None."""
    found: Row = {"level": level, "id": name, "figure": figure}
    found.update({column: getattr(estimate, column, None) for column in FIGURES})
    return found | {"method": estimate.method, "reason": estimate.reason}


def html_table(rows: Iterable[Row], *, caption: str) -> str:
    """Return rows as an HTML table for a notebook; figures to three decimals."""
    head = "".join(f"<th>{escape(column)}</th>" for column in SHOWN)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(row, column)}</td>" for column in SHOWN) + "</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{body}</table>"


def _cell(row: Row, column: str) -> str:
    value = row.get(column)
    if value is None:
        return escape(str(row["reason"])) if column == "value" else ""
    return f"{value:.3f}" if isinstance(value, float) else escape(str(value))
