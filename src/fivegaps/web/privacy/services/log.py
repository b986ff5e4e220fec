"""After an erasure: empty SQLite's log, which still holds the pages as they were."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction

from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.shared.outbox.kinds import Later, Task

EMPTY = "privacy.empty-log"
AGAIN = timedelta(minutes=1)


def empty_after(*, at: datetime) -> None:
    """Empty the log once the present transaction is committed, and again by the worker.

    Readers may hold the log at the moment; the worker tries until nobody does.
    """
    outbox.put(kind=EMPTY, payload={}, due_at=at + AGAIN, at=at)
    transaction.on_commit(partial(empty_log))


def empty_log() -> bool:
    """Empty the log, and return whether that was possible; PostgreSQL has no such file here."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    return not busy


def empty_again(task: Task) -> None:
    """Empty the log, or come back later."""
    if not empty_log():
        raise Later(task.at + AGAIN)
