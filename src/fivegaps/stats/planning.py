"""How many answers: for a margin, for a comparison, for a reliable unit mean.

Every plan names its method and says in words what it takes for granted; a plan is
only as good as the SD or share that it was given.
Source: cochran-1977, cohen-1988, shavelson-1991.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from scipy.special import nctdtr, ndtr, ndtri, stdtrit

from fivegaps.errors import OptionRefused

GAP = "mean of paired differences, t interval"
SHARE = "share, normal interval"
COMPARISON = "difference of two independent means, power of the two-sided Welch t test"
RELIABILITY = "reliability of a unit's mean, Spearman-Brown on the intraclass correlation"

RANDOM = "the people asked are a random sample, and those who answer are like those who do not"
# Beyond this size t and z give the same whole number, and non-central t loses digits.
_LARGE = 50_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How many answers are needed, and why.

    ``n`` are whole answers (of each group in a comparison, of each unit for
    reliability); ``n0`` is the plain formula's figure before design effect, finite
    population and rounding up; ``margin`` half the width of the interval, None
    where the question has none. ``invited`` are the people to ask at the expected
    response rate.
    """

    question: str
    n: int
    n0: float | None
    margin: float | None
    method: str
    assumptions: tuple[str, ...]
    inputs: Mapping[str, float]
    invited: int | None = None


def plan_gap(
    *,
    margin: float,
    sd: float,
    confidence: float = 0.95,
    deff: float = 1.0,
    population: int | None = None,
    response_rate: float | None = None,
) -> Plan:
    """Return the answers needed to know a mean gap to ± margin.

    Args:
        margin: Half the width of the interval, scale points; > 0.
        sd: SD of the differences P − E between people, scale points; > 0.
        confidence: Between 0 and 1.
        deff: Design effect of clusters and weights, ≥ 1 as a rule.
        population: Number of customers there are, when it is small.
        response_rate: Share of the invited who answer.

    Raises:
        OptionRefused: An argument makes no sense.
    """
    _check(margin=margin, sd=sd, deff=deff)
    _check_share(confidence=confidence)
    z = _z(confidence)
    n0 = (z * sd / margin) ** 2
    plain = max(2, math.ceil(n0))
    while plain < _LARGE and _t(plain - 1, confidence) * sd / math.sqrt(plain) > margin:
        plain += 1
    n = _whole(_finite(plain * deff, population))
    return Plan(
        question="gap",
        n=n,
        n0=n0,
        margin=margin,
        method=GAP,
        assumptions=_assumptions(
            f"differences between people have an SD of about {sd:g} scale points", deff, population
        ),
        inputs=_inputs(sd=sd, confidence=confidence, deff=deff, population=population),
        invited=_invited(n, response_rate),
    )


def margin_of_gap(
    n: int, *, sd: float, confidence: float = 0.95, deff: float = 1.0, population: int | None = None
) -> Plan:
    """Return the margin that n ≥ 2 answers give on a mean gap; arguments as in plan_gap."""
    _check(sd=sd, deff=deff)
    _check_share(confidence=confidence)
    if n < 2:
        raise OptionRefused("answers", f"{n} answers have no margin: at least 2 are needed")
    spread = sd * math.sqrt(deff / n * _finite_factor(n, population))
    return Plan(
        question="gap",
        n=n,
        n0=None,
        margin=_t(n - 1, confidence) * spread,
        method=GAP,
        assumptions=_assumptions(
            f"differences between people have an SD of about {sd:g} scale points", deff, population
        ),
        inputs=_inputs(sd=sd, confidence=confidence, deff=deff, population=population),
    )


def plan_share(
    *,
    margin: float,
    share: float = 0.5,
    confidence: float = 0.95,
    deff: float = 1.0,
    population: int | None = None,
    response_rate: float | None = None,
) -> Plan:
    """Return the answers needed to know a share to ± margin: n0 = z²p(1 − p) / margin².

    With z = 1.96 in round figures ±5 points need 384.16 and ±3 points 1067.1; here
    z is not rounded.

    Args:
        margin: Half the width of the interval, as a share (.05 is 5 points).
        share: The share expected; .5 needs most answers.
        confidence: Between 0 and 1.
        deff: Design effect; multiplies n0 before the finite population correction.
        population: Number of customers there are, when it is small.
        response_rate: Share of the invited who answer.

    Raises:
        OptionRefused: An argument makes no sense.
    """
    _check(deff=deff)
    _check_share(margin=margin, share=share, confidence=confidence)
    n0 = _z(confidence) ** 2 * share * (1 - share) / margin**2
    n = _whole(_finite(n0 * deff, population))
    return Plan(
        question="share",
        n=n,
        n0=n0,
        margin=margin,
        method=SHARE,
        assumptions=_assumptions(
            f"the share is about {share:g} (a share of .5 needs most answers)", deff, population
        ),
        inputs=_inputs(share=share, confidence=confidence, deff=deff, population=population),
        invited=_invited(n, response_rate),
    )


def margin_of_share(
    n: int,
    *,
    share: float = 0.5,
    confidence: float = 0.95,
    deff: float = 1.0,
    population: int | None = None,
) -> Plan:
    """Return the margin of a share of n answers: z·√(deff·p(1 − p)/n·(N − n)/(N − 1))."""
    _check(deff=deff)
    _check_share(share=share, confidence=confidence)
    if n < 1:
        raise OptionRefused("answers", f"{n} answers have no margin: at least 1 is needed")
    variance = deff * share * (1 - share) / n * _finite_factor(n, population)
    return Plan(
        question="share",
        n=n,
        n0=None,
        margin=_z(confidence) * math.sqrt(variance),
        method=SHARE,
        assumptions=_assumptions(
            f"the share is about {share:g} (a share of .5 has the widest margin)", deff, population
        ),
        inputs=_inputs(share=share, confidence=confidence, deff=deff, population=population),
    )


def plan_comparison(
    *,
    difference: float,
    sd: float,
    sd_other: float | None = None,
    power: float = 0.8,
    confidence: float = 0.95,
    deff: float = 1.0,
    comparisons: int = 1,
    response_rate: float | None = None,
) -> Plan:
    """Return the answers needed in each of two groups to find a difference of means.

    Power of the two-sided t test by the non-central t distribution; Welch's degrees
    of freedom where the SDs differ.

    Args:
        difference: Smallest true difference worth finding, scale points; > 0.
        sd: SD between people in the first group; > 0.
        sd_other: In the second group; by default the same.
        power: Chance to find it, between 0 and 1.
        confidence: 1 − the chance of a false alarm.
        deff: Design effect of clusters and weights.
        comparisons: How many such comparisons are made; the chance of a false alarm
            is divided among them (Bonferroni, on the safe side of Holm).
        response_rate: Share of the invited who answer.

    Raises:
        OptionRefused: An argument makes no sense.
    """
    other = sd if sd_other is None else sd_other
    _check(difference=difference, sd=sd, sd_other=other, deff=deff, comparisons=comparisons)
    _check_share(power=power, confidence=confidence)
    alpha = (1 - confidence) / comparisons
    if power <= alpha / 2:
        raise OptionRefused("power", f"{power:g} is not above the chance of a false alarm")
    squares = sd**2 + other**2
    z = float(ndtri(1 - alpha / 2))
    n0 = (z + float(ndtri(power))) ** 2 * squares / difference**2
    plain = max(2, math.ceil(n0))
    ratio = squares**2 / (sd**4 + other**4)
    while plain < _LARGE:
        effect = difference / math.sqrt(squares / plain)
        if _power(effect, df=(plain - 1) * ratio, alpha=alpha) >= power:
            break
        plain += 1
    n = _whole(plain * deff)
    spread = f"about {sd:g}" if sd == other else f"about {sd:g} and {other:g}"
    return Plan(
        question="compare",
        n=n,
        n0=n0,
        margin=None,
        method=COMPARISON,
        assumptions=(
            *_assumptions(f"people differ within each group by an SD of {spread}", deff, None),
            "the two groups are different people, equally many in each",
        ),
        inputs=_inputs(
            difference=difference,
            sd=sd,
            sd_other=other,
            power=power,
            confidence=confidence,
            deff=deff,
            comparisons=comparisons,
        ),
        invited=_invited(n, response_rate),
    )


def plan_reliability(*, icc: float, reliability: float = 0.9) -> Plan:
    """Return the answers per unit for a reliable mean: n = R/(1 − R)·(1 − ICC)/ICC.

    Args:
        icc: Share of the variance of answers that lies between units, 0 to 1.
        reliability: Wanted for the unit's mean, 0 to 1; .7 to compare, .8 to .9
            where anything depends on it.

    Raises:
        OptionRefused: An argument makes no sense.
    """
    _check_share(icc=icc, reliability=reliability)
    n0 = reliability / (1 - reliability) * (1 - icc) / icc
    return Plan(
        question="reliability",
        n=_whole(n0),
        n0=n0,
        margin=None,
        method=RELIABILITY,
        assumptions=(
            f"{icc:.1%} of the variance of single answers lies between units",
            "units are served by like customers, or differences in customers are adjusted for",
            "answers of one unit are independent and every unit has about this many",
        ),
        inputs=_inputs(icc=icc, reliability=reliability),
    )


def _z(confidence: float) -> float:
    return float(ndtri((1 + confidence) / 2))


def _t(df: float, confidence: float) -> float:
    return float(stdtrit(df, (1 + confidence) / 2))


def _power(effect: float, *, df: float, alpha: float) -> float:
    """Return the chance to exceed the critical t on the side of the effect."""
    critical = float(stdtrit(df, 1 - alpha / 2))
    chance = 1 - float(nctdtr(df, effect, critical))
    return chance if math.isfinite(chance) else float(ndtr(effect - critical))


def _finite(n: float, population: int | None) -> float:
    """Return n0 / (1 + (n0 − 1) / N)."""
    if population is None:
        return n
    if population < 2:
        raise OptionRefused("population", f"{population} customers: at least 2 are needed")
    return min(n / (1 + (n - 1) / population), float(population))


def _finite_factor(n: int, population: int | None) -> float:
    if population is None:
        return 1.0
    if population < 2 or n > population:
        raise OptionRefused(
            "population", f"{population} customers cannot give {n} answers, or are fewer than 2"
        )
    return (population - n) / (population - 1)


def _whole(n: float) -> int:
    """Return n rounded up; a last bit of floating point does not cost an answer."""
    return max(1, math.ceil(n - 1e-9 * max(1.0, n)))


def _invited(n: int, response_rate: float | None) -> int | None:
    if response_rate is None:
        return None
    if not 0 < response_rate <= 1:
        raise OptionRefused("response_rate", f"{response_rate:g} is not above 0 and at most 1")
    return _whole(n / response_rate)


def _check(**positive: float) -> None:
    for name, value in positive.items():
        if not 0 < value < math.inf:
            raise OptionRefused(name, f"{value:g} is not above 0")


def _check_share(**shares: float) -> None:
    for name, value in shares.items():
        if not 0 < value < 1:
            raise OptionRefused(name, f"{value:g} is not between 0 and 1")


def _assumptions(spread: str, deff: float, population: int | None) -> tuple[str, ...]:
    design = (
        "answers are independent: no sampled branches, no weights (else give a design effect)"
        if deff == 1
        else f"clusters and weights cost a design effect of {deff:g}"
    )
    size = (
        "there are many more customers than answers"
        if population is None
        else f"there are {population} customers, drawn without replacement"
    )
    return (RANDOM, spread, design, size)


def _inputs(**values: float | None) -> dict[str, float]:
    return {name: value for name, value in values.items() if value is not None}
