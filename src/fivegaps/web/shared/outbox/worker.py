"""The worker: looks every second for what is due, and outlives a database that is away."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from fivegaps.web.shared.outbox import services

logger = logging.getLogger(__name__)
AFTER_A_FAULT = 5.0


def work_until(stop: threading.Event) -> None:
    """Do errands as they fall due until ``stop`` is set; then end the one in hand and return.

    Runs in a thread or in a process of its own. Several may run beside one another.
    """
    try:
        while not stop.is_set():
            close_old_connections()
            try:
                services.work(is_over=stop.is_set, rest=stop.wait, clock=timezone.now)
            except DatabaseError:
                logger.exception("the database did not answer; the worker tries again")
                connections.close_all()
                stop.wait(AFTER_A_FAULT)
    finally:
        connections.close_all()
