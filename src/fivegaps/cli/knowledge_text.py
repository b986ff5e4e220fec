"""Records of the knowledge as tables and cards for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from fivegaps.errors import OptionRefused
from fivegaps.knowledge.bibliography import bibliography
from fivegaps.knowledge.cards import (
    GAP_TITLES,
    POLICY_TEXTS,
    opponents,
    policies,
    prescribed_by,
    told_sign,
)
from fivegaps.knowledge.causes import cause, cause_ids, causes
from fivegaps.knowledge.coverage import places
from fivegaps.knowledge.measures import measure, measures
from fivegaps.knowledge.mission import mission_lines
from fivegaps.knowledge.remedies import remedies, remedy, remedy_ids
from fivegaps.knowledge.table import nearest
from fivegaps.model.knowledge import Cause, Measure, MissionLine, Remedy

NARROWEST = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; None leaves it wide."""

    gap: int | None = None
    mission: str | None = None
    dimension: str | None = None


def show_list(kind: str | None, narrowed: Filter, lang: str) -> None:
    """Print the records of one kind; causes and remedies when none is named."""
    console = _console()
    if kind in {None, "causes"}:
        console.print(_causes(narrowed, lang))
    if kind in {None, "remedies"}:
        console.print(_remedies(narrowed, lang))
    if kind == "measures":
        console.print(_measures(narrowed, lang))
    if kind == "sources":
        console.print(_table("Sources", ("id", "source"), _sources()))
    if kind == "mission":
        console.print(_mission(narrowed))


def show_record(name: str, lang: str) -> None:
    """Print one record as a card.

    Raises:
        OptionRefused: No record has this id; names the nearest.
    """
    console = _console()
    if name in cause_ids():
        _show_cause(console, cause(name), lang)
    elif name in remedy_ids():
        _show_remedy(console, remedy(name), lang)
    elif name in bibliography():
        console.print(f"[bold]{name}[/bold]\n{escape(str(bibliography()[name]))}")
        _print_users(console, name)
    elif (known := measure(name)) is not None:
        _show_measure(console, known, lang)
    elif name in mission_lines():
        _show_line(console, mission_lines()[name])
    else:
        ids = (*cause_ids(), *remedy_ids(), *bibliography(), *measures(), *mission_lines())
        advice = nearest(name, ids) or "See: fivegaps knowledge list"
        raise OptionRefused("ID", f"there is no record {name!r}. {advice}")


# ── lists ──


def _causes(narrowed: Filter, lang: str) -> Table:
    found = causes(gap=narrowed.gap, mission=narrowed.mission, dimension=narrowed.dimension)
    rows = (
        (one.id, str(one.gap), _said(one.title, lang), str(len(one.signs)), " ".join(one.mission))
        for one in found
    )
    return _table(
        f"Causes ({len(found)})", ("id", "gap", "what goes wrong", "signs", "serves"), rows
    )


def _remedies(narrowed: Filter, lang: str) -> Table:
    found = remedies(gap=narrowed.gap, mission=narrowed.mission, dimension=narrowed.dimension)
    rows = (
        (
            one.id,
            " ".join(map(str, one.gaps)),
            _said(one.title, lang),
            one.owner,
            one.cost,
            " ".join(one.mission),
        )
        for one in found
    )
    return _table(
        f"Remedies ({len(found)})", ("id", "gaps", "what to do", "who", "cost", "serves"), rows
    )


def _measures(narrowed: Filter, lang: str) -> Table:
    found = [
        one
        for one in measures().values()
        if narrowed.mission is None or narrowed.mission in one.mission
    ]
    rows = ((one.id, one.kind, one.bad, one.table, _said(one.title, lang)) for one in found)
    return _table(
        f"Measures ({len(found)})", ("id", "kind", "bad when", "file", "what it tells"), rows
    )


def _sources() -> Iterable[tuple[str, ...]]:
    return ((name, str(source)) for name, source in bibliography().items())


def _mission(narrowed: Filter) -> Table:
    found = [one for one in mission_lines().values() if narrowed.mission in {None, one.id}]
    rows = ((one.id, one.title, str(len(places(one))), one.open) for one in found)
    return _table(f"Mission ({len(found)})", ("id", "what is asked for", "places", "open"), rows)


# ── cards ──


def _show_cause(console: Console, shown: Cause, lang: str) -> None:
    _head(console, shown.id, shown.title, lang, GAP_TITLES[shown.gap])
    _paragraph(console, _text(shown.text, lang))
    _list(
        console,
        "Signs",
        (f"{told_sign(one, lang)}  [dim]{one.measure}[/dim]" for one in shown.signs),
    )
    _list(
        console,
        "Remedies",
        (f"{name}  {_said(remedy(name).title, lang)}" for name in shown.remedies),
    )
    if shown.dimensions:
        _list(console, "Dimensions", (", ".join(shown.dimensions),))
    _foot(console, shown)


def _show_remedy(console: Console, shown: Remedy, lang: str) -> None:
    gaps = f"closes gap {', '.join(map(str, shown.gaps))}"
    _head(console, shown.id, shown.title, lang, gaps)
    _paragraph(console, _text(shown.text, lang))
    steps = shown.steps.get(lang, shown.steps["en"])
    _list(console, "Steps", (f"{place}. {escape(one)}" for place, one in enumerate(steps, 1)))
    first, last = shown.weeks
    _list(
        console,
        "Who, cost, time to effect",
        (f"{shown.owner}; {shown.cost}; {first} to {last} weeks",),
    )
    _list(
        console,
        "How we would know",
        (escape(_text(shown.knowing, lang)), f"metric {escape(shown.metric)}"),
    )
    _list(console, "Risks", (escape(_text(shown.risks, lang)),))
    if shown.dimensions or shown.industries:
        _list(console, "Helps most", (", ".join((*shown.dimensions, *shown.industries)),))
    if others := opponents(shown.id):
        _list(
            console,
            "Pulls the other way",
            (f"{name}  {_said(remedy(name).title, lang)}" for name in others),
        )
        _list(console, "Policy", (f"{name}: {POLICY_TEXTS[name]}" for name in policies(shown.id)))
    prescribing = (f"{name}  {_said(cause(name).title, lang)}" for name in prescribed_by(shown.id))
    _list(console, "Prescribed for", prescribing)
    _foot(console, shown)


def _show_measure(console: Console, shown: Measure, lang: str) -> None:
    _head(
        console, shown.id, shown.title, lang, f"{shown.kind}, bad when {shown.bad}, {shown.table}"
    )
    using = (
        f"{one.id}  {_said(one.title, lang)}"
        for one in causes()
        if any(measure(sign.measure) == shown for sign in one.signs)
    )
    _list(console, "Sign of", using)


def _show_line(console: Console, shown: MissionLine) -> None:
    console.print(f"[bold]{shown.id}  {escape(shown.title)}[/bold]")
    _list(console, "Lives in", (place.replace(":", "  ", 1) for place in places(shown)))
    if shown.open:
        _list(console, "Open", (escape(shown.open),))


def _print_users(console: Console, name: str) -> None:
    users = [one.id for one in causes() if name in one.sources]
    users += [one.id for one in remedies() if name in one.sources]
    _list(console, "Named by", users)


def _head(console: Console, name: str, title: Mapping[str, str], lang: str, under: str) -> None:
    console.print(f"[bold]{escape(_said(title, lang))}[/bold]")
    console.print(f"[dim]{escape(name)} · {escape(under)}[/dim]\n")


def _foot(console: Console, shown: Cause | Remedy) -> None:
    _list(console, "Sources", (escape(str(bibliography()[name])) for name in shown.sources))
    console.print(f"\n[dim]Serves {', '.join(shown.mission)}. Status: {shown.status}.[/dim]")


def _paragraph(console: Console, text: str) -> None:
    console.print(escape(text))


def _list(console: Console, head: str, lines: Iterable[str]) -> None:
    told = list(lines)
    if not told:
        return
    console.print(f"\n[bold]{head}[/bold]")
    for line in told:
        console.print(Padding(line, (0, 0, 0, 2), expand=False))


def _said(texts: Mapping[str, str], lang: str) -> str:
    return texts.get(lang, texts.get("en", ""))


def _text(texts: Mapping[str, str], lang: str) -> str:
    return texts[lang] if lang in texts else f"{texts['en']} (in English; not translated yet)"


def _table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold")
    for position, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=position == 0)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    return table


def _console() -> Console:
    console = Console(highlight=False)
    if not console.is_terminal and console.width < NARROWEST:
        console = Console(highlight=False, width=NARROWEST)
    return console
