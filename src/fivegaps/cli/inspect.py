"""``fivegaps inspect``: what a file holds, and which instrument fits."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("inspect")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--encoding", metavar="NAME", help="Encoding of a text file; found out if not given.")
@click.option("--delimiter", metavar="CHAR", help="Delimiter of a text file; found out.")
@click.option("--decimal", metavar="CHAR", help="Decimal sign of a text file: . or ,")
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook; the first that is filled.")
@click.option(
    "--draft",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PATH",
    help="Write the draft of an instrument file there.",
)
@click.option("--overwrite", is_flag=True, help="Write the draft over a file that exists.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(
    *,
    file: Path,
    encoding: str | None,
    delimiter: str | None,
    decimal: str | None,
    sheet: str | None,
    draft: Path | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Show what FILE holds, and draft an instrument for it.

    Encoding, delimiter, columns with their types, ranges, labels and codes that
    probably mean "no answer", which shipped instrument fits, and what is wrong
    with the file's shape. Nothing is written unless --draft names a file.
    """
    from fivegaps.errors import OptionRefused
    from fivegaps.io.atomic import atomic_file
    from fivegaps.io.inspect import inspect

    if draft is not None and draft.exists() and not overwrite:
        raise OptionRefused("--draft", f"{draft} exists; name another file or give --overwrite")
    found = inspect(file, encoding=encoding, delimiter=delimiter, decimal=decimal, sheet=sheet)
    if draft is not None:
        if not found.draft:
            raise OptionRefused(
                "--draft",
                "no column of this file looks like answers on a scale: nothing to draft",
            )
        with atomic_file(draft) as temporary:
            temporary.write_text(found.draft, encoding="utf-8")
    if as_json:
        from fivegaps.cli.inspect_text import as_text

        click.echo(as_text(found))
    else:
        from fivegaps.cli.inspect_text import show

        show(found, draft=draft)
