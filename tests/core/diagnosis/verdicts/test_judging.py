"""Verdicts on one action from its metric in every unit before and after."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fivegaps.diagnosis.verdicts.cells import cells_of
from fivegaps.diagnosis.verdicts.judging import Judged, judge

UNITS = tuple(f"u{place:02d}" for place in range(20))
TREATED, COMPARISON = UNITS[:10], UNITS[10:]


def wave(seed, *, effect=0.0, units=UNITS, each=40, spread=0.15, level=-0.6):
    """Return cells of ``each`` answers a unit, SD 1, unit means scattered by ``spread``."""
    random = np.random.default_rng(seed)
    centres = level + spread * np.random.default_rng(7).normal(size=len(units))
    centres = centres + effect * np.isin(units, TREATED)
    place = np.repeat(np.arange(len(units)), each)
    return cells_of(place, centres[place] + random.normal(size=len(place)), units)


def case(**given):
    return Judged(
        **{
            "before": wave(1),
            "after": wave(2),
            "treated": TREATED,
            "comparison": COMPARISON,
            "direction": 1.0,
            "target": 0.0,
            "margin": 0.25,
        }
        | given
    )


def test_half_a_standard_deviation_in_ten_units_an_arm_is_called_better():
    found = judge(case(after=wave(2, effect=0.5)))

    assert found.effect_verdict == "better"
    assert found.comparison == "difference_in_differences"
    assert found.effect.low < 0.5 < found.effect.high


def test_power_and_error_hold_over_many_companies():
    """400 each: no effect is called better in at most 5 %, 0.5 SD in at least 80 %.

    With true rates of 2.5 % and 99 % the bounds are missed with chance below 1e-4.
    """
    better = {
        effect: np.mean(
            [
                judge(
                    case(before=wave(2 * k + 100), after=wave(2 * k + 101, effect=effect))
                ).effect_verdict
                == "better"
                for k in range(400)
            ]
        )
        for effect in (0.0, 0.5)
    }

    assert better[0.0] <= 0.05
    assert better[0.5] >= 0.8


def test_a_change_that_every_unit_shares_is_no_effect():
    """All twenty units gain half a point: the difference in differences is about 0."""
    gained = [wave(1).sample(unit).mean + 0.5 + 0.02 * (-1) ** k for k, unit in enumerate(UNITS)]
    answers = np.repeat(gained, 40) + np.tile(np.linspace(-1.5, 1.5, 40), 20)
    everywhere = cells_of(np.repeat(np.arange(20), 40), answers, UNITS)

    found = judge(case(after=everywhere))

    assert found.effect.value == pytest.approx(0.0, abs=1e-9)
    assert found.effect_verdict == "equivalent"


def test_fewer_is_better_turns_the_effect_round():
    found = judge(case(after=wave(2, effect=0.5), direction=-1.0))

    assert found.effect_verdict == "worse"


def test_three_treated_units_are_judged_by_chance_alone():
    found = judge(case(after=wave(2, effect=0.0), treated=TREATED[:3]))

    assert "randomisation" in found.effect.method


def test_one_treated_unit_among_few_cannot_be_told():
    found = judge(case(treated=TREATED[:1], comparison=COMPARISON[:4]))

    assert (found.effect.value, found.effect.reason) == (None, "too_few")
    assert found.effect_verdict == "cannot_tell"


def test_without_comparison_it_is_a_wave_difference_and_said_so():
    found = judge(case(after=wave(2, effect=0.5), comparison=()))

    assert found.comparison == "before_after"
    assert "no comparison units" in found.effect.method


def test_the_state_never_credits_the_action():
    """Far below its target after a clear improvement: better, and still open."""
    found = judge(case(after=wave(2, effect=0.5, level=-2.0), before=wave(1, level=-2.0)))

    assert (found.effect_verdict, found.state_verdict) == ("better", "open")


def test_a_metric_at_its_target_is_closed_by_non_inferiority():
    found = judge(case(after=wave(2, level=0.0)))

    assert found.state_verdict == "closed"
    assert found.state.low <= found.state.value <= found.state.high


def test_a_metric_near_the_margin_cannot_be_told():
    found = judge(case(after=wave(2, level=-0.25, spread=0.0), treated=TREATED[:2]))

    assert found.state_verdict == "cannot_tell"


def test_no_target_leaves_the_state_open_to_question():
    found = judge(case(target=None))

    assert found.state_verdict == "cannot_tell"
    assert "no target" in found.state.method


def test_gap_1_is_closed_only_near_zero_from_both_sides():
    above = judge(case(after=wave(2, level=0.6), two_sided=True))
    near = judge(case(after=wave(2, level=0.0), two_sided=True))

    assert (above.state_verdict, near.state_verdict) == ("open", "closed")


def test_units_picked_for_being_worst_return_towards_the_mean():
    """With 5 answers a unit and no true spread, all of the shortfall is chance."""
    before = wave(3, each=5, spread=0.0)
    worst = tuple(sorted(UNITS, key=lambda unit: before.sample(unit).mean)[:4])

    found = judge(case(before=before, treated=worst, comparison=(), chosen_for_being_worst=True))

    centre = np.mean([before.sample(unit).mean for unit in UNITS])
    shortfall = centre - np.mean([before.sample(unit).mean for unit in worst])
    assert 0.3 * shortfall < found.regression_to_the_mean.value <= shortfall + 1e-9


def test_a_return_to_the_mean_is_not_praised():
    """No effect, 5 answers a unit, the four worst of 20 units picked in each of 40 worlds.

    The bare two-wave interval calls 20 or more of them better; at 5 % the binomial
    limit at 99.9 % is 7 of 40.
    """
    bare, praised = 0, 0
    for seed in range(40):
        before = wave(100 + seed, each=5, spread=0.1)
        after = wave(500 + seed, each=5, spread=0.1)
        worst = tuple(sorted(UNITS, key=lambda unit: before.sample(unit).mean)[:4])
        picked = case(before=before, after=after, treated=worst, comparison=())
        bare += judge(picked).effect_verdict == "better"
        found = judge(replace(picked, chosen_for_being_worst=True))
        praised += found.effect_verdict == "better"

    assert praised <= 7 < bare


def test_nothing_is_praised_where_the_return_to_the_mean_is_not_known():
    few = TREATED[:3]
    before, after = wave(2, units=few), wave(3, units=few, level=2.0)

    found = judge(
        case(before=before, after=after, treated=few, comparison=(), chosen_for_being_worst=True)
    )

    assert found.effect.low > 0
    assert found.effect_verdict == "cannot_tell"


def test_units_without_answers_in_a_wave_are_told():
    after = wave(2, units=UNITS[1:])

    found = judge(case(after=after))

    assert found.notes == ("1 treated units have no answers in one of the waves",)
