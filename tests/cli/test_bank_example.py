"""The example bank tells the story that was planted in it, and its page tells the truth.

What is planted stands in examples/bank/bank.truth.json, written by the simulator.
"""

from __future__ import annotations

import filecmp
import json
import runpy
from pathlib import Path

import numpy as np
import pytest

import fivegaps as fg
from fivegaps.diagnosis.story import three_sentences
from fivegaps.io.company.rows import ROLES
from fivegaps.knowledge.causes import cause

ROOT = Path(__file__).resolve().parents[2]
BANK = ROOT / "examples" / "bank"
PAGE = (ROOT / "docs" / "bank.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bank():
    return fg.read_company(BANK)


@pytest.fixture(scope="module")
def diagnosis(bank):
    return fg.diagnose(bank)


@pytest.fixture(scope="module")
def truth():
    return json.loads((BANK / "bank.truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def staff(bank):
    return bank.employees.chosen(bank.employees.wave == bank.wave_place("2026"))


def signed(value):
    return f"{value:+.2f}".replace("-", "−")


def test_three_sentences_tell_the_planted_story(diagnosis, truth):
    (planted,) = (one["cause"] for one in truth["planted"])

    told = three_sentences(diagnosis)

    assert "reliability" in told[0]
    assert "gap 4" in told[0]
    assert cause(planted).title["en"] in told[1]
    assert "one cause" in told[1]
    assert told[2].startswith("Begin with")


def test_the_planted_cause_alone_is_claimed(diagnosis, truth):
    planted = [one["cause"] for one in truth["planted"]]

    assert [one.id for one in diagnosis.causes if one.claimed] == planted


def test_the_verdicts_are_those_of_the_true_effects(diagnosis, truth):
    verdicts = {name: one.effect_verdict for name, one in diagnosis.actions.items()}

    assert truth["actions"]["second-look-at-orders"]["effect"] > 0.4
    assert truth["actions"]["product-evenings"]["effect"] == 0
    assert verdicts == {
        "second-look-at-orders": "better",
        "product-evenings": "equivalent",
        "new-halls": "cannot_tell",
    }


def test_making_it_again_gives_the_same_files(tmp_path):
    runpy.run_path(str(BANK / "make.py"))["main"](tmp_path)

    files = sorted(file.name for file in tmp_path.iterdir())
    same, different, missing = filecmp.cmpfiles(BANK, tmp_path, files, shallow=False)

    assert len(files) == 17
    assert (different, missing) == ([], [])
    assert same == files


def test_the_page_shows_gap_5_as_analyze_has_it(bank):
    found = fg.analyze(bank.customers("2026")).dimensions

    for name, of_dimension in found.items():
        gap = of_dimension.gap
        low, high = signed(gap.low), signed(gap.high)
        assert f"| {name} | {signed(gap.value)} | {low} to {high} |" in PAGE


def test_the_page_shows_gaps_3_and_4_as_means_less_seven(bank, staff):
    contact = staff.chosen(staff.role.codes == ROLES.index("contact"))

    for name, able, promised in zip(
        bank.dimension_ids, contact.delivery.T, contact.promises.T, strict=True
    ):
        row = (signed(np.nanmean(one) - 7) for one in (able, promised))
        assert f"| {name} | {' | '.join(row)} |" in PAGE


def test_the_page_counts_promises_right(bank):
    unsigned = [one for one in bank.promises if one.signed_by_delivery is None]
    outcomes = bank.promise_outcomes
    year = outcomes.date >= np.datetime64("2025-06-01")
    about = np.array([one.items[0].startswith("rel") for one in bank.promises])[outcomes.promise]
    kept = {
        part: outcomes.kept[year & (about == part)].sum()
        / outcomes.n_given[year & (about == part)].sum()
        for part in (True, False)
    }

    assert f"{len(unsigned)} of {len(bank.promises)} promises" in PAGE
    assert f"{kept[True]:.0%} of the time" in PAGE
    assert f"all other promises {kept[False]:.0%}" in PAGE


def test_the_page_names_the_construct_that_lies_apart(staff):
    scores = {name: float(np.nanmean(score)) for name, score in staff.scores.items()}

    score = scores["horizontal-communication"]

    assert f"at {score:.1f} of 7" in PAGE
