"""A folder of the older format becomes one of today's, on a copy."""

from __future__ import annotations

import pytest
from company_folders import SETTINGS, whole, write_folder

from fivegaps.errors import CompanyRefused, OptionRefused, OutputExists
from fivegaps.io.company.migrating import migrate_company
from fivegaps.io.company.read import read_company

OLD = SETTINGS.replace('lang = "en"', 'lang = "en"\nformat = 1   # the first')


def old_files():
    """Return a company as format 1 wrote it: other names of levels, yes and no as 1 and 0."""
    files = whole()
    for file, new, old in (
        ("standards", "level", "target_level"),
        ("promises", "level", "claimed_level"),
    ):
        files[file] = [
            {old if name == new else name: value for name, value in row.items()}
            for row in files[file]
        ]
    words = {"yes": 1, "no": 0}
    for rows in files.values():
        for row in rows:
            row.update({name: words.get(str(value), value) for name, value in row.items()})
    return files


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_the_copy_holds_the_same_company(kind, tmp_path):
    folder = write_folder(tmp_path / "old", old_files(), kind=kind, settings=OLD)
    today = read_company(write_folder(tmp_path / "today", whole(), kind=kind))

    changes = migrate_company(folder, tmp_path / "new")

    new = read_company(tmp_path / "new")
    assert new.standards == today.standards
    assert new.promises == today.promises
    assert new.actions == today.actions
    assert new.everybody.codes.tolist() == today.everybody.codes.tolist()
    assert any("target_level is now level" in change for change in changes)
    assert any("committed is written yes and no" in change for change in changes)


def test_the_older_folder_is_left_as_it_was(tmp_path):
    folder = write_folder(tmp_path / "old", old_files(), settings=OLD)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    migrate_company(folder, tmp_path / "new")

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert "format = 2   # the first" in (tmp_path / "new" / "company.toml").read_text()


def test_other_files_are_copied(tmp_path):
    folder = write_folder(tmp_path / "old", old_files(), settings=OLD)
    (folder / "README.md").write_text("ours", encoding="utf-8")

    migrate_company(folder, tmp_path / "new")

    assert (tmp_path / "new" / "README.md").read_text(encoding="utf-8") == "ours"


def test_an_older_folder_is_refused_until_it_is_migrated(tmp_path):
    folder = write_folder(tmp_path / "old", old_files(), settings=OLD)

    with pytest.raises(CompanyRefused, match="--migrate OUT"):
        read_company(folder)


def test_a_folder_with_faults_is_not_migrated(tmp_path):
    files = old_files()
    files["standards"][0]["target_level"] = 9
    folder = write_folder(tmp_path / "old", files, settings=OLD)

    with pytest.raises(CompanyRefused, match="outside 1 to 7"):
        migrate_company(folder, tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_a_folder_of_today_is_not_migrated(tmp_path):
    folder = write_folder(tmp_path / "today", whole())

    with pytest.raises(OptionRefused, match="not in an older format"):
        migrate_company(folder, tmp_path / "new")


def test_the_copy_is_written_over_nothing(tmp_path):
    folder = write_folder(tmp_path / "old", old_files(), settings=OLD)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine").write_text("mine", encoding="utf-8")

    with pytest.raises(OutputExists):
        migrate_company(folder, tmp_path / "new")
    with pytest.raises(OptionRefused):
        migrate_company(folder, folder / "new")
