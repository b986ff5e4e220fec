"""``fivegaps simulate``: answers whose truth is known."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("simulate", short_help="Make answers whose truth is known.")
@click.option("--n", "n", type=int, default=500, show_default=True, help="Respondents.")
@click.option(
    "--instrument",
    "instrument_id",
    default="rater-22",
    show_default=True,
    metavar="ID|PATH",
    help="A shipped instrument, or an instrument file.",
)
@click.option("--profile", metavar="ID", help="Industry profile of a shipped instrument.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed gives the same file."
)
@click.option(
    "--missing",
    type=float,
    default=0.0,
    metavar="SHARE",
    help="Share of item answers that are left out, completely at random.",
)
@click.option(
    "--segments",
    default="",
    metavar="COLUMNS",
    help="Columns that divide the respondents: branch=24,channel=phone:.3;counter:.7",
)
@click.option(
    "--careless",
    type=float,
    default=0.0,
    metavar="SHARE",
    help="Share of respondents who do not read: half tick straight lines, half at random.",
)
@click.option(
    "--shift",
    "shifts",
    multiple=True,
    metavar="UNIT=SIZE",
    help="How much better a segment perceives the service, in scale points: Riga=-0.5, "
    "branch:Riga=-0.5 or, in one dimension, Riga.reliability=-0.5. Repeatable.",
)
@click.option(
    "--spread",
    multiple=True,
    metavar="COLUMN=SD",
    help="Let the segments of a column differ at random, with this SD: branch=0.3. Repeatable.",
)
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What to write: FILE.csv, .parquet (any size), .xlsx, .sav or .zsav. "
    "The truth goes to FILE.truth.json beside it.",
)
def command(
    *,
    n: int,
    instrument_id: str,
    profile: str | None,
    seed: int,
    missing: float,
    segments: str,
    careless: float,
    shifts: tuple[str, ...],
    spread: tuple[str, ...],
    out: Path,
) -> None:
    """Write seeded answers to FILE and what is true of them to FILE.truth.json.

    For demonstration, for teaching, and to test any program that analyses such
    answers: true means, gaps, reliabilities, drivers and differences between
    segments are computed from the model that made the answers, not from them.
    """
    from fivegaps.cli.progress import progress
    from fivegaps.knowledge.instruments import instrument as find_instrument
    from fivegaps.simulation.files import write
    from fivegaps.simulation.simulate import prepare, written_options

    instrument = find_instrument(instrument_id, profile=profile)
    options = written_options(
        instrument,
        n=n,
        seed=seed,
        missing=missing,
        careless=careless,
        segments=segments,
        shifts=shifts,
        spread=spread,
    )
    order = prepare(instrument, options)
    with progress(wanted=n > 50_000) as start:
        answers, truth = write(order, out, advance=start("Simulating answers", n))
    click.echo(f"{answers}: {n:,} respondents, instrument {instrument.id}, seed {seed}")
    click.echo(f"{truth}: what is true of them")
