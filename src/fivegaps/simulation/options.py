"""What can be asked of a simulation, and the short written forms of the command line."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fivegaps.errors import OptionRefused

MOST_ROWS = 1_000_000_000
MOST_VALUES = 10_000
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SegmentColumn:
    """A column whose values divide the respondents; ``shares`` add up to 1."""

    name: str
    values: tuple[str, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """How much better (or worse) the respondents of one segment perceive the service.

    ``size`` is in points of the perception scale before it is cut into points;
    ``dimension`` is None when all dimensions shift.
    """

    column: str
    value: str
    dimension: str | None
    size: float


@dataclass(frozen=True, slots=True)
class SimulationOptions:
    """A whole order for simulated answers.

    ``missing`` is the share of item answers left out completely at random,
    ``careless`` the share of respondents who answer without reading (half of
    them in straight lines, half at random), ``spread`` maps a segment column to
    the SD of its units' shifts.
    """

    n: int
    seed: int = 1
    missing: float = 0.0
    careless: float = 0.0
    segments: tuple[SegmentColumn, ...] = ()
    shifts: tuple[Shift, ...] = ()
    spread: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be simulated.

        Raises:
            OptionRefused: A number is out of its range, a column is named twice.
        """
        if not 1 <= self.n <= MOST_ROWS:
            raise OptionRefused("--n", f"must be from 1 to {MOST_ROWS:,}, not {self.n:,}")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise OptionRefused("--seed", f"must be from 0 to {LARGEST_SEED}, not {self.seed}")
        for name, share in (("--missing", self.missing), ("--careless", self.careless)):
            if not 0.0 <= share < 1.0:
                raise OptionRefused(name, f"is a share, at least 0 and below 1, not {share}")
        names = [column.name for column in self.segments]
        for name in names:
            if names.count(name) > 1:
                raise OptionRefused("--segments", f"names the column {name!r} twice")
        for name, sd in self.spread.items():
            if name not in names:
                raise OptionRefused("--spread", f"names no segment column: {name!r}")
            if not (math.isfinite(sd) and sd >= 0):
                raise OptionRefused("--spread", f"must be 0 or more, not {sd}")


def parse_segments(text: str) -> tuple[SegmentColumn, ...]:
    """Return the columns of ``branch=24,channel=phone:.3;counter:.7``.

    A number makes that many equal units (``branch-01`` …); names are separated
    by semicolons and may carry a share after a colon. Values without a share
    divide what is left equally.

    Raises:
        OptionRefused: The text is not of this form.
    """
    columns = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, equals, values = (piece.strip() for piece in part.partition("="))
        if not (name and equals and values):
            raise OptionRefused("--segments", f"{part!r} is not of the form column=values")
        columns.append(_column(name, values))
    if not columns:
        raise OptionRefused("--segments", "names no column; write for instance branch=24")
    return tuple(columns)


def equal_units(name: str, number: int) -> SegmentColumn:
    """Return a column of so many units of equal size, named after the column."""
    if not 1 <= number <= MOST_VALUES:
        raise OptionRefused("--segments", f"{name}: from 1 to {MOST_VALUES:,} units, not {number}")
    width = max(2, len(str(number)))
    values = tuple(f"{name}-{place:0{width}d}" for place in range(1, number + 1))
    return SegmentColumn(name, values, (1.0 / number,) * number)


def _column(name: str, text: str) -> SegmentColumn:
    if text.isascii() and text.isdigit():
        return equal_units(name, int(text[:9]))
    values: list[str] = []
    given: list[float | None] = []
    for part in text.split(";"):
        value, colon, share = (piece.strip() for piece in part.partition(":"))
        if not value or value in values:
            raise OptionRefused("--segments", f"{name}: {part!r} is empty or there twice")
        values.append(value)
        given.append(_number("--segments", share) if colon else None)
    return SegmentColumn(name, tuple(values), _shares(name, given))


def _shares(name: str, given: Sequence[float | None]) -> tuple[float, ...]:
    known = [share for share in given if share is not None]
    left = 1.0 - math.fsum(known)
    open_places = len(given) - len(known)
    if any(share <= 0 for share in known) or left < -1e-9:
        raise OptionRefused("--segments", f"{name}: shares must be above 0 and add up to 1")
    if not open_places:
        if left > 1e-9:
            raise OptionRefused("--segments", f"{name}: shares add up to {1 - left:g}, not 1")
        return tuple(known)
    if left <= 0:
        raise OptionRefused("--segments", f"{name}: nothing is left for the values without share")
    return tuple(left / open_places if share is None else share for share in given)


def parse_shift(text: str, segments: Sequence[SegmentColumn], dimensions: Sequence[str]) -> Shift:
    """Return the shift of ``[COLUMN:]VALUE[.DIMENSION]=SIZE``, such as ``Riga.empathy=-0.5``.

    Raises:
        OptionRefused: The text is not of this form, or names what is not there.
    """
    unit, equals, size = (piece.strip() for piece in text.rpartition("="))
    if not (unit and equals):
        raise OptionRefused("--shift", f"{text!r} is not of the form UNIT=SIZE")
    found = _find(unit, None, segments)
    if not found and "." in unit:
        value, _, dimension = unit.rpartition(".")
        if dimension in dimensions:
            found = _find(value, dimension, segments)
    if len(found) > 1:
        where = ", ".join(shift.column for shift in found)
        raise OptionRefused("--shift", f"{unit!r} is in several columns ({where}): write COLUMN:")
    if not found:
        known = "; ".join(f"{column.name}: {_some(column.values)}" for column in segments)
        raise OptionRefused("--shift", f"no segment {unit!r}; there are {known or 'no segments'}")
    return Shift(found[0].column, found[0].value, found[0].dimension, _number("--shift", size))


def parse_spread(text: str) -> tuple[str, float]:
    """Return column and SD of ``branch=0.3``."""
    name, equals, size = (piece.strip() for piece in text.partition("="))
    if not (name and equals):
        raise OptionRefused("--spread", f"{text!r} is not of the form COLUMN=SD")
    return name, _number("--spread", size)


def _find(unit: str, dimension: str | None, segments: Sequence[SegmentColumn]) -> list[Shift]:
    return [
        Shift(column.name, value, dimension, 0.0)
        for column in segments
        for value in column.values
        if unit in {value, f"{column.name}:{value}"}
    ]


def _some(values: Sequence[str], most: int = 6) -> str:
    shown = ", ".join(values[:most])
    return f"{shown}, …" if len(values) > most else shown


def _number(option: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise OptionRefused(option, f"{text!r} is not a number") from None
    if not (text.isascii() and math.isfinite(number)):
        raise OptionRefused(option, f"{text!r} is not a number")
    return number
