"""From signs to causes: strength, claims, order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from sample_companies import dossier, people, staff, statements

from fivegaps.diagnosis.causes import FAMILY_WISE_ERROR, causes_found, ranked
from fivegaps.diagnosis.results import CauseFound, Located, Strength
from fivegaps.knowledge.causes import cause, cause_ids


def found_in(folder: Path, **files: Mapping[str, object]) -> tuple[CauseFound, ...]:
    of = dossier(folder, **files)  # type: ignore[arg-type]
    return causes_found(of, of.measured.largest, of.measured.worst)


def by_id(found: tuple[CauseFound, ...], name: str) -> CauseFound:
    return next(one for one in found if one.id == name)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[CauseFound, ...]:
    folder = tmp_path_factory.mktemp("planted")
    return found_in(folder, employees=staff(120, technology_job_fit=1.6))


def test_every_cause_is_listed_with_its_rank(planted: tuple[CauseFound, ...]) -> None:
    assert {one.id for one in planted} == set(cause_ids())
    assert [one.rank for one in planted] == list(range(1, len(planted) + 1))


def test_a_planted_cause_is_claimed_and_comes_first(planted: tuple[CauseFound, ...]) -> None:
    first = planted[0]

    assert first.id == "gap3-technology-misfit"
    assert first.claimed
    assert first.p_adjusted is not None
    assert first.p_adjusted <= FAMILY_WISE_ERROR
    assert [one.id for one in planted if one.claimed] == ["gap3-technology-misfit"]


def test_strength_lies_inside_its_interval(planted: tuple[CauseFound, ...]) -> None:
    known = [one.strength for one in planted if one.strength.value is not None]

    assert known
    assert all(
        one.low is not None and one.high is not None and one.low <= (one.value or 0.0) <= one.high
        for one in known
    )


def test_evidence_is_told_with_its_figure_and_its_rule(planted: tuple[CauseFound, ...]) -> None:
    told = planted[0].for_[0]

    assert told.measure == "construct.employees.technology-job-fit"
    assert "of 7 (n = 120)" in told.text
    assert "other answers of the same people" in told.text
    assert "It can carry a claim." in told.rule
    assert told.values["p_adjusted"] == planted[0].p_adjusted


def test_what_could_not_be_read_says_what_to_collect(planted: tuple[CauseFound, ...]) -> None:
    missing = {one.measure: one for one in by_id(planted, "gap5-recovery-slow").missing}

    assert "Record every case" in missing["cases.days-to-close"].text
    assert missing["cases.days-to-close"].code == "missing.no_register"


def test_a_cause_without_any_sign_read_has_no_strength(planted: tuple[CauseFound, ...]) -> None:
    strength = by_id(planted, "gap5-customer-part").strength

    assert strength.value is None
    assert strength.reason == "not_asked"


@pytest.mark.parametrize("level", [3.4, 4.8, 5.8], ids=["sour", "usual", "kind"])
def test_uniform_staff_are_no_cause(tmp_path: Path, level: float) -> None:
    employees = {**people("s", 120), **statements("employees", 120, seed=21, level=level)}
    managers = {**people("m", 30), **statements("managers", 30, seed=22)}

    found = found_in(tmp_path, employees=employees, managers=managers)

    assert [one.id for one in found if one.claimed] == []


def test_an_open_gap_alone_claims_no_cause(tmp_path: Path) -> None:
    """Reliability is rated and observed low, and promised in vain: where, not why."""
    low = {"d_reliability": [2] * 120, "c_reliability": [2] * 120}
    fine = {f"{letter}_{name}": [6] * 120 for letter in "dc" for name in FINE}
    employees = {**people("s", 120), **statements("employees", 120, seed=23), **low, **fine}
    standards = {
        "standard": ["a"], "text": ["t"], "items": ["rel1"], "comparison": ["at_most"],
        "target": [5],
    }  # fmt: skip
    observations = {
        "standard": ["a"], "unit": ["u00"], "wave": ["2025"], "date": ["2025-04-01"],
        "met": [20], "n": [200],
    }  # fmt: skip

    found = found_in(tmp_path, employees=employees, standards=standards, observations=observations)

    assert [one.id for one in found if one.claimed] == []
    process = by_id(found, "gap3-process-undependable")
    assert "observations.conformance.reliability" in {one.measure for one in process.for_}


FINE = ("assurance", "tangibles", "empathy", "responsiveness")


def test_a_record_far_beyond_its_line_comes_first_and_is_not_claimed(tmp_path: Path) -> None:
    """Of 400 cases nine in ten were the customer's doing; the line is a quarter.

    How often a company without any cause has such records nobody knows, so that the
    error of a claim could not be held.
    """
    sides = ["customer" if number % 10 else "company" for number in range(400)]
    cases = {
        "case": [f"k{number}" for number in range(400)],
        "unit": [f"u{number % 10:02d}" for number in range(400)],
        "opened": ["2025-03-01"] * 400,
        "cause_side": sides,
    }

    found = found_in(tmp_path, cases=cases)

    assert found[0].id == "gap5-customer-part"
    assert not found[0].claimed
    assert found[0].p_adjusted is None
    assert "carries no claim" in found[0].for_[0].rule


def test_a_record_that_denies_a_cause_keeps_it_from_being_claimed(tmp_path: Path) -> None:
    """Departments do not tell each other, yet whoever delivers signed every promise."""
    n = 60
    promises = {
        "promise": [f"p{number}" for number in range(n)],
        "text": ["a"] * n,
        "items": ["rel1"] * n,
        "signed_by_delivery": ["2025-01-01"] * n,
    }
    told = staff(160, **{"horizontal-communication": 1.6})

    found = found_in(tmp_path, employees=told, promises=promises)

    assert by_id(found, "gap4-marketing-and-delivery-silent").claimed
    assert not by_id(found, "gap4-plans-apart").claimed


def test_a_record_in_which_a_cause_need_not_show_does_not_deny_it(tmp_path: Path) -> None:
    """Staff feel second-guessed, though no decision is on record as overridden."""
    n = 200
    decisions = {
        "decision": [f"d{number}" for number in range(n)],
        "unit": [f"u{number % 10:02d}" for number in range(n)],
        "date": ["2025-03-01"] * n,
        "overridden": ["no"] * n,
    }

    found = found_in(tmp_path, employees=staff(160, freedom=1.6), decisions=decisions)

    assert by_id(found, "gap3-second-guessing").claimed


def test_equal_causes_are_ordered_by_the_size_of_their_gap() -> None:
    causes = [stub(name) for name in ("gap1-no-listening", "gap3-fear")]
    largest = [
        Located("2025", 3, "empathy", 1.9, 1.7, 2.1, (), 90),
        Located("2025", 1, "empathy", 0.1, 0.0, 0.3, (), 90),
    ]

    ordered = ranked(causes, largest, {})

    assert [one.id for one in ordered] == ["gap3-fear", "gap1-no-listening"]
    assert ordered[0].tied_with == ("gap1-no-listening",)
    assert [one.rank_in_gap for one in ordered] == [1, 1]


def test_equal_causes_are_ordered_by_the_worst_dimension() -> None:
    causes = [stub("gap3-fear"), stub("gap3-low-skill", dimensions=("empathy",))]
    worst = [Located("2025", 5, "empathy", 1.0, 0.9, 1.1, (), 90)]

    ordered = ranked(causes, worst, {})

    assert [one.id for one in ordered] == ["gap3-low-skill", "gap3-fear"]


def test_claimed_causes_go_before_all_others() -> None:
    weak = stub("gap3-fear", value=0.4, claimed=True)
    strong = stub("gap1-no-listening", value=1.0)

    ordered = ranked([strong, weak], [], {strong.id: 5.0})

    assert ordered[0].id == "gap3-fear"


def stub(
    name: str, *, value: float = 0.5, claimed: bool = False, dimensions: tuple[str, ...] = ()
) -> CauseFound:
    return CauseFound(
        id=name,
        gap=cause(name).gap,
        title=name,
        mission=(),
        claimed=claimed,
        strength=Strength(value, value - 0.4, value + 0.4),
        for_=(),
        against=(),
        missing=(),
        dimensions=dimensions,
    )
