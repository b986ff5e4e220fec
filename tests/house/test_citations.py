"""Every work that a docstring or a page of the report cites is in the bibliography."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fivegaps.knowledge.bibliography import bibliography

SOURCE = Path(__file__).parents[2] / "src" / "fivegaps"
CITED = re.compile(r"(?<![\w-])[a-z]+(?:-[a-z]+)*-(?:18|19|20)\d\d(?![\w-])")


def citations(folder: Path) -> dict[str, str]:
    found = {}
    for file in sorted(folder.rglob("*.py")):
        for name in CITED.findall(file.read_text(encoding="utf-8")):
            found.setdefault(name, str(file.relative_to(folder)))
    return found


def test_every_citation_is_in_the_bibliography():
    unknown = {name: file for name, file in citations(SOURCE).items() if name not in bibliography()}

    assert unknown == {}


def test_citations_are_found():
    assert {"cronbach-1951", "wilson-1927", "kaiser-rice-1974"} <= set(citations(SOURCE))


@pytest.mark.parametrize("name", sorted(bibliography()))
def test_a_work_is_named_by_its_first_author_and_year(name):
    work = bibliography()[name]

    assert str(work.year) in name or name.startswith("iso-")
    assert 1850 < work.year <= 2026
    assert work.title
    assert work.container
    assert not work.container.endswith(".")
