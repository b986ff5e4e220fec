"""An instrument finds its columns in a file."""

from pathlib import Path

from fivegaps.knowledge.binding import bind
from fivegaps.knowledge.instruments import instrument, load

ROOT = Path(__file__).parents[2]
NUMBERED = [f"{letter}{n}" for letter in "EP" for n in range(1, 23)]


def test_rater_22_finds_numbered_columns():
    bound = bind(instrument("rater-22"), NUMBERED)

    assert bound.items[4].id == "rel1"
    assert bound.items[4].columns == {"expectation": "E5", "perception": "P5"}


def test_rater_22_keeps_its_own_columns_when_they_are_there():
    rater = instrument("rater-22")
    own = [column for item in rater.items for column in item.columns.values()]

    assert bind(rater, [*NUMBERED, *own]).items == rater.items


def test_columns_that_are_absent_stay_named():
    bound = bind(instrument("rater-22"), ["E1", "E2", "p_tan1"])

    assert bound.items[2].columns == {"expectation": "E3", "perception": "p_tan3"}


def test_weights_that_a_shipped_instrument_may_miss_are_left_out():
    assert bind(instrument("rater-22"), NUMBERED).weights == {}


def test_weights_that_are_there_are_kept():
    bound = bind(instrument("rater-22"), [*NUMBERED, "w_empathy"])

    assert len(bound.weights) == 5


def test_outcomes_that_are_absent_are_left_out():
    bound = bind(instrument("rater-22"), [*NUMBERED, "o_trust"])

    assert [outcome.id for outcome in bound.outcomes] == ["trust"]


def test_what_an_own_instrument_names_is_never_left_out():
    kiosk = load(ROOT / "examples/kiosk/kiosk.toml")

    assert bind(kiosk, []) == kiosk
