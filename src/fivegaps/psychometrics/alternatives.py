"""Other structures for the same answers, to be read beside the instrument's dimensions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fivegaps.psychometrics.admissibility import INSEPARABLE
from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.fit_summary import fit_of
from fivegaps.psychometrics.results import Alternatives, Fit
from fivegaps.stats.structural.derived import factor_correlations
from fivegaps.stats.structural.sample import Sample
from fivegaps.stats.structural.starts import composite_correlations
from fivegaps.stats.structural.structure import correlated_factors, higher_order

_FEWEST_FOR_HIGHER_ORDER = 3


def alternatives(confirmation: Confirmation) -> Alternatives:
    """Return the fit of one factor, of a higher-order factor and of merged dimensions.

    Merged are all dimensions that correlate .95 or more (in chains); where none do, the pair
    that correlates highest. Correlations are the model's, or those of the dimensions' sums
    freed of unreliability where the model did not converge. A higher-order factor needs three
    dimensions at least (with three it fits exactly as the correlated dimensions do).
    """
    sample, names = confirmation.sample, tuple(confirmation.dimensions)
    if sample is None:
        missing = Fit(n=confirmation.n, reason=confirmation.reason)
        return Alternatives(missing, missing, missing)
    if len(names) < 2:
        missing = Fit(n=confirmation.n, reason="one_dimension")
        return Alternatives(missing, missing, missing)
    groups = _merged(_correlations(confirmation, sample))
    blocks = [
        [item for factor in group for item in confirmation.blocks[factor]] for group in groups
    ]
    everything = [list(range(sample.columns))]
    return Alternatives(
        one_factor=fit_of(correlated_factors(everything, sample.columns), sample),
        higher_order=_higher_order(confirmation, sample),
        merged=fit_of(correlated_factors(blocks, sample.columns), sample),
        merged_factors=tuple(
            tuple(names[factor] for factor in group) for group in groups if len(group) > 1
        ),
    )


def _correlations(confirmation: Confirmation, sample: Sample) -> NDArray[np.float64]:
    solution = confirmation.converged
    if solution is not None:
        return factor_correlations(solution.matrices)
    return composite_correlations(sample.correlation(), confirmation.blocks)


def _merged(correlations: NDArray[np.float64]) -> list[list[int]]:
    """Return groups of dimensions in their order; those of one group are merged."""
    between = np.abs(correlations)
    np.fill_diagonal(between, 0.0)
    threshold = min(INSEPARABLE, float(between.max()))
    group = list(range(len(between)))
    for first in range(len(between)):
        for second in range(first):
            if between[first, second] >= threshold:
                old, new = group[first], group[second]
                group = [new if one == old else one for one in group]
    return [
        [factor for factor, one in enumerate(group) if one == label]
        for label in dict.fromkeys(group)
    ]


def _higher_order(confirmation: Confirmation, sample: Sample) -> Fit:
    if len(confirmation.dimensions) < _FEWEST_FOR_HIGHER_ORDER:
        return Fit(n=confirmation.n, reason="too_few_factors")
    markers = [_best_marker(sample, block) for block in confirmation.blocks]
    structure = higher_order(confirmation.blocks, sample.columns, markers=markers)
    return fit_of(structure, sample)


def _best_marker(sample: Sample, block: Sequence[int]) -> int:
    """Return the item that goes best with the others: a weak unit makes the fit unstable."""
    chosen = np.array(block)
    own = np.abs(sample.correlation()[np.ix_(chosen, chosen)]).sum(axis=0)
    return int(chosen[int(np.argmax(own))])
