"""A diagnosis and its verdicts as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fivegaps.diagnosis.gap_results import RatedDimension, WaveGaps
from fivegaps.diagnosis.results import ActionVerdict, CauseFound, Diagnosis, RemedyChosen
from fivegaps.diagnosis.story import cause_title, leading, three_sentences
from fivegaps.io.company.company import Company
from fivegaps.knowledge.remedies import remedy
from fivegaps.stats.estimate import Estimate, GapEstimate

Figure = Estimate | GapEstimate | RatedDimension

NARROWEST = 80
MOST_CAUSES = 8
MOST_REMEDIES = 8
FORMS = (
    "Gap 1, managers less customers",
    "Gap 2, self-rated",
    "Gap 3, self-rated",
    "Gap 3, observed",
    "Gap 4, self-rated",
    "Gap 4, promises kept",
    "Gap 5, customers",
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
    _untold(console, diagnosis, wave)
    if folder:
        console.print(f"\nWritten to [bold]{escape(folder)}[/bold]")


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
    for name, one in actions.items():
        remarks = list(one.notes)
        if one.registered_before is False:
            remarks.append("registered after its outcome could be seen")
        expected = one.regression_to_the_mean
        if expected is not None and expected.value is not None:
            remarks.append(f"{expected.value:+.2f} was to be expected without any action")
        if one.effect.reason:
            remarks.append(f"no effect can be told: {one.effect.reason}")
        for remark in remarks:
            console.print(f"{escape(name)}: {escape(remark)}")


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
        table.add_column(name, justify="right" if right else "left", no_wrap=right)
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
    return table


def _value(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "–"
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
            escape(", ".join(one.both_sides) + (f" ({one.policy})" if one.both_sides else "")),
        )
    return table


def _verdicts(actions: Mapping[str, ActionVerdict]) -> Table:
    table = _table(
        "Actions", ("action", "effect", "state", "effect with interval", "now"), numbers=2
    )
    for name, one in actions.items():
        table.add_row(
            escape(name),
            one.effect_verdict.replace("_", " "),
            one.state_verdict.replace("_", " "),
            _interval(one.effect),
            _interval(one.state),
        )
    return table


def _interval(figure: Estimate) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return _signed(figure.value)
    return f"{_signed(figure.value)} ({_signed(figure.low)} to {_signed(figure.high)})"


def _untold(console: Console, diagnosis: Diagnosis, wave: str) -> None:
    told = [one for one in diagnosis.cannot_tell if one.wave in {"", wave}]
    if not told:
        return
    console.print("[bold]What cannot be told, and what to collect[/bold]")
    for one in told:
        console.print(f"  {escape(one.what)}: {escape(one.collect)} [dim]({one.reason})[/dim]")
