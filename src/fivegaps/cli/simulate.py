"""``fivegaps simulate``: answers whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fivegaps.simulation.company.options import CompanyOptions


ANSWERS = 500


@click.command("simulate", short_help="Make answers whose truth is known.")
@click.option("--n", "n", type=int, default=ANSWERS, show_default=True, help="Respondents.")
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
    metavar="SHARE",
    help="Share of item answers that are left out, completely at random.  [default: 0; with "
    "--company 0.01]",
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
    metavar="SHARE",
    help="Share of respondents who do not read: half tick straight lines, half at random.  "
    "[default: 0; with --company 0.03]",
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
    "--company",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Make a whole company instead: a folder that diagnose reads, and DIR.truth.json. "
    "The options that follow --out are for it; of the others --instrument (rater-22 or "
    "rater-10), --seed, --missing and --careless.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What to write: FILE.csv, .parquet (any size), .xlsx, .sav or .zsav. "
    "The truth goes to FILE.truth.json beside it.",
)
@click.option("--units", type=int, default=20, show_default=True, help="Company: branches.")
@click.option(
    "--customers", type=int, default=60, show_default=True, help="Company: a unit and wave."
)
@click.option("--staff", type=int, default=8, show_default=True, help="Company: staff a unit.")
@click.option("--managers", type=int, default=40, show_default=True, help="Company: managers.")
@click.option("--waves", type=int, default=2, show_default=True, help="Company: yearly waves.")
@click.option(
    "--plant",
    "plants",
    multiple=True,
    metavar="CAUSE",
    help="Company: plant a cause, by its id (fivegaps knowledge list). Repeatable.",
)
@click.option(
    "--gap",
    "gaps",
    multiple=True,
    metavar="GAP",
    help="Company: open a gap without any cause, in scale points: 2, gap3.reliability or "
    "gap3.reliability=-0.8. Repeatable.",
)
@click.option(
    "--effect",
    type=float,
    default=1.0,
    show_default=True,
    metavar="SD",
    help="Company: what a planted cause does, in SD of people.",
)
@click.option("--sour", is_flag=True, help="Company: staff that sees everything worse.")
@click.option("--kind", is_flag=True, help="Company: staff that sees everything better.")
def command(
    *,
    n: int,
    instrument_id: str,
    profile: str | None,
    seed: int,
    missing: float | None,
    segments: str,
    careless: float | None,
    shifts: tuple[str, ...],
    spread: tuple[str, ...],
    company: Path | None,
    out: Path | None,
    units: int,
    customers: int,
    staff: int,
    managers: int,
    waves: int,
    plants: tuple[str, ...],
    gaps: tuple[str, ...],
    effect: float,
    sour: bool,
    kind: bool,
) -> None:
    """Write seeded answers to FILE and what is true of them to FILE.truth.json.

    For demonstration, for teaching, and to test any program that analyses such
    answers: true means, gaps, reliabilities, drivers and differences between
    segments are computed from the model that made the answers, not from them.

    With --company, write a company folder whose gaps, causes and effects of
    actions are known, and its truth to DIR.truth.json.
    """
    if company is not None and out is not None:
        raise click.UsageError("give --out FILE or --company DIR, not both")
    if company is not None:
        from fivegaps.simulation.company.options import CompanyOptions, opened_gap
        from fivegaps.simulation.company.scale import CARELESS, MISSING

        _refuse_for_a_company(
            {"--n": n != ANSWERS, "--profile": profile, "--segments": segments}
            | {"--shift": shifts, "--spread": spread}
        )
        _company(
            company,
            CompanyOptions(
                units=units,
                customers=customers,
                staff=staff,
                managers=managers,
                waves=waves,
                plants=plants,
                gaps=tuple(map(opened_gap, gaps)),
                effect=effect,
                sour=sour,
                kind=kind,
                seed=seed,
                instrument=instrument_id,
                careless=CARELESS if careless is None else careless,
                missing=MISSING if missing is None else missing,
            ),
        )
        return
    if out is None:
        raise click.UsageError("give --out FILE for answers, or --company DIR for a company")
    from fivegaps.cli.progress import progress
    from fivegaps.knowledge.instruments import instrument as find_instrument
    from fivegaps.simulation.files import write
    from fivegaps.simulation.simulate import prepare, written_options

    instrument = find_instrument(instrument_id, profile=profile)
    options = written_options(
        instrument,
        n=n,
        seed=seed,
        missing=missing or 0.0,
        careless=careless or 0.0,
        segments=segments,
        shifts=shifts,
        spread=spread,
    )
    order = prepare(instrument, options)
    with progress(wanted=n > 50_000) as start:
        answers, truth = write(order, out, advance=start("Simulating answers", n))
    click.echo(f"{answers}: {n:,} respondents, instrument {instrument.id}, seed {seed}")
    click.echo(f"{truth}: what is true of them")


def _refuse_for_a_company(given: Mapping[str, object]) -> None:
    for name, value in given.items():
        if value:
            raise click.UsageError(f"{name} is for answers (--out), not for --company")


def _company(folder: Path, options: CompanyOptions) -> None:
    from fivegaps.simulation.company.simulate import write_company

    made, truth = write_company(options, folder)
    planted = ", ".join(options.plants) or "no cause"
    click.echo(f"{made}: {options.units} units, {planted} planted, seed {options.seed}")
    click.echo(f"{truth}: what is true of them")
