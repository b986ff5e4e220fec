"""Small companies made column by column, read from a folder as any other."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.company.company import Company
from fivegaps.io.company.read import read_company

Columns = Mapping[str, Sequence[object] | NDArray[np.generic]]

ITEMS = ("tan1", "tan2", "rel1", "rel2", "rel3", "res1", "ass1", "emp1")
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
PLACES = {
    "tangibles": [0, 1], "reliability": [2, 3, 4], "responsiveness": [5], "assurance": [6],
    "empathy": [7],
}  # fmt: skip
SETTINGS = """\
name = "Example"
instrument = "rater-22"
minimum_cell = {{ customers = 5, employees = 5, managers = 3 }}
[[wave]]
id = "2025"
date = 2025-05-31
[managers]
census = {census}
"""


def company(folder: Path, *, census: bool = False, **files: Columns) -> Company:
    """Write the files and read the company; NaN and None are empty cells."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = SETTINGS.format(census=str(census).lower())
    (folder / "company.toml").write_text(settings, encoding="utf-8")
    for name, columns in files.items():
        n = max((len(values) for values in columns.values()), default=0)
        whole = {**_usual(name, n), **columns}
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(whole)
            writer.writerows(zip(*(map(_cell, one) for one in whole.values()), strict=True))
    return read_company(folder)


def _usual(name: str, n: int) -> Columns:
    if name not in {"customers", "managers", "employees"}:
        return {}
    return {"respondent": [f"{name[0]}{number}" for number in range(n)], "wave": ["2025"] * n}


def _cell(value: object) -> object:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return value


def items(letter: str, answers: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return the columns of one battery from answers (n, items)."""
    return {f"{letter}_{item}": answers[:, place] for place, item in enumerate(ITEMS)}


def dimensions(letter: str, answers: Sequence[Sequence[object]]) -> dict[str, list[object]]:
    """Return the columns of one question by dimension, from rows of five answers."""
    columns = zip(*answers, strict=True)
    return {f"{letter}_{name}": list(one) for name, one in zip(DIMENSIONS, columns, strict=True)}


def answers(
    rng: np.random.Generator, n: int, mean: float, *, missing: float = 0.0
) -> NDArray[np.float64]:
    """Return whole answers 1 to 7 (n, items), some of them missing."""
    drawn = np.clip(np.rint(rng.normal(mean, 1.2, (n, len(ITEMS)))), 1, 7)
    drawn[rng.random(drawn.shape) < missing] = np.nan
    return drawn


def scores(values: NDArray[np.float64], dimension: str) -> NDArray[np.float64]:
    """Return each person's score by the half rule, those without one left out."""
    some = values[:, PLACES[dimension]]
    enough = (~np.isnan(some)).sum(axis=1) * 2 >= some.shape[1]
    return np.nanmean(some[enough], axis=1)
