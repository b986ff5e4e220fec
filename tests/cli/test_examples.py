"""Every example in the README and in docs/ that is marked to run does run."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from fivegaps.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import docs  # noqa: E402 - tools/docs.py, no package

PAGES = [page for page in docs.pages() if docs.marked_examples(page)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run(page: Path) -> None:
    assert docs.run_examples(page) == []


def test_readme_has_an_example_in_python_that_runs() -> None:
    kinds = [token.info.split()[0] for token in docs.marked_examples(ROOT / "README.md")]

    assert "python" in kinds


def test_readme_shows_what_the_terminal_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["analyze", str(ROOT / "examples/kiosk/kiosk.csv")]
    words += ["--instrument", str(ROOT / "examples/kiosk/kiosk.toml")]
    (shown,) = re.findall(r"```text\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)

    main([*words, "--out", str(tmp_path / "out")])

    terminal = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    missing = [
        line for line in shown.splitlines() if not any(now.startswith(line) for now in terminal)
    ]
    assert missing == []
