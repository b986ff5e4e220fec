"""What is imported is declared, and what is declared is locked."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OWN = {"fivegaps", "benchmarks", "docs", "translate"}


def project() -> dict[str, object]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"])


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[<>=~!;\[ ]", line)[0]) for line in requirements}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(folder: Path) -> Iterator[tuple[str, str]]:
    siblings = {path.stem for path in folder.rglob("*.py")}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found: list[str] = []
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found = [node.module or ""]
            for module in found:
                top = module.split(".")[0]
                if top not in sys.stdlib_module_names | OWN | siblings:
                    yield top, str(path.relative_to(ROOT))


def undeclared(folder: str, declared: set[str]) -> set[tuple[str, str]]:
    distributions = packages_distributions()
    return {
        (module, path)
        for module, path in imported(ROOT / folder)
        if not declared & {normal(name) for name in distributions.get(module, [])}
    }


def declared_for(*extras: str) -> set[str]:
    described = project()
    declared = names(described["dependencies"])  # type: ignore[arg-type]
    for extra in extras:
        declared |= names(described["optional-dependencies"][extra])  # type: ignore[index]
    return declared


def test_what_the_package_imports_is_declared() -> None:
    assert undeclared("src", declared_for()) == set()


def test_what_the_tests_import_is_declared() -> None:
    assert undeclared("tests", declared_for("test") | {"pip"}) == set()


def test_what_is_declared_is_locked_with_hashes() -> None:
    locked = (ROOT / "requirements/develop.txt").read_text()

    pinned = re.findall(
        r"^([\w\-.]+)==[^\s\\]+[^\\\n]*\\\n    --hash=sha256:", locked, re.MULTILINE
    )

    assert declared_for("test", "check") <= {normal(name) for name in pinned}


def test_both_lock_files_agree() -> None:
    base, develop = (
        dict(
            re.findall(
                r"^([\w\-.]+)==([^\s\\]+)",
                (ROOT / "requirements" / name).read_text(),
                re.MULTILINE,
            )
        )
        for name in ("base.txt", "develop.txt")
    )

    assert base.items() <= develop.items()
