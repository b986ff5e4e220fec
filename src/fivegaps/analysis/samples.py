"""From the counts of a scan to sums that give means: whole, by segment, without the flagged."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fivegaps.analysis.item_sums import item_sums
from fivegaps.analysis.results import SurveyWeights
from fivegaps.engines.crossing import Key
from fivegaps.engines.grams import Floats, added
from fivegaps.engines.score_sums import ScoreSums
from fivegaps.engines.scores import EVERYONE, ScoreColumn, ScoreLayout
from fivegaps.engines.survey import SurveyCounts, main_columns
from fivegaps.errors import CannotCompute, OptionRefused
from fivegaps.scoring.sums import Cells, Sums, whole
from fivegaps.stats.weights import Margin, Raking, kish_deff, rake


class Weighing:
    """How the answers of one analysis are weighted; turns sums of scores into :class:`Sums`."""

    def __init__(
        self,
        layout: ScoreLayout,
        counts: SurveyCounts,
        *,
        margins: tuple[Margin, ...],
        weight: str | None,
    ) -> None:
        """Rake to the margins when there are any.

        Raises:
            OptionRefused: The weights add up to nothing, or none agree with the margins.
        """
        self.layout = layout
        self.weight = weight
        self.margins = margins
        self.raking: Raking | None = None
        one = len(layout.columns) + layout.mask_index[EVERYONE]
        self._once = counts.scores.weighted.get("once")
        self._twice = counts.scores.weighted.get("twice")
        self._n = int(counts.scores.gram[one, one])
        self._one = one
        if margins and self._n > 0:
            cells = {key: int(gram[one, one]) for key, gram in counts.scores.cells.items()}
            try:
                self.raking = rake(cells, margins)
            except CannotCompute as error:
                raise OptionRefused("--margins", error.detail) from error
        if self._once is not None and self._n > 0 and not self._once[one, one] > 0:
            raise OptionRefused("--weight", f"no answer has a weight above 0 in column {weight!r}")

    def describe(self) -> SurveyWeights | None:
        """Return margins, design effect and effective n, or None without weights."""
        if self.raking is not None:
            return SurveyWeights(
                margins={margin.column: dict(margin.targets) for margin in self.margins},
                deff=self.raking.deff,
                n_effective=self.raking.n_effective,
                source="margins",
                smallest=float(self.raking.weights.min()),
                largest=float(self.raking.weights.max()),
            )
        if self._once is None or self._twice is None or self.weight is None or self._n == 0:
            return None
        total = float(self._once[self._one, self._one])
        deff = kish_deff(self._n, total, float(self._twice[self._one, self._one]))
        return SurveyWeights(margins={}, deff=deff, n_effective=self._n / deff, source=self.weight)

    def whole(self, counts: SurveyCounts) -> Sums:
        """Return sums over all score columns, single items included."""
        columns, masks = tuple(self.layout.columns), tuple(self.layout.mask_names)
        if self.layout.items:
            return self._sums(counts.scores, columns, masks)
        items = item_sums(self.layout, counts)
        gram = _side_by_side(counts.scores.gram, len(columns), items.gram, len(items.columns))
        return whole((*columns, *items.columns), (*masks, *items.masks), gram)

    def main(self, scores: ScoreSums) -> Sums:
        """Return sums over the main score columns, which ``scores`` hold alone."""
        return self._sums(scores, *main_names(self.layout))

    def segment(self, counts: SurveyCounts, segment: Key) -> dict[str, Sums]:
        """Return sums of each value of a segment column (or pair, values joined by ``|``)."""
        width = len(segment)
        values: dict[str, ScoreSums] = {}
        for key, gram in counts.segments.get(segment, {}).items():
            name = "|".join(key[:width])
            cells = {key[width:]: gram} if self.margins else {}
            part = ScoreSums(gram, clusters={}, cells=cells, weighted={})
            values[name] = values[name] + part if name in values else part
        for key, pair in counts.segment_weighted.get(segment, {}).items():
            name = "|".join(key)
            known = values[name]
            values[name] = ScoreSums(
                known.gram, known.clusters, known.cells, {"once": pair[0], "twice": pair[1]}
            )
        for key, total in counts.segment_clusters.get(segment, {}).items():
            name = "|".join(key[:width])
            known = values[name]
            cluster = key[width:]
            values[name] = ScoreSums(
                known.gram, added(known.clusters, {cluster: total}), known.cells, known.weighted
            )
        return {
            name: self._sums(scores, *main_names(self.layout), residuals=False)
            for name, scores in sorted(values.items(), key=lambda pair: natural(pair[0]))
        }

    def _sums(
        self,
        scores: ScoreSums,
        columns: tuple[ScoreColumn, ...],
        masks: tuple[str, ...],
        *,
        residuals: bool = True,
    ) -> Sums:
        counts = scores.gram.astype(np.float64)
        once = twice = counts
        cells = None
        weights: dict[Key, float] = {}
        clusters = _cluster_names(scores)
        if self.raking is not None:
            weights = self.raking.by_cell()
            keys = sorted(scores.cells)
            grams = np.array([scores.cells[key] for key in keys], dtype=np.float64)
            by_cell = np.array([weights[key] for key in keys])
            once = np.einsum("c,cij->ij", by_cell, grams)
            twice = np.einsum("c,cij->ij", by_cell**2, grams)
            if residuals:
                membership = dict(zip(self.raking.cells, self.raking.membership(), strict=True))
                one = len(columns) + masks.index(EVERYONE)
                sizes = {key: total[one] for key, total in scores.clusters.items()}
                cells = Cells(
                    grams,
                    by_cell,
                    np.array([membership[key] for key in keys]),
                    _by_cluster(
                        clusters,
                        {
                            key: size * weights[key[1:]] * membership[key[1:]]
                            for key, size in sizes.items()
                        },
                    ),
                )
        elif self.weight is not None:
            once, twice = scores.weighted["once"], scores.weighted["twice"]
        return Sums(
            columns=columns,
            masks=masks,
            counts=counts,
            once=once,
            twice=twice,
            clusters=_by_cluster(
                clusters,
                {key: total * weights.get(key[1:], 1.0) for key, total in scores.clusters.items()},
            ),
            cells=cells,
        )


def _side_by_side(
    left: NDArray[np.int64], left_columns: int, right: NDArray[np.int64], right_columns: int
) -> NDArray[np.int64]:
    """Return one Gram matrix over both columns, then both masks."""
    width = left_columns + right_columns
    left_masks = len(left) - left_columns
    of_left = [*range(left_columns), *range(width, width + left_masks)]
    of_right = [*range(left_columns, width), *range(width + left_masks, len(left) + len(right))]
    gram = np.zeros((len(left) + len(right),) * 2, dtype=np.int64)
    gram[np.ix_(of_left, of_left)] = left
    gram[np.ix_(of_right, of_right)] = right
    return gram


def main_names(layout: ScoreLayout) -> tuple[tuple[ScoreColumn, ...], tuple[str, ...]]:
    """Return the main score columns and masks, in the order of ``main_columns``."""
    places = main_columns(layout)
    offset = len(layout.columns)
    return (
        tuple(layout.columns[place] for place in places if place < offset),
        tuple(layout.mask_names[place - offset] for place in places if place >= offset),
    )


def _cluster_names(scores: ScoreSums) -> list[str]:
    """Return the clusters in which any answer counts: one of weight 0 was not sampled."""
    return sorted({key[0] for key, total in scores.clusters.items() if total.any()})


def _by_cluster(names: list[str], totals: Mapping[Key, Floats]) -> NDArray[np.float64] | None:
    """Return the totals (g, …) of each cluster, its cells added up; None without clusters."""
    if not totals:
        return None
    found: dict[str, Floats] = {}
    for key in sorted(totals):
        name = key[0]
        found[name] = found[name] + totals[key] if name in found else totals[key]
    width = len(next(iter(totals.values())))
    return np.array([found[name] for name in names], dtype=np.float64).reshape(len(names), width)


def natural(name: str) -> tuple[tuple[int, float, str], ...]:
    """Return a key that sorts 2 before 10 and leaves words in their order."""
    parts = []
    for part in name.split("|"):
        try:
            parts.append((0, float(part), ""))
        except ValueError:
            parts.append((1, 0.0, part))
    return tuple(parts)
