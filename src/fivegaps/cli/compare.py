"""``fivegaps compare``: two waves, or we and a competitor, on the same item versions."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from fivegaps.cli.reading import Source, read_answers, reading_options


@click.command("compare")
@reading_options
@click.argument("second", type=click.Path(path_type=Path))
@click.option(
    "--instrument-second",
    metavar="ID|PATH.toml",
    help="Instrument of the second file when it is another version.",
)
@click.option("--cluster", metavar="COLUMN", help="Column of the branches that were sampled.")
@click.option("--weight", metavar="COLUMN", help="Column of survey weights.")
@click.option(
    "--missing",
    type=click.Choice(["pairwise", "complete"]),
    default="pairwise",
    show_default=True,
    help="Use every answered pair, or only respondents who answered everything.",
)
@click.option(
    "--confidence", type=float, default=0.95, show_default=True, help="Confidence of intervals."
)
@click.option("--json", "as_json", is_flag=True, help="Print fivegaps.compare/1 as JSON.")
def command(
    *,
    source: Source,
    second: Path,
    instrument_second: str | None,
    cluster: str | None,
    weight: str | None,
    missing: Literal["pairwise", "complete"],
    confidence: float,
    as_json: bool,
) -> None:
    """Tell how the answers in SECOND differ from those in FILE.

    Every difference is second minus first: positive means that the second file
    scores higher. Items whose wording, scale or direction changed are refused.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import json

    from fivegaps.analysis.comparing import compare
    from fivegaps.analysis.encoding import encode
    from fivegaps.analysis.options import Options
    from fivegaps.cli.comparing_table import print_compared
    from fivegaps.cli.progress import progress

    options = Options(cluster=cluster, weight=weight, missing=missing, confidence=confidence)
    options.check()
    other = replace(source, path=second, instrument=instrument_second or source.instrument)
    with progress(wanted=not as_json) as start:
        compared = compare(
            read_answers(source, start), read_answers(other, start), options=options, start=start
        )
    if as_json:
        click.echo(json.dumps(encode(compared), ensure_ascii=False, indent=2))
        return
    print_compared(compared)
