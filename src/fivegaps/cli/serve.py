"""``fivegaps serve``: the office, until Ctrl-C."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--without-worker", is_flag=True, help="Run no worker beside: `fivegaps worker` runs elsewhere."
)
def command(*, without_worker: bool) -> int:
    """Serve the service-quality office until Ctrl-C, with its worker beside it.

    Everything lies in the folder that FIVEGAPS_HOME names (./office when it names none). An
    empty office prints a link that works once, to set it up. The database is brought up to
    date first, after a copy into the home's backups/.

    Settings are environment variables: HOST, PORT, PUBLIC_URL, DATABASE_URL, SMTP_URL and
    others; docs/office.md lists them.
    """
    from datetime import UTC, datetime

    from fivegaps.web.config import running
    from fivegaps.web.config.serving import held, serve

    environment = running.begin()
    now = datetime.now(UTC)
    with held(environment):
        copy = running.bring_up_to_date(environment, at=now)
        if copy is not None:
            click.echo(f"the database was copied to {copy} and brought up to date")
        address = running.setup_address(environment, at=now)

        def tell() -> None:
            click.echo(f"fivegaps serves {environment.public_url}  (Ctrl-C ends it)")
            if address is not None:
                click.echo(f"set the office up with this link, once, within a day:\n  {address}")

        return serve(environment, when_ready=tell, with_worker=not without_worker)
