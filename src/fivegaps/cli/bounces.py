"""``fivegaps bounces FILE``: mails that came back, taken into account."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(*, file: Path) -> None:
    """Mark the addresses whose invitations came back.

    FILE is an mbox or a single mail (.eml) of the bounce address. Addresses that do not exist
    are never written to again; what failed in passing is noted. Reading a file twice changes
    nothing. Settings are those of `fivegaps serve` (docs/office.md).
    """
    from datetime import UTC, datetime

    from fivegaps.web.config import running

    running.begin()
    from fivegaps.web.collecting.reports import read_reports
    from fivegaps.web.collecting.services.bouncing import take_reports

    taken = take_reports(reports=read_reports(file), at=datetime.now(UTC))
    click.echo(
        f"{taken.mails} mails: {taken.final} addresses do not exist, {taken.passing} failed in "
        f"passing, {taken.foreign} are about mails that are not ours, {taken.other} no reports"
    )
