"""Forms read back: paper, workbook, XLSForm, instrument file."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from fivegaps.errors import OptionRefused
from fivegaps.knowledge.instruments import instrument, load
from fivegaps.report.forms.export import export
from fivegaps.report.forms.key_in import key_in_workbook
from fivegaps.report.forms.layout import form_of
from fivegaps.report.forms.paper import anchor_cells, paper_html, paper_pdf
from fivegaps.report.forms.questions import questions, structure_columns
from fivegaps.report.forms.xlsform import xlsform, xml_names

ROOT = Path(__file__).parents[3]
KIOSK = ROOT / "examples/kiosk/kiosk.toml"


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def head(sheet) -> list[str]:
    return [cell.value for cell in sheet[1]]


def records(sheet) -> list[dict[str, str]]:
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return [dict(zip(head(sheet), row, strict=True)) for row in rows]


def test_expectation_and_perception_are_blocks_of_their_own():
    form = form_of(instrument("rater-22@bank"), "en")

    assert [block.title for block in form.blocks] == [
        "What an excellent provider would do",
        "What you get here",
        "All in all",
    ]
    assert form.blocks[0].lines[4].text.startswith("An excellent bank would keep every date")
    assert form.blocks[1].lines[4].text.startswith("This bank keeps every date")


def test_the_zone_is_answered_side_by_side():
    form = form_of(instrument("rater-22-zone"), "nl")

    assert [scale.id for scale in form.blocks[0].scales] == ["adequate", "desired", "perception"]
    assert form.blocks[0].lines[0].columns == ("a_tan1", "d_tan1", "p_tan1")


def test_an_instrument_without_texts_is_still_a_form(tmp_path):
    file = tmp_path / "bare.toml"
    file.write_text(
        'id="x"\n[[battery]]\nid="perception"\nminimum=1\nmaximum=2\n[[item]]\nid="a"\n'
    )

    html = paper_html(form_of(load(file), "en"))

    assert '<th scope="row">a</th>' in html


def test_a_form_in_a_language_without_texts_is_refused(tmp_path):
    file = tmp_path / "bare.toml"
    file.write_text(
        'id="x"\n[[battery]]\nid="perception"\nminimum=1\nmaximum=5\n[[item]]\nid="a"\n'
    )

    with pytest.raises(OptionRefused, match="not in vi"):
        form_of(load(file), "vi")


@pytest.mark.parametrize(
    ("lang", "html_lang"),
    [("en", "en"), ("vi", "vi"), ("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("nl", "nl")],
)
def test_the_page_names_its_language(lang, html_lang):
    html = paper_html(form_of(instrument("rater-22@hotel"), lang))

    assert f'<html lang="{html_lang}">' in html
    assert "{provider}" not in html
    assert "{company}" not in html


def test_the_page_has_every_statement_and_circle():
    html = paper_html(form_of(instrument("rater-22"), "en"))

    assert html.count('class="circle"') == (22 + 22 + 7) * 7 + 6
    assert html.count('class="circle crossed"') == 1


def test_the_page_loads_nothing_from_elsewhere():
    html = paper_html(form_of(instrument("rater-22"), "en"))

    assert "http" not in html
    assert "<script" not in html


def test_the_name_of_the_firm_is_only_text():
    html = paper_html(form_of(instrument("rater-10"), "en", company="<b>A & B</b>"))

    assert "<b>A &" not in html
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in html


def test_ends_and_middle_share_the_columns_of_a_scale():
    scale = form_of(instrument("rater-22"), "en").blocks[0].scales[0]

    assert [span for span, _, _ in anchor_cells(scale)] == [3, 1, 3]


def test_a_scale_with_words_for_every_point_has_a_cell_each():
    kano = form_of(load(KIOSK), "en").blocks[4]

    cells = anchor_cells(kano.scales[0])

    assert len(cells) == 5
    assert cells[0] == (1, "I like it", "middle")


@pytest.mark.parametrize(
    ("name", "lang", "phrase", "pages"),
    [
        ("rater-22@bank", "vi", "Ngân hàng này giữ kín thông tin của tôi.", 4),
        ("rater-10@bank", "zh-hans", "这家银行的员工明白我需要什么。", 3),
    ],
)
def test_the_pdf_holds_the_text(name, lang, phrase, pages):
    reader = PdfReader(BytesIO(paper_pdf(form_of(instrument(name), lang))))
    text = "".join(page.extract_text() for page in reader.pages)

    assert phrase.replace(" ", "") in "".join(text.split())
    assert len(reader.pages) == pages


def test_the_workbook_admits_only_points_of_the_scale():
    sheet = book(key_in_workbook(instrument("rater-22"), "en")).worksheets[0]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    column = openpyxl.utils.get_column_letter(head(sheet).index("e_tan1") + 1)
    rule = rules[f"{column}2:{column}2001"]

    assert (rule.type, rule.formula1, rule.formula2) == ("whole", "1", "7")
    assert rule.promptTitle == "Modern equipment"
    assert "up-to-date equipment" in rule.prompt


def test_the_workbook_has_a_column_for_every_question():
    rater = instrument("rater-22@bank")
    sheet = book(key_in_workbook(rater, "vi")).worksheets[0]

    asked = [question.column for question in questions(rater, "vi")]
    assert head(sheet) == ["respondent", *asked]
    assert sheet.freeze_panes == "B2"


def test_the_workbook_admits_the_codes_for_no_answer(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(
        'id="x"\n[[battery]]\nid="perception"\nminimum=1\nmaximum=3\nmissing=[9]\n[[item]]\nid="a"\n'
    )
    sheet = book(key_in_workbook(load(file), "en")).worksheets[0]

    assert sheet.data_validations.dataValidation[0].formula1 == '"1,2,3,9"'


def test_the_workbook_marks_points_that_do_not_add_up():
    sheet = book(key_in_workbook(instrument("rater-22"), "en")).worksheets[0]
    rules = [rule for span in sheet.conditional_formatting for rule in span.rules]

    assert rules[0].formula == ["AND(COUNT($B2:$F2)=5,SUM($B2:$F2)<>100)"]


def test_the_dictionary_explains_every_column():
    kiosk = load(KIOSK)
    rows = records(book(key_in_workbook(kiosk, "en")).worksheets[1])

    assert [row["Column"] for row in rows] == [one.column for one in questions(kiosk, "en")]
    assert rows[0]["Label"] == "Choices honoured"
    assert rows[0]["Status"] == "draft"


def test_the_columns_of_the_structure_come_first():
    assert structure_columns(load(KIOSK)) == ("respondent", "sex", "freq")


def test_the_xlsform_has_its_three_sheets_and_translations():
    form = book(xlsform(instrument("rater-22@bank"), ("en", "vi")))
    survey = records(form["survey"])
    row = next(row for row in survey if row["name"] == "p_ass_privacy")

    assert form.sheetnames == ["survey", "choices", "settings"]
    assert row["type"] == "select_one perception"
    assert row["label::English (en)"] == "This bank keeps my details confidential."
    assert row["label::Tiếng Việt (vi)"] == "Ngân hàng này giữ kín thông tin của tôi."


def test_every_list_of_the_xlsform_has_its_choices():
    form = book(xlsform(load(KIOSK), ("en", "nl")))
    used = {
        row["type"].split()[1]
        for row in records(form["survey"])
        if row["type"].startswith("select_one")
    }
    choices = records(form["choices"])

    assert used == {row["list_name"] for row in choices}
    assert [row["name"] for row in choices if row["list_name"] == "kano"] == list("12345")
    assert choices[0]["label::Nederlands (nl)"] == "1 – helemaal mee oneens"


def test_the_points_of_the_xlsform_must_add_up():
    survey = records(book(xlsform(instrument("rater-10"), ("en",)))["survey"])
    last = next(row for row in survey if row["name"] == "w_empathy")

    assert last["constraint"].endswith("${w_responsiveness} + ${w_assurance} = 100")
    assert last["constraint_message::English (en)"] == "The points must add up to 100."


def test_groups_of_the_xlsform_are_closed():
    survey = records(book(xlsform(load(KIOSK), ("en",)))["survey"])
    kinds = [row["type"] for row in survey]

    assert kinds.count("begin_group") == kinds.count("end_group") == 6


def test_the_settings_name_the_form():
    settings = records(book(xlsform(instrument("rater-22@bank"), ("vi", "en")))["settings"])

    assert settings[0]["form_id"] == "rater-22_bank"
    assert settings[0]["default_language"] == "Tiếng Việt (vi)"


def test_an_xlsform_needs_a_language():
    with pytest.raises(OptionRefused, match="at least one"):
        xlsform(instrument("rater-10"), ())


def test_columns_become_names_that_xml_allows():
    names = xml_names(["e_tan1", "1a b", "é", "ü"])

    assert list(names.values()) == ["e_tan1", "_1a_b", "_", "__2"]


def test_an_exported_instrument_file_is_the_same_instrument(tmp_path):
    target = export(instrument("rater-22@bank"), "toml", out=tmp_path / "mine.toml")

    assert load(target).items == instrument("rater-22@bank").items


def test_a_file_that_is_there_is_kept(tmp_path):
    target = tmp_path / "mine.toml"
    target.write_text("kept")

    with pytest.raises(OptionRefused, match="is there already"):
        export(instrument("rater-10"), "toml", out=target)

    assert target.read_text() == "kept"


def test_a_file_that_is_there_is_replaced_when_asked(tmp_path):
    target = tmp_path / "mine.toml"
    target.write_text("old")

    export(instrument("rater-10"), "toml", out=target, overwrite=True)

    assert load(target).id == "rater-10"


@pytest.mark.parametrize(
    ("kind", "languages"), [("docx", ("en",)), ("pdf", ("en", "vi")), ("xlsx", ("en", "vi"))]
)
def test_what_a_form_cannot_be_is_refused(kind, languages, tmp_path):
    with pytest.raises(OptionRefused):
        export(instrument("rater-10"), kind, out=tmp_path / "form", languages=languages)

    assert list(tmp_path.iterdir()) == []
