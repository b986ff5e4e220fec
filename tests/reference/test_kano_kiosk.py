"""Kano's classification of the kiosk answers against method.md 5, T1.

Origin: 194 cleaned answers of hanakim120/kiosk-servqual-research (MIT), computed in R
4.2.2 from the headers of kiosk.csv. The authors' own .rda file misplaces pairs 5 and 6.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from fivegaps.scoring.kano import kano_element
from fivegaps.scoring.results import KanoElement

KIOSK = Path(__file__).parents[2] / "examples" / "kiosk" / "kiosk.csv"


def _element(pair: int) -> KanoElement:
    counts = np.zeros((5, 5), dtype=np.int64)
    with KIOSK.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            counts[int(row[f"K{pair}f"]) - 1, int(row[f"K{pair}d"]) - 1] += 1
    return kano_element(counts)


@pytest.mark.parametrize(
    ("pair", "category", "counts"),
    [
        (1, "M", {"A": 39, "O": 51, "M": 87, "I": 16, "R": 0, "Q": 1}),
        (10, "A", {"A": 108, "O": 55, "M": 17, "I": 12}),
        (5, "I", {"A": 82, "O": 22, "M": 6, "I": 83}),
        (6, "O", {"A": 16, "O": 81, "M": 77}),
    ],
)
def test_a_pair_has_the_counts_and_category_of_the_headers(pair, category, counts):
    element = _element(pair)

    assert element.category == category
    assert {letter: element.counts[letter] for letter in counts} == counts


@pytest.mark.parametrize(("pair", "better", "worse"), [(1, 0.4663, -0.7150), (10, 0.8490, -0.3750)])
def test_a_pair_has_the_better_and_worse_of_r(pair, better, worse):
    element = _element(pair)

    assert element.better.value == pytest.approx(better, abs=5e-5)
    assert element.worse.value == pytest.approx(worse, abs=5e-5)
