"""Files and folders that appear whole or not at all.

Everything is written under a temporary name beside its target, flushed to the
disk and then renamed, so that a reader never meets half a file and a failure
leaves what was there before.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fivegaps.errors import OptionRefused, OutputExists


@contextmanager
def atomic_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a temporary path to write to; rename it to ``path`` when the block succeeds.

    The temporary name ends in the suffix of ``path``, since some writers go by
    it. When the block raises, the temporary file is removed and ``path`` keeps
    what it held. Missing parent folders are made.

    Raises:
        OptionRefused: ``path`` is a folder, or cannot be written to.
    """
    target = Path(path)
    if target.is_dir():
        raise OptionRefused(str(target), "is a folder; name a file in it")
    _make_folder(target.parent)
    temporary = _beside(target)
    try:
        yield temporary
        _flush(temporary)
        temporary.replace(target)
        _flush(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def atomic_folder(path: str | os.PathLike[str], *, overwrite: bool = False) -> Iterator[Path]:
    """Yield an empty temporary folder; rename it to ``path`` when the block succeeds.

    A ``path`` that exists and is not empty is refused unless ``overwrite``: then
    it is replaced as a whole, and put back when the renaming fails.

    Raises:
        OutputExists: ``path`` holds something and ``overwrite`` is not given.
        OptionRefused: ``path`` is a file, or cannot be written to.
    """
    target = Path(path)
    if target.exists() and not target.is_dir():
        raise OptionRefused(str(target), "is a file; name a folder")
    if target.is_dir() and not overwrite and any(target.iterdir()):
        raise OutputExists(str(target))
    _make_folder(target.parent)
    temporary = _beside(target)
    temporary.mkdir()
    try:
        yield temporary
        for written in sorted(temporary.rglob("*")):
            _flush(written)
        _flush(temporary)
        _replace_folder(temporary, target)
        _flush(target.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _replace_folder(temporary: Path, target: Path) -> None:
    if not target.exists():
        temporary.rename(target)
        return
    former = _beside(target)
    target.rename(former)
    try:
        temporary.rename(target)
    except OSError:
        former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.stem}.{uuid.uuid4().hex}.part{target.suffix}")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OptionRefused(str(folder), f"cannot be made ({error.strerror})") from error
    if not os.access(folder, os.W_OK):
        raise OptionRefused(str(folder), "may not be written to; choose another folder")


def _flush(path: Path) -> None:
    """Flush a file or folder to the disk; folders cannot be flushed on every system."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
