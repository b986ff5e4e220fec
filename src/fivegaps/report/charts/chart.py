"""A chart: a title that states the finding, two layouts of one picture, and its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from fivegaps.report.drawing.canvas import Canvas, fonts
from fivegaps.report.drawing.lettering import wrapped
from fivegaps.report.drawing.palette import LIGHT
from fivegaps.report.tables import Table

WIDE = 840.0
NARROW = 328.0
_MARGIN = 20.0
# Tells a chart file of ours from any other.
MARK = 'data-made-by="fivegaps"'


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture for screen, print and file; ``alt`` says in words what it shows.

    ``wide`` is drawn for a page, ``narrow`` for a phone: the same figures laid
    out anew, so that letters keep their size.
    """

    name: str
    lang: str
    title: str
    subtitle: str
    alt: str
    wide: Canvas
    narrow: Canvas
    table: Table
    note: str = ""


def drawn(draw: Callable[[float], Canvas]) -> tuple[Canvas, Canvas]:
    """Return the wide and the narrow layout of one picture."""
    return draw(WIDE), draw(NARROW)


def on_page(chart: Chart, layout: str) -> str:
    """Return the picture as inline SVG whose colours the page decides.

    Args:
        chart: The chart.
        layout: ``wide`` or ``narrow``.
    """
    canvas = chart.wide if layout == "wide" else chart.narrow
    stem = f"{chart.name}-{layout}"
    return (
        f'<svg class="{layout}" role="img" aria-labelledby="{stem}-t {stem}-d" '
        f'viewBox="0 0 {canvas.width:.0f} {canvas.height:.0f}" '
        f'width="{canvas.width:.0f}" height="{canvas.height:.0f}">'
        f'<title id="{stem}-t">{escape(chart.title)}</title>'
        f'<desc id="{stem}-d">{escape(chart.alt)}</desc>{canvas.body(on_page=True)}</svg>'
    )


def as_file(chart: Chart) -> str:
    """Return the picture as an SVG file of its own, title, subtitle and note drawn in."""
    canvas = chart.wide
    inner = canvas.width
    head = Canvas(inner)
    y = 18.0
    for line in wrapped(chart.title, 18, inner, bold=True):
        head.text((0, y), line, size=18, bold=True)
        y += 24
    for line in wrapped(chart.subtitle, 13, inner):
        head.text((0, y), line, size=13, fill="muted")
        y += 18
    top = y + 6
    foot = Canvas(inner)
    below = top + canvas.height + 14
    for line in wrapped(chart.note, 12, inner) if chart.note else []:
        foot.text((0, below), line, size=12, fill="muted")
        below += 16
    width, height = inner + 2 * _MARGIN, below + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {MARK} role="img" xml:lang="{chart.lang}" '
        f'aria-labelledby="t d" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="{fonts(chart.lang)}">'
        f'<title id="t">{escape(chart.title)}</title><desc id="d">{escape(chart.alt)}</desc>'
        f'<rect width="100%" height="100%" fill="{LIGHT["paper"]}"/>'
        f'<g transform="translate({_MARGIN:.0f} {_MARGIN:.0f})">{head.body(on_page=False)}'
        f'<g transform="translate(0 {top:.0f})">{canvas.body(on_page=False)}</g>'
        f"{foot.body(on_page=False)}</g></svg>\n"
    )
