"""How many calls a second one token may make."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic


class Pace:
    """Counts calls by caller in whole seconds; counts of one serving process."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._second = 0
        self._calls: dict[str, int] = {}

    def allows(self, caller: str, most: int) -> bool:
        """Count a call and return whether it is one of the first ``most`` of its second."""
        with self._lock:
            second = int(self._clock())
            if second != self._second:
                self._second = second
                self._calls.clear()
            calls = self._calls[caller] = self._calls.get(caller, 0) + 1
            return calls <= most
