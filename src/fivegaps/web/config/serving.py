"""The office serves pages, with its worker beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from fivegaps.web.config.companion import Companion
from fivegaps.web.config.environment import Environment
from fivegaps.web.config.occupation import check_port, occupied

THREADS = 8


@contextmanager
def held(environment: Environment) -> Iterator[None]:
    """Hold the home and make sure that its port is free, before anything is changed.

    Raises:
        OfficeInUse: Another server holds this home.
        OptionRefused: The port is taken.
    """
    alone = environment.database_url.startswith("sqlite:")
    with occupied(environment, alone=alone):
        check_port(environment)
        yield


def serve(
    environment: Environment, *, when_ready: Callable[[], None], with_worker: bool = True
) -> int:
    """Serve pages until the process is told to stop; ``when_ready`` is called once listening.

    SQLite takes one serving process with threads; on PostgreSQL there are several. The worker
    is a child process, begun again when it dies; it ends with the server, however that ends.

    Returns:
        The exit code: 0 when told to stop.

    """
    companion = Companion() if with_worker else None
    try:
        return _run(environment, companion, when_ready)
    finally:
        if companion is not None:
            companion.dismiss()


def _run(
    environment: Environment, companion: Companion | None, when_ready: Callable[[], None]
) -> int:
    from django.db import connection, connections
    from gunicorn.app.base import BaseApplication

    def listening(server: object) -> None:  # noqa: ARG001 - gunicorn's signature
        if companion is not None:
            companion.begin()
        when_ready()

    def forked(server: object, worker: object) -> None:  # noqa: ARG001
        if companion is not None:
            companion.let_go()

    several = connection.vendor == "postgresql"
    host = f"[{environment.host}]" if ":" in environment.host else environment.host
    options: dict[str, Any] = {
        "bind": f"{host}:{environment.port}",
        "worker_class": "gthread",
        "workers": min(os.cpu_count() or 1, 4) if several else 1,
        "threads": THREADS,
        "timeout": 60,
        "graceful_timeout": 20,
        "loglevel": "warning",
        "proc_name": "fivegaps",
        "control_socket_disable": True,
        "when_ready": listening,
        "post_fork": forked,
    }

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            from fivegaps.web.config.wsgi import application

            return application

    connections.close_all()  # the serving processes open their own
    try:
        Server().run()
    except SystemExit as ended:  # how gunicorn ends, in its serving processes too
        return ended.code if isinstance(ended.code, int) else 0
    return 0
