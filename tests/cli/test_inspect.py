import json

import pytest
from click.testing import CliRunner

from fivegaps.cli.inspect import command
from fivegaps.cli.main import main
from fivegaps.errors import OptionRefused
from fivegaps.knowledge.instruments import load

KIOSK = "examples/kiosk/kiosk_raw_cp949.csv"


def run(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("id;branch;E1;E2;E3;P1;P2;P3\n1;Riga;1;2;3;4;5;6\n2;Riga;7;NA;7;7;7;99\n")
    return path


def test_the_terminal_shows_the_file_its_columns_and_a_draft(file):
    result = run(file)

    assert result.exit_code == 0, result.output
    for told in ("semicolon", "2 rows × 8 columns", "branch", "NA × 1", "99 × 1", "Draft of an"):
        assert told in result.output


def test_korean_questions_are_shown():
    result = run(KIOSK)

    assert "cp949" in result.output
    assert "211 rows × 163 columns" in result.output
    assert "read as cp949" in result.output


def test_json_holds_everything(file):
    shown = json.loads(run(file, "--json").output)

    assert shown["schema"] == "fivegaps.inspection/1"
    assert shown["file"]["delimiter"] == ";"
    assert shown["rows"] == 2
    assert [column["name"] for column in shown["columns"]][:2] == ["id", "branch"]
    assert shown["columns"][7]["missing"] == {"99": 1}
    assert shown["draft"].startswith("# Draft for answers.csv")


def test_the_draft_is_written_where_it_is_wanted(file, tmp_path):
    draft = tmp_path / "new" / "my.toml"

    result = run(file, "--draft", draft)

    assert result.exit_code == 0
    assert load(draft).battery("perception").missing == (99,)
    assert "was written to" in result.output


def test_a_draft_does_not_overwrite_unless_asked(file, tmp_path):
    draft = tmp_path / "my.toml"
    draft.write_text("mine")

    refused = run(file, "--draft", draft)
    kept = draft.read_text()
    written = run(file, "--draft", draft, "--overwrite")

    assert isinstance(refused.exception, OptionRefused)
    assert kept == "mine"
    assert written.exit_code == 0
    assert draft.read_text() != "mine"


def test_nothing_to_draft_writes_nothing(tmp_path):
    names = tmp_path / "names.csv"
    names.write_text("name,age\nAnn,33\nBob,44\n")

    result = run(names, "--draft", tmp_path / "my.toml")

    assert isinstance(result.exception, OptionRefused)
    assert not (tmp_path / "my.toml").exists()
    assert "nothing to draft" in run(names).output


def test_what_would_refuse_the_file_is_listed(tmp_path):
    ragged = tmp_path / "ragged.csv"
    ragged.write_text("E1,E2,P1\n1,2,3\n1,2\n")

    result = run(ragged)

    assert "What would refuse this file" in result.output
    assert "row 3" in result.output


def test_many_columns_are_cut_in_the_terminal_and_whole_in_json(tmp_path):
    wide = tmp_path / "wide.csv"
    wide.write_text(",".join(f"x{n}" for n in range(300)) + "\n" + ",".join(["5"] * 300) + "\n")

    assert "100 more columns" in run(wide).output
    assert len(json.loads(run(wide, "--json").output)["columns"]) == 300


def test_a_file_that_cannot_be_read_ends_with_code_2(tmp_path, capsys):
    code = main(["inspect", str(tmp_path)])

    assert code == 2
    assert "is a folder" in capsys.readouterr().err
