"""A folder that was started checks clean, in every language and trade."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from fivegaps.errors import InstrumentRefused, OptionRefused
from fivegaps.io.company.read import read_company
from fivegaps.io.company.sheets import FILES
from fivegaps.io.company.starting import start_company
from fivegaps.knowledge.shelf import instrument_ids, profile_ids

DAY = dt.date(2026, 3, 31)


@pytest.mark.parametrize("lang", ["en", "vi", "nl"])
def test_a_started_folder_checks_clean(lang, tmp_path):
    start_company(tmp_path / "bank", profile="bank", lang=lang, today=DAY)

    company = read_company(tmp_path / "bank")

    assert company.notices == ()
    assert set(company.files) == set(FILES)
    assert (company.everybody.n, company.managers.n, company.employees.n) == (2, 2, 2)
    assert company.settings.lang == lang
    assert company.waves[0].date == DAY


@pytest.mark.parametrize("instrument", instrument_ids())
def test_every_shipped_instrument_can_be_started(instrument, tmp_path):
    start_company(tmp_path / "one", instrument=instrument)

    company = read_company(tmp_path / "one")

    assert {one.id for one in company.instrument.batteries}


@pytest.mark.parametrize("profile", profile_ids())
def test_every_trade_can_be_started(profile, tmp_path):
    start_company(tmp_path / "one", profile=profile)

    assert read_company(tmp_path / "one").settings.profile == profile


def test_every_file_has_two_worked_rows(tmp_path):
    start_company(tmp_path / "bank")

    for file in FILES:
        with (tmp_path / "bank" / f"{file}.csv").open(encoding="utf-8") as text:
            assert len(list(csv.DictReader(text))) == 2


@pytest.mark.parametrize(("lang", "says"), [("en", "Who fills in what"), ("vi", "Ai điền tệp nào")])
def test_the_readme_says_who_fills_in_what(lang, says, tmp_path):
    start_company(tmp_path / "bank", lang=lang)

    readme = (tmp_path / "bank" / "README.md").read_text(encoding="utf-8")

    assert says in readme
    assert all(f"### {file}.csv" in readme for file in FILES)


def test_an_own_instrument_is_copied_into_the_folder(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        'id = "own"\nversion = "1"\nlang = ["en"]\ntitle = { en = "Own" }\n'
        '[[battery]]\nid = "perception"\nminimum = 1\nmaximum = 5\n'
        '[[item]]\nid = "kind"\n',
        encoding="utf-8",
    )

    start_company(tmp_path / "bank", instrument=str(own))

    assert read_company(tmp_path / "bank").item_ids == ("kind",)


def test_a_folder_that_holds_something_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(OptionRefused, match="not empty"):
        start_company(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_unknown_instrument_writes_nothing(tmp_path):
    with pytest.raises(InstrumentRefused):
        start_company(tmp_path / "bank", instrument="rater-23")

    assert list(tmp_path.iterdir()) == []


def test_a_name_with_quotes_is_kept(tmp_path):
    folder = Path(tmp_path / 'The "Bank"')

    start_company(folder)

    assert read_company(folder).settings.name == 'The "Bank"'
