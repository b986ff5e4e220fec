"""The diagnosis recovers what was planted in simulated companies, and claims nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from companies import CLAIMED_SIZE, Found, company, found
from company_tables import broken

# The first numbers of each kind: planted at the size that claims are made of, nothing
# planted, actions. `make soak` runs 2,000.
PLANTED = tuple(10 * turn + place for turn in range(6) for place in (0, 1))
NOTHING = tuple(10 * turn + place for turn in range(2) for place in (5, 6, 7, 8))
ACTIONS = tuple(10 * turn + 9 for turn in range(6))


@pytest.fixture(scope="module")
def run() -> list[Found]:
    return [found(number) for number in (*PLANTED, *NOTHING, *ACTIONS)]


def test_26_companies_keep_what_is_promised_of_2000(run: list[Found]) -> None:
    """Bounds are binomial for 26 companies, at 99.9 % for the family."""
    assert broken(run) == []


def test_the_companies_are_of_every_kind(run: list[Found]) -> None:
    assert {one.kind for one in run} == {"planted", "null", "gap", "sour", "kind", "actions"}
    assert all((one.effect, one.units, one.staff) == CLAIMED_SIZE for one in run if one.cause)
    assert all(len(one.covered) == 30 for one in run if one.kind != "actions")


def test_the_same_number_makes_the_same_company() -> None:
    assert company(1234) == company(1234)
    assert company(1234).options.seed != company(1235).options.seed


def planted(rank: int, place: int) -> Found:
    effect, units, staff = CLAIMED_SIZE
    return Found("planted", effect, units, staff, "gap3-fear", rank, covered={"g": place % 20 > 0})


def test_ranks_that_are_too_low_are_noticed() -> None:
    """Power: of 200 planted causes 60 % among the first two do not pass for 80 %."""
    rows = [planted(1 if place % 5 < 3 else 9, place) for place in range(200)]

    assert [line[:13] for line in broken(rows)] == ["planted cause"]


def test_claims_where_nothing_was_planted_are_noticed() -> None:
    """Power: 25 % of 200 sour companies with a claim do not pass for 10 %."""
    rows = [
        Found("sour", 0.0, 20, 8, others=("gap3-fear",) if place % 4 == 0 else ())
        for place in range(200)
    ]

    assert [line[:28] for line in broken(rows)] == ["nothing claimed (sour staff)"]


@pytest.mark.parametrize("share", [3, 1_000], ids=["too few", "too many"])
def test_intervals_that_hold_the_truth_too_rarely_or_too_often_are_noticed(share: int) -> None:
    rows = [
        replace(planted(1, place), covered={"gap2.overall": place % share > 0})
        for place in range(1, 401)
    ]

    assert [line[:12] for line in broken(rows)] == ["gap2.overall"]
