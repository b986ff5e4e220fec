"""Simulated companies with known truth, and what the diagnosis makes of them.

One number makes one company: of a kind, of a size, with one cause planted or none.
Estimands: gaps 2 to 5 are means of the answers as cut, over all units that there
might be (units sampled); managers are a census in gap 1, so what they answered is
its own truth there, and only customers are sampled.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from fivegaps.diagnosis.causes import causes_found
from fivegaps.diagnosis.evidence.dossier import Dossier
from fivegaps.diagnosis.gap_results import WaveGaps
from fivegaps.diagnosis.verdicts.verify import verify
from fivegaps.diagnosis.waves import measure_wave
from fivegaps.io.company.read import read_company
from fivegaps.simulation.company.options import ALL, DIMENSIONS, CompanyOptions, OpenedGap
from fivegaps.simulation.company.planted import plantable
from fivegaps.simulation.company.simulate import write_company

EFFECTS, UNITS, STAFF = (0.25, 0.5, 1.0), (5, 20, 40), (4, 8, 16)
# The size that the claims are made of: 1 SD, 20 units, 160 staff.
CLAIMED_SIZE = (1.0, 20, 8)
NOTHING_PLANTED = ("null", "gap", "sour", "kind")
CUSTOMERS, MANAGERS = 30, 40


@dataclass(frozen=True)
class Company:
    """What company is made under a number."""

    kind: str
    options: CompanyOptions


@dataclass(frozen=True)
class Found:
    """What the diagnosis made of a company.

    ``rank`` and ``claimed`` are of the planted cause; ``others`` are claimed
    without being planted. ``covered`` says of each gap whether its interval held
    the truth, ``verdicts`` what was said of the action that works and the idle one.
    """

    kind: str
    effect: float
    units: int
    staff: int
    cause: str = ""
    rank: int = 0
    claimed: bool = False
    others: tuple[str, ...] = ()
    covered: Mapping[str, bool] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)


def company(number: int) -> Company:
    """Return the company of a number.

    Of ten, two have the size that claims are made of, three are of any size, four
    have nothing planted, and one is there for its actions.
    """
    turn, place = number // 10, number % 10
    seed = 10_000 + number
    if place < 5:
        effect, units, staff = CLAIMED_SIZE if place < 2 else _size(3 * turn + place)
        cause = plantable()[(turn * 5 + place) % len(plantable())]
        return Company("planted", _options(seed, units, staff, effect=effect, plants=(cause,)))
    if place == 9:
        return Company("actions", _options(seed, 20, 1, waves=2))
    kind = NOTHING_PLANTED[place - 5]
    _, units, staff = _size(turn)
    gap = OpenedGap(1 + turn % 5, (*DIMENSIONS, ALL)[turn % 6], -0.8)
    return Company(
        kind,
        _options(
            seed,
            units,
            staff,
            gaps=(gap,) if kind == "gap" else (),
            sour=kind == "sour",
            kind=kind == "kind",
        ),
    )


def found(number: int) -> Found:
    """Simulate, read and diagnose the company of a number."""
    made = company(number)
    options = made.options
    with tempfile.TemporaryDirectory() as folder:
        written, beside = write_company(options, Path(folder) / "firm")
        read = read_company(written)
        truth = json.loads(beside.read_text(encoding="utf-8"))
    if made.kind == "actions":
        told = {name: one.effect_verdict for name, one in verify(read).items()}
        return Found("actions", 0.0, options.units, options.staff, verdicts=told)
    wave = read.settings.wave_ids[-1]
    measured = measure_wave(read, wave)
    causes = causes_found(Dossier(measured), measured.largest, measured.worst)
    planted = options.plants[0] if options.plants else ""
    mine = next((one for one in causes if one.id == planted), None)
    return Found(
        kind=made.kind,
        effect=options.effect if planted else 0.0,
        units=options.units,
        staff=options.staff,
        cause=planted,
        rank=mine.rank if mine else 0,
        claimed=mine is not None and mine.claimed,
        others=tuple(one.id for one in causes if one.claimed and one.id != planted),
        covered=dict(_covered(measured.gaps, truth["waves"][wave])),
    )


def _size(number: int) -> tuple[float, int, int]:
    effect = EFFECTS[number % 3]
    units = UNITS[(number // 3) % 3]
    return effect, units, STAFF[(number // 9) % 3]


def _options(seed: int, units: int, staff: int, **more: object) -> CompanyOptions:
    sizes = {"customers": CUSTOMERS, "managers": MANAGERS, "waves": 1}
    return CompanyOptions(units=units, staff=staff, seed=seed, **{**sizes, **more})  # type: ignore[arg-type]


def _covered(
    gaps: WaveGaps, truth: Mapping[str, Mapping[str, Mapping[str, float]]]
) -> Iterator[tuple[str, bool]]:
    """Yield of each gap and dimension whether its interval holds the truth."""
    of = gaps.gaps
    true = {**truth["gaps"], "gap5": truth["over_units"]["gap5"]}
    overall = of.gap5.surveyed.overall
    found = {
        "gap1": {ALL: of.gap1.surveyed.overall, **of.gap1.surveyed.dimensions},
        "gap2": {ALL: of.gap2.self_rated.overall, **of.gap2.self_rated.dimensions},
        "gap3": {ALL: of.gap3.self_rated.overall, **of.gap3.self_rated.dimensions},
        "gap4": {ALL: of.gap4.self_rated.overall, **of.gap4.self_rated.dimensions},
        "gap5": {
            ALL: getattr(overall, "mean_of_dimensions", overall),
            **{name: one.gap for name, one in of.gap5.surveyed.dimensions.items()},
        },
    }
    for gap, by_name in found.items():
        for name, figure in by_name.items():
            low, high = figure.low, figure.high
            if low is not None and high is not None and np.isfinite(true[gap][name]):
                yield f"{gap}.{name}", low <= true[gap][name] <= high
