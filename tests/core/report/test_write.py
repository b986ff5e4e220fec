"""The folder: whole or not at all, and nobody else's files touched."""

import pytest
from made_results import results
from reported_answers import made

from fivegaps.errors import OptionRefused, OutputExists
from fivegaps.report import write as writing
from fivegaps.report.write import write

ASKED = made(units=4)
RESULTS = results(ASKED)


def written(folder, **options):
    return write(RESULTS, ASKED.instrument, folder, results_json='{"n": 300}', **options)


def names_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_folder_holds_page_results_tables_and_charts(tmp_path):
    written(tmp_path / "out")

    names = names_in(tmp_path / "out")
    assert {"report.html", "results.json", "tables.xlsx", "charts/dimensions.svg"} <= set(names)
    assert (tmp_path / "out/results.json").read_text() == '{"n": 300}'


def test_nothing_is_left_beside_the_folder(tmp_path):
    written(tmp_path / "deep/out")

    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_pictures_are_painted_when_asked(tmp_path):
    written(tmp_path / "out", png=True)

    assert (tmp_path / "out/charts/dimensions.png").read_bytes().startswith(b"\x89PNG")


def test_another_analysis_is_not_overwritten(tmp_path):
    written(tmp_path / "out")

    with pytest.raises(OutputExists):
        written(tmp_path / "out")


def test_overwriting_replaces_our_charts_and_keeps_other_files(tmp_path):
    written(tmp_path / "out")
    stale = tmp_path / "out/charts/stale.svg"
    stale.write_text((tmp_path / "out/charts/items.svg").read_text())
    foreign = [tmp_path / "out/notes.txt", tmp_path / "out/charts/logo.svg"]
    for path in foreign:
        path.write_text("<svg/>")

    written(tmp_path / "out", overwrite=True)

    assert (stale.exists(), [path.read_text() for path in foreign]) == (False, ["<svg/>"] * 2)


def test_a_folder_with_other_things_is_filled(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/notes.txt").write_text("mine")

    written(tmp_path / "out")

    assert (tmp_path / "out/notes.txt").read_text() == "mine"


def test_a_stopped_run_leaves_nothing(tmp_path, monkeypatch):
    def break_off(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "workbook", break_off)

    with pytest.raises(OSError, match="No space"):
        written(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "out").write_text("a file")

    with pytest.raises(OptionRefused, match="not a folder"):
        written(tmp_path / "out")


def test_the_folder_can_be_the_one_we_stand_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    written(".")

    assert (tmp_path / "report.html").exists()
