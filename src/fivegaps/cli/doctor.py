"""``fivegaps doctor``: what ails an office."""

from __future__ import annotations

import click

MARKS = {"good": "✓", "doubtful": "?", "bad": "✗"}


@click.command()
@click.option("--audit", is_flag=True, help="Walk along the audit log as well; prints its head.")
def command(*, audit: bool) -> int:
    """Look at database, disk, backups, settings, clock, mail and work; changes nothing.

    Ends with 2 when something is bad: then answers or people are at risk.
    """
    from datetime import UTC, datetime

    from fivegaps.cli.main import OK, REFUSED
    from fivegaps.web.config import running

    environment = running.begin()
    from fivegaps.web.config.doctor import examine, examine_audit

    signs = list(examine(environment, at=datetime.now(UTC)))
    if audit:
        signs.append(examine_audit(environment))
    for sign in signs:
        click.echo(f"{MARKS[sign.state]} {sign.topic}: {sign.found}")
        if sign.advice:
            click.echo(f"    {sign.advice}")
    return REFUSED if any(sign.state == "bad" for sign in signs) else OK
