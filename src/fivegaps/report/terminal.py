"""The summary in the terminal: one table, the verdict, what to keep in mind."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from fivegaps.analysis.results import Results
from fivegaps.model.instrument import Instrument
from fivegaps.report.sections.cautions import cautions
from fivegaps.report.sections.verdict import verdict
from fivegaps.report.view import AnyEstimate, View, in_language, side
from fivegaps.scoring.results import DimensionScores

_STYLES = {"trouble": "bold red", "strength": "bold blue", "mark": ""}


def _number(view: View, one: AnyEstimate, *, signed: bool = False) -> Text:
    if one.value is None:
        return Text("–", style="dim")
    write = view.numerals.signed if signed else view.numerals.number
    return Text(write(one.value), style=_STYLES[side(one)] if signed else "")


def _interval(view: View, one: AnyEstimate, *, signed: bool = False) -> str:
    if one.low is None or one.high is None:
        return "–"
    return view.numerals.span(one.low, one.high, 2, "signed" if signed else "number")


def _main(view: View, scores: DimensionScores) -> AnyEstimate:
    """Return the figure of a dimension that has the interval: the gap, else the rating."""
    return scores.gap if view.has_gaps else scores.perception


def summary(view: View) -> Grid:
    """Return the table of dimensions with the overall figure as its last line."""
    results = view.results
    weighted = any(one.weight.value is not None for one in results.dimensions.values())
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_footer=True)
    overall: AnyEstimate = (
        results.overall.mean_of_dimensions if view.has_gaps else results.overall.servperf
    )
    count = view.numerals.count

    def column(key: str, footer: str | Text = "") -> None:
        title = view.say(f"terminal.{key}", level=view.level)
        grid.add_column(Text(title, style="bold"), footer, justify="right", no_wrap=True)

    title = Text(view.say("terminal.dimension"), style="bold")
    grid.add_column(title, Text(view.say("terminal.overall"), style="bold"), overflow="ellipsis")
    if view.has_gaps:
        column("expectation")
    column("perception", "" if view.has_gaps else _number(view, overall))
    if view.has_gaps:
        column("gap", _number(view, overall, signed=True))
    column("interval", _interval(view, overall, signed=view.has_gaps))
    column("n", count(overall.n))
    if weighted:
        column("weight")
    column("alpha")
    for name, scores in results.dimensions.items():
        main = _main(view, scores)
        cells: list[str | Text] = [view.dimension(name)]
        cells += [_number(view, scores.expectation)] if view.has_gaps else []
        cells += [_number(view, scores.perception)]
        cells += [_number(view, scores.gap, signed=True)] if view.has_gaps else []
        cells += [_interval(view, main, signed=view.has_gaps), count(main.n)]
        cells += [_number(view, scores.weight)] if weighted else []
        reliable = scores.reliability.get("perception")
        value = reliable.alpha.value if reliable else None
        cells.append(view.numerals.coefficient(value) if value is not None else "–")
        grid.add_row(*cells)
    return grid


def show(
    results: Results,
    instrument: Instrument,
    *,
    lang: str = "en",
    console: Console | None = None,
    folder: str = "",
) -> None:
    """Print the summary: table, verdict, cautions, and where the report was written.

    Args:
        results: What the analysis found.
        instrument: For names.
        lang: en, vi, zh-hans, zh-hant or nl.
        console: Where to print; standard output by default, without colour when piped.
        folder: Where the report was written; nothing is said of it when empty.
    """
    view = View(results, instrument, lang)
    console = console or Console(highlight=False)
    name = in_language(instrument.title, lang) or instrument.id
    console.print(Text(view.say("page.title", name=name), style="bold"))
    subtitle = view.say(
        "page.subtitle",
        n=view.numerals.count(results.n),
        file=results.provenance.file.name,
        date=view.numerals.date(results.provenance.created_at),
    )
    console.print(Text(subtitle, style="dim"))
    console.print()
    console.print(summary(view))
    console.print()
    for answer in verdict(view).answers:
        console.print(Text(answer.text))
    remarks = cautions(view)
    if remarks:
        console.print()
        console.print(Text(remarks.title, style="bold"))
        for sentence in remarks.sentences:
            for number, line in enumerate(Text(sentence).wrap(console, console.width - 3)):
                line.rstrip()
                console.print(Text(" · " if number == 0 else "   ") + line)
    if folder:
        console.print()
        console.print(Text(view.say("terminal.written", folder=folder)), soft_wrap=True)
