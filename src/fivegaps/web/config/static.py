"""The address of the office's own files: it changes with their content, so they may be cached."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path


def fingerprint(folders: Iterable[Path]) -> str:
    """Return twelve signs that change whenever a file in these folders does."""
    digest = hashlib.sha256(version("django-allauth").encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def immutable(path: str, url: str) -> bool:  # noqa: ARG001 - whitenoise's signature
    """Return whether a file may be cached for ever: all may, their address tells their content."""
    return True
