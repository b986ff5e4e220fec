"""The written forms of segments, shifts and spread."""

from __future__ import annotations

import pytest

from fivegaps.errors import OptionRefused
from fivegaps.simulation.options import (
    Shift,
    SimulationOptions,
    parse_segments,
    parse_shift,
    parse_spread,
)

DIMENSIONS = ["reliability", "empathy"]


def test_number_makes_equal_units() -> None:
    (branch,) = parse_segments("branch=24")

    assert (branch.values[0], branch.values[-1], sum(branch.shares)) == (
        "branch-01",
        "branch-24",
        pytest.approx(1),
    )


def test_names_carry_shares() -> None:
    branch, channel = parse_segments("branch=Riga;Oslo, channel=phone:.3;counter:.7")

    assert (branch.values, branch.shares) == (("Riga", "Oslo"), (0.5, 0.5))
    assert (channel.values, channel.shares) == (("phone", "counter"), (0.3, 0.7))


def test_values_without_share_divide_the_rest() -> None:
    (channel,) = parse_segments("channel=phone:.5;web;mail")

    assert channel.shares == (0.5, 0.25, 0.25)


@pytest.mark.parametrize(
    "text",
    [
        "branch",
        "=3",
        "branch=",
        ",",
        "branch=0",
        "branch=20000",
        "branch=a;a",
        "branch=a;;b",
        "branch=a:.3;b:.3",
        "branch=a:.8;b:.3",
        "branch=a:1;b",
        "branch=a:0;b:1",
        "branch=a:x;b",
        "branch=a:nan;b",
    ],
)
def test_segments_of_another_form_are_refused(text: str) -> None:
    with pytest.raises(OptionRefused, match="--segments"):
        parse_segments(text)


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("Riga=-0.5", Shift("branch", "Riga", None, -0.5)),
        ("branch:Riga=1", Shift("branch", "Riga", None, 1.0)),
        ("Riga.empathy=.25", Shift("branch", "Riga", "empathy", 0.25)),
        ("channel:web.reliability=-1", Shift("channel", "web", "reliability", -1.0)),
        ("st. 4=1", Shift("branch", "st. 4", None, 1.0)),
    ],
)
def test_shift_names_unit_and_dimension(text: str, shift: Shift) -> None:
    segments = parse_segments("branch=Riga;Oslo;st. 4,channel=web;phone")

    assert parse_shift(text, segments, DIMENSIONS) == shift


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Riga", "not of the form"),
        ("=3", "not of the form"),
        ("Rome=1", "no segment 'Rome'"),
        ("Riga.price=1", r"no segment 'Riga\.price'"),
        ("both=1", "several columns"),
        ("Riga=much", "'much' is not a number"),
        ("Riga=inf", "'inf' is not a number"),
        ("Riga=٣", "is not a number"),
    ],
)
def test_shift_of_another_form_is_refused(text: str, message: str) -> None:
    segments = parse_segments("branch=Riga;both,channel=web;both")

    with pytest.raises(OptionRefused, match=message):
        parse_shift(text, segments, DIMENSIONS)


@pytest.mark.parametrize("text", ["branch", "=1", "branch=wide"])
def test_spread_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(OptionRefused, match="--spread"):
        parse_spread(text)


@pytest.mark.parametrize(
    ("option", "changed"),
    [
        ("--n", {"n": 0}),
        ("--seed", {"seed": -1}),
        ("--missing", {"missing": 1.0}),
        ("--careless", {"careless": -0.1}),
        ("--segments", {"segments": parse_segments("a=2,a=3")}),
        ("--spread", {"spread": {"b": 0.3}}),
        ("--spread", {"segments": parse_segments("b=2"), "spread": {"b": -0.3}}),
    ],
)
def test_impossible_order_is_refused(option: str, changed: dict[str, object]) -> None:
    with pytest.raises(OptionRefused, match=option):
        SimulationOptions(**{"n": 50, **changed})  # type: ignore[arg-type]
