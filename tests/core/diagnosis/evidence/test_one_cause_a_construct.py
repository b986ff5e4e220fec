"""Every judged construct is the first sign of one cause, which comes first when it alone is low."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sample_companies import dossier, people, statements

from fivegaps.diagnosis.causes import causes_found
from fivegaps.knowledge.causes import causes
from fivegaps.knowledge.constructs import judged_constructs
from fivegaps.knowledge.measures import measure
from fivegaps.model.company.constructs import Construct, Voice
from fivegaps.model.knowledge import Cause

# Points of the scale: one SD of the answers of one person to one construct.
LOW = 1.0
# A construct that people answer alike sinks with the one that is low, by so much.
DECOY = 0.4


# What managers hear from below is the second half of one sign: staff say it first.
SAID_BY_BOTH = {"construct.managers.upward-communication": "gap1-no-listening"}


def measure_of(construct: Construct) -> str:
    return f"construct.{construct.voice}.{construct.id}"


def main_cause(construct: Construct) -> Cause:
    name = measure_of(construct)
    (found,) = (
        one for one in causes() if one.signs[0].measure == name or SAID_BY_BOTH.get(name) == one.id
    )
    return found


def lowered(construct: Construct, seed: int) -> dict[str, float]:
    """Return points for the worse: usual differences, a decoy, and the construct itself."""
    asked = [one.id for one in judged_constructs(construct.voice)]
    usual = np.random.default_rng(seed).normal(0, 0.15, len(asked))
    lower = dict(zip(asked, usual.tolist(), strict=True))
    lower[asked[asked.index(construct.id) - 1]] += DECOY
    lower[construct.id] = LOW
    return lower


def answers(voice: Voice, n: int, construct: Construct, seed: int) -> dict[str, object]:
    lower = lowered(construct, seed) if construct.voice == voice else {}
    return {**people(voice[0], n), **statements(voice, n, seed=seed, lower=lower)}


@pytest.mark.parametrize("construct", judged_constructs(), ids=measure_of)
def test_the_cause_of_a_low_construct_comes_first(tmp_path: Path, construct: Construct) -> None:
    """160 staff, 40 managers; halo and differences between constructs as in other companies."""
    of = dossier(
        tmp_path,
        employees=answers("employees", 160, construct, 31),
        managers=answers("managers", 40, construct, 32),
    )

    found = causes_found(of, of.measured.largest, of.measured.worst)

    assert found[0].id == main_cause(construct).id


@pytest.mark.parametrize("construct", judged_constructs(), ids=measure_of)
def test_a_construct_speaks_for_two_causes_at_most(construct: Construct) -> None:
    """So that whichever of them is meant is among the first two."""
    name = measure_of(construct)

    assert 1 <= sum(any(sign.measure == name for sign in one.signs) for one in causes()) <= 2


@pytest.mark.parametrize("construct", judged_constructs(), ids=measure_of)
def test_the_main_cause_serves_a_line_of_the_mission_that_the_construct_serves(
    construct: Construct,
) -> None:
    known = measure(measure_of(construct))

    assert known is not None
    assert set(known.mission) & set(main_cause(construct).mission)


def test_three_low_constructs_claim_three_causes_at_most(tmp_path: Path) -> None:
    """Each of the three is a sign of two causes; it speaks for the one that fits best."""
    low = {"teamwork": 1.4, "horizontal-communication": 1.4, "employee-job-fit": 1.4}
    staff = {**people("e", 160), **statements("employees", 160, seed=33, lower=low)}
    of = dossier(tmp_path, employees=staff)

    found = causes_found(of, of.measured.largest, of.measured.worst)

    assert {one.id for one in found if one.claimed} == {
        "gap3-departments-conflict",
        "gap4-marketing-and-delivery-silent",
        "gap3-people-mismatched",
    }


def test_the_other_cause_of_the_sign_that_carries_a_claim_is_told_as_tied(tmp_path: Path) -> None:
    low = {"teamwork": 1.4}
    staff = {**people("e", 160), **statements("employees", 160, seed=34, lower=low)}
    of = dossier(tmp_path, employees=staff)

    first, second, *_ = causes_found(of, of.measured.largest, of.measured.worst)

    assert (first.id, first.claimed) == ("gap3-departments-conflict", True)
    assert (second.id, second.claimed) == ("gap3-production-badly-managed", False)
    assert second.id in first.tied_with
    assert first.id in second.tied_with
