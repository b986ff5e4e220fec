"""Item sampling: what it costs in precision when nobody answers every item.

Each person answers some items drawn at random, so the form is short; each item has
fewer answers, and pairs of items fewer still. Source: shoemaker-1973.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri

from fivegaps.errors import OptionRefused

METHOD = "multiple matrix sampling of items, normal intervals"


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """Precision with all items asked of everybody, and with some.

    Linking items are asked of everybody. ``answers_per_item`` and ``_per_pair``
    concern the other items: pairs are people who answered both of two, on whom
    correlations, alpha and factors rest. Margins are half widths in scale points;
    ``same_item_n`` and ``same_mean_n`` are the people needed to be as precise as n
    people who answer everything.
    """

    items: int
    asked: int
    linking: int
    n: int
    answers_per_item: float
    answers_per_pair: float
    margin_item: float
    margin_item_all: float
    margin_mean: float
    margin_mean_all: float
    same_item_n: int
    same_mean_n: int
    method: str
    assumptions: tuple[str, ...]
    findings: tuple[str, ...]


def plan_sampling(
    *,
    items: int,
    asked: int,
    n: int,
    sd: float = 1.0,
    correlation: float = 0.4,
    linking: int = 0,
    confidence: float = 0.95,
) -> SamplingPlan:
    """Return what it costs to ask each of n people only some of the items.

    The mean over items is the mean of item means. Under equal variances and equal
    correlations r its variance is Σ_ij cov(m_i, m_j) / J², where two item means
    share n_ij people: cov = r·σ²·n_ij / (n_i·n_j).

    Args:
        items: Items of the questionnaire, ≥ 2.
        asked: Items that each person answers, linking items included.
        n: People who answer.
        sd: SD of one item between people, scale points (of its gap for gaps).
        correlation: Mean correlation between two items, 0 ≤ r < 1.
        linking: Items that everybody answers; they tie the versions together.
        confidence: Of the margins.

    Raises:
        OptionRefused: An argument makes no sense.
    """
    _refuse_nonsense(items, asked, n, linking)
    if not 0 < sd < math.inf or not 0 <= correlation < 1 or not 0 < confidence < 1:
        raise OptionRefused(
            "sd, correlation, confidence", "must be above 0, from 0 to under 1, between 0 and 1"
        )
    others, drawn = items - linking, asked - linking
    rate = drawn / others if others else 1.0
    pair_rate = drawn * (drawn - 1) / (others * (others - 1)) if others > 1 else rate
    shared = linking * (linking - 1) + 2 * linking * others
    spread = linking + (others / rate if others else 0)
    joint = shared + (others * (others - 1) * pair_rate / rate**2 if others > 1 else 0)
    variance = (spread + correlation * joint) / items**2
    variance_all = (items + correlation * items * (items - 1)) / items**2
    reach = float(ndtri((1 + confidence) / 2)) * sd / math.sqrt(n)
    return SamplingPlan(
        items=items,
        asked=asked,
        linking=linking,
        n=n,
        answers_per_item=n * rate,
        answers_per_pair=n * pair_rate,
        margin_item=reach / math.sqrt(rate),
        margin_item_all=reach,
        margin_mean=reach * math.sqrt(variance),
        margin_mean_all=reach * math.sqrt(variance_all),
        same_item_n=math.ceil(n / rate - 1e-9),
        same_mean_n=math.ceil(n * variance / variance_all - 1e-9),
        method=METHOD,
        assumptions=(
            "the items of each person are drawn at random and equally often",
            f"items have an SD of about {sd:g} and correlate about {correlation:g} with each other",
            "an item is answered alike whichever items stand around it",
        ),
        findings=_findings(asked, items, linking, n * pair_rate),
    )


def _refuse_nonsense(items: int, asked: int, n: int, linking: int) -> None:
    if items < 2:
        raise OptionRefused("items", f"{items} items cannot be sampled from")
    if not 1 <= asked <= items:
        raise OptionRefused("asked", f"{asked} of {items} items cannot be asked")
    if not 0 <= linking <= asked or (linking == asked and asked < items):
        raise OptionRefused(
            "linking", f"with {linking} of {asked} items linking, the others are never asked"
        )
    if n < 1:
        raise OptionRefused("answers", f"{n} answers: at least 1 is needed")


def _findings(asked: int, items: int, linking: int, pairs: float) -> tuple[str, ...]:
    if asked == items:
        return ("Everybody answers everything: nothing is lost.",)
    incomplete = (
        "Nobody answers all items, so a confirmatory factor model on complete answers cannot be"
        " had; means, gaps and pairwise reliability can."
    )
    found = [incomplete]
    if pairs == 0:
        found.append(
            "No two of the sampled items are ever answered by the same person: without two drawn"
            " items a person there is no alpha, no correlation and no factor of them."
        )
    elif pairs < 100:
        found.append(
            f"Two sampled items share only about {pairs:.0f} people: correlations will be rough."
        )
    if linking == 0:
        found.append(
            "No item is asked of everybody: a linking item or two makes later waves and other"
            " selections comparable."
        )
    return tuple(found)
