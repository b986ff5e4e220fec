"""What managers and employees say in each unit, as far as the release gate lets it be told.

Verdicts are made of the same blocks of people as every other figure: who belongs to no
unit that may be shown counts with the nearest one above, or with the whole company.
Nothing follows from an effect, then, that does not follow from the figures shown.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.cells import Marks, Places, ReleaseGate, Rules, VoiceName
from fivegaps.diagnosis.verdicts.cells import UnitCells, cells_of
from fivegaps.diagnosis.voices import ItemAnswers
from fivegaps.io.company.company import Company
from fivegaps.model.company.action import Metric

WHOLE = "whole company"
OVERALL = "overall"


def construct_cells(company: Company, metric: Metric, wave: str) -> UnitCells:
    """Return the cells of a construct's scores in a wave, by unit."""
    voice: VoiceName = "managers" if metric.voice == "managers" else "employees"
    rows = company.managers if voice == "managers" else company.employees
    scores = rows.scores.get(metric.subject)
    if scores is None:
        return UnitCells({})
    here = rows.wave == company.wave_place(wave)
    gate, values, unit = _gate(company), scores[here], rows.unit[here]
    shown = gate.cells(voice, values[:, None], unit).shown[:, 0]
    return cells_of(_blocks(gate, shown, unit), values, (*company.unit_ids, WHOLE))


def believed(company: Company, subject: str, wave: str) -> dict[str, float]:
    """Return what managers believe that customers expect, by unit.

    Args:
        company: As read.
        subject: A dimension, or ``overall`` for the mean of dimensions.
        wave: Its id.
    """
    rows = company.managers.chosen(company.managers.wave == company.wave_place(wave))
    gate, names = _gate(company), (*company.unit_ids, WHOLE)
    answers = ItemAnswers.of(
        company.instrument, rows.expectation, rows.unit, voice="managers", gate=gate
    )
    asked = ~np.isnan(answers.scores).all(axis=0)
    chosen = np.array([subject in (OVERALL, one) for one in company.dimension_ids]) & asked
    if not chosen.any():
        return {}
    shown = np.logical_and.reduce(answers.score_cells.shown[:, chosen], axis=1)
    block = _blocks(gate, shown, rows.unit)
    each = [cells_of(block, scores, names) for scores in answers.scores[:, chosen].T]
    means = {
        unit: [cells.sample(unit).mean for cells in each]
        for unit in names
        if all(unit in cells.cells for cells in each)
    }
    return {
        unit: sum(one for one in found if one is not None) / len(found)
        for unit, found in means.items()
    }


def _gate(company: Company) -> ReleaseGate:
    settings = company.settings
    return ReleaseGate.of(
        company, Rules(minimum=settings.minimum_cell, census=settings.managers_census)
    )


def _blocks(gate: ReleaseGate, shown: Marks, unit: Places) -> NDArray[np.intp]:
    """Return with which unit shown each person (n,) counts; −1 where none is."""
    found: NDArray[np.intp] = gate.lattice.blocks(shown)[gate.lattice.places(unit)]
    return found
