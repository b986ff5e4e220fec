"""The life of a wave."""

from __future__ import annotations

import pytest

from fivegaps.model.wave import TRANSITIONS, state_after, verbs_of


def test_a_closed_wave_stays_closed() -> None:
    assert verbs_of("closed") == ()


def test_no_state_leads_back_to_an_earlier_one() -> None:
    order = ["draft", "pilot", "open", "closed"]

    assert all(
        order.index(before) < order.index(after) for (before, _), after in TRANSITIONS.items()
    )


@pytest.mark.parametrize(
    ("state", "verb", "after"),
    [("draft", "open", "open"), ("pilot", "open", "open"), ("open", "try_out", None)],
)
def test_verb_leads_to_one_state_or_none(state, verb, after) -> None:
    assert state_after(state, verb) == after
