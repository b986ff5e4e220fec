"""Answers to make results from: the kiosk's, and simulated ones of any shape."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from fivegaps.knowledge.instruments import load
from fivegaps.model.instrument import Battery, Dimension, Instrument, Item

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers by battery, each (n, items); unit of each person where there are units."""

    instrument: Instrument
    batteries: dict[str, np.ndarray]
    units: dict[str, np.ndarray] = field(default_factory=dict)
    outcome: np.ndarray | None = None


def kiosk(units: int = 0) -> Asked:
    """Return the kiosk answers; people are dealt to made-up branches where units are wanted."""
    instrument = load(ROOT / "examples/kiosk/kiosk.toml")
    with (ROOT / "examples/kiosk/kiosk.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    batteries = {
        battery.id: np.array(
            [[float(row[item.columns[battery.id]]) for item in instrument.items] for row in rows]
        )
        for battery in instrument.batteries
    }
    outcome = np.array([(float(row["tot1"]) + float(row["tot2"])) / 2 for row in rows])
    dealt = {}
    if units:
        names = [f"Branch {k % units + 1}" for k in range(len(rows))]
        dealt["branch"] = np.random.default_rng(5).permutation(names)
    return Asked(instrument, batteries, dealt, outcome)


def made(
    *,
    batteries: tuple[str, ...] = ("expectation", "perception"),
    dimensions: int = 5,
    each: int = 4,
    n: int = 300,
    units: int = 0,
    shift: float = -0.7,
    label: str = "Item",
) -> Asked:
    """Return simulated answers with effects of dimension and unit."""
    random = np.random.default_rng(7)
    names = [f"dim{d + 1}" for d in range(dimensions)]
    instrument = Instrument(
        id="made",
        version="1",
        languages=("en",),
        title={"en": "A made survey"},
        batteries=tuple(Battery(name, 1, 7) for name in batteries),
        dimensions=tuple(Dimension(d, {"en": f"Dimension {d[3:]}"}) for d in names),
        items=tuple(
            Item(
                f"q{k + 1}",
                names[k // each],
                {b: f"{b[0]}{k + 1}" for b in batteries},
                short={"en": f"{label} {k + 1}"},
            )
            for k in range(dimensions * each)
        ),
    )
    people = np.sort(random.integers(0, units, n)) if units else np.zeros(n, dtype=int)
    of_unit = random.normal(0, 0.25, max(units, 1))[people]
    person = random.normal(0, 0.6, n)
    levels = {"expectation": 6.0, "perception": 6.0 + shift, "adequate": 4.6, "desired": 6.2}
    answers = {}
    for battery in batteries:
        centre = levels.get(battery, 5.5) + np.repeat(np.linspace(-0.6, 0.4, dimensions), each) * (
            battery == "perception"
        )
        noise = random.normal(0, 1.0, (n, dimensions * each))
        effect = (of_unit + person)[:, None] if battery == "perception" else person[:, None] * 0.3
        answers[battery] = np.clip(np.rint(centre + effect + noise), 1, 7)
    dealt = {"branch": np.array([f"B{k + 1:02d}" for k in people])} if units else {}
    return Asked(instrument, answers, dealt)
