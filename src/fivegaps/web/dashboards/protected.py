"""Which places of a protected wave may be shown: the fixed lattice of units and dimensions.

Anonymous answers and those of managers and employees come out by unit, wave and dimension
alone. A place is shown when every one of these figures may be told of it, as the core's gate
decides (fivegaps.diagnosis.cells), and when no place is left that could be worked out from
others (small_groups). Taking a place away only makes what follows by subtraction larger, so
both together are as safe as each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.cells import ReleaseGate, Rules
from fivegaps.diagnosis.sampling import half_rule
from fivegaps.io.answers import Categories, ColumnKind, MemoryAnswers, Part
from fivegaps.stats.lattice import Lattice
from fivegaps.web.dashboards.small_groups import WHOLE, Group
from fivegaps.web.people.models import Unit

FEWEST_REMARKS = 10


def lattice_groups(answers: MemoryAnswers, units: Sequence[Unit]) -> frozenset[Group]:
    """Return the places whose figures by dimension may all be told; none of own answers alone.

    Args:
        answers: All answers of the wave that count.
        units: Every unit of the organisation.
    """
    if not answers.rows:
        return frozenset()
    place = {unit.pk: number for number, unit in enumerate(units)}
    parents = [place.get(unit.parent_id or 0, -1) for unit in units]
    gate = ReleaseGate(Lattice.of(np.array(parents, dtype=np.int32)), Rules())
    figures, unit = _figures(answers, {one.code: place[one.pk] for one in units})
    shown = gate.cells_together("employees", figures, unit).shown
    asked = (~np.isnan(figures)).any(axis=0)
    told: list[bool] = np.asarray(shown[:, asked].all(axis=1)).tolist()
    groups = {Group(one.pk) for one in units if told[place[one.pk]]}
    return frozenset(groups | ({WHOLE} if told[-1] else set()))


def _figures(
    answers: MemoryAnswers, place: dict[str, int]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return each person's figures (n, figures), NaN is not given, and place of unit (n,)."""
    instrument = answers.instrument
    others = [name for one in instrument.outcomes for name in one.columns]
    others += instrument.weights.values()
    kinds: dict[str, ColumnKind] = {"unit": "categories", **dict.fromkeys(others, "numbers")}
    block = answers.read(Part(0, answers.rows), kinds)
    codes = block.codes.T.astype(np.float64)
    codes[codes == 0] = np.nan
    dimension = {item.id: item.dimension for item in instrument.items}
    columns: list[NDArray[np.float64]] = []
    for battery in instrument.batteries:
        for one in instrument.dimensions:
            asked = np.array(
                [
                    column.battery == battery.id and dimension.get(column.item) == one.id
                    for column in answers.item_columns
                ],
                dtype=np.bool_,
            )
            columns.append(half_rule(codes, asked))
    for name in others:
        found = block.columns[name]
        if not isinstance(found, Categories):
            columns.append(np.asarray(found.values, dtype=np.float64))
    units = block.columns["unit"]
    if not isinstance(units, Categories):  # pragma: no cover - asked for as categories
        raise TypeError(units)
    places = np.array([place[code] for code in units.values], dtype=np.int64)
    unit = np.where(units.codes < 0, -1, np.append(places, -1)[units.codes])
    return np.column_stack(columns), unit.astype(np.int64)
