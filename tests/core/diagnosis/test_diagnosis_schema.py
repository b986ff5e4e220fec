"""results.json of diagnose holds to the schema that is shipped, however little was given."""

from __future__ import annotations

import copy
import json

import jsonschema
import pytest

from fivegaps.analysis.schemas import schema
from fivegaps.diagnosis.diagnose import diagnose
from fivegaps.diagnosis.encoding import diagnosis_json, diagnosis_object
from fivegaps.io.company.read import read_company
from fivegaps.simulation.company.options import CompanyOptions
from fivegaps.simulation.company.simulate import write_company


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made, _ = write_company(
        CompanyOptions(units=4, customers=12, staff=6, managers=6, seed=11),
        tmp_path_factory.mktemp("schema") / "company",
    )
    return made


@pytest.fixture(scope="module")
def validator():
    found = schema("diagnosis-1")
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


@pytest.fixture(scope="module")
def diagnosis(folder):
    return diagnose(read_company(folder))


@pytest.fixture(scope="module")
def whole(diagnosis):
    return diagnosis_object(diagnosis)


def faults(validator, results):
    return [f"{list(one.absolute_path)}: {one.message}" for one in validator.iter_errors(results)]


def test_a_whole_company_is_valid(whole, validator):
    assert faults(validator, whole) == []


def test_customers_alone_are_valid(folder, validator, tmp_path):
    for name in ("company.toml", "customers.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())

    results = diagnosis_object(diagnose(read_company(tmp_path)))

    assert faults(validator, results) == []
    assert results["causes"][0]["claimed"] is False


def test_the_file_says_what_the_object_says(diagnosis, whole):
    assert json.loads(diagnosis_json(diagnosis)) == json.loads(json.dumps(whole))


def test_a_unit_is_one_line_of_the_file(diagnosis):
    lines = diagnosis_json(diagnosis).splitlines()

    last = list(diagnosis.waves.values())[-1]
    found = [line for line in lines if line.startswith('        "unit-0')]

    assert len(found) == len(diagnosis.waves) * sum(name != "company" for name in last.units)
    assert all(json.loads("{" + line.rstrip(",") + "}") for line in found)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda results: results.pop("cannot_tell"),
        lambda results: next(iter(results["waves"].values()))["gaps"].pop("gap4"),
        lambda results: results["causes"][0].pop("for"),
        lambda results: results["causes"][0].update(gap="3"),
        lambda results: next(iter(results["actions"].values())).update(effect_verdict="good"),
    ],
)
def test_what_breaks_the_format_is_found(whole, validator, spoil):
    results = copy.deepcopy(whole)

    spoil(results)

    assert faults(validator, results)
