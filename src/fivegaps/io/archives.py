"""Compressed files that would burst: refused before any reader unpacks them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

from fivegaps.errors import Fault, FileRefused

MOST_BYTES = 4 << 30
HIGHEST_RATIO = 250
# Small files compress as they like: what they unpack to fits anywhere.
_SMALL = 48 << 20
_MOST_MEMBERS = 10_000
_CHUNK = 1 << 20


def check_zip(path: Path) -> zipfile.ZipFile:
    """Return the opened archive of a workbook after unpacking it once, counting only.

    The sizes an archive declares may lie; what comes out does not. A workbook of
    answers unpacks to 10 to 60 times its size.

    Raises:
        FileRefused: Damaged, encrypted, or unpacking to more than 4 GiB or, beyond
            48 MiB, to more than 250 times the file.
    """
    size = path.stat().st_size
    try:
        archive = zipfile.ZipFile(path)
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise FileRefused(path.name, _bomb(f"holds {len(members):,} files"))
        declared = sum(member.file_size for member in members)
        _refuse_burst(path, size, declared)
        unpacked = 0
        for member in members:
            if member.flag_bits & 1:
                raise FileRefused(path.name, _locked())
            with archive.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    unpacked += len(chunk)
                    _refuse_burst(path, size, unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error) as error:
        raise FileRefused(path.name, _damaged(str(error))) from error
    return archive


def check_spss(path: Path, *, rows: int, columns: int) -> None:
    """Refuse an SPSS file whose rows and columns dwarf its size.

    SPSS packs a small number of 8 bytes into 1, and .zsav again by zlib: answers
    unpack to 10 to 100 times their size.

    Raises:
        FileRefused: More than 64 GiB of values or, beyond 48 MiB, more than 1000
            times the file.
    """
    size = path.stat().st_size
    values = max(rows, 0) * columns * 8
    if values > 16 * MOST_BYTES or (values > _SMALL and values > 4 * HIGHEST_RATIO * size):
        raise FileRefused(
            path.name, _bomb(f"holds {rows:,} rows of {columns:,} columns in {size:,} bytes")
        )


def _refuse_burst(path: Path, size: int, unpacked: int) -> None:
    if unpacked > MOST_BYTES or (unpacked > _SMALL and unpacked > HIGHEST_RATIO * size):
        raise FileRefused(path.name, _bomb(f"unpacks from {size:,} to {unpacked:,} bytes or more"))


def _bomb(what: str) -> Fault:
    return Fault(
        f"{what}: a file of answers does not, so it was not opened.",
        "If it is genuine, save it as CSV or Parquet.",
    )


def _locked() -> Fault:
    return Fault("is protected by a password.", "Save it without one.")


def _damaged(detail: str) -> Fault:
    return Fault(f"is damaged and cannot be unpacked ({detail}).", "Export it again.")
