"""One office, one server: who serves a home, or puts another database there, holds its lock."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fivegaps.errors import FivegapsError, OptionRefused
from fivegaps.web.config.environment import Environment

PATIENCE = 5.0  # seconds: a server that was killed a moment ago takes its children along
_STEP = 0.1


class OfficeInUse(FivegapsError):
    """Another process serves this home."""

    def __init__(self, home: str) -> None:
        super().__init__(f"the office in {home} is being served; stop that first")


@contextmanager
def occupied(
    environment: Environment, *, alone: bool, patience: float = PATIENCE
) -> Iterator[None]:
    """Hold the home while it is served or exchanged; the system lets go when the process ends.

    Args:
        environment: The settings.
        alone: Whether nobody else may hold it. Servers on PostgreSQL may share a home.
        patience: Seconds to wait for somebody who is about to end.

    Raises:
        OfficeInUse: Somebody else holds it.
    """
    environment.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(environment.home / "serving.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        ends = time.monotonic() + patience
        while not _locked(opened, fcntl.LOCK_EX if alone else fcntl.LOCK_SH):
            if time.monotonic() > ends:
                raise OfficeInUse(str(environment.home))
            time.sleep(_STEP)
        yield
    finally:
        os.close(opened)


def _locked(opened: int, kind: int) -> bool:
    try:
        fcntl.flock(opened, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def check_port(environment: Environment, *, patience: float = PATIENCE) -> None:
    """Make sure that the port is free before anything is begun.

    Raises:
        OptionRefused: Another program listens there, or this host is not ours.
    """
    ends = time.monotonic() + patience
    while (fault := _port_fault(environment)) is not None:
        if fault != errno.EADDRINUSE:
            raise OptionRefused(
                "HOST",
                f"cannot listen at {environment.host}, port {environment.port}: "
                f"{os.strerror(fault)}",
            )
        if time.monotonic() > ends:
            raise OptionRefused(
                "PORT",
                f"{environment.port} is taken by another program; name another: "
                f"PORT={environment.port + 1}",
            )
        time.sleep(_STEP)


def _port_fault(environment: Environment) -> int | None:
    family = socket.AF_INET6 if ":" in environment.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((environment.host, environment.port))
        except socket.gaierror:
            return errno.EADDRNOTAVAIL
        except OSError as error:
            return error.errno or errno.EADDRNOTAVAIL
    return None
