"""What is held back of anonymous waves: sealed, all of one length, with a key kept elsewhere.

The key is made of the office's secret key, which is not in the database. So whoever has the
database, its log, its free pages and its backups sees that something was held, in which order,
and never which invitation or which answer it was.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "fivegaps.surveys.anonymous."
LENGTH, NONCE = 4096, 12  # a box is a multiple of the first, so that long answers hide as well


class Unreadable(Exception):
    """A box was sealed with another secret key, or was damaged."""


def digest(purpose: str, *parts: bytes, key: str | bytes | None = None) -> bytes:
    """Return a keyed digest (32 bytes) of parts of fixed lengths, for one purpose."""
    secret = settings.SECRET_KEY if key is None else key
    return salted_hmac(SALT + purpose, b"".join(parts), secret=secret, algorithm="sha256").digest()


def keys() -> tuple[str | bytes, ...]:
    """Return the office's secret keys, the present one first."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def seal(content: Mapping[str, object], *, wave: UUID) -> bytes:
    """Return a box that holds some content of a wave."""
    raw = json.dumps(content, ensure_ascii=True).encode()
    padded = raw + b" " * (-len(raw) % LENGTH)
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(digest("box")).encrypt(nonce, padded, wave.bytes)


def unseal(box: bytes, *, wave: UUID) -> dict[str, object]:
    """Return what a box holds.

    Raises:
        Unreadable: It cannot be opened with any of the office's keys.
    """
    for key in keys():
        try:
            raw = AESGCM(digest("box", key=key)).decrypt(box[:NONCE], box[NONCE:], wave.bytes)
        except InvalidTag:
            continue
        content: dict[str, object] = json.loads(raw)
        return content
    raise Unreadable
