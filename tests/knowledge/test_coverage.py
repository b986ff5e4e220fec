"""Every line of the mission lives somewhere that exists, or is openly open."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

import pytest

from fivegaps.cli.main import COMMANDS
from fivegaps.io.company.sheets import FILES
from fivegaps.knowledge.causes import cause_ids
from fivegaps.knowledge.coverage import coverage_page, places
from fivegaps.knowledge.instruments import instrument, instruments
from fivegaps.knowledge.measures import measures
from fivegaps.knowledge.mission import mission_lines
from fivegaps.knowledge.remedies import remedy_ids
from fivegaps.knowledge.shelf import profile_ids
from fivegaps.knowledge.voices import questionnaire, questionnaire_ids
from fivegaps.model.knowledge import MissionLine

ROOT = Path(__file__).resolve().parents[2]
IDS = [
    *(f"S0.{number}" for number in range(1, 34)),
    *(f"S1.{number}" for number in range(1, 67)),
    *(f"S2.{number}" for number in range(1, 117)),
    "S3.1",
    *(f"S3.1{letter}" for letter in "abcd"),
    *(f"S3.2{letter}" for letter in "abcdefghij"),
    *(f"S3.3{letter}" for letter in "abcdefghijklmnop"),
    *(f"S3.4{letter}" for letter in "abcdefghij"),
    *(f"S4.{number}" for number in range(1, 15)),
]


def exists(place: str) -> bool:
    """Tell whether a place, written kind:name, is there."""
    kind, _, name = place.partition(":")
    records = {
        "cause": cause_ids(),
        "remedy": remedy_ids(),
        "measure": tuple(measures()),
        "instrument": tuple(one.id for one in instruments()),
        "profile": profile_ids(),
        "command": COMMANDS,
        "questionnaire": questionnaire_ids(),
    }
    if kind in records:
        return name in records[kind]
    if kind == "item":
        owner, _, item = name.partition(".")
        return item in {one.id for one in instrument(owner).items}
    if kind == "question":
        owner, _, column = name.partition(".")
        return column in {prompt.column for prompt in questionnaire(owner).prompts}
    return {"page": page_exists, "table": table_exists, "code": code_exists}[kind](name)


def page_exists(name: str) -> bool:
    return (ROOT / name).is_file()


def table_exists(name: str) -> bool:
    table, _, column = name.partition(".")
    sources = (ROOT / "src/fivegaps/io/company").glob("*.py")
    named = not column or any(f'"{column}"' in path.read_text("utf-8") for path in sources)
    return table in FILES and named


def code_exists(name: str) -> bool:
    module, _, part = name.partition(":")
    try:
        found = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        return False
    if found is None or not part:
        return found is not None
    tree = ast.parse(Path(str(found.origin)).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    return part in {node.name for node in tree.body if isinstance(node, kinds)}


def test_the_list_has_every_id_of_the_mission_in_order():
    assert list(mission_lines()) == IDS


@pytest.mark.parametrize("line", mission_lines().values(), ids=lambda line: line.id)
def test_a_line_lives_somewhere_or_says_why_it_is_open(line: MissionLine):
    assert places(line) or line.open


@pytest.mark.parametrize("line", mission_lines().values(), ids=lambda line: line.id)
def test_where_a_line_lives_exists(line: MissionLine):
    assert [place for place in places(line) if not exists(place)] == []


@pytest.mark.parametrize(
    "place",
    [
        "command:fly",
        "code:fivegaps.magic",
        "code:fivegaps.scoring.gaps:Wand",
        "page:docs/secret.md",
        "table:unicorns",
        "table:standards.horn",
        "cause:gap9-moon",
        "item:rater-22.moon1",
        "questionnaire:moon-dwellers",
        "question:manager-self-audit.x_s0-99",
    ],
)
def test_a_place_that_is_not_there_is_noticed(place):
    assert not exists(place)


def test_every_open_part_waits_for_something_named():
    vague = [
        line.id
        for line in mission_lines().values()
        if line.open and not re.search(r"needs? the office: \w+|no command|no question", line.open)
    ]

    assert vague == []


def test_the_page_has_a_row_for_every_id():
    rows = re.findall(r"^\| (S\d\.\w+) \|", coverage_page(), re.MULTILINE)

    assert rows == IDS


@pytest.mark.parametrize("name", ["causes", "remedies", "coverage"])
def test_a_generated_page_is_fresh(name):
    from fivegaps.knowledge.cards import causes_page, remedies_page

    made = {"causes": causes_page, "remedies": remedies_page, "coverage": coverage_page}[name]()

    assert (ROOT / f"docs/{name}.md").read_text(encoding="utf-8") == made, "run make docs"
