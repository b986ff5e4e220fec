"""Answers on the seven-point scale: cutting, carelessness, and what their mean truly is."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
LOWEST, HIGHEST = 1, 7
MIDDLE = 4.0
# Share of people who do not read the questions, and of answers left out, unless told.
CARELESS = 0.03
MISSING = 0.01


def stream(seed: int, purpose: str) -> np.random.Generator:
    """Return the generator of one purpose; purposes do not disturb each other."""
    key = int.from_bytes(hashlib.sha256(purpose.encode()).digest()[:8], "big")
    return np.random.Generator(np.random.Philox(key=[seed, key]))


def cut(latent: Floats) -> Floats:
    """Return the nearest points of the scale."""
    return np.clip(np.rint(latent), LOWEST, HIGHEST)


def true_mean(mean: Floats | float, sd: float, *, careless: float = CARELESS) -> Floats:
    """Return the mean of answers cut from normal states, careless people counted in.

    Careless people answer 4 on average, whether they tick a line or at random.
    """
    cuts = np.arange(LOWEST, HIGHEST) + 0.5
    below = ndtr((cuts - np.asarray(mean, dtype=np.float64)[..., None]) / sd).sum(axis=-1)
    return np.asarray((1 - careless) * (HIGHEST - below) + careless * MIDDLE, dtype=np.float64)


def answered(
    chance: np.random.Generator,
    latent: Floats,
    *,
    careless: float = CARELESS,
    missing: float = MISSING,
) -> Floats:
    """Return answers (n, k) of people: cut, some careless, some left out (NaN)."""
    n, k = latent.shape
    answers = cut(latent)
    unread = np.reshape(chance.random(n) < careless, (n, 1))
    lines = chance.integers(LOWEST, HIGHEST + 1, (n, 1)) * np.ones((1, k))
    anything = chance.integers(LOWEST, HIGHEST + 1, (n, k)).astype(np.float64)
    straight = chance.random((n, 1)) < 0.5
    answers = np.where(unread, np.where(straight, lines, anything), answers)
    return np.where(chance.random((n, k)) < missing, np.nan, answers)
