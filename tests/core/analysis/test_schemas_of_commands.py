"""What the commands print and write holds to the schemas that are shipped."""

from __future__ import annotations

import json

import jsonschema
import pytest
from click.testing import CliRunner

from fivegaps.analysis.schemas import schema
from fivegaps.cli.plan import command as plan
from fivegaps.cli.simulate import command as simulate


def valid(name: str, text: str) -> bool:
    validator = jsonschema.Draft202012Validator(schema(name))
    return not list(validator.iter_errors(json.loads(text)))


@pytest.mark.parametrize(
    "question",
    [
        "gap --margin 0.1",
        "gap --answers 400",
        "share --margin 5%",
        "compare --difference 0.3",
        "reliability --icc 0.06",
        "sampling --items 22 --asked 10",
    ],
)
def test_plans(question):
    printed = CliRunner().invoke(plan, [*question.split(), "--json"])

    assert printed.exit_code == 0
    assert valid("plan-1", printed.output)


@pytest.mark.parametrize("instrument", ["rater-22", "rater-22-zone", "rater-22-performance"])
def test_truths(tmp_path, instrument):
    file = tmp_path / "made.csv"
    options = [
        "--n",
        "60",
        "--instrument",
        instrument,
        "--segments",
        "branch=3",
        "--out",
        str(file),
    ]

    made = CliRunner().invoke(simulate, options)

    assert made.exit_code == 0, made.output
    assert valid("truth-1", (tmp_path / "made.truth.json").read_text(encoding="utf-8"))


def test_what_is_not_a_plan_is_not_valid():
    assert not valid("plan-1", '{"schema": "fivegaps.plan/1"}')
