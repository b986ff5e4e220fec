"""What the files of one folder may refer to: units, waves, items, standards, promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fivegaps.io.answers import Notice
from fivegaps.io.company.cell_kinds import Judge, Unusable
from fivegaps.io.company.faults import Faults
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.rows import Places
from fivegaps.io.company.sheets import Sheet
from fivegaps.io.where import close_names
from fivegaps.model.company.registers import Unit
from fivegaps.model.company.settings import CompanySettings
from fivegaps.model.instrument import Instrument


class Names:
    """The folder's names, and the way to its files.

    ``instrument`` holds the items that any file asks about, in order. A folder
    without a register of units takes every unit it meets as it comes.
    """

    def __init__(
        self,
        settings: CompanySettings,
        instrument: Instrument,
        sheets: Mapping[str, Sheet],
        faults: Faults,
    ) -> None:
        self.settings = settings
        self.instrument = instrument
        self.faults = faults
        self.notices: list[Notice] = []
        self.waves = settings.wave_ids
        self.items = tuple(item.id for item in instrument.items)
        self.dimensions = tuple(dimension.id for dimension in instrument.dimensions)
        self.standards: tuple[str, ...] = ()
        self.promises: tuple[str, ...] = ()
        self.measured_facts: tuple[str, ...] = ()
        self._sheets = dict(sheets)
        self._units: dict[str, int] = {}
        self._unit_rows: tuple[Unit, ...] | None = None

    def open(self, file: str) -> Reading:
        """Return a file of the folder, ready to be asked; without rows when it is not there."""
        return Reading(self._sheets.get(file), self.faults)

    def has(self, file: str) -> bool:
        """Tell whether the folder holds a file."""
        return file in self._sheets

    def sheet(self, file: str) -> Sheet | None:
        """Return a file of the folder as it is."""
        return self._sheets.get(file)

    def close(self, reading: Reading, known: Sequence[str] = ()) -> None:
        """Look at the columns that nobody asked for, when a file has been read."""
        self.notices.extend(reading.unknown_columns(known))

    # ── units ──

    def register_units(self, units: Sequence[Unit]) -> None:
        """Take a register of units: no other unit is known from then on."""
        self._unit_rows = tuple(units)
        self._units = {unit.id: place for place, unit in enumerate(units)}

    @property
    def units(self) -> tuple[Unit, ...]:
        """The register's units, or those that were met."""
        return self._unit_rows or tuple(Unit(name) for name in self._units)

    def unit_place(self, name: str) -> int:
        """Return a unit's place; −1 when a register does not know it."""
        if self._unit_rows is None:
            return self._units.setdefault(name, len(self._units))
        return self._units.get(name, -1)

    def judge_unit(self, name: str) -> str | Unusable:
        """Judge the id of a unit."""
        if self.unit_place(name) >= 0:
            return name
        known = [other for other in self._units if other]
        return Unusable(
            f"is no unit of units{close_names(name, known) or '.'}",
            "Correct it, or add it to units.",
        )

    def unit_column(self, reading: Reading, name: str = "unit") -> Places:
        """Return places (n,) of units; −1 when not given. Unknown ones become faults."""
        reading.column(name, words_for_nothing=False)
        reading.judged(name, self.judge_unit)
        return reading.places_of(name, self.unit_place)

    def unit_texts(self, reading: Reading, name: str = "unit") -> list[str]:
        """Return ids (n,) of units; "" when not given. Unknown ones become faults."""
        self.unit_column(reading, name)
        return reading.texts(name)

    # ── waves ──

    def wave_column(self, reading: Reading, name: str = "wave") -> Places:
        """Return places (n,) of waves. With a single wave the column may be left out."""
        if not reading.has(name) and len(self.waves) == 1:
            return np.zeros(reading.rows, dtype=np.int32)
        reading.require(name)
        found = self.wave_reference(reading, name)
        reading.filled(name)
        return found

    def wave_reference(self, reading: Reading, name: str) -> Places:
        """Return places (n,) of waves; −1 when not given. Undeclared ones become faults."""
        return reading.references(name, self.waves, kind="wave", where="company.toml")

    # ── items ──

    def judge_item(self, name: str) -> str | Unusable:
        """Judge the id of an item."""
        if name in self.items:
            return name
        near = close_names(name, self.items)
        return Unusable(f"is no item of instrument {self.settings.instrument}{near or '.'}")

    def judge_dimension(self, name: str) -> str | Unusable:
        """Judge the id of a dimension."""
        if name in self.dimensions:
            return name
        near = close_names(name, self.dimensions)
        return Unusable(f"is no dimension of {self.settings.instrument}{near or '.'}")

    def judge_of(self, kind: str, file: str, known: Sequence[str]) -> Judge[str]:
        """Return a judge of ids that another file registers; all pass when it is not there."""
        names = frozenset(known)

        def judge(text: str) -> str | Unusable:
            if text in names or not self.has(file):
                return text
            near = close_names(text, known)
            return Unusable(
                f"is no {kind} of {file}{near or '.'}", f"Correct it, or add it to {file}."
            )

        return judge

    @property
    def scale(self) -> tuple[int, int]:
        """Ends of the scale of perceptions, or of the first battery that is asked."""
        instrument = self.instrument
        battery = (
            instrument.battery("perception")
            if instrument.has("perception")
            else instrument.batteries[0]
        )
        return battery.minimum, battery.maximum
