"""``fivegaps diagnose``: from a company's folder to located gaps, causes and remedies."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

LANGUAGES = ("en", "vi", "zh-hans", "zh-hant", "nl")


@click.command("diagnose", short_help="Locate a company's gaps, name causes, prescribe remedies.")
@click.argument("company", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--wave", metavar="ID", help="Seek the causes of this wave; the last one.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder to write; DIR-diagnosis."
)
@click.option("--overwrite", is_flag=True, help="Replace the diagnosis that is in the folder.")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=None,
    help="Language of titles and report; that of company.toml.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print results.json instead of the summary; writes a folder only with --out.",
)
def command(
    *,
    company: Path,
    wave: str | None,
    out: Path | None,
    overwrite: bool,
    lang: str | None,
    as_json: bool,
) -> None:
    """Locate the gaps of the company in DIR, name their causes and prescribe remedies.

    DIR holds company.toml, the customers' answers and whatever else there is
    (fivegaps init makes one). A cause is claimed only when the evidence carries
    it; what cannot be told is named, with what to collect. Writes report.html,
    board.html (a board paper that prints on one sheet of A4), results.json,
    tables.xlsx and charts/.
    """
    # The work runs in threads of its own: more threads inside BLAS only get in the way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from fivegaps.cli.diagnose_text import show
    from fivegaps.cli.progress import progress
    from fivegaps.diagnosis.diagnose import diagnose
    from fivegaps.diagnosis.encoding import diagnosis_json
    from fivegaps.io.company.read import read_company
    from fivegaps.report.diagnosis.names import names_of
    from fivegaps.report.diagnosis.write import write
    from fivegaps.report.write import refuse_if_taken

    folder = out or (None if as_json else Path(f"{company.name or 'company'}-diagnosis"))
    if folder is not None:
        refuse_if_taken(folder, overwrite=overwrite)
    with progress(wanted=not as_json) as start:
        working = start(f"Reading {company.name}", None)
        read = read_company(company)
        working(1)
        found = diagnose(
            read, wave=wave, start=start, command=shlex.join(["fivegaps", *sys.argv[1:]])
        )
        text = diagnosis_json(found)
        spoken = lang or read.settings.lang
        if folder is not None:
            write(
                found,
                read.instrument,
                folder,
                lang=spoken,
                names=names_of(read),
                results_json=text,
                overwrite=overwrite,
            )
    if as_json:
        click.echo(text, nl=False)
        return
    show(found, read, lang=spoken, folder="" if folder is None else str(folder))
