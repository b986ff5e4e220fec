"""What was fitted when the instrument's dimensions were confirmed or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.psychometrics.results import Finding
from fivegaps.stats.structural.fitting import Solution
from fivegaps.stats.structural.sample import Sample


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The instrument's dimensions as a factor model, fitted as far as that went.

    Attributes:
        n: Complete answers.
        items: The items in the model, in the order of ``covariance``. Constant items and
            items of no dimension are not among them.
        dimensions: Dimension to its items in the model, in the instrument's order.
        covariance: S (p, p) with divisor n.
        sample: None when S allows no model.
        solution: None when there is no model; look at ``solution.converged`` too. Factors
            have variance 1 in it.
        findings: What a reader must know of the answers and of the solution.
        confidence: Of all intervals.
        reason: Why there is no converged solution.
    """

    n: int
    items: tuple[str, ...]
    dimensions: Mapping[str, tuple[str, ...]]
    covariance: NDArray[np.float64]
    sample: Sample | None
    solution: Solution | None
    findings: tuple[Finding, ...]
    confidence: float
    reason: str | None = None

    @property
    def converged(self) -> Solution | None:
        """Return the solution when it converged, else None."""
        if self.solution is None or not self.solution.converged:
            return None
        return self.solution

    @property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """Return the positions of the items of each dimension."""
        place = {item: position for position, item in enumerate(self.items)}
        return tuple(tuple(place[item] for item in items) for items in self.dimensions.values())

    def pairs(self) -> Iterator[tuple[int, int, str]]:
        """Yield both positions and the name ``a|b`` of each pair of dimensions."""
        names = tuple(self.dimensions)
        for first in range(len(names)):
            for second in range(first + 1, len(names)):
                yield first, second, f"{names[first]}|{names[second]}"
