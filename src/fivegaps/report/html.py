"""The report as one page: a single file that needs nothing else, on screen and on paper."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from fivegaps.report.charts.chart import Chart, on_page
from fivegaps.report.document import Document
from fivegaps.report.drawing.canvas import fonts
from fivegaps.report.drawing.palette import DARK, LIGHT, classes, custom_properties
from fivegaps.report.numerals import Numerals
from fivegaps.report.tables import Cell, Table, parts
from fivegaps.report.words import Words

HTML_LANG = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, optimized=True)
    return environment.from_string(_asset("report.html.j2"))


def _asset(name: str) -> str:
    return files("fivegaps.report.assets").joinpath(name).read_text(encoding="utf-8")


def _title(text: str) -> Markup:
    """Return a column title whose d_z is set with a subscript."""
    stem, _, below = text.partition("_")
    return Markup("{}<sub>{}</sub>").format(stem, below) if below else escape(text)


def _with_options(text: str) -> Markup:
    """Return a text whose command line options are set as code and never broken."""
    marked = Markup()
    for piece in re.split(r"(--[a-z]+(?: complete)?)", text):
        option = piece.startswith("--")
        marked += Markup("<code>{}</code>").format(piece) if option else escape(piece)
    return marked


def _in_css(text: str) -> str:
    """Return a text as a CSS string that can end neither the string nor the style element."""
    return '"' + "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in text) + '"'


def _style(document: Document) -> str:
    light, dark = custom_properties(LIGHT), custom_properties(DARK)
    own = f"--fonts:{fonts(document.lang)};--running:{_in_css(document.title)};"
    return (
        f":root{{color-scheme:light dark;{own}{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"{classes()}{_asset('report.css')}"
    )


def page(document: Document, *, version: str) -> str:
    """Return the whole report as one HTML page.

    Args:
        document: The report.
        version: Version of the program, printed at the foot.
    """
    words, numerals = Words(document.lang), Numerals(document.lang)
    charts = list(document.charts())
    stand_alone = [
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
    ]

    def picture(chart: Chart, layout: str) -> Markup:
        return Markup(on_page(chart, layout))  # noqa: S704 - every text in it is escaped

    def split(cell: Cell, kind: str) -> tuple[str, str]:
        return parts(cell, kind, numerals, words)

    return _template().render(
        document=document,
        html_lang=HTML_LANG.get(document.lang, document.lang),
        version=version,
        style=Markup(_style(document)),  # noqa: S704 - our own style and an escaped title
        say=words.say,
        kind_of=lambda block: type(block).__name__,
        picture=picture,
        parts=split,
        title_of=_title,
        with_options=_with_options,
        figures={chart.name: number for number, chart in enumerate(charts, start=1)},
        tables={table.id: number for number, table in enumerate(stand_alone, start=1)},
    )
