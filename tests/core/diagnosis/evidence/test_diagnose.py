"""A whole diagnosis, and its results.json."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sample_companies import people, staff, statements, write

from fivegaps.diagnosis.diagnose import diagnose
from fivegaps.diagnosis.encoding import diagnosis_json, diagnosis_object
from fivegaps.diagnosis.results import Diagnosis, Located
from fivegaps.diagnosis.story import cause_title, three_sentences
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
    assert "Tools and systems get in the way (gap 3), seen in: Tools fit the work: " in why
    assert first.startswith("Begin with: ")
    assert all(one.endswith(".") for one in (customers, why, first))


def test_the_story_is_told_in_vietnamese(planted: Diagnosis) -> None:
    customers, why, first = three_sentences(planted, "vi")

    assert customers.startswith("Khách hàng")
    assert why.startswith("Bằng chứng")
    assert "Công cụ" in why
    assert first.startswith("Bắt đầu với")


def test_the_story_names_the_largest_gap_inside_the_company(planted: Diagnosis) -> None:
    place = Located("2025", 3, "empathy", 1.42, 1.2, 1.64, ("gap2.empathy",), 90)

    where = three_sentences(replace(planted, largest=(place,)))[0]

    assert "the largest is gap 3, delivery, in empathy: 1.42 SD (1.20 to 1.64, n = 90)" in where
    assert where.endswith(", tied with 1 more.")


@pytest.mark.parametrize("lang", ["en", "vi", "nl", "zh-hans", "zh-hant"])
def test_where_nothing_is_claimed_the_story_says_so(planted: Diagnosis, lang: str) -> None:
    nothing = replace(
        planted,
        causes=tuple(replace(one, claimed=False) for one in planted.causes),
        remedies=tuple(replace(one, claimed=False) for one in planted.remedies),
    )

    told, claimed = three_sentences(nothing, lang), three_sentences(planted, lang)

    assert told[1] != claimed[1]
    assert told[2] != claimed[2]
    assert cause_title(planted.causes[0], lang) in told[1]


def test_the_story_names_what_the_carrying_sign_would_fit_as_well(planted: Diagnosis) -> None:
    first, *rest = planted.causes
    tied = replace(first, tied_with=("gap3-fear", *(one.id for one in rest if one.claimed)))

    why = three_sentences(replace(planted, causes=(tied, *rest)))[1]

    assert "; the same sign would fit: People work in fear of being blamed" in why


def test_without_evidence_the_story_says_so(bare: Diagnosis) -> None:
    """Nobody but customers was asked: it would be wrong that no answer lies beyond chance."""
    assert three_sentences(bare)[1] == (
        "No cause can be claimed: neither staff nor managers were asked what would show one."
    )


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
