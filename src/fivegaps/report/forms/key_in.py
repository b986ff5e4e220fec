"""A workbook to key paper forms into: one row a respondent, one column a question."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from fivegaps.model.instrument import Instrument
from fivegaps.report.forms.questions import WEIGHTS, Question, questions, structure_columns
from fivegaps.report.words import Words

ROWS = 2000
# Excel cuts off longer texts of a cell's prompt.
LONGEST_PROMPT, LONGEST_TITLE = 255, 32
HEADS = {
    "expectation": "#15629F",
    "perception": "#3D2C1E",
    "adequate": "#4A5765",
    "desired": "#15629F",
    "importance": "#6B4E00",
    "satisfaction": "#27323C",
    "weights": "#6B4E00",
    "kano": "#6B4E00",
}
PLAIN_HEAD = "#27323C"


def key_in_workbook(instrument: Instrument, lang: str, *, company: str | None = None) -> bytes:
    """Return an XLSX whose first sheet ``fivegaps analyze`` reads once it is filled in.

    Each cell admits only the points of its scale and the battery's codes for no
    answer, and shows its question when it is selected; rows whose 100 points do
    not add up turn red. A second sheet explains every column.
    """
    asked = questions(instrument, lang, company=company)
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": instrument.title.get(lang, instrument.id)})
        _answers(book, instrument, asked, Words(lang))
        _dictionary(book, asked, Words(lang))
    return buffer.getvalue()


def _answers(
    book: Workbook, instrument: Instrument, asked: tuple[Question, ...], words: Words
) -> None:
    sheet = book.add_worksheet(words.say("form.answers_sheet"))
    structure = structure_columns(instrument)
    place = {"num_format": "@", "bottom": 4, "bottom_color": "#C9D2DB"}
    typed = book.add_format(place)
    centred = book.add_format({"align": "center", "bottom": 4, "bottom_color": "#C9D2DB"})
    for position, name in enumerate(structure):
        sheet.write_string(0, position, name, _head(book, PLAIN_HEAD))
        sheet.set_column(position, position, max(11, len(name) + 2), typed)
    for position, question in enumerate(asked, len(structure)):
        head = _head(book, HEADS.get(question.block, PLAIN_HEAD))
        sheet.write_string(0, position, question.column, head)
        sheet.set_column(position, position, max(7, len(question.column) + 2), centred)
        _admit(sheet, position, question, words)
    _mark_odd_points(book, sheet, asked, len(structure))
    sheet.set_row(0, 26)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _head(book: Workbook, colour: str) -> Format:
    return book.add_format(
        {
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": colour,
            "align": "center",
            "valign": "vcenter",
        }
    )


def _admit(sheet: Worksheet, position: int, question: Question, words: Words) -> None:
    admitted = range(question.minimum, question.maximum + 1)
    told = {"minimum": question.minimum, "maximum": question.maximum}
    prompt = f"{question.wording}\n{words.say('form.key_in_prompt', **told)}"
    rule: dict[str, object] = {
        "validate": "integer",
        "criteria": "between",
        "minimum": question.minimum,
        "maximum": question.maximum,
        "input_title": question.label[:LONGEST_TITLE],
        "input_message": prompt[:LONGEST_PROMPT],
        "error_title": words.say("form.key_in_error_title")[:LONGEST_TITLE],
        "error_message": words.say("form.key_in_error", **told)[:LONGEST_PROMPT],
    }
    if question.missing:
        codes = sorted({*admitted, *question.missing})
        rule.update({"validate": "list", "source": codes, "dropdown": False})
        del rule["criteria"], rule["minimum"], rule["maximum"]
    sheet.data_validation(1, position, ROWS, position, rule)


def _mark_odd_points(
    book: Workbook, sheet: Worksheet, asked: tuple[Question, ...], first: int
) -> None:
    places = [first + n for n, question in enumerate(asked) if question.block == WEIGHTS]
    if not places:
        return
    span = f"${xl_col_to_name(places[0])}2:${xl_col_to_name(places[-1])}2"
    red = book.add_format({"bg_color": "#FBEAE8", "font_color": "#AD2D22", "bold": True})
    criteria = f"=AND(COUNT({span})={len(places)},SUM({span})<>100)"
    rule = {"type": "formula", "criteria": criteria, "format": red}
    sheet.conditional_format(1, places[0], ROWS, places[-1], rule)


def _dictionary(book: Workbook, asked: tuple[Question, ...], words: Words) -> None:
    sheet = book.add_worksheet(words.say("form.dictionary_sheet"))
    text = book.add_format({"text_wrap": True, "valign": "top"})
    columns = (
        ("column", 18),
        ("block", 26),
        ("item", 16),
        ("dimension", 16),
        ("label", 26),
        ("wording", 70),
        ("minimum", 9),
        ("maximum", 9),
        ("lowest_means", 24),
        ("highest_means", 24),
        ("missing", 14),
        ("status", 12),
    )
    for position, (name, width) in enumerate(columns):
        sheet.set_column(position, position, width, text)
        sheet.write_string(
            0, position, words.say(f"form.dictionary_{name}"), _head(book, PLAIN_HEAD)
        )
    for row, question in enumerate(asked, 1):
        cells = (
            question.column,
            question.block_title,
            question.item,
            question.dimension,
            question.label,
            question.wording,
            question.minimum,
            question.maximum,
            question.lowest,
            question.highest,
            "; ".join(map(str, question.missing)),
            words.say(f"form.status_{question.status}") if question.status else "",
        )
        for position, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, position, cell, text)
            else:
                sheet.write_string(row, position, cell, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(asked), len(columns) - 1)
