"""Whatever a user can type or meet is documented, and generated pages are fresh."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from fivegaps import errors
from fivegaps.cli.main import COMMANDS, EXIT_CODES

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import docs  # noqa: E402 - tools/docs.py, no package

GLOSSARY = {
    "instrument",
    "battery",
    "dimension",
    "item",
    "scale",
    "level",
    "code",
    "gap",
    "expectation",
    "perception",
    "adequate",
    "desired",
    "zone of tolerance",
    "SERVQUAL",
    "SERVPERF",
    "RATER",
    "respondent",
    "wave",
    "unit",
    "segment",
    "counts",
    "Tables",
    "Moments",
    "Histograms",
    "estimate",
    "half rule",
    "ceiling",
    "alpha",
    "omega",
    "driver",
    "importance-performance grid",
    "Kano",
    "design effect",
    "funnel",
    "flag",
    "finding",
    "instrument file",
}


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_generated_pages_are_fresh() -> None:
    assert docs.stale() == []


def test_no_link_leads_nowhere() -> None:
    assert docs.broken_links() == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["README.md", "docs/commands.md"])
def test_command_is_documented(command: str, name: str) -> None:
    assert f"fivegaps {command}" in page(name)


def test_every_option_has_a_help_text() -> None:
    rows = [line for line in docs.commands_page().splitlines() if line.startswith("| `-")]

    silent = [row for row in rows if re.fullmatch(r"\| `[^`]+` \| *\|", row)]

    assert rows
    assert silent == []


def test_every_error_is_documented() -> None:
    raised = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.FivegapsError)
    ]

    missing = [name for name in raised if f"`{name}`" not in page("docs/errors.md")]

    assert missing == []


@pytest.mark.parametrize("code", EXIT_CODES)
def test_exit_code_is_documented(code: int) -> None:
    assert re.search(rf"^\| {code} \|", page("docs/commands.md"), re.MULTILINE)


def test_glossary_explains_the_words_of_the_house() -> None:
    explained = set(re.findall(r"^\*\*(.+?)\*\*", page("docs/glossary.md"), re.MULTILINE))

    assert explained >= GLOSSARY


def test_make_help_lists_every_target() -> None:
    makefile = page("Makefile")

    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)

    assert targets is not None
    silent = [
        name
        for name in targets[1].split()
        if not re.search(rf"^{name}:.*## ", makefile, re.MULTILINE)
    ]
    assert silent == []


@pytest.mark.parametrize("target", ["make check", "make test"])
def test_ci_runs(target: str) -> None:
    assert re.search(rf"^{target}$", page(".ci/run"), re.MULTILINE)
