"""The chance that a running promise is kept, from like promises' outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaln

from fivegaps.diagnosis.shares import Counted
from fivegaps.stats.estimate import Estimate

METHOD = "Beta-binomial over like promises, its mean and spread averaged over a grid"
FEWEST = 3  # like promises with outcomes, without which nothing is said

LEAST = 1e-7  # of the weight of a mean and size, below which they do not matter

_MEANS = 60
_SIZES = 40
_LARGEST = 300.0


def chance_of_keeping(
    like: Sequence[Counted], own: Counted = (0, 0), *, confidence: float = 0.95
) -> Estimate:
    """Return the chance that a promise is kept the next time, with its interval.

    Promises keep each its own rate; rates of like promises follow a Beta
    distribution whose mean and size are not known. All means, and all sizes from
    1 to 300 on the logarithmic scale, are equally likely beforehand. ``own``
    outcomes so far then sharpen the promise's own rate.

    Args:
        like: (kept, of how many) of each like promise with outcomes.
        own: The same of this promise.
        confidence: For instance .95.

    Returns:
        Mean and central interval of the promise's rate; ``too_few`` with fewer
        than three like promises. ``n`` counts like promises.

    Source: gelman-2013.
    """
    known = [(k, n) for k, n in like if n > 0]
    if len(known) < FEWEST:
        return Estimate.cannot("too_few", n=len(known), method=METHOD)
    means = (np.arange(_MEANS) + 0.5) / _MEANS
    sizes = np.geomspace(1.0, _LARGEST, _SIZES)
    first = np.outer(means, sizes).ravel()
    second = np.outer(1 - means, sizes).ravel()
    fit = np.zeros(first.size)
    for k, n in (*known, own):
        fit += betaln(first + k, second + n - k) - betaln(first, second)
    weights = np.exp(fit - fit.max())
    weights /= weights.sum()
    likely = weights > LEAST
    weights = weights[likely] / weights[likely].sum()
    a, b = first[likely] + own[0], second[likely] + own[1] - own[0]
    value = float(weights @ (a / (a + b)))
    low, high = (
        _quantile(weights, a, b, share) for share in ((1 - confidence) / 2, (1 + confidence) / 2)
    )
    return Estimate(value=value, low=low, high=high, n=len(known), method=METHOD)


def _quantile(
    weights: NDArray[np.float64],
    a: NDArray[np.float64],
    b: NDArray[np.float64],
    share: float,
) -> float:
    """Return a quantile of a mixture of Beta distributions, by halving."""
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        if float(weights @ betainc(a, b, middle)) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
