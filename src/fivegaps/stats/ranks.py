"""Wilcoxon's signed-rank test from a frequency table of whole-number differences.

Ranks are taken on whole numbers, never on float means: rounding breaks ties and
moves the statistic.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from fivegaps.stats.estimate import SignedRank


def signed_rank(differences: ArrayLike, counts: ArrayLike) -> SignedRank:
    """Return Wilcoxon's signed-rank test of differences that are centred on zero.

    Zeros are dropped; ties share their mean rank; p is two-sided by the normal
    approximation with tie and continuity correction (R: ``wilcox.test(exact =
    FALSE)``). ``rank_biserial`` is (T₊ − T₋) / (T₊ + T₋).

    Args:
        differences: (m,) whole numbers.
        counts: (m,) how often each difference was found.

    Returns:
        The test; reason ``constant`` when every difference is zero and ``too_few``
        when there is none.

    Source: wilcoxon-1945, kerby-2014.
    """
    values = np.asarray(differences, dtype=np.int64)
    often = np.asarray(counts, dtype=np.int64)
    moved = (values != 0) & (often > 0)
    n = int(often[moved].sum())
    if n == 0:
        reason = "constant" if int(often.sum()) > 0 else "too_few"
        return SignedRank(v=None, n_nonzero=0, p=None, reason=reason)

    magnitudes, place = np.unique(np.abs(values[moved]), return_inverse=True)
    tied = _sums(place, often[moved], magnitudes.size)
    above = values[moved] > 0
    positive = _sums(place[above], often[moved][above], magnitudes.size)
    # Twice the mean rank of a tie is a whole number, so the sum of ranks is exact.
    doubled_ranks = 2 * np.cumsum(tied) - tied + 1
    v = int((doubled_ranks * positive).sum()) / 2

    centred = v - n * (n + 1) / 4
    # Python's whole numbers: the cube of ten million does not fit into 64 bits.
    ties = sum(size**3 - size for size in map(int, tied))
    spread = math.sqrt((2 * n * (n + 1) * (2 * n + 1) - ties) / 48)
    z = (abs(centred) - 0.5) / spread if centred else 0.0
    return SignedRank(
        v=v,
        n_nonzero=n,
        p=min(1.0, 2 * float(ndtr(-z))),
        rank_biserial=4 * centred / (n * (n + 1)),
    )


def _sums(place: NDArray[np.intp], counts: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, place, counts)
    return total
