"""``fivegaps backup``: the whole office in one file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--with-key",
    is_flag=True,
    help="Put the secret key in too: whoever has the file can then sign in as anybody.",
)
def command(*, file: Path | None, with_key: bool) -> None:
    """Back the office up into FILE, while people go on working.

    Without FILE it goes into the home's backups/ under the present time. The file holds the
    database with a count of its rows, is checked before it gets its name, and may be read by
    its owner alone. On PostgreSQL this takes pg_dump.
    """
    from datetime import UTC, datetime

    from fivegaps.web.config import running

    environment = running.begin()
    from fivegaps.web.config.backing_up import make_backup

    made = make_backup(environment, file, with_key=with_key, at=datetime.now(UTC))
    size = f"{made.bytes / 1_000_000:,.1f} MB"
    click.echo(f"backed up {made.rows:,} rows to {made.file} ({size})")
    if not made.with_key:
        click.echo("the secret key is not in it: keep it elsewhere, or give --with-key")
