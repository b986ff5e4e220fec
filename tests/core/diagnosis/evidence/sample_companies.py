"""Small companies whose staff answers are drawn, with what is planted in them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.evidence.dossier import Dossier
from fivegaps.diagnosis.waves import measure_wave
from fivegaps.io.company.read import read_company
from fivegaps.knowledge.constructs import judged_constructs
from fivegaps.model.company.constructs import Voice

Columns = Mapping[str, Sequence[object] | NDArray[np.generic]]

SETTINGS = """\
name = "Example"
profile = "bank"
instrument = "rater-22"
minimum_cell = { customers = 5, employees = 5, managers = 3 }
[[wave]]
id = "2025"
date = 2025-05-31
"""
UNITS = tuple(f"u{number:02d}" for number in range(10))


def places(n: int) -> NDArray[np.intp]:
    """Return a unit for each of n rows, in turn."""
    return np.arange(n) % len(UNITS)


def people(prefix: str, n: int) -> dict[str, Sequence[object]]:
    """Return the columns that every questionnaire has."""
    return {
        "respondent": [f"{prefix}{number}" for number in range(n)],
        "wave": ["2025"] * n,
        "unit": [UNITS[place] for place in places(n)],
    }


def statements(
    voice: Voice, n: int, *, seed: int, lower: Mapping[str, float] | None = None, level: float = 4.8
) -> dict[str, NDArray[np.int64]]:
    """Return answers to all statements; ``lower`` maps a construct to points for the worse."""
    rng = np.random.default_rng(seed)
    kindness = rng.normal(0, 0.6, n)
    columns = {}
    for one in judged_constructs(voice):
        own = level + kindness + rng.normal(0, 0.8, n) - (lower or {}).get(one.id, 0.0)
        for number in range(1, one.statements + 1):
            meant = 8 - own if one.bad else own
            answers = np.clip(np.rint(meant + rng.normal(0, 0.9, n)), 1, 7)
            columns[f"a_{one.id}_{number}"] = answers.astype(np.int64)
    return columns


def customers(n: int = 40, *, seed: int = 1) -> dict[str, Sequence[object]]:
    """Return customers who get a little less than they expect."""
    rng = np.random.default_rng(seed)
    battery = {}
    for item in ("rel1", "rel2", "res1", "ass1", "emp1", "tan1"):
        battery[f"e_{item}"] = list(rng.integers(6, 8, n))
        battery[f"p_{item}"] = list(rng.integers(4, 7, n))
    return {**people("c", n), **battery}


def dossier(folder: Path, **files: Columns) -> Dossier:
    """Return the dossier of a company with these files, and customers."""
    company = read_company(write(folder, **files))
    return Dossier(measure_wave(company, "2025"))


def write(folder: Path, **files: Columns) -> Path:
    """Write a company folder; None is an empty cell."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text(SETTINGS, encoding="utf-8")
    for name, columns in {"customers": customers(), **files}.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(zip(*columns.values(), strict=True))
    return folder


def staff(n: int = 80, *, seed: int = 2, **planted: float) -> dict[str, object]:
    """Return employees; ``technology_job_fit=1.2`` lowers that construct by 1.2 points."""
    lower = {name.replace("_", "-"): points for name, points in planted.items()}
    return {**people("s", n), **statements("employees", n, seed=seed, lower=lower)}
