"""``fivegaps check``: every fault of a company folder, or what it holds and lacks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fivegaps.io.company.company import Company


@click.command("check", short_help="Name every fault of a company folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--migrate",
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="DIR is in an older format: write a copy in today's format to OUT and check that.",
)
def command(*, folder: Path, migrate: Path | None) -> None:
    """Name every fault of the company folder DIR, with file, row, column and what to do.

    A folder without faults is summed up: what is there, what is missing, and
    what nobody can tell without it. With faults the exit code is 2.
    """
    from fivegaps.io.company.read import read_company

    if migrate is not None:
        from fivegaps.io.company.migrating import migrate_company

        for change in migrate_company(folder, migrate):
            click.echo(change)
        click.echo(f"{migrate}: a copy of {folder} in today's format\n")
        folder = migrate
    _show(read_company(folder))


def _show(company: Company) -> None:
    from fivegaps.io.company.summary import summary

    found = summary(company)
    settings = company.settings
    waves = ", ".join(settings.wave_ids)
    click.echo(f"{settings.name}: no fault. Instrument {company.instrument.id}, waves {waves}\n")
    for one in found.files:
        by_wave = ", ".join(f"{wave}: {count:,}" for wave, count in one.by_wave)
        click.echo(f"  {one.file:<18}{one.rows:>11,} rows  {by_wave}".rstrip())
    if found.cannot_tell:
        click.echo("\nWhat is missing, and what that costs")
        for line in found.cannot_tell:
            click.echo(f"  - {line}")
    notices = [notice.text for notice in company.notices]
    if found.examples:
        listed = ", ".join(found.examples)
        notices.append(f"worked rows of `fivegaps init` are still in {listed}: replace them")
    if notices:
        click.echo("\nNotice")
        for text in notices:
            click.echo(f"  - {text}")
