"""Sums, counts and cross-products of score columns, by group, exact in whole numbers.

A Gram matrix over Z = [values; masks] holds at once how many answered each pair
of columns, their sums on those answers and their products, so that the mean and
the variance of any linear score follow without another look at the answers.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.scores import Scored


class Addable(Protocol):
    """Anything that adds to its like."""

    def __add__(self, other: Self, /) -> Self:
        """Return the sum."""
        ...


K = TypeVar("K", bound=Hashable)
L = TypeVar("L", bound=Hashable)
A = TypeVar("A", bound=Addable)
Floats = NDArray[np.float64]
Gram = NDArray[np.int64]

# Whole numbers up to this are exact in floating point.
EXACT = 2.0**53


def stacked(scored: Scored) -> Floats:
    """Return Z (c + m, n): masked values above their masks."""
    return np.concatenate([scored.values.astype(np.float64), scored.masks.astype(np.float64)])


@dataclass(frozen=True, slots=True)
class Grouping:
    """Rows in the order of their groups: ``order`` (n,), ``bounds`` (g + 1,), ``keys`` (g,)."""

    order: NDArray[np.intp]
    bounds: NDArray[np.intp]
    keys: Sequence[int]


def grouping(groups: NDArray[np.integer]) -> Grouping:
    """Return the rows sorted by group, stable; negative groups are left out."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    first = int(np.searchsorted(ordered, 0))
    order, ordered = order[first:], ordered[first:]
    keys, starts = np.unique(ordered, return_index=True)
    bounds = np.append(starts, len(ordered)).astype(np.intp)
    return Grouping(order, bounds, [int(key) for key in keys])


def gram(columns: Floats) -> Gram:
    """Return Z Zᵀ (z, z) as exact integers; rows that repeat are multiplied once."""
    distinct, places = _distinct_rows(columns)
    found: Gram = _exact_product(distinct)[np.ix_(places, places)]
    return found


def _exact_product(rows: Floats) -> Gram:
    """Return R Rᵀ of whole numbers, over so few respondents at a time that floats are exact."""
    largest = float(np.abs(rows).max(initial=1.0))
    chunk = max(int(EXACT / largest**2), 1)
    product = np.zeros((rows.shape[0],) * 2, dtype=np.int64)
    for first in range(0, rows.shape[1], chunk):
        part = rows[:, first : first + chunk]
        product += (part @ part.T).astype(np.int64)
    return product


def weighted_gram(columns: Floats, weights: Floats) -> Floats:
    """Return Z diag(w) Zᵀ (z, z), of the floating type."""
    return (columns * weights) @ columns.T


def grouped_grams(columns: Floats, groups: NDArray[np.integer]) -> dict[int, Gram]:
    """Return the Gram matrix of each group's rows; negative groups are left out."""
    found = grouping(groups)
    ordered = np.ascontiguousarray(columns.T[found.order])
    grams: dict[int, Gram] = {}
    for key, start, end in zip(found.keys, found.bounds[:-1], found.bounds[1:], strict=True):
        grams[key] = _exact_product(ordered[start:end].T)
    return grams


def grouped_weighted_grams(
    columns: Floats, groups: NDArray[np.integer], weights: Floats
) -> dict[int, Floats]:
    """Return Z diag(w) Zᵀ of each group's rows."""
    found = grouping(groups)
    ordered = np.ascontiguousarray(columns.T[found.order])
    sorted_weights = weights[found.order]
    return {
        key: (ordered[start:end] * sorted_weights[start:end, None]).T @ ordered[start:end]
        for key, start, end in zip(found.keys, found.bounds[:-1], found.bounds[1:], strict=True)
    }


def grouped_totals(
    columns: Floats, groups: NDArray[np.integer], weights: Floats | None = None
) -> dict[int, Floats]:
    """Return the sums (z,) of each group's rows, weighted when weights are given."""
    found = grouping(groups)
    if not found.keys:
        return {}
    rows = columns.T if weights is None else columns.T * weights[:, None]
    totals = np.add.reduceat(rows[found.order], found.bounds[:-1], axis=0)
    return dict(zip(found.keys, totals, strict=True))


def added(left: Mapping[K, A], right: Mapping[K, A]) -> dict[K, A]:
    """Return both mappings, what stands under the same key added."""
    total = dict(left)
    for key, value in right.items():
        total[key] = total[key] + value if key in total else value
    return total


def added_within(
    left: Mapping[K, Mapping[L, A]], right: Mapping[K, Mapping[L, A]]
) -> dict[K, Mapping[L, A]]:
    """Return both mappings of mappings, added two levels down."""
    total = dict(left)
    for key, inner in right.items():
        total[key] = added(total[key], inner) if key in total else inner
    return total


def _distinct_rows(columns: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Return rows without repeats; all-ones masks are the usual repeat."""
    full = columns.shape[1]
    ones = (
        [
            place
            for place in range(columns.shape[0])
            if columns[place, 0] == 1.0
            and columns[place].sum() == full
            and (columns[place] == 1).all()
        ]
        if full
        else []
    )
    places = np.arange(columns.shape[0])
    if len(ones) < 2:
        return columns, places
    kept = np.setdiff1d(places, np.array(ones[1:]))
    position = np.empty(columns.shape[0], dtype=np.intp)
    position[kept] = np.arange(len(kept))
    position[ones[1:]] = position[ones[0]]
    return columns[kept], position
