"""Pseudonyms: the same name always becomes the same sign, and nobody can turn it back."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_LENGTH = 8


class Pseudonyms:
    """Pseudonyms under one key; the same key gives the same pseudonyms again."""

    def __init__(self, key: str | None = None) -> None:
        self._key = secrets.token_bytes(32) if key is None else key.encode()
        self._taken: dict[str, str] = {}

    def of(self, kind: str, name: str) -> str:
        """Return the pseudonym of a name; names of one kind differ, "" stays ""."""
        if not name:
            return ""
        digest = hmac.new(self._key, f"{kind}\0{name}".encode(), hashlib.sha256).hexdigest()
        length = _LENGTH
        pseudonym = f"{kind}-{digest[:length]}"
        while self._taken.setdefault(pseudonym, name) != name:  # two names met in short
            length += 1
            pseudonym = f"{kind}-{digest[:length]}"
        return pseudonym

    def all(self, kind: str, names: Iterable[str]) -> dict[str, str]:
        """Return name to pseudonym."""
        return {name: self.of(kind, name) for name in names}


def random_ids(people: NDArray[np.int64], letter: str) -> pa.Array:
    """Return a random id (n,) for each person; rows of one person share it, −1 has none.

    Drawn anew at every call: nothing ties them to the people or to their order.
    """
    distinct, place = np.unique(people, return_inverse=True)
    order = np.random.default_rng(secrets.randbits(128)).permutation(len(distinct))
    numbers = order[place.reshape(-1)] + 1
    texts = np.char.add(letter, numbers.astype(str))
    return pa.array(np.where(people < 0, "", texts).tolist(), pa.string())


def random_order(rows: int) -> NDArray[np.int64]:
    """Return the rows in an order that nobody can know."""
    return np.random.default_rng(secrets.randbits(128)).permutation(rows).astype(np.int64)
