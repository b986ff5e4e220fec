"""What gap 5 leads to: outcomes, how they go with it, and customers at risk as a range."""

from __future__ import annotations

import math
from collections.abc import Mapping

from fivegaps.diagnosis.between import voice_mean
from fivegaps.diagnosis.people import Group
from fivegaps.diagnosis.results import AtRisk, Consequences, OutcomeConsequence
from fivegaps.scoring.sums import Sums
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import share_estimate, t_interval

SLOPE = "least squares over respondents, points of the outcome for one point of the overall gap"
RISK = "share of customers, Wilson interval"
ASSUMPTION = (
    "Low end: only customers who had a problem and complained are at risk. High end: all who had"
    " a problem are, voiced or not. Answers are taken to stand for all customers; being at risk"
    " is not leaving."
)
SMALLEST = 1e-12


def consequences(group: Group) -> Consequences:
    """Return every outcome's mean and its slope on the overall gap, and customers at risk."""
    found = {}
    for outcome in group.company.instrument.outcomes:
        mean = group.customers.mean({f"outcome:{outcome.id}": 1.0})
        found[outcome.id] = OutcomeConsequence(
            mean=voice_mean("customers", mean, group.rules),
            slope=_slope(group, f"outcome:{outcome.id}"),
            n=mean.n if group.rules.withheld("customers", mean.n) is None else 0,
        )
    return Consequences(outcomes=found, at_risk=_at_risk(group))


def _slope(group: Group, outcome: str) -> Estimate:
    """Return the slope of an outcome on the gap over all items, on the sums of the scan.

    The predictor is the mean gap over answered pairs. An association among
    respondents, who count as independent; no effect.
    """
    customers = group.customers
    gap = {"perception:all": 1.0, "expectation:all": -1.0}
    sums = customers.sums
    if any(sums.place(name) is None for name in (*gap, outcome)):
        return Estimate.cannot("not_asked", method=SLOPE)
    x, y = sums.mean(gap), sums.mean({outcome: 1.0})
    n = min(x.n, y.n)
    reason = group.rules.withheld("customers", n)
    if reason is not None or n < 3 or x.variance is None or y.variance is None:
        return Estimate.cannot(reason or "too_few", method=SLOPE)
    joint = _covariance(sums, gap, outcome)
    if joint is None or x.variance < SMALLEST:
        return Estimate.cannot("constant", n=n, method=SLOPE)
    slope = joint / x.variance
    left = max(y.variance - slope * joint, 0.0) * (n - 1) / (n - 2)
    error, df = math.sqrt(left / (x.variance * (n - 1))), n - 2
    low, high = t_interval(slope, error, df=df, confidence=group.rules.confidence)
    return Estimate(slope, low, high, n, f"{SLOPE}, t interval")


def _covariance(sums: Sums, gap: Mapping[str, float], outcome: str) -> float | None:
    """Return the covariance of gap and outcome over the respondents who have both."""
    rows = {column.name: place for place, column in enumerate(sums.columns)}
    mask = {name: len(rows) + place for place, name in enumerate(sums.masks)}
    answered, scored = mask[sums.columns[rows[outcome]].mask], mask["all"]
    both = float(sums.counts[answered, scored])
    if both < 3:
        return None
    y = rows[outcome]
    total = 0.0
    for name, coefficient in gap.items():
        x = rows[name]
        product = sums.counts[x, y] - sums.counts[x, answered] * sums.counts[y, scored] / both
        unit = sums.columns[x].unit * sums.columns[y].unit
        total += coefficient * float(product) / unit
    return total / (both - 1)


def _at_risk(group: Group) -> AtRisk | None:
    """Return the range of customers at risk; None where problems were not asked about."""
    troubled = group.customers.counts.troubled
    asked = int(troubled[:2].sum())
    if asked == 0:
        return None
    reason = group.rules.withheld("customers", asked)

    def share(k: int) -> Estimate:
        if reason is not None:
            return Estimate.cannot(reason, method=RISK)
        return share_estimate(k, asked, confidence=group.rules.confidence, method=RISK)

    return AtRisk(
        low=share(int(troubled[1, 1])), high=share(int(troubled[1].sum())), assumption=ASSUMPTION
    )
