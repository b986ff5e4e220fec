"""Verdicts on every action of a company, and what remedies have done so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fivegaps.diagnosis.results import ActionVerdict
from fivegaps.diagnosis.verdicts.cells import UnitCells
from fivegaps.diagnosis.verdicts.judging import CHANGE, Judged, judge
from fivegaps.diagnosis.verdicts.metrics import Metrics
from fivegaps.errors import CannotCompute
from fivegaps.io.company.company import Company
from fivegaps.model.company.action import Action
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.pooling import Pooled, pooled_effect

WHOLE = "whole company"


def verify(company: Company, *, confidence: float = 0.95) -> dict[str, ActionVerdict]:
    """Return the verdict on every registered action.

    An action whose waves are not both there, or whose metric was not measured,
    has the verdict cannot_tell with its reason.
    """
    metrics = Metrics(company, tuple(action.metric for action in company.actions))
    return {action.id: _verdict(company, metrics, action, confidence) for action in company.actions}


def uses_of_remedies(
    actions: tuple[Action, ...], verdicts: Mapping[str, ActionVerdict]
) -> dict[str, tuple[Estimate, ...]]:
    """Return the effects that each remedy had, in the order of the actions."""
    found: dict[str, tuple[Estimate, ...]] = {}
    for action in actions:
        effect = verdicts[action.id].effect
        if action.remedy and effect.value is not None:
            found[action.remedy] = (*found.get(action.remedy, ()), effect)
    return found


def pooled_uses(effects: tuple[Estimate, ...]) -> Pooled | None:
    """Return the pooled effect from three uses on, None before."""
    known = [e for e in effects if e.value is not None and e.low is not None and e.high is not None]
    try:
        return pooled_effect(
            [e.value or 0.0 for e in known],
            # A 95 % interval is about four standard errors wide.
            [((e.high or 0.0) - (e.low or 0.0)) / (2 * 1.96) for e in known],
        )
    except CannotCompute:
        return None


def _verdict(
    company: Company, metrics: Metrics, action: Action, confidence: float
) -> ActionVerdict:
    known = company.settings.wave_ids
    if action.wave_before not in known or action.wave_after not in known:
        return _nothing("no_wave", action, company)
    before = metrics.cells(action.metric, action.wave_before)
    after = metrics.cells(action.metric, action.wave_after)
    treated = _units(company, action.units, before, after)
    comparison = tuple(
        unit
        for unit in _units(company, action.comparison_units, before, after)
        if unit not in treated
    )
    if not action.units:
        treated, comparison = tuple(dict.fromkeys((*before.known(), *after.known()))), ()
    if not treated:
        return _nothing("not_measured", action, company)
    return judge(
        Judged(
            before=before,
            after=after,
            treated=treated,
            comparison=comparison,
            direction=_direction(action, before, treated),
            two_sided=action.better == "zero",
            target=_target(company, action),
            margin=action.margin,
            chosen_for_being_worst=action.chosen_for_being_worst,
            registered_before=_registered_before(company, action),
            confidence=confidence,
        )
    )


def _units(
    company: Company, named: tuple[str, ...], before: UnitCells, after: UnitCells
) -> tuple[str, ...]:
    """Return the units named and those below them that were measured at all."""
    measured = {*before.known(), *after.known()}
    below = [unit for name in named for unit in company.below(name)]
    return tuple(dict.fromkeys(unit for unit in below if unit in measured))


def _target(company: Company, action: Action) -> float | None:
    """Return the registered target, the company's own for gap 5, or 0 for a gap."""
    if action.target is not None:
        return action.target
    if action.metric.kind == "gap5":
        return company.settings.targets.get(action.metric.subject, 0.0)
    return 0.0 if action.metric.kind == "gap1" else None


def _direction(action: Action, before: UnitCells, treated: tuple[str, ...]) -> float:
    """Return +1 where more is better, −1 where less is; gap 1 improves towards 0."""
    if action.better == "zero":
        return -1.0 if (before.pooled(treated).mean or 0.0) > 0 else 1.0
    return -1.0 if action.better == "lower" else 1.0


def _registered_before(company: Company, action: Action) -> bool | None:
    """Tell whether the action was registered before its outcome could be seen."""
    if action.registered is None or action.wave_after not in company.settings.wave_ids:
        return None
    after = company.waves[company.wave_place(action.wave_after)]
    return action.registered < after.date


def _nothing(reason: str, action: Action, company: Company) -> ActionVerdict:
    missing = Estimate.cannot(reason, method=CHANGE)
    verdict = judge(Judged(UnitCells({}), UnitCells({}), (), (), 1.0, registered_before=None))
    return replace(
        verdict,
        effect=missing,
        state=replace(missing, method=verdict.state.method),
        registered_before=_registered_before(company, action),
        comparison="difference_in_differences" if action.comparison_units else "before_after",
    )
