"""Options of every command that reads a file of answers, and how they are used."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fivegaps.cli.progress import Start
    from fivegaps.io.answers import Answers


_OPTIONS = (
    click.argument("file", type=click.Path(path_type=Path)),
    click.option(
        "--instrument",
        metavar="ID|PATH.toml",
        help="Shipped instrument (fivegaps instruments list) or an instrument file.",
    ),
    click.option("--profile", metavar="ID", help="Industry profile of a shipped instrument."),
    click.option("--where", metavar="EXPR", help="Only these rows: branch = Riga and age >= 30."),
    click.option(
        "--encoding", metavar="NAME", help="Encoding of a text file; found out if not given."
    ),
    click.option("--delimiter", metavar="CHAR", help="Delimiter of a text file; found out."),
    click.option("--decimal", metavar="CHAR", help="Decimal sign of a text file: . or ,"),
    click.option("--sheet", metavar="NAME", help="Sheet of a workbook; the first."),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of answers and how to read it."""

    path: Path
    instrument: str | None
    profile: str | None
    where: str | None
    encoding: str | None
    delimiter: str | None
    decimal: str | None
    sheet: str | None


def reading_options(
    function: Callable[..., None],
) -> Callable[..., None]:
    """Add the reading options to a command, which gets them as one ``source``."""

    @functools.wraps(function)
    def with_source(**options: object) -> None:
        names = ("instrument", "profile", "where", "encoding", "delimiter", "decimal", "sheet")
        chosen = {name: options.pop(name) for name in names}
        path = options.pop("file")
        function(source=Source(path=path, **chosen), **options)  # type: ignore[arg-type]

    decorated: Callable[..., None] = with_source
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def read_answers(source: Source, start: Start) -> Answers:
    """Return the answers of a source, telling that it is being read.

    Raises:
        InputRefused: File or instrument cannot be used.
    """
    from fivegaps.io.read import read
    from fivegaps.io.recognise import recognised_answers
    from fivegaps.knowledge.instruments import instrument

    working = start(f"Reading {source.path.name}", None)
    if source.instrument is None:
        answers = recognised_answers(
            source.path,
            encoding=source.encoding,
            delimiter=source.delimiter,
            decimal=source.decimal,
            sheet=source.sheet,
            where=source.where,
        )
    else:
        answers = read(
            source.path,
            instrument(source.instrument, profile=source.profile),
            encoding=source.encoding,
            delimiter=source.delimiter,
            decimal=source.decimal,
            sheet=source.sheet,
            where=source.where,
        )
    working(1)
    return answers
