"""The state of one release: who is called what, and which units are told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fivegaps.io.arrow_numpy import places
from fivegaps.io.company.company import Company
from fivegaps.io.company.pseudonyms import Pseudonyms
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.rows import Places
from fivegaps.io.company.small_cells import WITHHELD, merged_units
from fivegaps.model.company.settings import DEFAULT_CELLS

VOICES = ("customers", "managers", "employees")
# Whose people a file's rows are about: their minimum cell decides which units are small.
PEOPLE = {
    "customers": "customers", "managers": "managers", "employees": "employees",
    "cases": "customers", "ideas": "employees", "decisions": "employees",
}  # fmt: skip
OTHER = "other"


@dataclass(slots=True)
class Release:
    """The state of one release: who is called what, and what was merged or withheld."""

    company: Company
    pseudonyms: Pseudonyms
    parents: Places
    merged: dict[str, int] = field(default_factory=dict)
    withheld: dict[str, int] = field(default_factory=dict)
    needs_other: bool = False
    _small: frozenset[int] | None = None

    def fewest(self, file: str) -> int:
        """Return the minimum cell of the people whom a file is about.

        That of managers and employees is never under the usual one.
        """
        voice = PEOPLE.get(file, "employees")
        usual = 0 if voice == "customers" else DEFAULT_CELLS[voice]
        return max(self.company.settings.minimum_cell[voice], usual)

    def unit_name(self, place: int) -> str | None:
        """Return a unit's pseudonym; "other" for the place after the last, None for none."""
        if place < 0:
            return None
        if place == len(self.company.units):
            return OTHER
        return self.pseudonyms.of("unit", self.company.units[place].id)

    def small_units(self) -> frozenset[int]:
        """Return the units with a few customers or employees in a wave, but not enough."""
        if self._small is None:
            small: set[int] = set()
            company = self.company
            for voice, table in (
                ("customers", company.everybody),
                ("employees", company.employees),
            ):
                for wave in range(len(company.waves)):
                    unit = table.unit[(table.wave == wave) & (table.unit >= 0)]
                    counts = np.bincount(unit, minlength=len(company.units))
                    few = (counts > 0) & (counts < self.fewest(voice))
                    small |= {int(one) for one in np.flatnonzero(few)}
            self._small = frozenset(small)
        return self._small

    def common_label(self, file: str, label: str) -> str:
        """Return the kind of a unit when enough units share it, else nothing."""
        shared = Counter(unit.kind for unit in self.company.units)
        return label if shared[label] >= self.fewest(file) else ""


def shared_units(release: Release, file: str, reading: Reading) -> tuple[Places, NDArray[np.bool_]]:
    """Return the units (n,) that rows are told under, and which rows (n,) are told at all."""
    company = release.company
    place = {unit.id: number for number, unit in enumerate(company.units)}
    unit = reading.places_of("unit", lambda text: place.get(text, -1))
    keep = np.ones(reading.rows, dtype=np.bool_)
    if file in PEOPLE:
        own = own_rows(release, reading) if file == "employees" else keep
        wave = wave_places(release, reading)
        told = np.full(reading.rows, -1, dtype=np.int32)
        told[own] = merged_units(unit[own], wave[own], release.parents, fewest=release.fewest(file))
        if file == "employees":  # further rows go with their respondent's own
            who = people(release, reading)
            keep &= ~np.isin(who, who[told == WITHHELD])
        keep &= told != WITHHELD
        release.merged[file] = int((keep & own & (told != unit)).sum())
        unit = np.where(told == WITHHELD, -1, told).astype(np.int32)
    elif file != "actions":
        large = np.array([_large(release, int(one)) for one in unit], dtype=np.int32)
        if file == "facts":  # what is so of a small unit is not so of the unit above it
            keep &= large == unit
        unit = large
    release.needs_other |= bool((unit == len(company.units)).any())
    return unit, keep


def wave_places(release: Release, reading: Reading) -> Places:
    """Return the waves (n,) of a file's rows; all 0 when it has none."""
    if "wave" not in reading.names:
        return np.zeros(reading.rows, dtype=np.int32)
    waves = {name: place for place, name in enumerate(release.company.settings.wave_ids)}
    return reading.places_of("wave", lambda text: waves.get(text, -1))


def people(release: Release, reading: Reading) -> NDArray[np.int64]:
    """Return a number (n,) for each respondent and wave; every nameless row is one of its own."""
    column = reading.arrow("respondent").combine_chunks()
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    codes = places(encoded).astype(np.int64)
    waves = len(release.company.waves) + 1
    nameless = (codes.max(initial=-1) + 1 + np.arange(len(codes))) * waves
    numbers = np.where(codes >= 0, codes * waves + wave_places(release, reading), nameless)
    return np.asarray(numbers, dtype=np.int64)


def own_rows(release: Release, reading: Reading) -> NDArray[np.bool_]:
    """Return which rows (n,) of ``employees`` are a respondent's own, not further ones."""
    return np.isin(reading.row, release.company.employees.row)


def _large(release: Release, unit: int) -> int:
    """Return the first unit upwards that is not small; the place after the last for other."""
    small = release.small_units()
    while unit in small:
        above = int(release.parents[unit])
        unit = above if above >= 0 else len(release.parents)
    return unit
