"""A diagnosis and its verdicts as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fivegaps.diagnosis.gap_results import RatedDimension, WaveGaps
from fivegaps.diagnosis.results import ActionVerdict, CauseFound, Diagnosis, RemedyChosen
from fivegaps.diagnosis.story import cause_title, leading, three_sentences
from fivegaps.io.company.company import Company
from fivegaps.knowledge.remedies import remedy
from fivegaps.report.diagnosis.closing import untold
from fivegaps.report.diagnosis.names import names_of
from fivegaps.report.diagnosis.seen import Seen
from fivegaps.report.diagnosis.telling import Teller
from fivegaps.report.diagnosis.verdict_pages import effect_told, notes
from fivegaps.stats.estimate import Estimate, GapEstimate

Figure = Estimate | GapEstimate | RatedDimension

WIDEST_NAME = 24
NARROWEST = 80
MOST_CAUSES = 8
MOST_REMEDIES = 8
FORMS = (
    "1 managers’ view",
    "2 rated",
    "3 rated",
    "3 observed",
    "4 rated",
    "4 kept",
    "5 customers",
)


CAPTION = (
    "Scale points, what is less what should be; observed and kept are shares met, less 1. "
    "n, intervals and methods: report.html"
)


def show(diagnosis: Diagnosis, company: Company, *, lang: str, folder: str) -> None:
    """Print the three sentences, gaps, causes, remedies and what cannot be told."""
    console = _console()
    names = {
        one.id: one.title.get(lang, one.title.get("en", one.id))
        for one in company.instrument.dimensions
    }
    console.print()
    for sentence in three_sentences(diagnosis, lang, names=names):
        console.print(escape(sentence))
    wave, measured = list(diagnosis.waves.items())[-1]
    console.print(_gaps(wave, measured, names))
    console.print(_causes(diagnosis.causes, lang))
    console.print(_remedies(diagnosis.remedies, lang))
    if diagnosis.actions:
        console.print(_verdicts(diagnosis.actions))
        _remarks(console, diagnosis.actions)
    _untold(console, Seen(diagnosis, company.instrument, "en", names_of(company)))
    if folder:
        console.print(
            f"\nWritten to [bold]{escape(folder)}[/bold]; for the board: "
            f"[bold]{escape(folder)}/board.html[/bold], one sheet of A4"
        )


def show_verdicts(actions: Mapping[str, ActionVerdict], company: Company) -> None:
    """Print the verdict on every action, with its remarks."""
    console = _console()
    if not actions:
        console.print(
            f"{escape(company.settings.name)} registers no action: list them in the file "
            "actions, with metric, units and waves."
        )
        return
    console.print(_verdicts(actions))
    _remarks(console, actions)


def _remarks(console: Console, actions: Mapping[str, ActionVerdict]) -> None:
    """Print what weakens each verdict, and why one cannot be told, in plain words."""
    teller = Teller("en")
    for name, one in actions.items():
        remarks = notes(teller, one)
        if one.effect.value is None:
            remarks.insert(0, effect_told(teller, one))
        for remark in remarks:
            console.print(f"  {escape(name)}: {escape(remark)}")


def _console() -> Console:
    console = Console(highlight=False, soft_wrap=False)
    console.width = max(console.width, NARROWEST)
    return console


def _table(title: str, columns: Iterable[str], *, numbers: int = 0) -> Table:
    """Return an empty table; the last ``numbers`` columns are flush right."""
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    names = tuple(columns)
    for place, name in enumerate(names):
        right = place >= len(names) - numbers
        justify: Literal["left", "right"] = "right" if right else "left"
        # A name cut with an ellipsis cannot be looked up: it goes on in the next line.
        table.add_column(name, justify=justify, no_wrap=right, overflow="fold")
    return table


def _gaps(wave: str, measured: WaveGaps, names: Mapping[str, str]) -> Table:
    gaps = measured.gaps
    forms: tuple[Mapping[str, Figure], ...] = (
        gaps.gap1.surveyed.dimensions,
        gaps.gap2.self_rated.dimensions,
        gaps.gap3.self_rated.dimensions,
        gaps.gap3.measured.dimensions,
        gaps.gap4.self_rated.dimensions,
        gaps.gap4.measured.dimensions,
        {name: one.gap for name, one in gaps.gap5.surveyed.dimensions.items()},
    )
    table = _table(f"Gaps, wave {wave}", ("gap", *names.values()), numbers=len(names))
    for title, form in zip(FORMS, forms, strict=True):
        table.add_row(title, *(_value(form.get(name)) for name in names))
    table.caption = CAPTION
    table.caption_justify = "left"
    return table


def _value(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "hidden" if figure is not None and figure.reason == "small_cell" else "–"
    return _signed(figure.value)


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")


def _causes(causes: tuple[CauseFound, ...], lang: str) -> Table:
    table = _table(
        "Causes, the best supported first", ("", "gap", "cause", "strength in SD", "evidence")
    )
    known = [one for one in causes if one.strength.value is not None]
    claimed = [one for one in known if one.claimed]
    for one in [*claimed, *[one for one in known if not one.claimed][: MOST_CAUSES - len(claimed)]]:
        found = leading(one)
        strength = one.strength
        table.add_row(
            "claimed" if one.claimed else "–",
            str(one.gap),
            escape(cause_title(one, lang)),
            f"{_signed(strength.value)} ({_signed(strength.low)} to {_signed(strength.high)})",
            escape("no sign of it" if found is None else found.text),
        )
    return table


def _remedies(remedies: tuple[RemedyChosen, ...], lang: str) -> Table:
    title = "Remedies, in the order to try them (first are those of claimed causes)"
    table = _table(title, ("", "remedy", "owner", "cost", "weeks", "against it"))
    for one in remedies[:MOST_REMEDIES]:
        table.add_row(
            f"{one.order}{'' if one.claimed else '?'}",
            escape(remedy(one.id).title.get(lang, one.title)),
            one.owner.replace("-", " "),
            one.cost,
            f"{one.weeks[0]}–{one.weeks[1]}",
            escape(_opponents(one, lang)),
        )
    return table


def _opponents(one: RemedyChosen, lang: str) -> str:
    """Return the prescribed remedies that contradict this one, by title."""
    return "; ".join(remedy(name).title.get(lang, name) for name in one.both_sides)


def _verdicts(actions: Mapping[str, ActionVerdict]) -> Table:
    teller = Teller("en")
    heads = ("action", "did it work?", "target?", "effect; now")
    table = _table("Actions: effect and state are two answers", heads, numbers=1)
    table.columns[0].min_width = min(WIDEST_NAME, max((len(name) for name in actions), default=0))
    for name, one in actions.items():
        table.add_row(
            escape(name),
            teller.tell(f"verdict.{one.effect_verdict}"),
            teller.tell(f"verdict.{one.state_verdict}"),
            f"{_interval(one.effect, '{:+.2f}')}\nnow {_interval(one.state, '{:.2f}')}",
        )
    return table


def _interval(figure: Estimate, form: str) -> str:
    """Return a figure with its ends, a dash where there is none."""
    if figure.value is None:
        return "–"
    text = form.format(figure.value)
    if figure.low is not None and figure.high is not None:
        text += f" [{form.format(figure.low)}, {form.format(figure.high)}]"
    return text.replace("-", "−")


def _untold(console: Console, seen: Seen) -> None:
    """Print what the last wave cannot tell, what is alike told together."""
    found = untold(seen)
    if not found:
        return
    console.print("\n[bold]What cannot be told, and what to collect[/bold]")
    for one in found:
        console.print(f"  {escape(one.what)} [dim]({escape(one.reason)})[/dim]")
        console.print(f"    {escape(one.collect)}")
