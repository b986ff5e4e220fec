"""Answers with a known factor structure, and the whole confirmatory part run over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.psychometrics.alternatives import alternatives
from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.confirmatory import confirm
from fivegaps.psychometrics.results import (
    Alternatives,
    Finding,
    MaximumLikelihood,
    RobustMaximumLikelihood,
)
from fivegaps.psychometrics.robust_fit import robust
from fivegaps.psychometrics.verdict import judge
from fivegaps.stats.structural.casewise import CasewiseSums

Values = NDArray[np.float64]


def named(sizes: Sequence[int]) -> dict[str, tuple[str, ...]]:
    """Return dimensions a, b, … with items a1, a2, …"""
    names = [chr(ord("a") + position) for position in range(len(sizes))]
    return {
        name: tuple(f"{name}{number}" for number in range(1, size + 1))
        for name, size in zip(names, sizes, strict=True)
    }


def made_answers(
    n: int, sizes: Sequence[int], *, correlation: float = 0.5, loading: float = 0.7, seed: int = 0
) -> Values:
    """Return answers (n, p) of factors that all correlate alike."""
    generator = np.random.default_rng(seed)
    common = generator.normal(size=(n, 1)) * np.sqrt(correlation)
    factors = common + generator.normal(size=(n, len(sizes))) * np.sqrt(1 - correlation)
    own = np.repeat(np.arange(len(sizes)), sizes)
    noise = generator.normal(size=(n, len(own)))
    answers: Values = loading * factors[:, own] + np.sqrt(1 - loading**2) * noise + 4
    return answers


@dataclass(frozen=True, slots=True)
class Outcome:
    likelihood: MaximumLikelihood
    confirmation: Confirmation
    sums: CasewiseSums | None
    robust: RobustMaximumLikelihood
    alternatives: Alternatives
    verdict: str
    findings: tuple[Finding, ...]

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings]

    def about(self, code: str) -> list[tuple[str, ...]]:
        return [finding.about for finding in self.findings if finding.code == code]


def fitted(values: Values, sizes: Sequence[int]) -> tuple[MaximumLikelihood, Confirmation]:
    dimensions = named(sizes)
    items = [item for members in dimensions.values() for item in members]
    return confirm(
        np.cov(values.T, bias=True).reshape(len(items), len(items)),
        len(values),
        items=items,
        dimensions=dimensions,
        means=values.mean(axis=0),
    )


def outcome(values: Values, sizes: Sequence[int]) -> Outcome:
    """Return what the whole confirmatory part makes of the answers."""
    likelihood, confirmation = fitted(values, sizes)
    items = [item for members in named(sizes).values() for item in members]
    sums = None
    if confirmation.converged is not None:
        chosen = [items.index(item) for item in confirmation.items]
        sums = CasewiseSums.of(confirmation.converged, values[:, chosen])
    mlr, other = robust(confirmation, sums), alternatives(confirmation)
    verdict, findings = judge(confirmation, likelihood, mlr, other)
    return Outcome(likelihood, confirmation, sums, mlr, other, verdict, findings)
