"""Sums of score columns over some respondents, with what weights and clusters need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.crossing import Key, crossed
from fivegaps.engines.grams import (
    Floats,
    Gram,
    added,
    grouped_grams,
    grouped_totals,
    weighted_gram,
)
from fivegaps.engines.grams import gram as exact_gram
from fivegaps.errors import OptionRefused
from fivegaps.io.answers import Block, Categories

# Sums of squared weights stay finite and above 0; real weights are nowhere near.
LIGHTEST, HEAVIEST = 1e-15, 1e15
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the answers were drawn and are weighted: file columns, all optional."""

    cluster: str | None = None
    weight: str | None = None
    margins: Key = ()


@dataclass(frozen=True, slots=True)
class ScoreSums:
    """Additive sums of Z over some respondents.

    ``gram`` Σ ZZ'; ``clusters`` totals of Z by (cluster, margin values …), which
    are weighted where a weight column is given, answers without a cluster being
    one together; ``cells`` Σ ZZ' by margin values; ``weighted`` of the floating
    type: ``once`` Σ w ZZ' and ``twice`` Σ w² ZZ'.
    """

    gram: Gram
    clusters: Mapping[Key, Floats]
    cells: Mapping[Key, Gram]
    weighted: Mapping[str, Floats]

    def __add__(self, other: ScoreSums) -> ScoreSums:
        """Return the sums over both sets of respondents."""
        return ScoreSums(
            gram=self.gram + other.gram,
            clusters=added(self.clusters, other.clusters),
            cells=added(self.cells, other.cells),
            weighted=added(self.weighted, other.weighted),
        )

    def at(self, places: NDArray[np.intp]) -> ScoreSums:
        """Return the sums of some rows of Z only."""
        square = np.ix_(places, places)
        return ScoreSums(
            gram=self.gram[square],
            clusters={key: total[places] for key, total in self.clusters.items()},
            cells={key: gram[square] for key, gram in self.cells.items()},
            weighted={key: gram[square] for key, gram in self.weighted.items()},
        )

    def without(self, part: ScoreSums) -> ScoreSums:
        """Return the sums over these respondents less a part of them.

        A cluster of which nobody is left is no cluster any more.
        """
        clusters = {}
        for key, total in self.clusters.items():
            left = total - part.clusters.get(key, np.zeros_like(total))
            if (np.abs(left) > ROUNDING * np.abs(total)).any():
                clusters[key] = left
        return ScoreSums(
            gram=self.gram - part.gram,
            clusters=clusters,
            cells=added(self.cells, {key: -gram for key, gram in part.cells.items()}),
            weighted=added(self.weighted, {key: -gram for key, gram in part.weighted.items()}),
        )


def score_sums(sampling: Sampling, block: Block, z: Floats) -> ScoreSums:
    """Return the sums of Z (z, n) over a block's respondents."""
    weights = answer_weights(block, sampling.weight)
    clusters: dict[Key, Floats] = {}
    cells: dict[Key, Gram] = {}
    weighted: dict[str, Floats] = {}
    if sampling.cluster is not None:
        codes, keys = crossed(block, (), optional=(sampling.cluster, *sampling.margins))
        totals = grouped_totals(z, codes, weights)
        clusters = {keys[code]: total for code, total in totals.items()}
    if sampling.margins:
        codes, keys = crossed(block, (), optional=sampling.margins)
        cells = {keys[code]: gram for code, gram in grouped_grams(z, codes).items()}
    if weights is not None:
        weighted = {"once": weighted_gram(z, weights), "twice": weighted_gram(z, weights**2)}
    return ScoreSums(exact_gram(z), clusters, cells, weighted)


def answer_weights(block: Block, name: str | None) -> Floats | None:
    """Return the weight of each answer (n,); not given counts as 0.

    Raises:
        OptionRefused: A weight is negative or no size that a weight can have.
    """
    if name is None:
        return None
    column = block.columns[name]
    if isinstance(column, Categories):
        message = f"{name} was not read as numbers"
        raise TypeError(message)
    weights = np.where(np.isnan(column.values), 0.0, column.values)
    wrong = np.flatnonzero(
        (weights < 0) | (weights > HEAVIEST) | ((weights > 0) & (weights < LIGHTEST))
    )
    if wrong.size:
        raise OptionRefused(
            "--weight",
            f"column {name!r} holds {weights[wrong[0]]:g} in data row {block.rows[wrong[0]] + 1};"
            f" a weight is 0, or a number from {LIGHTEST:g} to {HEAVIEST:g}",
        )
    return weights
