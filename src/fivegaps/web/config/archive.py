"""The file of a backup: a tar with a manifest first, which names and vouches for the rest."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from fivegaps.errors import FivegapsError

SCHEMA = "fivegaps.backup/1"
MANIFEST = "manifest.json"
DATABASE = "database"
KEY = "secret.key"
ERASURES = "erasures.jsonl"
MEMBERS = frozenset({DATABASE, KEY, ERASURES})
LONGEST_MANIFEST = 4 * 1024 * 1024
_CHUNK = 1024 * 1024


class BackupRefused(FivegapsError):
    """A backup cannot be read, is damaged, or does not fit this program."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file}: {problem}")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive: its size and SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and of which office.

    ``database`` is sqlite or postgresql; ``migrations`` are ``app.name``; ``rows`` counts
    each table; ``key_check`` tells keys apart without telling them.
    """

    made_at: str
    version: str
    database: str
    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    key_check: str
    files: Mapping[str, Member]
    schema: str = SCHEMA


def member_of(file: Path) -> Member:
    """Return size and digest of a file."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Member(file.stat().st_size, digest)


def write_archive(target: Path, manifest: Manifest, files: Mapping[str, Path]) -> None:
    """Write an archive for its owner alone; it stands at ``target`` when it is whole and safe.

    It is read back before it gets its name.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    opened = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
                text = json.dumps(asdict(manifest), indent=1).encode()
                _add(archive, MANIFEST, io.BytesIO(text), len(text))
                for name, file in files.items():
                    with file.open("rb") as content:
                        _add(archive, name, content, file.stat().st_size)
            out.flush()
            os.fsync(out.fileno())
        check_archive(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(target.parent)


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    told = tarfile.TarInfo(name)
    told.size, told.mode = size, 0o600
    archive.addfile(told, content)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder outlive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def check_archive(file: Path) -> Manifest:
    """Return the manifest of an archive that was read to its end and is what it says.

    Raises:
        BackupRefused: It is damaged or none.
    """
    return _read(file, None)


def unpack(file: Path, folder: Path) -> Manifest:
    """Write the members of an archive into a folder, each checked, and return the manifest.

    Raises:
        BackupRefused: It is damaged or none.
    """
    return _read(file, folder)


def _read(file: Path, folder: Path | None) -> Manifest:
    try:
        with tarfile.open(file, mode="r|gz") as archive:
            first = archive.next()
            if first is None or first.name != MANIFEST or first.size > LONGEST_MANIFEST:
                raise BackupRefused(file, "is no backup of fivegaps")
            manifest = _manifest(file, _content(archive, first).read())
            left = dict(manifest.files)
            while (member := archive.next()) is not None:
                told = left.pop(member.name, None)
                if told is None or not member.isreg() or member.size != told.bytes:
                    raise BackupRefused(file, f"does not hold {member.name} as it says; damaged")
                _take(file, _content(archive, member), told, member.name, folder)
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the disk, not the archive
        raise BackupRefused(file, f"is damaged or no backup of fivegaps ({error})") from None
    if left:
        raise BackupRefused(file, f"is damaged: {', '.join(sorted(left))} is missing")
    return manifest


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(member)
    if content is None:
        raise tarfile.ReadError(f"{member.name} is no file")
    return content


def _take(file: Path, content: IO[bytes], told: Member, name: str, folder: Path | None) -> None:
    digest = hashlib.sha256()
    out: IO[bytes] | None = None
    if folder is not None:
        opened = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        out = os.fdopen(opened, "wb")
    try:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            if out is not None:
                out.write(chunk)
        if out is not None:
            out.flush()
            os.fsync(out.fileno())
    finally:
        if out is not None:
            out.close()
    if digest.hexdigest() != told.sha256:
        raise BackupRefused(file, f"is damaged: {name} is not what was backed up")


def _manifest(file: Path, text: bytes) -> Manifest:
    try:
        told = json.loads(text)
        if told["schema"] != SCHEMA:
            raise BackupRefused(
                file, f"is of the kind {told['schema']!r}; this program reads {SCHEMA}"
            )
        files = {
            str(name): Member(int(one["bytes"]), str(one["sha256"]))
            for name, one in told["files"].items()
        }
        manifest = Manifest(
            made_at=str(told["made_at"]),
            version=str(told["version"]),
            database=str(told["database"]),
            migrations=tuple(str(one) for one in told["migrations"]),
            rows={str(table): int(n) for table, n in told["rows"].items()},
            key_check=str(told["key_check"]),
            files=files,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupRefused(file, "has a manifest that cannot be read; damaged") from None
    if DATABASE not in files or set(files) - MEMBERS:
        raise BackupRefused(file, "names files that no backup holds; damaged")
    return manifest
