"""``fivegaps instruments`` from the outside."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from fivegaps.cli.main import main

ROOT = Path(__file__).parents[2]
KIOSK = str(ROOT / "examples/kiosk/kiosk.toml")


def run(capsys, *words: str) -> tuple[int, str, str]:
    code = main(["instruments", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_the_list_names_instruments_and_profiles(capsys):
    code, out, _ = run(capsys, "list")

    assert code == 0
    assert "rater-22-zone" in out
    assert "self-service" in out


def test_the_list_names_the_questionnaires_of_other_voices(capsys):
    _, out, _ = run(capsys, "list")

    assert "third-party-assessor" in out
    assert "employee-pulse" in out


def test_show_prints_a_questionnaire_with_the_words_of_a_trade(capsys):
    code, out, _ = run(capsys, "show", "managers-on-customers", "--profile", "bank")

    assert code == 0
    assert "An excellent bank would" in out
    assert "fewer than 3 managers" in out


def test_show_asks_the_self_audit_by_channel(capsys):
    _, out, _ = run(capsys, "show", "manager-self-audit", "--channel", "phone")

    assert "x_s0-09@phone" in out


def test_channels_are_no_matter_of_an_instrument(capsys):
    code, out, err = run(capsys, "show", "rater-10", "--channel", "phone")

    assert (code, out) == (2, "")
    assert "--channel" in err


def test_export_writes_a_questionnaire_on_the_items_of_another_instrument(capsys, tmp_path):
    target = tmp_path / "managers.html"

    code, _, _ = run(
        capsys,
        *("export", "managers-on-customers", "--instrument", "rater-10", "--lang", "nl"),
        *("--format", "html", "--out", str(target)),
    )

    assert code == 0
    assert target.read_text(encoding="utf-8").count('<tr><td class="number">') == 10 + 3


@pytest.fixture
def company(tmp_path) -> str:
    folder = tmp_path / "company"
    folder.mkdir()
    (folder / "company.toml").write_text(
        'name = "Noord"\nprofile = "bank"\ninstrument = "rater-22"\nlang = "nl"\n'
        '[[wave]]\nid = "2025"\ndate = 2025-05-31\n',
        encoding="utf-8",
    )
    (folder / "standards.csv").write_text(
        "standard,text,items,comparison,target,unit_of_measure\n"
        "calls,Snel opnemen,res1,at_most,20,seconden\n",
        encoding="utf-8",
    )
    return str(folder)


def test_a_company_folder_gives_name_language_and_standards(capsys, tmp_path, company):
    target = tmp_path / "assessor.html"

    code, _, _ = run(
        capsys,
        *("export", "third-party-assessor", "--folder", company, "--format", "html"),
        *("--out", str(target)),
    )

    assert code == 0
    form = target.read_text(encoding="utf-8")
    assert "Noord vraagt u" in form
    assert "calls: Snel opnemen (≤ 20 seconden)" in form


def test_the_customers_form_of_a_folder_is_in_the_words_of_its_trade(capsys, tmp_path, company):
    target = tmp_path / "customers.html"

    code, _, _ = run(
        capsys, "export", "rater-22", "--folder", company, "--format", "html", "--out", str(target)
    )

    assert code == 0
    assert "Een uitstekende bank" in target.read_text(encoding="utf-8")


def test_filled_sheets_are_joined(capsys, tmp_path):
    sheet, target = tmp_path / "audit.csv", tmp_path / "managers.csv"
    sheet.write_text("respondent,wave,x_s0-07,remark\nm1,2025,6,none\n", encoding="utf-8")

    code, out, _ = run(capsys, "join", str(sheet), "--out", str(target))

    assert code == 0
    assert "respondents 1, rows 1" in out
    assert "left out: remark" in out


@pytest.mark.parametrize(
    "words", [("rater-22@bank",), ("managers", "--profile", "bank"), ("managers@bank",)]
)
def test_a_folder_and_a_profile_contradict(words, capsys, company):
    code, _, err = run(capsys, "export", *words, "--folder", company)

    assert code == 2
    assert "--folder" in err


def test_a_channel_has_a_name(capsys):
    code, _, err = run(capsys, "show", "manager-self-audit", "--channel", " ")

    assert code == 2
    assert "--channel" in err


def test_check_looks_at_one_questionnaire(capsys):
    code, out, _ = run(capsys, "check", "manager-self-audit@hotel")

    assert code == 0
    assert "No fault found in manager-self-audit@hotel." in out


def test_a_folder_of_another_instrument_is_refused(capsys, company):
    code, _, err = run(capsys, "export", "rater-10", "--folder", company)

    assert code == 2
    assert "answer rater-22@bank" in err


def test_a_questionnaire_needs_items_that_say_what_is_expected(capsys):
    code, _, err = run(
        capsys, "show", "managers-on-customers", "--instrument", "rater-22-performance"
    )

    assert code == 2
    assert "does not word what customers expect" in err


def test_a_questionnaire_of_no_such_name_is_refused_with_the_nearest(capsys):
    code, _, err = run(capsys, "show", "manager-self-audi")

    assert code == 2
    assert "Did you mean 'manager-self-audit'?" in err


def test_show_prints_wordings_in_the_language_asked_for(capsys):
    code, out, _ = run(capsys, "show", "rater-10@bank", "--lang", "vi")

    assert code == 0
    assert "Ngân hàng này" in out
    assert "e_tan1" in out


def test_show_names_the_firm(capsys):
    _, out, _ = run(capsys, "show", "rater-10", "--company", "Noord")

    assert "Noord works with" in out


def test_show_refuses_an_unknown_id(capsys):
    code, out, err = run(capsys, "show", "rater-23")

    assert (code, out) == (2, "")
    assert "Did you mean 'rater-22'?" in err


def test_check_finds_no_fault_in_what_is_shipped(capsys):
    code, out, _ = run(capsys, "check")

    assert code == 0
    assert "No fault found in 4 instruments with 12 profiles and 11 questionnaires" in out


def test_check_reads_a_file_of_ones_own(capsys):
    code, out, _ = run(capsys, "check", KIOSK, "rater-22@bank")

    assert code == 0
    assert "kiosk.toml" in out


def test_check_tells_the_faults_of_a_file(capsys, tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(
        'id="x"\nlang=["en","nl"]\n[[battery]]\nid="perception"\nminimum=1\nmaximum=5\n'
        '[[item]]\nid="a"\nshort.en="Only English"\n'
    )

    code, _, err = run(capsys, "check", str(file))

    assert code == 2
    assert "short label of item 'a' is not given in nl" in err


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("html", "rater-10-bank.en.html"),
        ("xlsx", "rater-10-bank.en.xlsx"),
        ("xlsform", "rater-10-bank.xlsform.xlsx"),
        ("toml", "rater-10-bank.toml"),
    ],
)
def test_export_writes_the_form(kind, name, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    code, out, _ = run(capsys, "export", "rater-10", "--profile", "bank", "--format", kind)

    assert (code, out) == (0, f"wrote {name}\n")
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_export_writes_a_pdf_where_it_is_told(capsys, tmp_path):
    target = tmp_path / "new" / "form.pdf"

    code, _, _ = run(capsys, "export", "rater-10", "--lang", "nl", "--out", str(target))

    assert code == 0
    assert target.read_bytes().startswith(b"%PDF-")


def test_export_keeps_a_file_that_is_there(capsys, tmp_path):
    target = tmp_path / "form.html"
    target.write_text("kept")

    code, _, err = run(capsys, "export", "rater-10", "--format", "html", "--out", str(target))

    assert (code, target.read_text()) == (2, "kept")
    assert "--overwrite" in err


def test_export_replaces_it_when_asked(capsys, tmp_path):
    target = tmp_path / "form.html"
    target.write_text("old")

    code, _, _ = run(
        capsys, "export", "rater-10", "--format", "html", "--out", str(target), "--overwrite"
    )

    assert code == 0
    assert "<!DOCTYPE html>" in target.read_text()


@pytest.mark.parametrize("words", [[], ["list"], ["show"], ["check"], ["export"]])
def test_every_command_explains_itself(words):
    from fivegaps.cli.instruments import command

    result = CliRunner().invoke(command, [*words, "--help"])

    assert result.exit_code == 0
    assert "Usage:" in result.output
