"""``fivegaps restore``: an office back from its backup."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--replace", is_flag=True, help="Put it in the place of the office that is here, backed up."
)
def command(*, file: Path, replace: bool) -> None:
    """Bring the office of a backup FILE back, into an empty home; stop the office before.

    The file is checked first. The database is then brought up to date with this version, and
    what was erased since the backup is erased again. On PostgreSQL this takes pg_restore and
    psql.
    """
    from datetime import UTC, datetime

    from fivegaps.web.config import running

    environment = running.begin()
    from fivegaps.web.config.restoring import restore

    done = restore(environment, file, replace=replace, at=datetime.now(UTC))
    if done.safety is not None:
        click.echo(f"what was here before is in {done.safety}")
    click.echo(f"restored {done.rows:,} rows, as they were at {done.made_at}")
    if done.migrated:
        click.echo(f"brought up to date by {done.migrated} migrations")
    if done.erased:
        click.echo(f"erased again: {done.erased:,} rows")
    for notice in done.notices:
        click.echo(f"note: {notice}")
