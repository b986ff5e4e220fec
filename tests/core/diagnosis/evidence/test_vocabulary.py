"""Every measure of the vocabulary can be read, from a company that has everything or nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sample_companies import customers, dossier, people, staff, statements

from fivegaps.diagnosis.evidence.dossier import Dossier
from fivegaps.diagnosis.evidence.judging import judged
from fivegaps.diagnosis.evidence.vocabulary import part_of, read_measure
from fivegaps.knowledge.causes import causes
from fivegaps.knowledge.measures import measures, slots


def every_measure() -> list[str]:
    found = []
    for one in measures().values():
        if one.slot is None:
            found.append(one.id)
        else:
            found += [one.id.replace(f"<{one.slot}>", value) for value in slots()[one.slot]]
    return found


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return dossier(tmp_path_factory.mktemp("bare"))


def test_without_files_every_measure_says_why_it_has_no_figure(bare: Dossier) -> None:
    readings = [read_measure(bare, one) for one in every_measure()]

    known = {one.measure for one in readings if one.known}

    # Customers were asked, so that units can be compared.
    assert known <= {f"spread.units.{name}" for name in slots()["dimension"]}
    assert all(one.estimate.reason for one in readings if not one.known)


def test_an_unknown_measure_is_refused(bare: Dossier) -> None:
    with pytest.raises(KeyError):
        read_measure(bare, "weather.sunny")


def test_gaps_themselves_carry_no_claim() -> None:
    gaps = [f"gap{number}.reliability" for number in (1, 3, 4, 6, 7)]
    states = ["observations.conformance.empathy", "promises.kept-share", "standards.looser-share"]

    assert {part_of(one) for one in gaps + states} == {"gap"}


def test_every_gap_has_causes_that_can_be_claimed() -> None:
    claimable = {
        one.gap for one in causes() if any(part_of(sign.measure) == "lead" for sign in one.signs)
    }

    assert claimable == {1, 2, 3, 4, 5}


def test_staff_and_managers_are_read_among_their_own(tmp_path: Path) -> None:
    found = dossier(
        tmp_path,
        employees=staff(technology_job_fit=1.4),
        managers={**people("m", 30), **statements("managers", 30, seed=3)},
    )

    reading = read_measure(found, "construct.employees.technology-job-fit")
    sign = next(one for cause in causes() for one in cause.signs if one.measure == reading.measure)
    judgement = judged(sign, reading)

    assert judgement is not None
    assert judgement.speaks
    assert read_measure(found, "construct.managers.commitment").known
    assert read_measure(found, "commitment-difference").known


def test_kind_managers_and_sour_staff_make_no_difference_in_commitment(tmp_path: Path) -> None:
    """Managers answer 1.5 points above staff, everywhere."""
    sour = {**people("s", 80), **statements("employees", 80, seed=4, level=4.0)}
    kind = {**people("m", 40), **statements("managers", 40, seed=5, level=5.5)}

    reading = read_measure(
        dossier(tmp_path, employees=sour, managers=kind), "commitment-difference"
    )

    assert reading.estimate.value is not None
    assert reading.estimate.value > 1
    assert reading.standing is not None
    assert abs(reading.standing.distance) < 2 * reading.standing.error


def test_a_voice_under_the_minimum_cell_is_withheld(tmp_path: Path) -> None:
    found = dossier(tmp_path, employees=staff(4))

    reading = read_measure(found, "construct.employees.teamwork")

    assert reading.estimate.reason == "small_cell"


def test_customers_with_a_problem_who_spoke_up_are_a_share(tmp_path: Path) -> None:
    told = customers(40)
    told["had_problem"] = ["yes"] * 20 + ["no"] * 20
    told["complained"] = ["yes"] * 5 + ["no"] * 35

    reading = read_measure(dossier(tmp_path, customers=told), "voiced-share")

    assert reading.estimate.value == pytest.approx(0.25)


def test_expectation_is_set_against_the_best_competitor(tmp_path: Path) -> None:
    rivals = {
        "competitor": ["a", "b"],
        "wave": ["2025"] * 2,
        "dimension": ["reliability"] * 2,
        "mean": [5.0, 5.5],
    }
    asked = customers(40)
    expected = np.mean([asked["e_rel1"], asked["e_rel2"]])

    reading = read_measure(
        dossier(tmp_path, customers=asked, competitors=rivals),
        "expectation-against-competitors.reliability",
    )

    assert reading.estimate.value == pytest.approx(float(expected) - 5.5)
