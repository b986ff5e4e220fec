"""Intervals cover the truth of simulated surveys as often as they say."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import pytest
from recovery import Verdict, coverages, outside, pooled_z, summary, verdicts
from scipy.stats import norm

Tell = Callable[[str, object], None]


def judge(files: list[list[Verdict]], record_property: Tell) -> None:
    found = coverages(files)
    for line in summary(files, found):
        record_property("told", line)
    assert outside(found) == []
    assert norm.sf(abs(pooled_z(files))) * 2 > 0.001 / (len(found) + 1)


def test_100_files_recover_the_truth(record_property: Tell) -> None:
    files = [verdicts(number) for number in range(100)]

    judge(files, record_property)


@pytest.mark.soak
def test_2000_files_recover_the_truth(record_property: Tell) -> None:
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=fresh) as pool:
        files = list(pool.map(verdicts, range(1_000, 3_000), chunksize=20))

    judge(files, record_property)


def test_wrong_intervals_are_noticed() -> None:
    """Power: intervals of 80 % coverage do not pass for 95 %."""
    files = [
        [Verdict(f"figure {place}", (number * 7 + place) % 5 > 0) for place in range(20)]
        for number in range(100)
    ]

    assert outside(coverages(files)) != []
