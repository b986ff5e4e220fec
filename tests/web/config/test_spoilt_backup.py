"""An archive that is not what it says is refused in a sentence, and nothing is made of it."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

FIVEGAPS = Path(sys.executable).parent / "fivegaps"


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: text
        for name, text in os.environ.items()
        if name not in {"SECRET_KEY", "DATABASE_URL"}
    }
    env = {**kept, "FIVEGAPS_HOME": str(home)}
    return subprocess.run(  # noqa: S603
        [FIVEGAPS, *words], env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A good backup of an office without people."""
    home = tmp_path_factory.mktemp("office")
    assert run(home, "upgrade").returncode == 0
    made = run(home, "backup", str(home / "good.tar.gz"))
    assert made.returncode == 0, made.stderr
    return (home / "good.tar.gz").read_bytes()


def bitten(archive: bytes) -> bytes:
    place = len(archive) // 2
    return archive[:place] + bytes([archive[place] ^ 0xFF]) + archive[place + 1 :]


def changed(archive: bytes, change: Callable[[dict[str, object]], None]) -> bytes:
    """Return an archive whose manifest says something else."""
    out = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(archive)) as old,
        tarfile.open(fileobj=out, mode="w:gz") as new,
    ):
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            body = content.read()
            if member.name == "manifest.json":
                told = json.loads(body)
                change(told)
                body = json.dumps(told).encode()
            member.size = len(body)
            new.addfile(member, io.BytesIO(body))
    return out.getvalue()


def of_tomorrow(manifest: dict[str, object]) -> None:
    manifest["version"], manifest["migrations"] = "99.0", ["surveys.0099_later"]


def with_other_rows(manifest: dict[str, object]) -> None:
    rows = manifest["rows"]
    assert isinstance(rows, dict)
    rows["django_migrations"] += 1


def with_a_way_out(manifest: dict[str, object]) -> None:
    files = manifest["files"]
    assert isinstance(files, dict)
    files["../../outside"] = files["database"]


SPOILT = {
    "half": (lambda whole: whole[: len(whole) // 2], "damaged"),
    "one byte": (bitten, "damaged"),
    "empty": (lambda _: b"", "no backup of fivegaps"),
    "text": (lambda _: b"respondent,e_tan1\n1,7\n", "no backup of fivegaps"),
    "other tar": (lambda _: gzip.compress(b"x" * 2000), "no backup of fivegaps"),
    "newer": (lambda whole: changed(whole, of_tomorrow), "newer fivegaps (99.0"),
    "next kind": (
        lambda whole: changed(whole, lambda told: told.update(schema="fivegaps.backup/2")),
        "this program reads fivegaps.backup/1",
    ),
    "other rows": (lambda whole: changed(whole, with_other_rows), "other rows than it says"),
    "foreign file": (lambda whole: changed(whole, with_a_way_out), "names files"),
    "no manifest": (lambda whole: changed(whole, dict.clear), "cannot be read"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_archive_is_refused_and_nothing_is_made(
    archive: bytes, tmp_path: Path, name: str
) -> None:
    spoil, said = SPOILT[name]
    file = tmp_path / "spoilt.tar.gz"
    file.write_bytes(spoil(archive))

    refused = run(tmp_path / "home", "restore", str(file))

    assert refused.returncode == 2, refused.stderr
    assert said in refused.stderr
    assert not (tmp_path / "home/office.sqlite3").exists()
