"""The background worker as a child of the server: begun with it, begun again when it dies.

The child reads its standard input, a pipe whose other end the server alone holds. However the
server ends, kill -9 included, the system closes that end, and the child stops.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time

logger = logging.getLogger(__name__)

LAST_WORDS = 20.0  # seconds for the errand in hand
SHORT_LIFE = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0


class Companion:
    """Keeps one worker process alive until :meth:`dismiss`."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._read, self._write = os.pipe()
        self._over = threading.Event()
        self._child = 0
        self._thread = threading.Thread(target=self._keep, name="companion", daemon=True)

    def begin(self) -> None:
        """Start the worker, and watch over it from a thread."""
        self._thread.start()

    def dismiss(self) -> None:
        """Let the worker end what it has in hand and wait for it; kill it when it takes long."""
        if os.getpid() != self._owner or not self._thread.is_alive():
            return  # a forked serving process, or never begun
        self._over.set()
        self.let_go()
        self._thread.join(LAST_WORDS)
        if self._thread.is_alive():
            os.kill(self._child, signal.SIGKILL)
            self._thread.join(LAST_WORDS)

    def let_go(self) -> None:
        """Close our end of the pipe; other children of the server do, so that it alone holds it."""
        if self._write >= 0:
            os.close(self._write)
            self._write = -1

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while not self._over.is_set():
            began = time.monotonic()
            self._child = self._spawned()
            ended = _awaited(self._child)
            if self._over.is_set():
                return
            pause = min(2 * pause, LONGEST_PAUSE)
            if time.monotonic() - began > SHORT_LIFE:
                pause = FIRST_PAUSE
            logger.warning("the worker ended (%s); it is begun again in %.1f s", ended, pause)
            self._over.wait(pause)

    def _spawned(self) -> int:
        # No subprocess.Popen: the server forks meanwhile, and a fork that inherits the pipe by
        # which Popen hears of its child would let it wait for ever.
        words = [sys.executable, "-m", "fivegaps.web.config.companion"]
        actions = [(os.POSIX_SPAWN_DUP2, self._read, 0)]
        return os.posix_spawn(sys.executable, words, os.environ, file_actions=actions)


def _awaited(child: int) -> str:
    """Return how a child ended; the server may have taken note of its end before us."""
    try:
        _pid, status = os.waitpid(child, 0)
    except ChildProcessError:
        return "unknown"
    return str(os.waitstatus_to_exitcode(status))


def main() -> None:
    """Work until standard input ends or SIGTERM comes; Ctrl-C is the server's to answer."""
    stop = threading.Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threading.Thread(target=_until_alone, args=(stop,), daemon=True).start()
    from fivegaps.web.config import running

    running.begin()
    from fivegaps.web.shared.outbox.worker import work_until

    work_until(stop)


def _until_alone(stop: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    stop.set()
    time.sleep(LAST_WORDS)
    os._exit(1)  # an errand that does not end must not outlive its server


if __name__ == "__main__":
    main()
