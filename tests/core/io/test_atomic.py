import pytest

from fivegaps.errors import OptionRefused, OutputExists
from fivegaps.io.atomic import atomic_file, atomic_folder


def fail_after_writing(path):
    path.write_text("half")
    raise ZeroDivisionError


def test_a_file_appears_with_its_whole_content_under_its_name(tmp_path):
    target = tmp_path / "new" / "figures.csv"

    with atomic_file(target) as temporary:
        temporary.write_text("a,b\n")
        seen_while_writing = target.exists()

    assert not seen_while_writing
    assert target.read_text() == "a,b\n"
    assert [path.name for path in target.parent.iterdir()] == ["figures.csv"]


def test_a_failure_leaves_the_former_file_and_nothing_else(tmp_path):
    target = tmp_path / "figures.csv"
    target.write_text("former")

    with pytest.raises(ZeroDivisionError), atomic_file(target) as temporary:
        fail_after_writing(temporary)

    assert target.read_text() == "former"
    assert [path.name for path in tmp_path.iterdir()] == ["figures.csv"]


def test_a_file_is_not_written_over_a_folder(tmp_path):
    with pytest.raises(OptionRefused, match="is a folder"), atomic_file(tmp_path):
        pass


def test_a_folder_appears_whole(tmp_path):
    target = tmp_path / "out"

    with atomic_folder(target) as temporary:
        (temporary / "charts").mkdir()
        (temporary / "charts" / "a.svg").write_text("<svg/>")

    assert (target / "charts" / "a.svg").read_text() == "<svg/>"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_holds_something_is_refused(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "results.json").write_text("{}")

    with pytest.raises(OutputExists), atomic_folder(tmp_path / "out"):
        pass


def test_overwriting_replaces_the_folder_as_a_whole(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.json").write_text("{}")

    with atomic_folder(tmp_path / "out", overwrite=True) as temporary:
        (temporary / "new.json").write_text("{}")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["new.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_keeps_the_folder_that_was_to_be_replaced(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.json").write_text("{}")

    with (
        pytest.raises(ZeroDivisionError),
        atomic_folder(tmp_path / "out", overwrite=True) as temporary,
    ):
        fail_after_writing(temporary / "new.json")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["old.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_taken_and_a_file_is_not(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")

    with atomic_folder(tmp_path / "empty") as temporary:
        (temporary / "a").write_text("1")

    assert (tmp_path / "empty" / "a").exists()
    with pytest.raises(OptionRefused, match="is a file"), atomic_folder(tmp_path / "file"):
        pass
