"""Settings and files of a company folder that cannot be used are named, all at once."""

from __future__ import annotations

import pytest
from company_folders import SETTINGS, cell, faults_of, whole, write_folder

from fivegaps.errors import CompanyRefused
from fivegaps.io.company.read import read_company


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('instrument = "rater-22"', 'instrument = "rater-23"', "rater-22"),
        ('profile = "bank"', 'profile = "bnak"', "Did you mean 'bank'"),
        ('lang = "en"', 'lang = "fr"', "zh-hans"),
        ("date = 2025-05-31", 'date = "May"', "must be a day"),
        ('id = "2025"', 'id = "2024"', "declared twice"),
        ("reliability = -0.5", 'reliability = "low"', "not a number"),
        ("reliability = -0.5", "reliabilty = -0.5", "no dimension"),
        ("managers = 3", "managers = 0", "1 or more"),
        ("managers = 3", "managrs = 3", "unknown voice"),
        ("census = true", 'census = "yes"', "true or false"),
        ('name = "Example bank"', 'nam = "Example bank"', "unknown key 'nam'"),
        ('name = "Example bank"', 'name = "Example', "not TOML"),
        ('lang = "en"', "format = 3", "newer"),
        ('lang = "en"', "format = 1", "--migrate"),
        ('id = "2025"', 'id = "2025"\ninstrument = "rater-10"', "two instruments are mixed"),
    ],
)
def test_bad_settings_are_named(old, new, says, tmp_path):
    assert old in SETTINGS
    folder = write_folder(tmp_path / "bank", whole(), settings=SETTINGS.replace(old, new, 1))

    faults = faults_of(folder)

    assert any(file == "company.toml" and says in sentence for file, *_, sentence in faults)


def test_a_folder_without_waves_is_refused(tmp_path):
    settings = 'name = "Bank"\ninstrument = "rater-22"\n'

    faults = faults_of(write_folder(tmp_path / "bank", whole(), settings=settings))

    assert any("no wave is declared" in fault[4] for fault in faults)


def test_missing_settings_and_customers_are_both_named(tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()

    assert [fault[0] for fault in faults_of(folder)] == ["company.toml", "customers"]


def test_missing_customers_are_named_beside_other_faults(tmp_path):
    files = whole()
    del files["customers"]
    cell("facts", 2, "value", "many")(files)

    faults = faults_of(write_folder(tmp_path / "bank", files))

    assert [fault[0] for fault in faults] == ["customers", "facts.csv"]


def test_customers_without_rows_are_refused(tmp_path):
    folder = write_folder(tmp_path / "bank", whole())
    (folder / "customers.csv").write_text("respondent,wave,p_tan1\n", encoding="utf-8")

    assert "holds no answers" in faults_of(folder)[0][4]


def test_customers_without_an_item_are_refused(tmp_path):
    files = whole()
    files["customers"] = [{"respondent": "a", "wave": "2025"}, {"respondent": "b", "wave": "2025"}]

    faults = faults_of(write_folder(tmp_path / "bank", files))

    assert any("no column of an item" in fault[4] for fault in faults)


def test_a_path_that_is_no_folder_is_refused(tmp_path):
    file = tmp_path / "bank.csv"
    file.write_text("a", encoding="utf-8")

    with pytest.raises(CompanyRefused, match="is a file, not a folder"):
        read_company(file)
    with pytest.raises(CompanyRefused, match="does not exist"):
        read_company(tmp_path / "nowhere")


def test_a_file_given_twice_is_refused(tmp_path):
    folder = write_folder(tmp_path / "bank", whole())
    (folder / "facts.parquet").write_bytes(b"PAR1")

    assert "facts.csv and facts.parquet" in faults_of(folder)[0][4]


def test_a_file_almost_called_like_one_is_refused(tmp_path):
    folder = write_folder(tmp_path / "bank", whole())
    (folder / "cases.csv").rename(folder / "casess.csv")

    assert [(fault[0], "did you mean 'cases'" in fault[4]) for fault in faults_of(folder)] == [
        ("casess.csv", True)
    ]


def test_a_damaged_file_does_not_hide_the_others(tmp_path):
    files = whole()
    cell("facts", 2, "value", "many")(files)
    folder = write_folder(tmp_path / "bank", files)
    (folder / "cases.csv").unlink()
    (folder / "cases.parquet").write_bytes(b"PAR1 and nothing else")
    (folder / "ideas.csv").write_text('idea,unit\ni1,riga\ni2,"riga\n', encoding="utf-8")

    assert {fault[0] for fault in faults_of(folder)} == {
        "cases.parquet", "ideas.csv", "facts.csv",
    }  # fmt: skip


def test_an_empty_file_of_customers_is_one_fault(tmp_path):
    """It is there: that it is missing would be wrong."""
    folder = write_folder(tmp_path / "bank", whole())
    (folder / "customers.csv").write_bytes(b"")

    with pytest.raises(CompanyRefused) as refused:
        read_company(folder)

    assert list(refused.value.faults) == ["customers.csv"]
    assert len(refused.value.faults["customers.csv"]) == 1
