"""Instrument files: what is read, what is refused and with which words."""

from dataclasses import replace
from pathlib import Path

import pytest

from fivegaps.errors import InstrumentRefused
from fivegaps.knowledge.instruments import instrument, instruments, load, to_toml

ROOT = Path(__file__).parents[2]
SMALL = """
id = "small"
version = "1"
lang = ["en"]
title = { en = "Small" }
[[battery]]
id = "expectation"
minimum = 1
maximum = 7
missing = [9]
[[battery]]
id = "perception"
minimum = 1
maximum = 7
[[dimension]]
id = "tangibles"
title = { en = "Tangibles" }
[[item]]
id = "tan1"
dimension = "tangibles"
columns = { expectation = "E1" }
text = { en = { expectation = "It would.", perception = "It does." } }
[[item]]
id = "extra"
reversed = true
[[outcome]]
id = "satisfaction"
columns = ["tot1", "tot2"]
combine = "mean"
minimum = 1
maximum = 5
[[kano]]
item = "tan1"
functional = "F1"
dysfunctional = "D1"
[weights]
tangibles = "w_tangibles"
[structure]
respondent = "id"
segments = ["branch", "channel"]
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "small.toml"
    file.write_text(text, encoding="utf-8")
    return file


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(InstrumentRefused) as refused:
        load(written(folder, text))
    return str(refused.value)


def test_a_column_that_is_not_named_gets_the_letter_of_its_battery(tmp_path):
    small = load(written(tmp_path, SMALL))

    assert small.items[0].columns == {"expectation": "E1", "perception": "p_tan1"}
    assert small.items[1].columns == {"expectation": "e_extra", "perception": "p_extra"}


def test_an_item_without_dimension_has_none(tmp_path):
    small = load(written(tmp_path, SMALL))

    assert small.items[1].dimension is None
    assert small.items[1].reversed


def test_a_file_keeps_its_hash_and_structure(tmp_path):
    small = load(written(tmp_path, SMALL))

    assert len(small.sha256) == 64
    assert small.structure.segments == ("branch", "channel")
    assert small.battery("expectation").missing == (9,)
    assert small.outcomes[0].columns == ("tot1", "tot2")


def test_a_byte_order_mark_is_no_fault(tmp_path):
    file = tmp_path / "bom.toml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())

    assert load(file).id == "small"


@pytest.mark.parametrize("name", [shipped.id for shipped in instruments()])
def test_a_shipped_instrument_written_and_read_is_the_same(name, tmp_path):
    shipped = instrument(name)

    again = load(written(tmp_path, to_toml(shipped)))

    assert replace(again, sha256="") == replace(shipped, sha256="")


def test_the_kiosk_instrument_written_and_read_is_the_same(tmp_path):
    kiosk = load(ROOT / "examples/kiosk/kiosk.toml")

    again = load(written(tmp_path, to_toml(kiosk)))

    assert replace(again, sha256="") == replace(kiosk, sha256="")


def test_letters_that_toml_must_escape_survive(tmp_path):
    small = load(written(tmp_path, SMALL))
    odd = replace(small, title={"en": 'say "a\\b"\n\ttwo\x01 – ö'})

    assert load(written(tmp_path, to_toml(odd))).title == odd.title


def test_an_item_may_stay_out_of_a_battery_that_is_not_compared(tmp_path):
    text = SMALL.replace(
        "[[dimension]]", '[[battery]]\nid = "importance"\nminimum = 1\nmaximum = 7\n[[dimension]]'
    ).replace('columns = { expectation = "E1" }', 'columns = { importance = "" }')

    small = load(written(tmp_path, text))

    assert [item.id for item in small.items_in("importance")] == ["extra"]
    assert load(written(tmp_path, to_toml(small))).items == small.items


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('id = "small"', "", "'id' is missing"),
        ('id = "small"', 'id = "a b"', "letters, digits and hyphens"),
        ('lang = ["en"]', 'lang = ["eng"]', "Did you mean 'en'?"),
        ('title = { en = "Small" }', 'title = "Small"', "must say its language"),
        ('id = "expectation"', 'id = "expectations"', "Did you mean 'expectation'?"),
        ("maximum = 7\nmissing", "maximum = 1\nmissing", "minimum 1 must be below maximum 1"),
        ("maximum = 7\nmissing", "maximum = 100\nmissing", "more than 21 points"),
        ("maximum = 7\nmissing", "maximum = 7.5\nmissing", "must be a whole number, not 7.5"),
        ("maximum = 7\nmissing", "maximum = 5\nmissing", "A gap needs both on one scale"),
        ("missing = [9]", "missing = [7]", "missing code 7 lies on the scale 1 to 7"),
        ("missing = [9]", "mising = [9]", "unknown key 'mising'. Did you mean 'missing'?"),
        ('dimension = "tangibles"', 'dimension = "tangible"', "Did you mean 'tangibles'?"),
        ('dimension = "tangibles"', "", "dimension 'tangibles' has no item"),
        ('id = "extra"', 'id = "tan1"', "item 'tan1' is given 2 times"),
        ('id = "extra"', 'id = "a|b"', "must be made of letters, digits"),
        ('{ expectation = "E1" }', '{ importance = "I1" }', "'importance' is not declared"),
        ('{ expectation = "E1" }', '{ expectation = "F1" }', "column 'F1' is used more than once"),
        ('{ expectation = "E1" }', '{ perception = "" }', "ask unequal items: tan1"),
        ("reversed = true", 'reversed = "yes"', "'reversed' must be true or false"),
        ("text = { en = {", "text = { vi = {", "which lang does not list"),
        ('columns = ["tot1", "tot2"]', 'column = ["tot1"]', "Did you mean 'columns'?"),
        ('"tot1", "tot2"', '"tot1", "tot1"', "names column 'tot1' 2 times"),
        ('combine = "mean"', 'combine = "sum"', "combine 'sum' must be 'mean'"),
        ('dysfunctional = "D1"', "", "'dysfunctional' is missing"),
        ('tangibles = "w_tangibles"', 'tangible = "w"', "'tangible' is no dimension"),
        ('tangibles = "w_tangibles"', 'tangible = "w"', "no column for dimension 'tangibles'"),
        ('respondent = "id"', 'respondant = "id"', "Did you mean 'respondent'?"),
        ("[[kano]]", "[kano]", "[[kano]]"),
        ("[weights]", "[weigths]", "unknown key 'weigths'. Did you mean 'weights'?"),
    ],
)
def test_a_fault_is_named(before, after, message, tmp_path):
    assert before in SMALL

    assert message in refusal(tmp_path, SMALL.replace(before, after, 1))


def test_all_faults_come_at_once(tmp_path):
    text = SMALL.replace("[9]", "[3]").replace('"F1"', '"D1"').replace('"mean"', '"sum"')

    with pytest.raises(InstrumentRefused) as refused:
        load(written(tmp_path, text))

    assert len(refused.value.faults) == 3


def test_a_slip_in_toml_is_named_with_its_line(tmp_path):
    text = SMALL.replace("maximum = 7\nmissing", "maximum =\nmissing")

    assert "line 9" in refusal(tmp_path, text)


def test_a_file_that_is_not_utf8_is_refused_with_its_row(tmp_path):
    file = tmp_path / "latin.toml"
    file.write_bytes('id = "a"\ntitle = "é"\n'.encode("latin-1"))

    with pytest.raises(InstrumentRefused, match="row 2"):
        load(file)


@pytest.mark.parametrize("name", ["nowhere.toml", "."])
def test_what_is_no_file_is_refused(name, tmp_path):
    with pytest.raises(InstrumentRefused):
        load(tmp_path / name)


def test_a_file_without_battery_and_item_says_so(tmp_path):
    message = refusal(tmp_path, 'id = "x"')

    assert "no battery is given" in message
    assert "no item is given" in message


def test_an_unknown_instrument_names_the_nearest():
    with pytest.raises(InstrumentRefused, match="Did you mean 'rater-22'"):
        instrument("rater22")
