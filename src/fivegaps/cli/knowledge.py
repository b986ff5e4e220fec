"""``fivegaps knowledge``: causes, remedies, measures and sources, listed, shown and checked."""

from __future__ import annotations

import click

LANGUAGES = click.Choice(["en", "vi", "zh-hans", "zh-hant", "nl"])
KINDS = click.Choice(["causes", "remedies", "measures", "sources", "mission"])
DIMENSIONS = click.Choice(["reliability", "assurance", "tangibles", "empathy", "responsiveness"])


@click.group("knowledge", short_help="Open causes, remedies, measures and sources.")
def command() -> None:
    """Open what is known of causes and remedies.

    Each is a record with a permanent id. Causes name the signs that betray them
    and the remedies that close the gap; both name their sources.
    """


@command.command("list")
@click.argument("kind", type=KINDS, required=False)
@click.option("--gap", type=click.IntRange(1, 5), help="Only those of this gap.")
@click.option("--mission", metavar="ID", help="Only those that serve this line, such as S3.1a.")
@click.option("--dimension", type=DIMENSIONS, help="Only those that fit this dimension.")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Of the titles.")
def list_command(
    kind: str | None, gap: int | None, mission: str | None, dimension: str | None, lang: str
) -> None:
    """List causes and remedies, or one kind of record."""
    from fivegaps.cli.knowledge_text import Filter, show_list
    from fivegaps.errors import OptionRefused
    from fivegaps.knowledge.mission import mission_lines

    if mission is not None and mission not in mission_lines():
        raise OptionRefused(
            "--mission", f"the mission has no line {mission!r}; such are S2.10, S3.1a"
        )
    show_list(kind, Filter(gap=gap, mission=mission, dimension=dimension), lang)


@command.command("show")
@click.argument("name", metavar="ID")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Of title and text.")
def show_command(name: str, lang: str) -> None:
    """Show one cause, remedy, measure, source or line of the mission."""
    from fivegaps.cli.knowledge_text import show_record

    show_record(name, lang)


@command.command("check")
def check_command() -> None:
    """Check all records: references, texts, signs, sources, mission.

    The exit code is 2 when a fault is found.
    """
    from fivegaps.errors import Fault, FileRefused
    from fivegaps.knowledge.causes import causes
    from fivegaps.knowledge.knowledge_checking import check_knowledge
    from fivegaps.knowledge.measures import measures
    from fivegaps.knowledge.remedies import remedies

    found = check_knowledge()
    if found:
        raise FileRefused(
            "knowledge",
            *(
                Fault(f"{place}: {fault.what}", fault.advice)
                for place in found
                for fault in found[place]
            ),
        )
    signs = sum(len(one.signs) for one in causes())
    click.echo(
        f"No fault found in {len(causes())} causes with {signs} signs, {len(remedies())} remedies "
        f"and {len(measures())} measures."
    )
