"""Every example in the README and in docs/ that is marked to run does run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

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
