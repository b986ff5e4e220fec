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
    from fivegaps.report.forms.questions import Question

LANGUAGES = click.Choice(["en", "vi", "zh-hans", "zh-hant", "nl"])
FORMATS = click.Choice(["html", "pdf", "xlsx", "xlsform", "toml"])
NARROWEST = 60

profile_option = click.option(
    "--profile", help="An industry's own items and words, such as bank; the list names them."
)
items_option = click.option(
    "--instrument",
    "bank",
    metavar="ID|PATH",
    help="For other voices: the instrument that customers answer.  [default: rater-22]",
)
channel_option = click.option(
    "--channel",
    "channels",
    multiple=True,
    help="For the self-audit: a channel to ask about, such as phone; repeat it.",
)


@click.group(
    "instruments", short_help="List, show, check and print questionnaires; join filled ones."
)
def command() -> None:
    """List, show, check and print questionnaires.

    An instrument is named by its id (rater-22), with an industry profile
    (rater-22@bank), or by the path of a TOML file. Customers answer instruments;
    managers, employees and assessors answer questionnaires on the same items
    (managers-on-customers@bank).
    """


@command.command("list")
def list_command() -> None:
    """List the shipped instruments, the other voices' questionnaires, the profiles."""
    from fivegaps.knowledge.instruments import instrument, instruments
    from fivegaps.knowledge.shelf import profile_ids
    from fivegaps.knowledge.voices import questionnaires
    from fivegaps.report.forms.voices import minutes_of

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
    table = _table("Other voices", ("id", "voice", "what", "asks", "min"))
    for asked in questionnaires():
        numbers = (str(len(asked.prompts)), str(minutes_of(asked)))
        table.add_row(asked.id, asked.voice, asked.title["en"], *numbers)
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
@items_option
@channel_option
@click.option("--lang", type=LANGUAGES, help="Language of the wordings.")
@click.option("--company", help="Name of the firm that is rated.")
def show_command(  # noqa: PLR0917 - click passes one argument for each option
    name: str,
    profile: str | None,
    bank: str | None,
    channels: tuple[str, ...],
    lang: str | None,
    company: str | None,
) -> None:
    """Show the batteries, items and wordings of an instrument or questionnaire."""
    from fivegaps.cli.instruments_named import asked_of
    from fivegaps.report.forms.asking import asked_questions, form_of

    shown = asked_of(name, profile=profile, bank=bank, channels=channels)
    chosen = lang or shown.languages[0]
    form = form_of(shown, chosen, company=company)  # refuses a language without texts
    console = _console()
    console.print(f"[bold]{form.title}[/bold]")
    console.print(f"{shown.id}, version {shown.version}, in {', '.join(shown.languages)}")
    console.print(form.intro, markup=False)
    if shown.rights:
        console.print(shown.rights, markup=False)
    asked = asked_questions(shown, chosen, company=company)
    for block in dict.fromkeys(question.block for question in asked):
        own = [question for question in asked if question.block == block]
        table = _table(_block_title(own[0]), ("column", "label", "wording"))
        for question in own:
            table.add_row(question.column, question.label, question.wording)
        console.print(table)


def _block_title(first: Question) -> str:
    from rich.markup import escape

    if first.choices:
        told = ", ".join(f"{value}: {words}" for value, words in first.choices)
    elif first.kind in {"text", "observation"}:
        return escape(first.block_title)
    else:
        ends = ((first.minimum, first.lowest), (first.maximum, first.highest))
        told = " … ".join(f"{point} {words}".strip() for point, words in ends)
    box = f", none: {first.none}" if first.none else ""
    return escape(f"{first.block_title} ({told}{box})")


@command.command("check")
@click.argument("names", metavar="[ID|PATH]...", nargs=-1)
def check_command(names: tuple[str, ...]) -> None:
    """Check instruments: texts, translations, lengths, status, sources.

    Without a name all shipped instruments, profiles and questionnaires are
    checked. The exit code is 2 when a fault is found.
    """
    from fivegaps.cli.instruments_named import base_of, is_shipped
    from fivegaps.errors import InstrumentRefused
    from fivegaps.knowledge.checking import check, check_shelf
    from fivegaps.knowledge.instruments import instrument
    from fivegaps.knowledge.shelf import instrument_ids, profile_ids
    from fivegaps.knowledge.voice_checking import check_questionnaire, check_voices
    from fivegaps.knowledge.voices import questionnaire, questionnaire_ids

    if not names:
        found = {**check_shelf(), **check_voices()}
        kinds = (
            f"{len(instrument_ids())} instruments with {len(profile_ids())} profiles and "
            f"{len(questionnaire_ids())} questionnaires of other voices"
        )
    else:
        found = {
            name: check_questionnaire(questionnaire(name), questionnaire(name).id)
            if base_of(name) in questionnaire_ids()
            else check(instrument(name), shipped=is_shipped(name))
            for name in names
        }
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
@items_option
@channel_option
@click.option(
    "--lang", "languages", type=LANGUAGES, multiple=True, help="Repeat it for an XLSForm."
)
@click.option("--company", help="Name of the firm that is rated.")
@click.option(
    "--folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A company folder: take name, language and items from it, for assessors its standards.",
)
@click.option("--out", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
def export_command(  # noqa: PLR0917 - click passes one argument for each option
    name: str,
    kind: str,
    profile: str | None,
    bank: str | None,
    channels: tuple[str, ...],
    languages: tuple[str, ...],
    company: str | None,
    folder: Path | None,
    out: Path | None,
    overwrite: bool,
) -> None:
    """Write a form: paper, a workbook to key answers in, an XLSForm."""
    from fivegaps.cli.instruments_named import asked_in, asked_of
    from fivegaps.errors import OptionRefused
    from fivegaps.report.forms.export import export

    asked = asked_of(name, profile=profile, bank=bank, channels=channels)
    if folder is not None and (profile or bank or "@" in name):
        raise OptionRefused("--folder", "it names instrument and profile; leave them out")
    if folder is not None:
        asked, known = asked_in(folder, name, asked, channels=channels)
        company = company or known.company
        if not languages and kind != "xlsform" and known.lang in asked.languages:
            languages = (known.lang,)
    target = export(
        asked,
        kind,
        out=out,
        languages=languages,
        company=company,
        overwrite=overwrite,
    )
    click.echo(f"wrote {target}")


@command.command("join")
@click.argument(
    "sheets", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="managers.csv or employees.csv, in a company folder.",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
def join_command(sheets: tuple[Path, ...], out: Path, overwrite: bool) -> None:
    """Join filled sheets of several forms into a file of a company folder.

    Takes workbooks that were keyed in, CSV files and exports of an XLSForm, all
    of managers or all of employees, and puts together what one respondent
    answered in a wave. The exit code is 2 when two sheets contradict one another.
    """
    from fivegaps.report.forms.joining import join_sheets

    joined = join_sheets(sheets, out, overwrite=overwrite)
    click.echo(f"wrote {out}: respondents {joined.people:,}, rows {joined.rows:,}")
    if joined.left_out:
        click.echo(f"left out: {', '.join(joined.left_out)}")


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
