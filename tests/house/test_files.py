"""House rules that no linter has: lengths, names, addresses."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "data", "process", "handle"}
TEXT = {".py", ".md", ".toml", ".txt", ".cfg", ".yaml", ".yml", ".html", ".css", ".js", ".json", ""}


def tracked() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            yield ROOT / name


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        if path.suffix in TEXT:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def test_no_code_file_passes_400_lines() -> None:
    """Migrations are written by Django, a line a word, and read by nobody."""
    long = {
        str(path): lines
        for path, text in texts()
        if path.suffix == ".py" and path.parent.name != "migrations"
        if (lines := text.count("\n")) > LONGEST
    }

    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        str(path)
        for path, _ in texts()
        if path.suffix == ".py" and path.parts[0] == "src"
        if VAGUE & {path.stem, *path.stem.split("_"), *path.parts[2:-1]}
    ]

    assert vague == []


def test_modules_of_the_tests_have_unique_names() -> None:
    """Folders of tests are no packages, so two modules of one name would shadow each other."""
    modules = [path for path, _ in texts() if path.parts[0] == "tests" and path.suffix == ".py"]
    names = [path.name for path in modules if path.name != "conftest.py"]

    assert sorted(set(names)) == sorted(names)


def registry_hosts() -> list[str]:
    from pip._internal.models.index import PyPI

    return [PyPI.netloc, PyPI.file_storage_domain, "registry." + "npmjs.org", "deb." + "debian.org"]


def test_no_file_names_a_registry_host() -> None:
    hosts = registry_hosts()

    found = [(str(path), host) for path, text in texts() for host in hosts if host in text]

    assert found == []


@pytest.mark.parametrize("folder", ["work", "root", "home", "opt", "Users", "mnt"])
def test_no_file_names_a_path_of_one_machine(folder: str) -> None:
    pattern = re.compile(rf"(?<![\w.\-/}}])/{folder}/\w")

    found = [str(path) for path, text in texts() if pattern.search(text)]

    assert found == []


def test_todo_notes_name_an_issue() -> None:
    note = re.compile(r"#.*\b(T[O]DO|F[I]XME)\b(?!.*#\d)")

    found = [str(path) for path, text in texts() if path.suffix == ".py" and note.search(text)]

    assert found == []
