"""The metric of an action in every unit of a wave, from the company's files."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fivegaps.analysis.outcomes import scored_outcomes
from fivegaps.diagnosis.verdicts.cells import Cell, UnitCells
from fivegaps.diagnosis.verdicts.told import WHOLE, believed, construct_cells
from fivegaps.engines.scores import ScoreLayout
from fivegaps.io.answers import ColumnKind
from fivegaps.io.company.company import Company
from fivegaps.model.company.action import Metric
from fivegaps.model.company.registers import Standard

Floats = NDArray[np.float64]

OVERALL = "overall"


class Metrics:
    """Cells of metrics by wave; customers are scored once a wave for all metrics."""

    def __init__(self, company: Company, metrics: tuple[Metric, ...]) -> None:
        """Prepare for these metrics of a company."""
        self._company = company
        # Gap 1 needs what customers expect beside what managers believe.
        expected = [Metric("expectation", m.subject) for m in metrics if m.kind == "gap1"]
        wanted = [m for m in (*metrics, *expected) if m.kind in CUSTOMERS]
        self._wanted = tuple(dict.fromkeys(wanted))
        self._scored: dict[str, Mapping[Metric, UnitCells]] = {}

    def cells(self, metric: Metric, wave: str) -> UnitCells:
        """Return n, mean and spread of a metric in every unit of a wave.

        Gap 1 and facts are one figure a unit; observations and promises are
        shares of what was judged. Units without answers are not there.
        """
        if metric.kind in CUSTOMERS:
            if wave not in self._scored:
                self._scored[wave] = self._customers(wave)
            return self._scored[wave][metric]
        read = {
            "gap1": self._gap1,
            "observation": self._observation,
            "kept": self._kept,
            "construct": self._construct,
            "fact": self._fact,
        }
        return read[metric.kind](metric, wave)

    def _customers(self, wave: str) -> Mapping[Metric, UnitCells]:
        """Score a wave's customers part by part and add up each metric by unit."""
        company = self._company
        everybody = company.everybody
        chosen = everybody.chosen(everybody.wave == company.wave_place(wave))
        answers = chosen.answers()
        outcomes, _ = scored_outcomes(answers, None)
        layout = ScoreLayout(company.instrument, outcomes=outcomes, rows=answers.rows)
        numbers: dict[str, ColumnKind] = dict.fromkeys(layout.number_columns, "numbers")
        names = company.unit_ids
        totals = {metric: np.zeros((3, len(names))) for metric in self._wanted}
        for part in answers.parts():
            scored = layout.scores(answers.read(part, numbers))
            unit = chosen.unit[part.first : part.first + part.n]
            for metric, total in totals.items():
                terms = _terms(metric, company)
                if any(name not in layout.index for name in terms):
                    continue
                used, value = unit >= 0, np.zeros(part.n)
                for name, coefficient in terms.items():
                    column = layout.columns[layout.index[name]]
                    used = used & scored.masks[layout.mask_index[column.mask]]
                    points = scored.values[layout.index[name]] / column.unit + column.shift
                    value += coefficient * points
                place, kept = unit[used], value[used]
                total[0] += np.bincount(place, minlength=len(names))
                total[1] += np.bincount(place, weights=kept, minlength=len(names))
                total[2] += np.bincount(place, weights=kept**2, minlength=len(names))
        return {
            metric: UnitCells(
                {
                    name: Cell(*(float(total[row, at]) for row in range(3)))
                    for at, name in enumerate(names)
                    if total[0, at] > 0
                }
            )
            for metric, total in totals.items()
        }

    def _gap1(self, metric: Metric, wave: str) -> UnitCells:
        """Return managers' minus customers' expectation, one figure a unit."""
        theirs = self.cells(Metric("expectation", metric.subject), wave)
        ours = believed(self._company, metric.subject, wave)
        rest = theirs.pooled(unit for unit in theirs.known() if unit not in ours)
        cells = {}
        for unit, mean in ours.items():
            expected = rest if unit == WHOLE else theirs.sample(unit)
            if expected.mean is not None:
                gap = mean - expected.mean
                cells[unit] = Cell(1.0, gap, gap**2)
        return UnitCells(cells)

    def _observation(self, metric: Metric, wave: str) -> UnitCells:
        """Return conformance: the share of what was judged that met the standard."""
        company = self._company
        place = [standard.id for standard in company.standards].index(metric.subject)
        table = company.observations
        own = table.chosen((table.standard == place) & (table.wave == company.wave_place(wave)))
        met, judged = judged_observations(
            company.standards[place], own.value, own.met, own.n_judged
        )
        return _shares(own.unit, met, judged, company.unit_ids)

    def _kept(self, metric: Metric, wave: str) -> UnitCells:
        """Return the share of promises kept since the wave before, up to this wave's date."""
        company = self._company
        place = [promise.id for promise in company.promises].index(metric.subject)
        at = company.wave_place(wave)
        until = np.datetime64(company.waves[at].date)
        table = company.promise_outcomes
        chosen = (table.promise == place) & (table.date <= until)
        if at > 0:
            chosen &= table.date > np.datetime64(company.waves[at - 1].date)
        own = table.chosen(chosen)
        return _shares(own.unit, own.kept, own.n_given, company.unit_ids)

    def _construct(self, metric: Metric, wave: str) -> UnitCells:
        return construct_cells(self._company, metric, wave)

    def _fact(self, metric: Metric, wave: str) -> UnitCells:
        return UnitCells(
            {
                fact.unit: Cell(1.0, fact.value, fact.value**2)
                for fact in self._company.facts
                if fact.fact == metric.subject and fact.wave == wave
            }
        )


CUSTOMERS = ("gap5", "perception", "outcome", "expectation")


def judged_observations(
    standard: Standard, value: Floats, met: Floats, n_judged: Floats
) -> tuple[Floats, Floats]:
    """Return how many met the standard and how many were judged, one entry a row.

    A row of counts is judged already; a measurement is held against the target
    with its tolerance, and not judged where the standard has no target.
    """
    counted = np.isfinite(met) & np.isfinite(n_judged)
    good = np.where(counted, met, 0.0)
    judged = np.where(counted, n_judged, 0.0)
    if standard.target is None or standard.comparison == "":
        return good, judged
    measured = np.isfinite(value) & ~counted
    tolerance = standard.tolerance or 0.0
    if standard.comparison == "at_least":
        holds = value >= standard.target - tolerance
    else:
        holds = value <= standard.target + tolerance
    return np.where(measured, holds, good), np.where(measured, 1.0, judged)


def _shares(
    unit: NDArray[np.integer], good: Floats, judged: Floats, names: tuple[str, ...]
) -> UnitCells:
    """Return cells of yes/no answers: the sum of squares is the sum."""
    used = (judged > 0) & (unit >= 0)
    n = np.bincount(unit[used], weights=judged[used], minlength=len(names))
    total = np.bincount(unit[used], weights=good[used], minlength=len(names))
    return UnitCells(
        {
            name: Cell(float(n[at]), float(total[at]), float(total[at]))
            for at, name in enumerate(names)
            if n[at] > 0
        }
    )


def _terms(metric: Metric, company: Company) -> dict[str, float]:
    """Return the score columns and coefficients that make up a customers' metric."""
    if metric.kind == "outcome":
        return {f"outcome:{metric.subject}": 1.0}
    kinds = {"gap5": {"perception": 1.0, "expectation": -1.0}, "perception": {"perception": 1.0}}
    sides = kinds.get(metric.kind, {"expectation": 1.0})
    dimensions = company.dimension_ids
    if metric.subject == OVERALL:
        masks = [f"dimension:{dimension}" for dimension in dimensions]
    elif metric.subject in dimensions:
        masks = [f"dimension:{metric.subject}"]
    else:
        masks = [f"item:{metric.subject}"]
    if metric.kind == "perception" and not company.instrument.has("expectation"):
        masks = [_alone(mask) for mask in masks]
    return {
        f"{battery}:{mask}": sign / len(masks) for battery, sign in sides.items() for mask in masks
    }


def _alone(mask: str) -> str:
    """Return the score column of a battery that was asked without expectations."""
    kind, _, name = mask.partition(":")
    return f"performance:{name}" if kind == "dimension" else f"single:perception:{name}"
