"""What was erased stays erased: a file beside the database, applied again after a restore.

A backup that is older than an erasure brings the erased person back. So each erasure is noted
in a file that no restore touches, one JSON object a line: ``{"at", "kind", "id_hash"}``. The
hash tells nothing of the person; whoever erases finds rows by hashing their ids again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

FILE = "erasures.jsonl"
KEYS = {"at", "kind", "id_hash"}

# Erases the rows of a kind whose ids have one of these hashes, and returns how many there were.
Eraser = Callable[[frozenset[str], datetime], int]
_erasers: dict[str, Eraser] = {}


@dataclass(frozen=True, slots=True, order=True)
class Erasure:
    """One line of the file; ``at`` is ISO 8601."""

    at: str
    kind: str
    id_hash: str


def add_eraser(kind: str, eraser: Eraser) -> None:
    """Register how rows of a kind are erased; call it when the app is ready."""
    _erasers[kind] = eraser


def id_hash(kind: str, subject: object) -> str:
    """Return what stands for the id of a row: SHA-256 of kind and id."""
    return hashlib.sha256(f"{kind}:{subject}".encode()).hexdigest()


def note_erasures(*, kind: str, subjects: Iterable[object], at: datetime) -> None:
    """Note what the present transaction erases; the file is written once that is committed."""
    lines = [Erasure(at.isoformat(), kind, id_hash(kind, subject)) for subject in subjects]
    transaction.on_commit(partial(_append, erasures_file(), lines))


def erasures_file() -> Path:
    """Return where erasures are noted."""
    return Path(settings.ENVIRONMENT.home) / FILE


def _append(file: Path, lines: Collection[Erasure]) -> None:
    text = "".join(f"{json.dumps(asdict(line))}\n" for line in lines)
    opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(opened, "r+b") as out:
        end = out.seek(0, os.SEEK_END)
        if end:
            out.seek(end - 1)
            if out.read(1) != b"\n":  # a crash cut the last line off: the next is one of its own
                text = f"\n{text}"
        out.write(text.encode())
        out.flush()
        os.fsync(out.fileno())


def read_erasures(file: Path) -> frozenset[Erasure]:
    """Return what a file notes; a line that was cut off by a crash is left out."""
    if not file.is_file():
        return frozenset()
    found = set()
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict) and set(told) == KEYS:
            found.add(Erasure(str(told["at"]), str(told["kind"]), str(told["id_hash"])))
    return frozenset(found)


def write_erasures(file: Path, noted: Collection[Erasure]) -> None:
    """Write a file of erasures anew, whole."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    _append(unfinished, sorted(noted))
    unfinished.replace(file)


def replay(noted: Collection[Erasure], *, at: datetime) -> tuple[int, frozenset[str]]:
    """Erase again what was erased before.

    Returns:
        How many rows came back and were erased, and the kinds that nobody knows how to erase.
    """
    by_kind: dict[str, set[str]] = {}
    for one in noted:
        by_kind.setdefault(one.kind, set()).add(one.id_hash)
    unknown = frozenset(by_kind) - frozenset(_erasers)
    with transaction.atomic():
        n = sum(
            _erasers[kind](frozenset(hashes), at)
            for kind, hashes in sorted(by_kind.items())
            if kind not in unknown
        )
    return n, unknown
