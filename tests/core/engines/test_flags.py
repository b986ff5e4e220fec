"""Signs of careless answering, on respondents made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from fivegaps.engines.flags import answer_hashes, flag
from fivegaps.io.answers import Block, Numbers
from fivegaps.model.instrument import Battery, Instrument, Item, Structure

ITEMS = 8


def instrument(
    batteries: tuple[str, ...] = ("expectation", "perception"), *, items: int = ITEMS
) -> Instrument:
    return Instrument(
        id="flags",
        version="1",
        languages=("en",),
        title={},
        batteries=tuple(Battery(battery, 1, 7) for battery in batteries),
        dimensions=(),
        items=tuple(
            Item(f"i{j}", None, {battery: f"{battery}{j}" for battery in batteries})
            for j in range(items)
        ),
        structure=Structure(seconds="took"),
    )


def block(*people: list[int], seconds: list[float] | None = None) -> Block:
    codes = np.array(people, dtype=np.uint8).T.copy()
    times = {} if seconds is None else {"took": Numbers(np.array(seconds))}
    return Block(np.arange(len(people), dtype=np.int64), codes, times)


MIXED = [1, 2, 3, 4, 5, 6, 7, 1]
OTHER = [7, 1, 2, 3, 4, 5, 6, 6]


def shown(*people: list[int], **more: object) -> dict[str, list[bool]]:
    found = flag(instrument(), block(*people, **more))  # type: ignore[arg-type]
    return {name: mask.tolist() for name, mask in found.flags.items()} | {
        "careless": found.careless.tolist()
    }


def test_one_constant_battery_is_told_but_is_plausible():
    found = shown([7] * 8 + MIXED)

    assert found["zero_spread_expectation"] == [True]
    assert found["zero_spread_perception"] == [False]
    assert found["careless"] == [False]


def test_the_same_answer_throughout_every_battery_is_careless():
    assert shown([7] * 8 + [4] * 8)["careless"] == [True]


@pytest.mark.parametrize(("run", "long"), [(5, False), (6, True), (7, True)])
def test_a_long_run_is_three_quarters_of_the_battery(run, long):
    answers = [4] * run + [1, 2, 3][: 8 - run]

    assert shown(answers + MIXED)["long_run_expectation"] == [long]


def test_a_gap_breaks_a_run():
    assert shown([4, 4, 4, 0, 4, 4, 4, 4, *MIXED])["long_run_expectation"] == [False]


def test_long_runs_in_every_battery_are_careless():
    assert shown([4] * 7 + [1] + [2] * 7 + [1])["careless"] == [True]


def test_fewer_than_five_answers_are_never_constant():
    found = shown([4, 4, 4, 4, 0, 0, 0, 0, *MIXED])

    assert found["zero_spread_expectation"] == [False]


def test_expectation_equal_to_perception_on_every_pair_is_careless():
    found = shown(MIXED + MIXED, MIXED + MIXED[:-1] + [2])

    assert found["expectation_equals_perception"] == [True, False]
    assert found["careless"] == [True, False]


def test_equal_pairs_on_fewer_than_half_the_items_are_not_judged():
    few = [1, 2, 3, 0, 0, 0, 0, 0]

    assert shown([*few, 1, 2, 3, 4, 5, 6, 7, 1])["expectation_equals_perception"] == [False]


@pytest.mark.parametrize(("answered", "missing"), [(7, True), (8, False)])
def test_mostly_missing_is_more_than_half_of_all_questions(answered, missing):
    answers = (MIXED + OTHER)[:answered] + [0] * (16 - answered)

    found = shown(answers)

    assert found["mostly_missing"] == [missing]
    assert found["careless"] == [missing]


@pytest.mark.parametrize(("seconds", "fast"), [(31.9, True), (32.0, False), (np.nan, False)])
def test_two_seconds_an_answer_are_too_fast(seconds, fast):
    assert shown(MIXED + OTHER, seconds=[seconds])["too_fast"] == [fast]


def test_speed_is_not_told_without_times():
    assert "too_fast" not in shown(MIXED + OTHER)


def test_batteries_of_fewer_than_five_items_are_not_judged():
    short = instrument(items=4)

    found = flag(short, block([4] * 8))

    assert set(found.flags) == {"mostly_missing"}
    assert not found.careless.any()


def test_equal_answers_have_equal_fingerprints_and_others_do_not():
    hashes = answer_hashes(block(MIXED + OTHER, OTHER + MIXED, MIXED + OTHER))

    assert hashes[0] == hashes[2] != hashes[1]


def test_the_place_of_an_answer_counts_in_its_fingerprint():
    people = np.random.default_rng(3).integers(1, 8, (5000, 16)).tolist()

    hashes = answer_hashes(block(*people))

    assert np.unique(hashes).size == np.unique(np.array(people), axis=0).shape[0]


@pytest.mark.parametrize("answers", [[4] * 16, [1, 2, 3, 4, 5, 6, 7, 1, 2, *[0] * 7], [0] * 16])
def test_answers_that_coincide_by_chance_have_no_fingerprint(answers):
    assert answer_hashes(block(answers)).tolist() == [0]
