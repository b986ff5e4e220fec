"""Second derivatives of the discrepancy: Newton's step and the observed information."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.structural.implied import Implied, free_directions
from fivegaps.stats.structural.structure import Matrix, Place, Structure


def hessian(structure: Structure, implied: Implied, sample: Matrix) -> Matrix:
    """Return the second derivatives (q, q) of F in the free parameters.

    Half of it is the observed information of one row; at the solution it differs from the
    expected one as far as the model does not fit.
    """
    way = free_directions(structure, implied)
    inverse = implied.inverse
    weighted = inverse @ sample @ inverse
    first = _Products(way.left, way.right, inverse)
    second = _Products(way.left, way.right, weighted)
    # F' = 2w·lᵀMr with M = Σ⁻¹ − Σ⁻¹SΣ⁻¹; here M moves and the vectors stand still …
    moving = (
        _between(first, second) + _between(second, first) - _between(first, first)
    ) * way.weight
    # … and here the vectors move while M stands still.
    still = first.minus(second)
    left_a, left_b = _turns(structure, implied, way.weight, left=True)
    right_a, right_b = _turns(structure, implied, way.weight, left=False)
    turning = (
        left_a * still.right_left
        + left_b * still.right_right
        + right_a * still.left_left
        + right_b * still.left_right
    )
    elements = 2 * way.weight[:, None] * (moving + turning)
    elements = (elements + elements.T) / 2
    return structure.collected(structure.collected(elements).T)


class _Products:
    """The four tables (e, e) of vᵀXw over the left and right vectors of all elements."""

    __slots__ = ("left_left", "left_right", "right_left", "right_right")

    def __init__(self, left: Matrix, right: Matrix, inner: Matrix) -> None:
        self.left_left = left @ inner @ left.T
        self.left_right = left @ inner @ right.T
        self.right_left = self.left_right.T
        self.right_right = right @ inner @ right.T

    def minus(self, other: _Products) -> _Products:
        """Return the tables of X − Y."""
        difference = object.__new__(_Products)
        for name in _Products.__slots__:
            setattr(difference, name, getattr(self, name) - getattr(other, name))
        return difference


def _between(one: _Products, other: _Products) -> Matrix:
    """Return lᵀX dΣ Y r of every element (row) for the dΣ of every element (column)."""
    return one.left_left * other.right_right + one.left_right * other.right_left


def _turns(
    structure: Structure, implied: Implied, weight: NDArray[np.float64], *, left: bool
) -> tuple[Matrix, Matrix]:
    """Return how far each element's vector turns towards the left and right vectors of others.

    Vectors are unit vectors (which stand still), columns of Λ(I−B)⁻¹ or columns of ΛC, with C
    the covariances of the latent variables.
    """
    places, rows, columns = structure.places, structure.rows, structure.columns
    effects, factors = implied.effects, implied.factors
    own = rows if left else columns
    if left:
        reached = (places == Place.REGRESSION) | (places == Place.LATENT)
        carried = np.zeros_like(reached)
    else:
        reached = places == Place.LATENT
        carried = (places == Place.LOADING) | (places == Place.REGRESSION)
    count = len(places)
    towards_left, towards_right = np.zeros((count, count)), np.zeros((count, count))
    moves = (places == Place.LOADING) | (places == Place.REGRESSION)
    grid = np.ix_
    towards_left[grid(reached, moves)] = effects[grid(columns[moves], own[reached])].T
    towards_left[grid(carried, moves)] = factors[grid(columns[moves], own[carried])].T
    latent, regressed = places == Place.LATENT, places == Place.REGRESSION
    towards_left[grid(carried, latent)] = (
        effects[grid(own[carried], columns[latent])] * weight[latent]
    )
    towards_right[grid(carried, latent)] = (
        effects[grid(own[carried], rows[latent])] * weight[latent]
    )
    towards_right[grid(carried, regressed)] = effects[grid(own[carried], rows[regressed])]
    return towards_left, towards_right
