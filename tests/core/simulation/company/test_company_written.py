"""A simulated company as a folder: read without fault, the same again, its truth recovered."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from fivegaps.cli.main import main
from fivegaps.diagnosis.diagnose import diagnose
from fivegaps.errors import OutputExists
from fivegaps.io.company.read import read_company
from fivegaps.simulation.company.options import CompanyOptions
from fivegaps.simulation.company.simulate import write_company

SMALL = CompanyOptions(units=4, customers=8, staff=3, managers=6)
USUAL = CompanyOptions(units=20, customers=30, staff=8, waves=1)


def _diagnosed(folder, options):
    made, truth = write_company(options, folder)
    return diagnose(read_company(made)), json.loads(truth.read_text(encoding="utf-8"))


def _files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_command_writes_a_folder_that_check_accepts(tmp_path, capsys):
    folder = str(tmp_path / "firm")
    asked = ["--units", "4", "--customers", "6", "--plant", "gap3-fear", "--gap", "2", "--sour"]

    made = main(["simulate", "--company", folder, *asked])
    checked = main(["check", folder])

    assert (made, checked) == (0, 0)
    assert "no fault" in capsys.readouterr().out


@pytest.mark.parametrize("asked", [[], ["--out", "x.csv", "--company", "firm"]])
def test_the_command_makes_either_answers_or_a_company(tmp_path, monkeypatch, asked):
    monkeypatch.chdir(tmp_path)

    assert main(["simulate", *asked]) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [
        CompanyOptions(units=1, customers=1, staff=1, managers=1, waves=1),
        replace(SMALL, waves=3, effect=3.0, plants=("gap4-overpromising", "gap2-standards-vague")),
        replace(SMALL, effect=3.0, plants=("gap5-recovery-slow", "gap5-customer-part")),
    ],
)
def test_companies_at_the_ends_of_the_options_are_without_fault(tmp_path, options):
    made, _ = write_company(options, tmp_path / "firm")

    company = read_company(made)

    assert company.customers().rows == options.waves * options.units * options.customers
    assert company.managers.n == options.waves * options.managers
    assert company.employees.n == options.waves * options.units * options.staff


def test_the_same_options_give_the_same_bytes(tmp_path):
    first, first_truth = write_company(SMALL, tmp_path / "one")
    again, again_truth = write_company(SMALL, tmp_path / "two")

    assert _files(first) == _files(again)
    assert first_truth.read_bytes() == again_truth.read_bytes()


def test_another_seed_gives_another_company(tmp_path):
    first, _ = write_company(SMALL, tmp_path / "one")
    other, _ = write_company(replace(SMALL, seed=2), tmp_path / "two")

    assert _files(first)["customers.csv"] != _files(other)["customers.csv"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "note.txt").write_text("mine")

    with pytest.raises(OutputExists):
        write_company(SMALL, tmp_path)
    assert _files(tmp_path) == {"note.txt": b"mine"}


def test_the_truth_names_what_was_planted_and_what_actions_did(tmp_path):
    _, path = write_company(replace(SMALL, plants=("gap3-fear",)), tmp_path / "firm")

    truth = json.loads(path.read_text(encoding="utf-8"))

    assert [(one["cause"], one["gap"], one["effect"]) for one in truth["planted"]] == [
        ("gap3-fear", 3, 1.0)
    ]
    assert 0.3 < truth["actions"]["action-1"]["effect"] < 0.55
    assert truth["actions"]["action-2"]["effect"] == 0.0
    assert truth["options"]["seed"] == truth["seed"] == 1


def test_gaps_2_to_4_have_levels_of_their_own(tmp_path):
    _, path = write_company(SMALL, tmp_path / "firm")

    gaps = json.loads(path.read_text(encoding="utf-8"))["waves"]["2026"]["gaps"]

    assert len({round(gaps[f"gap{gap}"]["overall"], 2) for gap in (2, 3, 4)}) == 3
    assert len({round(value, 2) for value in gaps["gap3"].values()}) > 3


@pytest.mark.parametrize("share", [0.0, 0.2])
def test_answers_are_left_out_as_often_as_asked(tmp_path, share):
    made, _ = write_company(replace(SMALL, missing=share), tmp_path / "firm")

    left_out = np.isnan(read_company(made).employees.scores["strain"])

    # A score needs two of three statements: 3 s² - 2 s³ are missing; 24 people, three errors.
    lost = 3 * share**2 - 2 * share**3
    assert abs(left_out.mean() - lost) <= 3 * (lost * (1 - lost) / left_out.size) ** 0.5


def test_a_company_may_be_asked_the_short_form(tmp_path):
    made, _ = write_company(replace(SMALL, instrument="rater-10"), tmp_path / "firm")

    company = read_company(made)

    assert company.instrument.id == "rater-10"
    assert len(company.item_ids) == 10


def test_the_command_refuses_what_is_not_for_a_company(tmp_path, capsys):
    code = main(["simulate", "--company", str(tmp_path / "firm"), "--profile", "bank"])

    assert code == 2
    assert "--profile is for answers" in capsys.readouterr().err


@pytest.mark.parametrize("seed", [1, 2])
def test_a_planted_cause_of_one_sd_ranks_first_or_second(tmp_path, seed):
    options = replace(USUAL, seed=seed, plants=("gap3-role-unclear",))

    found, _ = _diagnosed(tmp_path / "firm", options)

    assert "gap3-role-unclear" in [cause.id for cause in found.causes[:2]]


@pytest.mark.parametrize("how", [{}, {"sour": True}, {"kind": True}], ids=str)
def test_nothing_is_claimed_where_nothing_was_planted(tmp_path, how):
    found, _ = _diagnosed(tmp_path / "firm", replace(USUAL, seed=3, **how))

    assert [cause.id for cause in found.causes if cause.claimed] == []


def test_intervals_of_gap_5_hold_the_truth(tmp_path):
    found, truth = _diagnosed(tmp_path / "firm", replace(USUAL, customers=100, seed=5))

    gaps = found.waves["2026"].gaps.gap5.surveyed.dimensions
    held = [
        one.gap.low <= truth["waves"]["2026"]["gaps"]["gap5"][name] <= one.gap.high
        for name, one in gaps.items()
    ]

    # Five intervals of 95 %: fewer than three that hold has a chance of one in 900.
    assert sum(held) >= 3
