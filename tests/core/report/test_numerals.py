"""Numbers as each language writes them."""

import pytest

from fivegaps.report.numerals import Numerals


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "−1,234.50"),
        ("vi", "−1.234,50"),
        ("zh-hans", "−1,234.50"),
        ("zh-hant", "−1,234.50"),
        ("nl", "−1.234,50"),
    ],
)
def test_decimal_mark_and_minus_sign_follow_the_language(lang, shown):
    assert Numerals(lang).number(-1234.5) == shown


def test_a_negative_figure_that_rounds_to_zero_has_no_minus():
    assert Numerals("en").number(-0.004) == "0.00"


def test_a_positive_gap_bears_a_plus_sign_and_zero_none():
    numerals = Numerals("en")

    shown = [numerals.signed(value) for value in (0.31, 0.001, -0.5)]

    assert shown == ["+0.31", "0.00", "−0.50"]


def test_english_drops_the_zero_of_figures_that_cannot_pass_one():
    assert [Numerals(lang).coefficient(0.789) for lang in ("en", "nl")] == [".79", "0,79"]


def test_a_coefficient_that_rounds_to_one_keeps_its_figure():
    assert Numerals("en").coefficient(0.999) == "1.00"


def test_a_small_p_is_told_as_a_bound():
    assert Numerals("en").p_phrase(5e-29) == "p < .001"


def test_decimal_comma_puts_a_semicolon_into_intervals():
    assert Numerals("vi").span(-2.0, -1.62) == "[−2,00; −1,62]"


def test_names_are_joined_as_the_language_joins_them():
    names = ["A", "B", "C"]

    joined = [Numerals(lang).listed(names) for lang in ("nl", "vi", "zh-hans")]

    assert joined == ["A, B en C", "A, B và C", "A、B和C"]


def test_an_unreadable_instant_is_shown_as_it_is():
    assert Numerals("en").date("yesterday") == "yesterday"
