"""Memory for blocks of codes, used again and again.

A block of some hundred thousand rows is 20 MB. Asking the system for fresh
pages for every block costs a tenth of what decoding costs, so a block's memory
goes to the next block once nothing refers to it any more.
"""

from __future__ import annotations

import threading
from weakref import ref

import numpy as np
from numpy.typing import NDArray

MOST_SPARE = 8


class Buffers:
    """Arrays of bytes whose memory comes back when the last view of them is gone."""

    def __init__(self) -> None:
        self._spare: list[NDArray[np.uint8]] = []
        self._lent: dict[int, tuple[ref[NDArray[np.uint8]], NDArray[np.uint8]]] = {}
        self._lock = threading.RLock()  # a collection may end a loan in the midst of another

    def array(self, rows: int, columns: int) -> NDArray[np.uint8]:
        """Return an array (rows, columns), C-contiguous, of undefined content."""
        size = rows * columns
        with self._lock:
            memory = next((spare for spare in self._spare if spare.size >= size), None)
            if memory is None:
                memory = np.empty(max(size, 1), dtype=np.uint8)
            else:
                # By identity: comparing arrays compares their elements.
                self._spare = [spare for spare in self._spare if spare is not memory]
        # Views keep the array made from a memoryview alive, not its parts: when
        # it goes, nobody can see the memory.
        lent: NDArray[np.uint8] = np.frombuffer(memory.data[:size], dtype=np.uint8)
        number = id(lent)
        with self._lock:
            self._lent[number] = (ref(lent, lambda _gone: self._returned(number)), memory)
        return lent.reshape(rows, columns)

    def _returned(self, number: int) -> None:
        with self._lock:
            _gone, memory = self._lent.pop(number)
            if len(self._spare) < MOST_SPARE:
                self._spare.append(memory)
