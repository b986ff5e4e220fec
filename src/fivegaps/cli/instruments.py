"""``fivegaps instruments``: shipped questionnaires, their wordings, their forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from fivegaps.errors import Fault
    from fivegaps.model.instrument import Instrument

LANGUAGES = click.Choice(["en", "vi", "zh-hans", "zh-hant", "nl"])
FORMATS = click.Choice(["html", "pdf", "xlsx", "xlsform", "toml"])
NARROWEST = 60

profile_option = click.option(
    "--profile", help="An industry's own items and words, such as bank; the list names them."
)


@click.group("instruments", short_help="List, show, check and print questionnaires.")
def command() -> None:
    """List, show, check and print questionnaires.

    An instrument is named by its id (rater-22), with an industry profile
    (rater-22@bank), or by the path of a TOML file.
    """


@command.command("list")
def list_command() -> None:
    """List the shipped instruments and industry profiles."""
    from fivegaps.knowledge.instruments import instrument, instruments
    from fivegaps.knowledge.shelf import profile_ids

    console = _console()
    table = _table("Instruments", ("id", "what", "items", "scale", "asks", "texts"))
    for one in instruments():
        first = one.batteries[0]
        table.add_row(
            one.id,
            one.title["en"],
            str(len(one.items)),
            f"{first.minimum}-{first.maximum}",
            ", ".join(battery.id for battery in one.batteries),
            _statuses(one),
        )
    console.print(table)
    table = _table("Industry profiles", ("profile", "trade", "items of rater-22 and own"))
    for name in profile_ids():
        profiled = instrument("rater-22", profile=name)
        trade = profiled.title["en"].split(" – ")[0]
        table.add_row(name, trade, _profile_summary(name, profiled))
    console.print(table)
    languages = ", ".join(instruments()[0].languages)
    console.print(f"Languages: {languages}. Show one: fivegaps instruments show rater-22@bank")


@command.command("show")
@click.argument("name", metavar="ID|PATH")
@profile_option
@click.option("--lang", type=LANGUAGES, help="Language of the wordings.")
@click.option("--company", help="Name of the firm that is rated.")
def show_command(name: str, profile: str | None, lang: str | None, company: str | None) -> None:
    """Show the batteries, items and wordings of an instrument."""
    from fivegaps.knowledge.instruments import instrument
    from fivegaps.report.forms.layout import form_of
    from fivegaps.report.forms.questions import questions

    shown = instrument(name, profile=profile)
    chosen = lang or shown.languages[0]
    form = form_of(shown, chosen, company=company)  # refuses a language without texts
    console = _console()
    console.print(f"[bold]{form.title}[/bold]")
    console.print(f"{shown.id}, version {shown.version}, in {', '.join(shown.languages)}")
    if shown.rights:
        console.print(shown.rights, markup=False)
    asked = questions(shown, chosen, company=company)
    for block in dict.fromkeys(question.block for question in asked):
        own = [question for question in asked if question.block == block]
        first = own[0]
        ends = ((first.minimum, first.lowest), (first.maximum, first.highest))
        points = " … ".join(f"{point} {words}".strip() for point, words in ends)
        table = _table(f"{first.block_title} ({points})", ("column", "label", "wording"))
        for question in own:
            table.add_row(question.column, question.label, question.wording)
        console.print(table)


@command.command("check")
@click.argument("names", metavar="[ID|PATH]...", nargs=-1)
def check_command(names: tuple[str, ...]) -> None:
    """Check instruments: texts, translations, lengths, status, sources.

    Without a name all shipped instruments and profiles are checked. The exit
    code is 2 when a fault is found.
    """
    from fivegaps.errors import InstrumentRefused
    from fivegaps.knowledge.checking import check, check_shelf
    from fivegaps.knowledge.instruments import instrument
    from fivegaps.knowledge.shelf import instrument_ids, profile_ids

    if not names:
        found = check_shelf()
        kinds = f"{len(instrument_ids())} instruments with {len(profile_ids())} profiles"
    else:
        found = {name: check(instrument(name), shipped=_is_shipped(name)) for name in names}
        kinds = ", ".join(names)
    faults: list[Fault] = [fault for one in found.values() for fault in one]
    if faults:
        raise InstrumentRefused(", ".join(name for name, one in found.items() if one), *faults)
    click.echo(f"No fault found in {kinds}.")


@command.command("export")
@click.argument("name", metavar="ID|PATH")
@click.option(
    "--format",
    "kind",
    type=FORMATS,
    default="pdf",
    show_default=True,
    help="Paper (html, pdf), a workbook to key answers in (xlsx), an XLSForm for Kobo and ODK, "
    "or the instrument file to edit (toml).",
)
@profile_option
@click.option(
    "--lang", "languages", type=LANGUAGES, multiple=True, help="Repeat it for an XLSForm."
)
@click.option("--company", help="Name of the firm that is rated.")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
def export_command(  # noqa: PLR0917 - click passes one argument for each option
    name: str,
    kind: str,
    profile: str | None,
    languages: tuple[str, ...],
    company: str | None,
    out: Path | None,
    overwrite: bool,
) -> None:
    """Write a form: paper, a workbook to key answers in, an XLSForm."""
    from fivegaps.knowledge.instruments import instrument
    from fivegaps.report.forms.export import export

    target = export(
        instrument(name, profile=profile),
        kind,
        out=out,
        languages=languages,
        company=company,
        overwrite=overwrite,
    )
    click.echo(f"wrote {target}")


def _is_shipped(name: str) -> bool:
    return not name.endswith(".toml") and "/" not in name and "\\" not in name


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=False)
    if console.width < NARROWEST:
        console = Console(highlight=False, width=NARROWEST)
    return console


def _table(title: str, columns: tuple[str, ...]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold")
    for position, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=position == 0)
    return table


def _statuses(one: Instrument) -> str:
    statuses = {status for item in one.items for status in item.status.values()}
    return ", ".join(sorted(statuses))


def _profile_summary(name: str, profiled: Instrument) -> str:
    from fivegaps.knowledge.records import names, subtables
    from fivegaps.knowledge.shelf import profile_record

    record = profile_record(name)
    reworded = [str(one["item"]) for one in subtables(record, "reword")]
    added = [str(one["id"]) for one in subtables(record, "add")]
    dropped = names(record, "drop")
    parts = [f"{len(profiled.items)} items", f"{len(reworded)} reworded"]
    if added:
        parts.append(f"added {', '.join(added)}")
    if dropped:
        parts.append(f"dropped {', '.join(dropped)}")
    return "; ".join(parts)
