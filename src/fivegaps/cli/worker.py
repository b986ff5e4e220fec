"""``fivegaps worker``: sends what is due, until Ctrl-C."""

from __future__ import annotations

import click


@click.command()
def command() -> None:
    """Send invitations and do whatever else is due, until Ctrl-C.

    Reads the same environment variables as `fivegaps serve` (docs/office.md). Several workers
    may run at once. Told to stop, it ends what it has in hand; killed, it loses nothing: what
    it held is taken up again three minutes later.
    """
    import signal
    import threading

    from fivegaps.web.config import running

    running.begin()
    from fivegaps.web.shared.outbox.worker import work_until

    stop = threading.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: stop.set())
    click.echo("fivegaps worker is at work  (Ctrl-C ends it)")
    work_until(stop)
