"""Judge one action from its metric in every unit before and after.

Effect and state are two questions. The effect compares the change of treated
units with that of comparison units; the state asks whether the metric is where
it was meant to be, and never credits the action (method.md 2.3).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from fivegaps.diagnosis.results import ActionVerdict, Comparison, EffectVerdict, StateVerdict
from fivegaps.diagnosis.verdicts.cells import UnitCells
from fivegaps.errors import CannotCompute
from fivegaps.stats.clustered import ClusteredContrast, change, difference_in_differences
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import t_interval, welch_df
from fivegaps.stats.randomisation import randomised_difference

DEFAULT_MARGIN = 0.25
MARGIN_IN_SD = 0.2
FEWEST_TREATED = 4

CR2 = "difference in differences over units, CR2 with Satterthwaite's df"
CHANGE = "change over units, CR2 with Satterthwaite's df; no comparison units"
RANDOMISED = "difference of unit changes, randomisation inference"
WAVES = "difference of two waves in the same units, Welch; no comparison units"
STATE = "mean over the action's units, direction × (metric − target)"
REGRESSION = (
    "expected return to the mean of units picked for being worst (empirical Bayes),"
    " taken off before the verdict"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What one action is judged on: cells by unit, before and after."""

    before: UnitCells
    after: UnitCells
    treated: tuple[str, ...]
    comparison: tuple[str, ...]
    direction: float
    two_sided: bool = False
    target: float | None = None
    margin: float | None = None
    chosen_for_being_worst: bool | None = None
    registered_before: bool | None = None
    confidence: float = 0.95


def judge(case: Judged) -> ActionVerdict:
    """Return effect and state of one action, each with interval or the reason why not."""
    effect, comparison, alike, notes = _effect(case)
    state, state_verdict = _state(case)
    expected = _regression(case) if case.chosen_for_being_worst else None
    return ActionVerdict(
        effect=effect,
        effect_verdict=_effect_verdict(effect, alike, margin_of(case), expected),
        state=state,
        state_verdict=state_verdict,
        comparison=comparison,
        registered_before=case.registered_before,
        regression_to_the_mean=expected,
        notes=notes,
    )


def margin_of(case: Judged) -> float:
    """Return the registered margin, else .25 points, or .2 SD where that is smaller."""
    if case.margin is not None:
        return case.margin
    sample = case.before.pooled((*case.treated, *case.comparison))
    if sample.variance is None or sample.variance <= 0:
        return DEFAULT_MARGIN
    return min(DEFAULT_MARGIN, MARGIN_IN_SD * math.sqrt(sample.variance))


def _effect(
    case: Judged,
) -> tuple[Estimate, Comparison, tuple[float, float] | None, tuple[str, ...]]:
    """Return the effect, what it was compared with, its 90 % interval, and remarks."""
    treated = case.before.both(case.after, case.treated)
    others = case.before.both(case.after, case.comparison)
    lost = len(case.treated) - len(treated)
    notes = (f"{lost} treated units have no answers in one of the waves",) if lost else ()
    comparison: Comparison = "difference_in_differences" if case.comparison else "before_after"
    if not treated or (case.comparison and not others):
        return Estimate.cannot("too_few", method=CR2), comparison, None, notes
    units = (*treated, *others)
    n, means = case.before.paired(case.after, units)
    means = case.direction * means
    arm = np.array([unit in set(treated) for unit in units])
    total = int(n.sum())
    try:
        if case.comparison and len(treated) < FEWEST_TREATED:
            return *_randomised(means, arm, total, case), notes
        if case.comparison:
            found = difference_in_differences(n, means, arm)
            return *_from_contrast(found, total, CR2, comparison, case), notes
        if len(treated) >= FEWEST_TREATED:
            found = change(n, means)
            return *_from_contrast(found, total, CHANGE, comparison, case), notes
    except CannotCompute as problem:
        return Estimate.cannot(problem.reason, n=total, method=CR2), comparison, None, notes
    return *_two_waves(case, treated), notes


def _from_contrast(
    found: ClusteredContrast, n: int, method: str, comparison: Comparison, case: Judged
) -> tuple[Estimate, Comparison, tuple[float, float]]:
    ends = t_interval(found.value, found.standard_error, df=found.df, confidence=case.confidence)
    alike = t_interval(
        found.value, found.standard_error, df=found.df, confidence=2 * case.confidence - 1
    )
    return Estimate(found.value, *ends, n, f"{method} ({found.units} units)"), comparison, alike


def _randomised(
    means: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    arm: np.ndarray[tuple[int], np.dtype[np.bool_]],
    n: int,
    case: Judged,
) -> tuple[Estimate, Comparison, tuple[float, float] | None]:
    changes = means[:, 1] - means[:, 0]
    found = randomised_difference(changes, arm, confidence=case.confidence)
    try:
        wide = randomised_difference(changes, arm, confidence=2 * case.confidence - 1)
    except CannotCompute:
        wide = found
    alike = None if wide.low is None or wide.high is None else (wide.low, wide.high)
    method = f"{RANDOMISED} ({found.choices} choices, p = {found.p:.3f})"
    estimate = Estimate(found.value, found.low, found.high, n, method)
    return estimate, "difference_in_differences", alike


def _two_waves(
    case: Judged, treated: tuple[str, ...]
) -> tuple[Estimate, Comparison, tuple[float, float] | None]:
    before, after = case.before.within(treated), case.after.within(treated)
    if not (before.usable and after.usable) or before.mean is None or after.mean is None:
        n = before.n + after.n
        return Estimate.cannot("too_few", n=n, method=WAVES), "before_after", None
    value = case.direction * (after.mean - before.mean)
    error = math.sqrt(before.squared_error + after.squared_error)
    if error == 0:
        estimate = Estimate.cannot("constant", n=before.n + after.n, method=WAVES)
        return estimate, "before_after", None
    df = welch_df(before, after)
    ends = t_interval(value, error, df=df, confidence=case.confidence)
    alike = t_interval(value, error, df=df, confidence=2 * case.confidence - 1)
    return Estimate(value, *ends, before.n + after.n, WAVES), "before_after", alike


def _effect_verdict(
    effect: Estimate,
    alike: tuple[float, float] | None,
    margin: float,
    expected: Estimate | None,
) -> EffectVerdict:
    """Better or worse when 0 lies outside; equivalent when the 90 % interval fits the margin.

    What was to be expected without any action is taken off first: no action is praised
    for a return to the mean. Where that is not known, nothing is.
    """
    if effect.low is None or effect.high is None:
        return "cannot_tell"
    if expected is not None and expected.value is None:
        return "worse" if effect.high < 0 else "cannot_tell"
    off = 0.0 if expected is None or expected.value is None else expected.value
    inside = alike is not None and -margin < alike[0] - off and alike[1] - off < margin
    if inside:
        return "equivalent"
    if effect.low > off:
        return "better"
    return "worse" if effect.high < off else "cannot_tell"


def _state(case: Judged) -> tuple[Estimate, StateVerdict]:
    """Return the metric now and whether it is closed: non-inferior to the target."""
    sample = case.after.within(case.treated)
    if not sample.usable or sample.mean is None:
        return Estimate.cannot("too_few", n=sample.n, method=STATE), "cannot_tell"
    error = math.sqrt(sample.squared_error)
    if error == 0:
        low = high = ends_low = ends_high = sample.mean
    else:
        ends_low, ends_high = t_interval(
            sample.mean, error, df=sample.degrees, confidence=case.confidence
        )
        low, high = t_interval(
            sample.mean, error, df=sample.degrees, confidence=2 * case.confidence - 1
        )
    estimate = Estimate(sample.mean, ends_low, ends_high, sample.n, STATE)
    if case.target is None:
        return replace(estimate, method=f"{STATE}; no target was registered"), "cannot_tell"
    target, margin = case.target, margin_of(case)
    if case.two_sided:
        closed = target - margin < low and high < target + margin
        open_ = high < target - margin or low > target + margin
    else:
        below = min(case.direction * (end - target) for end in (low, high))
        above = max(case.direction * (end - target) for end in (low, high))
        closed, open_ = below > -margin, above < -margin
    return estimate, "closed" if closed else "open" if open_ else "cannot_tell"


def _regression(case: Judged) -> Estimate:
    """Return the improvement that chance alone would bring to units picked for being worst.

    Each unit's mean before is shrunk towards the mean of all units by its
    reliability; what it would gain on the way is averaged over the treated, less
    the same over comparison units, which come back from the other side.
    """
    everyone = case.before.known()
    samples = {unit: case.before.sample(unit) for unit in everyone}
    usable = {
        unit: sample
        for unit, sample in samples.items()
        if sample.usable and sample.mean is not None and sample.variance is not None
    }
    picked = [unit for unit in case.treated if unit in usable]
    n = sum(usable[unit].n for unit in picked)
    if len(usable) < FEWEST_TREATED or not picked:
        return Estimate.cannot("too_few", n=n, method=REGRESSION)
    means = np.array([usable[unit].mean or 0.0 for unit in usable])
    errors = np.array([usable[unit].squared_error for unit in usable])
    centre = float(means.mean())
    between = max(0.0, float(means.var(ddof=1) - errors.mean()))
    place = {unit: at for at, unit in enumerate(usable)}
    lost = 1 - (between / (between + errors) if between > 0 else np.zeros(len(errors)))
    gained = case.direction * lost * (centre - means)
    value = float(gained[[place[unit] for unit in picked]].mean())
    others = [place[unit] for unit in case.comparison if unit in usable]
    if others:
        value -= float(gained[others].mean())
    return Estimate(value, None, None, n, f"{REGRESSION}; a prediction, no interval")
