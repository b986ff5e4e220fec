"""Forms of managers, employees and assessors read back, and filled in for a company folder."""

from __future__ import annotations

import csv
import sys
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from fivegaps.errors import CompanyRefused, OptionRefused
from fivegaps.io.company.columns import columns_of
from fivegaps.io.company.read import read_company
from fivegaps.knowledge.instruments import instrument
from fivegaps.knowledge.voice_checking import EXTRA
from fivegaps.knowledge.voices import questionnaire, questionnaire_ids
from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.forms.asking import asked_questions, form_of
from fivegaps.report.forms.export import export
from fivegaps.report.forms.folder import folder_forms, with_standards
from fivegaps.report.forms.joining import join_sheets
from fivegaps.report.forms.key_in import key_in_workbook
from fivegaps.report.forms.paper import paper_html
from fivegaps.report.forms.xlsform import xlsform

sys.path.insert(0, str(Path(__file__).parents[1] / "io/company"))

from company_folders import whole, write_folder

Row = dict[str, object]
PARTS = {
    "managers": ("managers-on-customers", "managers-on-standards", "manager-self-audit"),
    "employees": (
        "contact-employees", "employees-on-customers", "employees-on-managers",
        "internal-service", "employee-pulse",
    ),
}  # fmt: skip


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def head(sheet) -> list[str]:
    return [cell.value for cell in sheet[1]]


def filled_book(name: str, respondents: int = 5, **options) -> bytes:
    """Key answers into the first sheet of a form's workbook."""
    asked = questionnaire(name, profile="bank", **options)
    opened = book(key_in_workbook(asked, "vi"))
    sheet = opened[asked.voice]
    answers = {one.column: one for one in asked_questions(asked, "vi")}
    for number in range(respondents):
        place = {"respondent": f"r{number}", "wave": "2025", "unit": "riga"}
        sheet.append([place.get(name) or answer(answers[name], number) for name in head(sheet)])
    kept = BytesIO()
    opened.save(kept)
    return kept.getvalue()


def filled_sheet(name: str, **options) -> list[Row]:
    """Return the rows of the first sheet of a form that was keyed in."""
    sheet = book(filled_book(name, **options)).worksheets[0]
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return [dict(zip(head(sheet), row, strict=True)) for row in rows]


def answer(question, number: int) -> object:
    if question.choices:
        return question.choices[number % len(question.choices)][0]
    if question.kind == "text":
        return "it" if question.column == "support_unit" else "more time"
    if question.kind == "points":
        return 20
    return "none" if question.none and number == 0 else 1 + number % question.maximum


def company_with(tmp_path: Path, **rows: list[Row]):
    """Write a company folder with these rows and read it as ``fivegaps check`` does."""
    files = whole()
    for name, own in rows.items():
        files[name] = []
        write_csv(tmp_path / "company" / f"{name}.csv", own)
    for name in rows:
        files.pop(name)
    write_folder(tmp_path / "company", files)
    return read_company(tmp_path / "company")


def write_csv(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("voice", ["managers", "employees"])
def test_a_whole_form_asks_every_column_of_its_file(voice):
    bank = instrument("rater-22", profile="bank")
    asked = questionnaire(voice, profile="bank")
    columns = [prompt.column for prompt in asked.prompts]

    # a reversed statement's column ends in r; the format names it without
    plain = {column.removesuffix("r") if column[:2] == "a_" else column for column in columns}
    wanted = {*columns_of(voice, bank), *EXTRA[voice]} - {"respondent", "wave", "unit"}

    assert plain == wanted
    assert len(columns) == len(set(columns))


def test_filled_sheets_of_the_whole_forms_are_files_of_a_company_folder(tmp_path):
    company = company_with(
        tmp_path, managers=filled_sheet("managers"), employees=filled_sheet("employees")
    )

    assert (company.managers.n, company.employees.n, company.internal_service.n) == (5, 5, 5)
    assert company.managers.no_standard[0].all()
    assert set(company.managers.audit) == {f"s0-{n:02d}" for n in range(7, 28)} - {"s0-10"}
    assert company.managers.audit_text == ("more time",) * 5
    assert len(company.managers.scores) == 8
    assert len(company.employees.scores) == 23
    assert company.employees.problem == ("more time",) * 5


def test_filled_sheets_of_the_parts_are_put_together(tmp_path):
    write_folder(tmp_path / "company", {**whole(), "managers": [], "employees": []})
    for voice, names in PARTS.items():
        files = [tmp_path / f"{name}.xlsx" for name in names]
        for file in files:
            file.write_bytes(filled_book(file.stem))
        join_sheets(files, tmp_path / "company" / f"{voice}.csv", overwrite=True)

    company = read_company(tmp_path / "company")

    assert (company.managers.n, company.employees.n, company.internal_service.n) == (5, 5, 5)
    assert len(company.managers.scores) == 8
    assert len(company.employees.scores) == 23
    assert company.managers.audit_text == ("more time",) * 5


def test_columns_that_nothing_reads_yet_are_told_and_kept_out(tmp_path):
    company = company_with(tmp_path, managers=filled_sheet("manager-self-audit"))

    told = [notice.about for notice in company.notices if notice.code == "unknown_columns"]

    assert [set(about[1:]) for about in told] == [set(EXTRA["managers"])]


def test_the_self_audit_by_channel_is_read_by_channel(tmp_path):
    rows = filled_sheet("manager-self-audit", channels=("counter", "kiosk"))

    company = company_with(tmp_path, managers=rows)

    asked = {(f"s0-{n}", channel) for n in ("09", "11", "27") for channel in ("counter", "kiosk")}
    assert set(company.managers.audit_by_channel) == asked
    assert "s0-09" in company.managers.audit


def test_the_pulse_asks_enough_statements_for_every_score(tmp_path):
    company = company_with(tmp_path, employees=filled_sheet("employee-pulse"))

    scores = company.employees.scores

    assert set(scores) == {
        "compassion", "freedom", "recognition", "no-fear", "strain", "job-design-voice",
        "served-by-leaders", "internal-marketing", "commitment-seen",
        "engagement",
    }  # fmt: skip
    assert not any(str(value) == "nan" for column in scores.values() for value in column)


def test_an_assessors_sheets_are_files_of_a_company_folder(tmp_path):
    opened = book(key_in_workbook(questionnaire("third-party-assessor"), "nl"))
    seen, rated = opened["observations"], opened["facts"]
    seen.append(["answer", "riga", "2025", "2025-05-01", None, 8, 10, "timed by hand"])
    for row in rated.iter_rows(min_row=2, max_row=6):
        row[0].value, row[1].value, row[3].value = "riga", "2025", 5
    rows = {
        sheet.title: [
            dict(zip(head(sheet), cells, strict=True))
            for cells in sheet.iter_rows(min_row=2, values_only=True)
        ]
        for sheet in (seen, rated)
    }

    company = company_with(tmp_path, **rows)

    assert (company.observations.n, company.observations.met[0]) == (1, 8)
    assert {fact.fact for fact in company.facts} == {
        f"third_party_{dimension.id}" for dimension in instrument("rater-22").dimensions
    }


def test_a_cell_admits_none_only_where_a_standard_may_be_missing():
    opened = book(key_in_workbook(questionnaire("managers-on-standards"), "en"))
    sheet = opened.worksheets[0]
    rules = {
        head(sheet)[span.min_col - 1]: rule
        for rule in sheet.data_validations.dataValidation
        for span in rule.sqref.ranges
    }

    assert sheet.title == "managers"
    assert rules["s_empathy"].formula1 == '"1,2,3,4,5,6,7,none"'
    assert (rules["a_commitment_1"].type, rules["a_commitment_1"].formula2) == ("whole", "7")
    assert rules["level"].formula1 == '"1,2,3"'


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "fewest"), [("managers-on-customers", "3"), ("employee-pulse", "5")]
)
def test_a_form_says_how_long_it_takes_and_how_small_groups_are_protected(name, fewest, lang):
    form = form_of(questionnaire(name, profile="hotel"), lang, company="Zee & Zon")

    html = paper_html(form)

    assert "Zee &amp; Zon" in html
    assert str(form.minutes) in form.intro
    assert fewest in form.intro
    assert "{" not in html.partition("</style>")[2]


def test_the_assessors_form_says_which_file_each_answer_goes_to():
    html = paper_html(form_of(questionnaire("third-party-assessor"), "en"))

    assert "a row of the file observations (standard, unit, wave, date" in html
    assert "a row of the file facts (unit, wave, fact, value)" in html


def test_the_words_of_a_trade_stand_in_every_section():
    form = form_of(questionnaire("managers-on-customers@hotel"), "en")

    assert form.blocks[1].title == "What guests expect, as you believe"
    assert "An excellent hotel would keep every booking as confirmed." in {
        line.text for line in form.blocks[1].lines
    }


def test_a_scale_with_a_box_has_one_in_every_line():
    html = paper_html(form_of(questionnaire("managers-on-standards"), "en"))

    assert html.count('class="tick"') == 5 + 1  # the lines and the example
    assert html.count('class="circle crossed"') == 1


def test_channels_stand_under_their_question():
    asked = questionnaire("manager-self-audit", channels=("phone", "kiosk"))
    lines = form_of(asked, "en").blocks[1].lines

    assert [line.heading for line in lines[:2]] == ["", ""]
    assert len({line.heading for line in lines[2:]}) == 1
    assert [line.text for line in lines[2:]] == ["over all channels", "by phone", "kiosk"]


def test_the_xlsform_asks_every_question_in_every_language():
    asked = questionnaire("employees", profile="bank")
    survey = book(xlsform(asked, LANGUAGES))["survey"]
    rows = [
        dict(zip(head(survey), row, strict=True))
        for row in survey.iter_rows(min_row=2, values_only=True)
    ]
    named = {row["name"]: row for row in rows if row["name"]}

    assert {prompt.column for prompt in asked.prompts} <= set(named)
    assert named["d_empathy"]["type"] == "select_one delivery"
    assert named["problem"]["type"] == "text"
    questions = [named[prompt.column] for prompt in asked.prompts]
    assert all(row[key] for row in questions for key in row if str(key).startswith("label"))


def test_the_choices_of_the_xlsform_hold_the_box():
    choices = book(xlsform(questionnaire("managers-on-standards"), ("en",)))["choices"]
    rows = list(choices.iter_rows(min_row=2, values_only=True))

    assert [row[1] for row in rows if row[0] == "standards"] == [*"1234567", "none"]


def test_a_questionnaire_is_no_instrument_file(tmp_path):
    with pytest.raises(OptionRefused, match="is no instrument"):
        export(questionnaire("managers"), "toml", out=tmp_path / "managers.toml")


def test_a_language_without_texts_is_refused():
    with pytest.raises(OptionRefused, match="not in fr"):
        form_of(questionnaire("managers"), "fr")


def test_a_company_folder_gives_a_form_its_name_items_and_standards(tmp_path):
    files = {name: rows for name, rows in whole().items() if name in {"units", "standards"}}
    write_folder(tmp_path / "new", files)  # before anybody answered

    found = folder_forms(tmp_path / "new")
    asked = with_standards(questionnaire("third-party-assessor", bank=found.bank), found.standards)
    html = paper_html(form_of(asked, found.lang, company=found.company))
    sheet = book(key_in_workbook(asked, "en"))["observations"]

    assert found.bank.id == "rater-22@bank"
    assert "Example bank" in html
    assert "answer: Answer calls (≤ 20)" in html
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == ["answer", "care", None]


def test_the_xlsform_offers_the_standards_of_the_folder(tmp_path):
    write_folder(tmp_path / "new", {"standards": whole()["standards"]})
    asked = with_standards(
        questionnaire("third-party-assessor"), folder_forms(tmp_path / "new").standards
    )

    form = book(xlsform(asked, ("en",)))

    kinds = {row[1]: row[0] for row in form["survey"].iter_rows(values_only=True)}
    choices = [row[:2] for row in form["choices"].iter_rows(values_only=True)]
    assert kinds["standard"] == "select_one standards"
    assert kinds["third_party_empathy_evidence"] == "text"
    assert ("standards", "care") in choices


@pytest.mark.parametrize("settings", ["", 'name = "x"\ninstrument = "rater-99"\n'])
def test_a_folder_without_proper_settings_is_refused(settings, tmp_path):
    (tmp_path / "company.toml").write_text(settings)

    with pytest.raises(CompanyRefused):
        folder_forms(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CompanyRefused, match="fivegaps init"):
        folder_forms(tmp_path / "nowhere")


def test_items_on_another_scale_keep_their_ends(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(
        'id="own"\n[[battery]]\nid="expectation"\nminimum=1\nmaximum=5\n'
        '[[dimension]]\nid="care"\ntitle={en="Care"}\n'
        '[[item]]\nid="c1"\ndimension="care"\ntext={en={expectation="They would care."}}\n',
        encoding="utf-8",
    )

    form = form_of(questionnaire("managers-on-customers", bank=str(file)), "en")
    scale = form.blocks[1].scales[0]

    assert (scale.maximum, scale.anchors[5]) == (5, "they would strongly agree")
    assert form.blocks[1].lines[0].text == "They would care."
    assert form.blocks[2].lines[0].label == "Care"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", questionnaire_ids())
def test_every_form_is_whole_in_every_language(name, lang):
    asked = questionnaire(name, profile="airline", channels=("phone",))

    html = paper_html(form_of(asked, lang))
    body = html.partition("</style>")[2]

    assert body.count('<th scope="row"></th>') == 0
    assert "{" not in body
    assert all(one.wording and one.label for one in asked_questions(asked, lang))
