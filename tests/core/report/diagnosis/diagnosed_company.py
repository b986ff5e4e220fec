"""A small company with all files, made from the worked rows of a fresh folder."""

import csv
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from fivegaps.diagnosis.diagnose import diagnose
from fivegaps.io.company.read import read_company
from fivegaps.io.company.starting import start_company

PEOPLE = {"customers": 90, "managers": 14, "employees": 48}
LOW = {"a_role-ambiguity", "a_teamwork", "a_upward-communication"}


@cache
def diagnosed():
    """Return the diagnosis and the company that it is of."""
    with TemporaryDirectory() as there:
        folder = Path(there) / "company"
        start_company(folder)
        for file, people in PEOPLE.items():
            _crowd(folder / f"{file}.csv", people, np.random.default_rng(people))
        company = read_company(folder)
        return diagnose(company, command="fivegaps diagnose company"), company


def _crowd(file, people, chance):
    """Replace the two worked rows by many people who answer like them, with scatter."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    crowd = []
    for number in range(people):
        row = dict(rows[number % len(rows)], respondent=f"{file.stem}-{number}")
        mood = chance.choice([-1, 0, 0, 1])
        for column in row:
            if column[:2] in {"e_", "p_", "s_", "d_", "c_", "m_", "a_"}:
                row[column] = str(_answer(file.stem, column, mood, chance))
        crowd.append(row)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, crowd[0].keys())
        writer.writeheader()
        writer.writerows(crowd)


def _answer(voice, column, mood, chance):
    middle = {"e_": 6.0, "p_": 5.0, "s_": 5.0, "d_": 4.0, "c_": 6.0, "m_": 6.0, "a_": 5.0}
    at = middle[column[:2]] + mood * 0.5 + chance.normal(0, 0.8)
    if voice == "employees" and column.rpartition("_")[0] in LOW:
        at -= 2.5
    return max(1, min(7, round(at)))
