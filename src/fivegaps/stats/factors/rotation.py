"""Rotations towards simple structure: varimax, promax, oblimin."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, sin
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import CannotCompute

Floats = NDArray[np.float64]
Rotation = Literal["none", "varimax", "promax", "oblimin"]

_PROMAX_POWER = 4
_MOST_STEPS = 1000
# Radians below which varimax stands still; gradient below which oblimin is flat
# (that of R's GPArotation).
_STILL = 1e-8
_FLAT = 1e-5


@dataclass(frozen=True, slots=True)
class Rotated:
    """Factors after rotation, the one that explains most first, each with a positive sum.

    ``pattern`` (p, q) are regression weights of items on factors; ``correlations``
    (q, q) among the factors.
    """

    rotation: Rotation
    pattern: Floats
    correlations: Floats
    converged: bool

    @property
    def structure(self) -> Floats:
        """Correlations (p, q) of items with factors."""
        structure: Floats = self.pattern @ self.correlations
        return structure

    @property
    def communalities(self) -> Floats:
        """Variance (p,) of each item that the factors explain: diag(ΛΦΛ')."""
        explained: Floats = (self.pattern * self.structure).sum(axis=1)
        return explained

    @property
    def variance_explained(self) -> Floats:
        """Share (q,) of the items' whole variance that goes with each factor."""
        shares: Floats = (self.pattern * self.structure).sum(axis=0) / len(self.pattern)
        return shares


def rotate(
    loadings: Floats, rotation: Rotation = "oblimin", *, kaiser: bool | None = None
) -> Rotated:
    """Rotate loadings (p, q) towards simple structure.

    Args:
        loadings: Unrotated loadings.
        rotation: none, varimax (orthogonal), promax with power 4 on varimax, or
            direct oblimin with γ = 0 (quartimin).
        kaiser: Whether rows are scaled to unit length during the rotation. By
            default as R does it: for varimax and promax, not for oblimin.

    Raises:
        CannotCompute: not_converged, when the rotation breaks down.

    Source: kaiser-1958, hendrickson-1964, jennrich-2002, bernaards-2005.
    """
    q = loadings.shape[1]
    if q == 1 or rotation == "none":
        return _ordered("none", loadings, np.eye(q), converged=True)
    scaled = rotation != "oblimin" if kaiser is None else kaiser
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True)) if scaled else np.ones((1, 1))
    rows = loadings / np.where(length > 0, length, 1.0)
    if rotation == "oblimin":
        pattern, correlations, converged = _oblimin(rows)
        return _ordered(rotation, pattern * length, correlations, converged=converged)
    turned, converged = _varimax(rows)
    turned = turned * length
    if rotation == "varimax":
        return _ordered(rotation, turned, np.eye(q), converged=converged)
    pattern, correlations = _promax(turned)
    return _ordered(rotation, pattern, correlations, converged=converged)


def _ordered(
    rotation: Rotation, pattern: Floats, correlations: Floats, *, converged: bool
) -> Rotated:
    sign = np.where(pattern.sum(axis=0) < 0, -1.0, 1.0)
    pattern = pattern * sign
    correlations = correlations * np.outer(sign, sign)
    explained = (pattern * (pattern @ correlations)).sum(axis=0)
    order = np.argsort(-explained, kind="stable")
    return Rotated(
        rotation=rotation,
        pattern=pattern[:, order],
        correlations=correlations[np.ix_(order, order)],
        converged=converged,
    )


def _varimax(loadings: Floats) -> tuple[Floats, bool]:
    """Turn pairs of factors, each by its best angle, until no pair turns any more.

    Kaiser's own planar rotations: the criterion never falls, whereas the usual
    iteration on all factors at once can swing to and fro around simple structure.
    """
    p, q = loadings.shape
    turned = loadings.copy()
    pairs = [(i, j) for i in range(q) for j in range(i + 1, q)]
    for _ in range(_MOST_STEPS):
        largest = 0.0
        for i, j in pairs:
            x, y = turned[:, i].copy(), turned[:, j].copy()
            u, v = x**2 - y**2, 2 * x * y
            a, b = u.sum(), v.sum()
            across = 2 * (u @ v) - 2 * a * b / p
            along = u @ u - v @ v - (a**2 - b**2) / p
            angle = atan2(across, along) / 4
            largest = max(largest, abs(angle))
            turned[:, i] = x * cos(angle) + y * sin(angle)
            turned[:, j] = y * cos(angle) - x * sin(angle)
        if largest < _STILL:
            return turned, True
    return turned, False


def _promax(turned: Floats) -> tuple[Floats, Floats]:
    target = turned * np.abs(turned) ** (_PROMAX_POWER - 1)
    turn, *_ = np.linalg.lstsq(turned, target, rcond=None)
    try:
        scale = np.sqrt(np.diag(np.linalg.inv(turn.T @ turn)))
        turn = turn * scale
        inverse = np.linalg.inv(turn)
    except np.linalg.LinAlgError:
        raise CannotCompute("not_converged", "promax found no oblique factors") from None
    return turned @ turn, inverse @ inverse.T


def _oblimin(loadings: Floats) -> tuple[Floats, Floats, bool]:
    """Return the best of two starts: unrotated factors, and varimax.

    The criterion can have several minima; the unrotated start is the one of R's
    GPArotation and wins a tie.
    """
    q = loadings.shape[1]
    turned, _ = _varimax(loadings)
    towards_varimax, *_ = np.linalg.lstsq(loadings, turned, rcond=None)
    best = _descend(loadings, np.eye(q))
    left, _, right = np.linalg.svd(towards_varimax)
    other = _descend(loadings, left @ right)
    if other.value < best.value * (1 - 1e-4):
        best = other
    return best.pattern, best.axes.T @ best.axes, best.converged


@dataclass(frozen=True, slots=True)
class _Descent:
    pattern: Floats
    axes: Floats
    value: float
    converged: bool


def _descend(loadings: Floats, axes: Floats) -> _Descent:
    """Gradient projection over oblique axes (q, q) with columns of unit length."""
    inverse = np.linalg.inv(axes)
    pattern = loadings @ inverse.T
    value, slope = _quartimin(pattern)
    step = 1.0
    for _ in range(_MOST_STEPS):
        gradient = -(pattern.T @ slope @ inverse).T
        projected = gradient - axes * (axes * gradient).sum(axis=0)
        size = float(np.sqrt((projected**2).sum()))
        if size < _FLAT:
            return _Descent(pattern, axes, value, converged=True)
        step *= 2
        for _ in range(12):
            tried = axes - step * projected
            tried /= np.sqrt((tried**2).sum(axis=0))
            inverse = np.linalg.inv(tried)
            pattern = loadings @ inverse.T
            tried_value, slope = _quartimin(pattern)
            if value - tried_value > 0.5 * size**2 * step:
                break
            step /= 2
        axes, value = tried, tried_value
    return _Descent(pattern, axes, value, converged=False)


def _quartimin(pattern: Floats) -> tuple[float, Floats]:
    """Return the oblimin criterion for γ = 0 and its gradient (p, q)."""
    squares = pattern**2
    others = squares.sum(axis=1, keepdims=True) - squares
    return float((squares * others).sum()) / 4, pattern * others
