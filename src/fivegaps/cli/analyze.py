"""``fivegaps analyze``: from a file of answers to a report that can be defended."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Literal

import click

from fivegaps.cli.reading import Source, read_answers, reading_options

LANGUAGES = ("en", "vi", "zh-hans", "zh-hant", "nl")


@click.command("analyze", short_help="Turn a file of answers into a report.")
@reading_options
@click.option(
    "--by", multiple=True, metavar="COLUMN", help="Split by this column; may be given again."
)
@click.option(
    "--cluster",
    metavar="COLUMN",
    help="Column of the branches that were sampled: intervals are those of a cluster sample.",
)
@click.option("--weight", metavar="COLUMN", help="Column of survey weights.")
@click.option(
    "--margins",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV of known margins (column,value,share) to rake the answers to.",
)
@click.option(
    "--missing",
    type=click.Choice(["pairwise", "complete"]),
    default="pairwise",
    show_default=True,
    help="Use every answered pair, or only respondents who answered everything.",
)
@click.option(
    "--outcome", metavar="ID|COLUMN", help="What the drivers explain: an outcome's id or a column."
)
@click.option(
    "--confidence", type=float, default=0.95, show_default=True, help="Confidence of intervals."
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the report.",
)
@click.option("--seed", type=int, default=20_261, show_default=True, help="Seed of the bootstrap.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder to write; FILE-report."
)
@click.option("--overwrite", is_flag=True, help="Replace the analysis that is in the folder.")
@click.option("--png", is_flag=True, help="Write the charts as PNG too.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print results.json instead of the summary; writes a folder only with --out.",
)
def command(
    *,
    source: Source,
    by: tuple[str, ...],
    cluster: str | None,
    weight: str | None,
    margins: Path | None,
    missing: Literal["pairwise", "complete"],
    outcome: str | None,
    confidence: float,
    lang: str,
    seed: int,
    out: Path | None,
    overwrite: bool,
    png: bool,
    as_json: bool,
) -> None:
    """Measure the service in FILE: gaps, reliability, factors, drivers, segments.

    FILE holds one respondent a row (CSV, XLSX, ODS, SPSS, Stata or Parquet).
    Without --instrument common column names are recognised, and the report says
    what was assumed. Writes report.html, results.json, tables.xlsx and charts/.
    """
    # The work runs in threads of its own: more threads inside BLAS only get in the way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from fivegaps.analysis.analyze import analyze
    from fivegaps.analysis.encoding import results_json
    from fivegaps.analysis.options import Options
    from fivegaps.cli.progress import progress
    from fivegaps.io.margins import read_margins
    from fivegaps.report.terminal import show
    from fivegaps.report.write import refuse_if_taken, write

    folder = out or (None if as_json else Path(f"{source.path.stem}-report"))
    if folder is not None:
        refuse_if_taken(folder, overwrite=overwrite)
    options = Options(
        by=by,
        cluster=cluster,
        weight=weight,
        margins=() if margins is None else read_margins(margins),
        missing=missing,
        outcome=outcome,
        confidence=confidence,
        seed=seed,
    )
    options.check()
    with progress(wanted=not as_json) as start:
        answers = read_answers(source, start)
        results = analyze(
            answers, options, start=start, command=shlex.join(["fivegaps", *sys.argv[1:]])
        )
        if folder is not None:
            working = start("Writing the report", None)
            write(
                results,
                answers.instrument,
                folder,
                lang=lang,
                png=png,
                results_json=results_json(results),
                overwrite=overwrite,
            )
            working(1)
    if as_json:
        click.echo(results_json(results), nl=False)
        return
    show(results, answers.instrument, lang=lang, folder="" if folder is None else str(folder))
