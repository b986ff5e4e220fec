"""The model: which elements of the four matrices are free, fixed or equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


class Place(IntEnum):
    """The matrix of the model in which a parameter stands."""

    LOADING = 0
    """Λ (p, m): row observed, column latent."""
    REGRESSION = 1
    """B (m, m): row depends on column."""
    LATENT = 2
    """Ψ (m, m): variances and covariances of latent variables or of their disturbances."""
    RESIDUAL = 3
    """Θ (p, p): residual variances and covariances."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One element of the model; free when ``fixed`` is None, equal to all of its ``label``.

    In the symmetric matrices an element stands for its mirror image too.
    """

    place: Place
    row: int
    column: int
    fixed: float | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Matrices:
    """The four matrices filled with numbers."""

    loadings: Matrix
    regressions: Matrix
    latent: Matrix
    residual: Matrix

    def rescaled(self, scale: Vector) -> Matrices:
        """Return the same model with each latent variable multiplied by its scale (m,)."""
        return Matrices(
            loadings=self.loadings / scale,
            regressions=self.regressions * scale[:, None] / scale,
            latent=self.latent * np.outer(scale, scale),
            residual=self.residual,
        )


@dataclass(frozen=True, slots=True)
class Structure:
    """A model of p observed and m latent variables; elements not named are fixed to zero.

    Attributes:
        observed: p.
        latent: m.
        parameters: Elements, free and fixed.
        free: Number of distinct free parameters, q.
        places, rows, columns: (e,), the elements that are free.
        index: (e,), which of the q free parameters each of them is.
    """

    observed: int
    latent: int
    parameters: tuple[Parameter, ...]
    free: int = field(init=False)
    places: NDArray[np.intp] = field(init=False, repr=False)
    rows: NDArray[np.intp] = field(init=False, repr=False)
    columns: NDArray[np.intp] = field(init=False, repr=False)
    index: NDArray[np.intp] = field(init=False, repr=False)
    _fixed: Matrices = field(init=False, repr=False)
    _layout: tuple[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]], ...] = field(
        init=False, repr=False
    )

    def __post_init__(self) -> None:
        """Number the free parameters and lay out the fixed ones."""
        free = [element for element in self.parameters if element.fixed is None]
        numbers: dict[str, int] = {}
        index = [
            numbers.setdefault(f"={one.label}" if one.label else str(position), len(numbers))
            for position, one in enumerate(free)
        ]
        places = np.array([one.place for one in free], dtype=np.intp)
        rows = np.array([one.row for one in free], dtype=np.intp)
        columns = np.array([one.column for one in free], dtype=np.intp)
        empty = Matrices(
            loadings=np.zeros((self.observed, self.latent)),
            regressions=np.zeros((self.latent, self.latent)),
            latent=np.zeros((self.latent, self.latent)),
            residual=np.zeros((self.observed, self.observed)),
        )
        for one in self.parameters:
            if one.fixed is not None:
                _place(empty, one.place, one.row, one.column, one.fixed)
        for name, value in (
            ("free", len(numbers)),
            ("places", places),
            ("rows", rows),
            ("columns", columns),
            ("index", np.array(index, dtype=np.intp)),
            ("_fixed", empty),
            ("_layout", tuple(_laid_out(places, rows, columns, place) for place in Place)),
        ):
            object.__setattr__(self, name, value)

    @property
    def degrees_of_freedom(self) -> int:
        """Return distinct covariances less free parameters; negative: not identified."""
        return self.observed * (self.observed + 1) // 2 - self.free

    def matrices(self, values: Vector) -> Matrices:
        """Return the four matrices at the values (q,) of the free parameters."""
        spread = np.asarray(values, dtype=np.float64)[self.index]
        matrices = [matrix.copy() for matrix in _in_order(self._fixed)]
        for matrix, (elements, rows, columns) in zip(matrices, self._layout, strict=True):
            matrix[rows, columns] = spread[elements]
        return Matrices(*matrices)

    def values(self, matrices: Matrices) -> Vector:
        """Return the free parameters (q,) found in the matrices; equal ones are averaged."""
        total = np.zeros(self.free)
        count = np.zeros(self.free)
        for place, matrix in enumerate(_in_order(matrices)):
            here = self.places == place
            np.add.at(total, self.index[here], matrix[self.rows[here], self.columns[here]])
            np.add.at(count, self.index[here], 1.0)
        return total / count

    def collected(self, elements: Vector) -> Vector:
        """Return sums over equal elements: (e, …) to (q, …); the chain rule of equality."""
        if self.free == len(self.index):
            return elements
        total = np.zeros((self.free, *elements.shape[1:]))
        np.add.at(total, self.index, elements)
        return total


def _in_order(matrices: Matrices) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    return matrices.loadings, matrices.regressions, matrices.latent, matrices.residual


def _laid_out(
    places: NDArray[np.intp], rows: NDArray[np.intp], columns: NDArray[np.intp], place: Place
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return which elements fill one matrix, and where; mirror images in symmetric ones."""
    here = np.flatnonzero(places == place)
    if place not in (Place.LATENT, Place.RESIDUAL):
        return here, rows[here], columns[here]
    return (
        np.concatenate([here, here]),
        np.concatenate([rows[here], columns[here]]),
        np.concatenate([columns[here], rows[here]]),
    )


def _place(matrices: Matrices, place: Place, row: int, column: int, value: float) -> None:
    matrix = _in_order(matrices)[place]
    matrix[row, column] = value
    if place in (Place.LATENT, Place.RESIDUAL):
        matrix[column, row] = value


def correlated_factors(blocks: Sequence[Sequence[int]], observed: int) -> Structure:
    """Return factors of variance 1 with free correlations, each item on one factor.

    A factor of one item takes that item's place: its residual variance is fixed to zero,
    because nothing could tell the two apart.

    Args:
        blocks: The items (positions) of each factor.
        observed: p.
    """
    parameters = [
        Parameter(Place.LOADING, item, factor)
        for factor, items in enumerate(blocks)
        for item in items
    ]
    parameters += _residuals(blocks)
    for factor in range(len(blocks)):
        parameters.append(Parameter(Place.LATENT, factor, factor, fixed=1.0))
        parameters += [Parameter(Place.LATENT, factor, other) for other in range(factor)]
    return Structure(observed=observed, latent=len(blocks), parameters=tuple(parameters))


def higher_order(
    blocks: Sequence[Sequence[int]], observed: int, *, markers: Sequence[int]
) -> Structure:
    """Return factors explained by one general factor of variance 1, with free disturbances.

    The general factor is the last latent variable; each factor takes the unit of its marker.
    """
    general = len(blocks)
    parameters = [
        Parameter(Place.LOADING, item, factor, fixed=1.0 if item == markers[factor] else None)
        for factor, items in enumerate(blocks)
        for item in items
    ]
    parameters += _residuals(blocks)
    for factor in range(general):
        parameters.append(Parameter(Place.REGRESSION, factor, general))
        parameters.append(Parameter(Place.LATENT, factor, factor))
    parameters.append(Parameter(Place.LATENT, general, general, fixed=1.0))
    return Structure(observed=observed, latent=general + 1, parameters=tuple(parameters))


def _residuals(blocks: Sequence[Sequence[int]]) -> list[Parameter]:
    return [
        Parameter(Place.RESIDUAL, item, item, fixed=0.0 if len(items) == 1 else None)
        for items in blocks
        for item in items
    ]
