"""A whole diagnosis, and its results.json."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from sample_companies import people, staff, statements, write

from fivegaps.diagnosis.diagnose import diagnose
from fivegaps.diagnosis.encoding import diagnosis_json, diagnosis_object
from fivegaps.diagnosis.results import Diagnosis
from fivegaps.diagnosis.story import three_sentences
from fivegaps.errors import OptionRefused
from fivegaps.io.company.read import read_company

KEYS = [
    "schema", "company", "warnings", "cannot_tell", "waves", "largest", "causes", "remedies",
    "actions", "competitors", "consequences", "customer_part", "provenance",
]  # fmt: skip
NOW = dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Diagnosis:
    folder = write(
        tmp_path_factory.mktemp("whole"),
        employees=staff(120, technology_job_fit=1.6),
        managers={**people("m", 20), **statements("managers", 20, seed=31)},
    )
    return diagnose(read_company(folder), command="fivegaps diagnose whole", now=NOW)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Diagnosis:
    return diagnose(read_company(write(tmp_path_factory.mktemp("bare"))))


def test_results_have_every_key_of_the_contract(planted: Diagnosis) -> None:
    found = diagnosis_object(planted)

    assert [key for key in KEYS if key not in found] == []
    assert found["schema"] == "fivegaps.diagnosis/1"


def test_results_are_strict_json_without_trailing_underscores(planted: Diagnosis) -> None:
    found = json.loads(diagnosis_json(planted), parse_constant=pytest.fail)

    first = found["causes"][0]
    assert {
        "id",
        "gap",
        "title",
        "mission",
        "claimed",
        "strength",
        "for",
        "against",
        "missing",
    } <= (set(first))
    assert {"value", "low", "high"} <= set(first["strength"])
    assert found["waves"]["2025"]["date"] == "2025-05-31"


def test_what_cannot_be_told_is_no_missing_figure(bare: Diagnosis) -> None:
    found = diagnosis_object(bare)["cannot_tell"]

    assert isinstance(found, list)
    assert all(isinstance(one, dict) and "value" not in one for one in found)


def test_customers_alone_are_enough_for_a_diagnosis(bare: Diagnosis) -> None:
    whats = {one.what for one in bare.cannot_tell}

    assert {"gap1.surveyed", "gap2.self_rated", "gap3.measured", "gap4.measured", "causes"} <= whats
    assert all(one.collect for one in bare.cannot_tell)
    assert not any(one.claimed for one in bare.causes)


def test_the_story_is_told_in_three_sentences(planted: Diagnosis) -> None:
    customers, why, first = three_sentences(planted)

    assert customers.startswith("Customers get less than they expect")
    assert "Tools and systems get in the way" in why
    assert first.startswith("Begin with: ")


def test_the_story_is_told_in_vietnamese(planted: Diagnosis) -> None:
    customers, why, first = three_sentences(planted, "vi")

    assert customers.startswith("Khách hàng")
    assert why.startswith("Bằng chứng")
    assert first.startswith("Bắt đầu với")


def test_without_evidence_the_story_says_so(bare: Diagnosis) -> None:
    assert three_sentences(bare)[1].startswith(("No cause can be weighed", "No cause is claimed"))


def test_provenance_tells_how_to_get_the_figures_again(planted: Diagnosis) -> None:
    provenance = planted.provenance

    assert provenance.command == "fivegaps diagnose whole"
    assert provenance.created_at == "2025-06-01T12:00:00+00:00"
    assert set(provenance.files) >= {"customers", "employees", "managers"}
    assert provenance.options["family_wise_error"] == 0.05


def test_an_unknown_wave_is_refused(tmp_path: Path) -> None:
    company = read_company(write(tmp_path))

    with pytest.raises(OptionRefused, match="2031"):
        diagnose(company, wave="2031")
