"""Differences in differences over units, with CR2 errors and Satterthwaite degrees of freedom.

Answers of a unit resemble one another, and an action treats whole units: what
counts is how many units there are. CR2 corrects the cluster-robust variance for
small numbers of units, Satterthwaite's degrees of freedom say how sure it is.
Everything follows from each unit's n and mean before and after; respondents need
not be kept. Source: bell-2002, pustejovsky-2018.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fivegaps.errors import CannotCompute

Floats = NDArray[np.float64]

SMALLEST_VARIANCE = 1e-24


@dataclass(frozen=True, slots=True)
class ClusteredContrast:
    """A contrast of means with its CR2 standard error and Satterthwaite's df."""

    value: float
    standard_error: float
    df: float
    units: int


def difference_in_differences(
    n: ArrayLike, means: ArrayLike, treated: ArrayLike
) -> ClusteredContrast:
    """Return (after − before) of treated units less that of the others.

    Equal to the interaction of ``lm(y ~ treated * after)`` over respondents, with
    the CR2 variance clustered by unit (identity working model).

    Args:
        n: (g, 2) answers of each unit before and after; weights of the means.
        means: (g, 2) mean of each unit before and after.
        treated: (g,) whether the unit was treated.

    Raises:
        CannotCompute: too_few, with fewer than two units on a side; constant, when
            nothing varies between units.
    """
    weight = np.asarray(n, dtype=np.float64)
    mean = np.asarray(means, dtype=np.float64)
    arm = np.asarray(treated, dtype=np.bool_)
    if min(arm.sum(), (~arm).sum()) < 2:
        raise CannotCompute("too_few", "each side needs at least 2 units")
    side = arm.astype(np.float64)
    design = np.array([[[1.0, one, period, one * period] for period in (0.0, 1.0)] for one in side])
    return _contrast(design, weight, mean, np.array([0.0, 0.0, 0.0, 1.0]))


def change(n: ArrayLike, means: ArrayLike) -> ClusteredContrast:
    """Return after − before over units, where there is nothing to compare with.

    Args:
        n: (g, 2) answers of each unit before and after.
        means: (g, 2) means.

    Raises:
        CannotCompute: too_few, with fewer than two units; constant.
    """
    weight = np.asarray(n, dtype=np.float64)
    mean = np.asarray(means, dtype=np.float64)
    if len(weight) < 2:
        raise CannotCompute("too_few", "needs at least 2 units")
    design = np.array([[[1.0, 0.0], [1.0, 1.0]] for _ in weight])
    return _contrast(design, weight, mean, np.array([0.0, 1.0]))


def _contrast(design: Floats, weight: Floats, mean: Floats, contrast: Floats) -> ClusteredContrast:
    """Fit by weighted least squares on cells (g, 2) and return one contrast.

    Within a unit the design has one row per period, so that the adjustment
    (I − H)^(−1/2) of its respondents acts on the two period means alone.
    """
    units = len(weight)
    root = np.sqrt(weight)
    scaled = design * root[:, :, None]
    outcome = mean * root
    information = np.einsum("gtp,gtq->pq", scaled, scaled)
    inverse = np.linalg.inv(information)
    coefficients = inverse @ np.einsum("gtp,gt->p", scaled, outcome)
    residuals = outcome - np.einsum("gtp,p->gt", scaled, coefficients)
    hat = np.einsum("gtp,pq,hsq->gths", scaled, inverse, scaled, optimize=True)
    adjustment = np.array([_inverse_root(np.eye(2) - hat[g, :, g, :]) for g in range(units)])
    lever = np.einsum("gts,gsp,p->gt", adjustment, scaled, inverse @ contrast)
    shares = np.einsum("gt,gt->g", lever, residuals)
    variance = float(shares @ shares)
    value = float(contrast @ coefficients)
    if not variance > SMALLEST_VARIANCE * max(float(np.max(mean**2)), 1.0):
        raise CannotCompute("constant", "nothing varies between units")
    # Rows of (I − H) belonging to a unit, turned by its lever: B = P P'.
    full = np.eye(2 * units).reshape(units, 2, units, 2) - hat
    turned = np.einsum("gt,gths->ghs", lever, full).reshape(units, -1)
    products = turned @ turned.T
    df = float(np.trace(products) ** 2 / np.sum(products**2))
    return ClusteredContrast(value, float(np.sqrt(variance)), df, units)


def _inverse_root(matrix: Floats) -> Floats:
    """Return the symmetric inverse square root; directions without variance are left out."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    kept = values > 1e-10
    root: Floats = (vectors[:, kept] / np.sqrt(values[kept])) @ vectors[:, kept].T
    return root
