"""``fivegaps upgrade``: the database of an office, up to date."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--without-backup", is_flag=True, help="Do not copy the database first: you have a copy."
)
def command(*, without_backup: bool) -> None:
    """Bring the office's database up to date with this version; stop the office before.

    The database is copied into the home's backups/ first. On PostgreSQL that takes pg_dump.
    """
    from datetime import UTC, datetime

    from fivegaps.web.config import running

    environment = running.begin()
    copy = running.bring_up_to_date(
        environment, at=datetime.now(UTC), with_backup=not without_backup
    )
    if copy is not None:
        click.echo(f"copied to {copy}")
    click.echo("the database is up to date")
