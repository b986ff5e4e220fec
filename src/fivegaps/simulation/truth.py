"""Work out what is true of a simulated population, the oracle for every analysis.

All means and covariances are those of the answers as they are given (cut into
scale points) by careful respondents, computed from the model (``moments.py``).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from fivegaps.simulation.cells import Cells
from fivegaps.simulation.drivers import DriversTruth, drivers_truth
from fivegaps.simulation.kano import kano_truth
from fivegaps.simulation.moments import cell_means, mixture_moments
from fivegaps.simulation.options import SegmentColumn, SimulationOptions
from fivegaps.simulation.points import allocations
from fivegaps.simulation.population import OTHER, Population
from fivegaps.simulation.truths import (
    DimensionTruth,
    ItemTruth,
    OverallTruth,
    SegmentTruth,
    Truth,
    ZoneTruth,
)

Floats = NDArray[np.float64]


class TruthMaker:
    """Works out the truth of a population under an order."""

    def __init__(self, model: Population, options: SimulationOptions, cells: Cells) -> None:
        self.model = model
        self.options = options
        self.cells = cells
        self.cuts = tuple(model.thresholds(v) for v in range(len(model.mean)))
        self.moments = mixture_moments(
            self.cuts,
            model.minimum,
            model.correlation,
            deltas=cells.deltas,
            shares=cells.shares,
        )
        self.place = {column.key: v for v, column in enumerate(model.items)}
        instrument = model.instrument
        self.members = {
            dimension.id: [item.id for item in instrument.items_of(dimension.id)]
            for dimension in instrument.dimensions
        }

    def truth(self) -> Truth:
        """Return the whole truth."""
        model, instrument = self.model, self.model.instrument
        dimensions = {name: self._dimension(name) for name in self.members}
        items = {item.id: self._item(item.id, item.dimension) for item in instrument.items}
        means = self.moments.means
        return Truth(
            seed=self.options.seed,
            n=self.options.n,
            overall=self._overall(dimensions, items),
            dimensions=dimensions,
            items=items,
            zone=self._zones(),
            outcomes={
                outcome.id: float(np.mean([means[self._outcome(name)] for name in outcome.columns]))
                for outcome in instrument.outcomes
            },
            drivers=self._drivers(),
            kano={pair.item: kano_truth(place) for place, pair in enumerate(instrument.kano)},
            segments={
                column.name: self._segment_column(column) for column in self.options.segments
            },
            factor_correlations={
                f"{left}|{right}": float(model.dimension_correlation[a, b])
                for a, left in enumerate(model.dimensions)
                for b, right in enumerate(model.dimensions)
                if a < b and OTHER not in {left, right}
            },
            with_careless=self._with_careless(dimensions),
        )

    def _outcome(self, name: str) -> int:
        names = [outcome.name for outcome in self.model.outcomes]
        return len(self.model.items) + names.index(name)

    def _places(self, battery: str, items: list[str]) -> list[int]:
        return [self.place[f"{battery}.{item}"] for item in items if self._asks(battery, item)]

    def _asks(self, battery: str, item: str) -> bool:
        return f"{battery}.{item}" in self.place

    def _paired(self, items: list[str]) -> list[str]:
        return [i for i in items if self._asks("expectation", i) and self._asks("perception", i)]

    def _differences(self, items: list[str]) -> tuple[Floats, Floats]:
        """Return means (k,) and covariances (k, k) of perception − expectation of paired items."""
        p, e = (self._places(battery, items) for battery in ("perception", "expectation"))
        c = self.moments.covariance
        covariance = c[np.ix_(p, p)] + c[np.ix_(e, e)] - c[np.ix_(p, e)] - c[np.ix_(e, p)]
        return self.moments.means[p] - self.moments.means[e], covariance

    def _dimension(self, name: str) -> DimensionTruth:
        members = self.members[name]
        means, alphas, omegas = {}, {}, {}
        for battery in self.model.batteries:
            places = self._places(battery, members)
            if places:
                means[battery] = float(self.moments.means[places].mean())
            if len(places) > 1:
                alphas[battery] = _alpha(self.moments.covariance[np.ix_(places, places)])
                omegas[battery] = _omega(self.model.loading[places])
        gap = gap_sd = None
        paired = self._paired(members)
        if paired:
            mean, covariance = self._differences(paired)
            gap, gap_sd = float(mean.mean()), float(np.sqrt(covariance.mean()))
            if len(paired) > 1:
                alphas["gap"] = _alpha(covariance)
        return DimensionTruth(means, gap, gap_sd, self._weights().get(name), alphas, omegas)

    def _weights(self) -> dict[str, float]:
        names = tuple(self.model.instrument.weights)
        if not names:
            return {}
        return dict(zip(names, map(float, allocations(names).mean(axis=0)), strict=True))

    def _item(self, item: str, dimension: str | None) -> ItemTruth:
        asked = [battery for battery in self.model.batteries if self._asks(battery, item)]
        at = {battery: self.place[f"{battery}.{item}"] for battery in asked}
        gap = gap_sd = None
        if self._paired([item]):
            mean, covariance = self._differences([item])
            gap, gap_sd = float(mean[0]), float(np.sqrt(covariance[0, 0]))
        return ItemTruth(
            dimension=dimension,
            means={b: float(self.moments.means[v]) for b, v in at.items()},
            sds={b: float(np.sqrt(self.moments.covariance[v, v])) for b, v in at.items()},
            ceilings={
                b: float(self.cells.shares @ ndtr(self.cells.deltas[:, v] - self.cuts[v][-1]))
                for b, v in at.items()
            },
            gap=gap,
            gap_sd=gap_sd,
            loadings={b: float(self.model.loading[v]) for b, v in at.items()},
        )

    def _overall(
        self, dimensions: Mapping[str, DimensionTruth], items: Mapping[str, ItemTruth]
    ) -> OverallTruth:
        gaps = {name: truth.gap for name, truth in dimensions.items() if truth.gap is not None}
        perceived = [t.means["perception"] for t in dimensions.values() if "perception" in t.means]
        weights = self._weights()
        weighted = None
        if gaps and weights.keys() >= gaps.keys():
            weighted = float(sum(weights[name] * gap for name, gap in gaps.items()) / 100)
        return OverallTruth(
            mean_of_dimensions=_mean(list(gaps.values())),
            mean_of_items=_mean([item.gap for item in items.values() if item.gap is not None]),
            weighted=weighted,
            servperf=_mean(perceived),
        )

    def _zones(self) -> dict[str, dict[str, ZoneTruth]]:
        if not {"adequate", "desired", "perception"} <= set(self.model.batteries):
            return {}
        groups = {
            "dimensions": self.members,
            "items": {item.id: [item.id] for item in self.model.instrument.items},
        }
        return {
            kind: {name: self._zone(members) for name, members in group.items()}
            for kind, group in groups.items()
        }

    def _zone(self, members: list[str]) -> ZoneTruth:
        three = ("adequate", "desired", "perception")
        complete = [item for item in members if all(self._asks(b, item) for b in three)]
        adequate, desired, perceived = (
            float(self.moments.means[self._places(battery, complete)].mean()) for battery in three
        )
        return ZoneTruth(perceived - adequate, perceived - desired, desired - adequate)

    def _drivers(self) -> DriversTruth | None:
        outcomes = self.model.instrument.outcomes
        if not outcomes:
            return None
        battery = self.model.batteries[self.model.driving]
        groups = {
            name: self._places(battery, members)
            for name, members in self.members.items()
            if self._places(battery, members)
        }
        columns = [self._outcome(name) for name in outcomes[0].columns]
        return drivers_truth(outcomes[0].id, battery, self.moments.covariance, groups, columns)

    def _segment_column(self, column: SegmentColumn) -> dict[str, SegmentTruth]:
        by_cell = cell_means(self.cuts, self.model.minimum, self.cells.deltas)
        found = {}
        for place, value in enumerate(column.values):
            weights = self._cell_weights(column, place)
            found[value] = self._segment(column, place, weights @ by_cell)
        return found

    def _cell_weights(self, column: SegmentColumn, place: int) -> Floats:
        """Return the shares (C,) of the cells among the respondents of one segment."""
        names = [moving.name for moving in self.cells.columns]
        if column.name not in names:
            return self.cells.shares
        inside = self.cells.values[:, names.index(column.name)] == place
        weights = np.where(inside, self.cells.shares, 0.0)
        return np.asarray(weights / weights.sum(), dtype=np.float64)

    def _segment(self, column: SegmentColumn, place: int, means: Floats) -> SegmentTruth:
        dimensions: dict[str, dict[str, float]] = {}
        for name, members in self.members.items():
            figures = {
                battery: float(means[places].mean())
                for battery in self.model.batteries
                if (places := self._places(battery, members))
            }
            paired = self._paired(members)
            if paired:
                figures["gap"] = float(
                    means[self._places("perception", paired)].mean()
                    - means[self._places("expectation", paired)].mean()
                )
            dimensions[name] = figures
        shifts = self.cells.effects[column.name][place]
        return SegmentTruth(
            share=column.shares[place],
            overall=_mean([f["gap"] for f in dimensions.values() if "gap" in f]),
            dimensions=dimensions,
            effects={
                name: float(shift)
                for name, shift in zip(self.model.dimensions, shifts, strict=True)
                if name != OTHER
            },
        )

    def _with_careless(self, dimensions: Mapping[str, DimensionTruth]) -> dict[str, float]:
        """Return the true gaps once careless respondents (mid-scale on average) are counted in."""
        share = self.options.careless
        middle = {b.id: (b.minimum + b.maximum) / 2 for b in self.model.instrument.batteries}
        found = {}
        for name, truth in dimensions.items():
            if truth.gap is not None:
                careless = middle["perception"] - middle["expectation"]
                found[name] = (1 - share) * truth.gap + share * careless
        return found


def _alpha(covariance: Floats) -> float:
    k = len(covariance)
    return float(k / (k - 1) * (1.0 - np.trace(covariance) / covariance.sum()))


def _omega(loadings: Floats) -> float:
    common = loadings.sum() ** 2
    return float(common / (common + (1.0 - loadings**2).sum()))


def _mean(figures: list[float]) -> float | None:
    return float(np.mean(figures)) if figures else None
