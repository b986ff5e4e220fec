"""What a simulated company is to be like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fivegaps.errors import OptionRefused
from fivegaps.simulation.company.planted import states_of
from fivegaps.simulation.company.scale import CARELESS, MISSING

DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
ALL = "overall"
INSTRUMENT, INSTRUMENTS = "rater-22", ("rater-22", "rater-10")
# The size of a gap that is asked for without one, in scale points.
USUAL_GAP = -0.8
_GAP = re.compile(r"(?:gap)?([1-5])(?:\.([a-z]+))?(?:=([+-]?[0-9]*\.?[0-9]+))?")
_ABOUT = "is not written as 2, gap3.reliability or gap3.reliability=-0.8 (gaps 1 to 5)"


@dataclass(frozen=True, slots=True)
class OpenedGap:
    """A gap opened without any cause; ``size`` in scale points, negative is worse."""

    gap: int
    dimension: str
    size: float


@dataclass(frozen=True, slots=True)
class CompanyOptions:
    """Sizes, planted causes and seed of a simulated company.

    ``customers`` is per unit and wave, ``staff`` per unit, ``managers`` of the
    whole company. ``effect`` is what each planted cause does, in SD of people.
    ``sour`` and ``kind`` staff see everything worse or better. ``careless`` is the
    share of people who do not read, ``missing`` that of answers left out.
    """

    units: int = 20
    customers: int = 60
    staff: int = 8
    managers: int = 40
    waves: int = 2
    plants: tuple[str, ...] = ()
    gaps: tuple[OpenedGap, ...] = ()
    effect: float = 1.0
    sour: bool = False
    kind: bool = False
    seed: int = 1
    instrument: str = INSTRUMENT
    careless: float = CARELESS
    missing: float = MISSING

    def __post_init__(self) -> None:
        """Refuse what makes no company."""
        for name, value, most in (
            ("--units", self.units, 5_000),
            ("--customers", self.customers, 1_000_000),
            ("--staff", self.staff, 100_000),
            ("--managers", self.managers, 100_000),
            ("--waves", self.waves, 20),
        ):
            if not 1 <= value <= most:
                raise OptionRefused(name, f"{value} is not between 1 and {most:,}")
        if not 0 <= self.effect <= 3:
            raise OptionRefused("--effect", f"{self.effect} is not between 0 and 3 SD")
        if self.seed < 0:
            raise OptionRefused("--seed", f"{self.seed} is negative")
        for name, share in (("--careless", self.careless), ("--missing", self.missing)):
            if not 0 <= share <= 0.5:
                raise OptionRefused(name, f"{share} is not between 0 and 0.5")
        if self.sour and self.kind:
            raise OptionRefused("--kind", "staff is either sour or kind")
        if self.instrument not in INSTRUMENTS:
            raise OptionRefused(
                "--instrument",
                f"a company is asked one of {', '.join(INSTRUMENTS)}, which have expectations "
                f"and perceptions from 1 to 7; not {self.instrument}",
            )
        for cause in self.plants:
            states_of(cause)


def opened_gap(text: str) -> OpenedGap:
    """Return the gap that ``2``, ``gap3.reliability`` or ``gap3.reliability=-0.8`` names.

    Raises:
        OptionRefused: The text is not of this form, or names no dimension.
    """
    found = _GAP.fullmatch(text.strip())
    if found is None:
        raise OptionRefused("--gap", f"{text!r} {_ABOUT}")
    dimension = found[2] or ALL
    if dimension not in (*DIMENSIONS, ALL):
        raise OptionRefused("--gap", f"{dimension!r} is not one of {', '.join(DIMENSIONS)}")
    return OpenedGap(int(found[1]), dimension, float(found[3] or USUAL_GAP))
