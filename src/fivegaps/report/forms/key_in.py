"""A workbook to key paper forms into: one row a respondent, one column a question."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from fivegaps.model.questionnaire import Questionnaire
from fivegaps.report.forms.asking import Asked, asked_questions, first_columns
from fivegaps.report.forms.questions import Question
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
WIDEST_TEXT = 30


def key_in_workbook(asked: Asked, lang: str, *, company: str | None = None) -> bytes:
    """Return an XLSX to key answers into.

    The first sheet of a customers' instrument is what ``fivegaps analyze`` reads;
    that of managers or employees is called like their file of a company folder and
    has its columns. Each cell admits only the points of its scale and what else
    may stand there, and shows its question when it is selected; rows whose 100
    points do not add up turn red. The last sheet explains every column.
    """
    told = asked_questions(asked, lang, company=company)
    words = Words(lang)
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": asked.title.get(lang, asked.id)})
        if isinstance(asked, Questionnaire) and asked.voice == "assessor":
            _assessments(book, told, words)
        else:
            name = words.say("form.answers_sheet")
            if isinstance(asked, Questionnaire):
                name = asked.voice
            _answers(book, name, first_columns(asked), told, words)
        _dictionary(book, told, words)
    return buffer.getvalue()


def _answers(
    book: Workbook,
    name: str,
    structure: tuple[str, ...],
    asked: tuple[Question, ...],
    words: Words,
) -> Worksheet:
    sheet = book.add_worksheet(name)
    place = {"num_format": "@", "bottom": 4, "bottom_color": "#C9D2DB"}
    typed = book.add_format(place)
    centred = book.add_format({"align": "center", "bottom": 4, "bottom_color": "#C9D2DB"})
    written = book.add_format({**place, "text_wrap": True})
    for position, column in enumerate(structure):
        sheet.write_string(0, position, column, _head(book, PLAIN_HEAD))
        sheet.set_column(position, position, max(11, len(column) + 2), typed)
    for position, question in enumerate(asked, len(structure)):
        head = _head(book, HEADS.get(question.block, PLAIN_HEAD))
        sheet.write_string(0, position, question.column, head)
        text = question.kind in {"text", "observation"}
        width = max(WIDEST_TEXT if text else 7, len(question.column) + 2)
        sheet.set_column(position, position, width, written if text else centred)
        _admit(sheet, position, question, words)
    _mark_odd_points(book, sheet, asked, len(structure))
    sheet.set_row(0, 26)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    return sheet


def _assessments(book: Workbook, told: tuple[Question, ...], words: Words) -> None:
    """Write a sheet for each file of the company folder that an assessor's answers go to."""
    checked = {one.column: one for one in told if one.kind == "observation"}
    columns = ("standard", "unit", "wave", "date", "value", "met", "n", "evidence")
    seen = tuple(checked.get(name) or _plain(name, words) for name in columns)
    sheet = _answers(book, "observations", (), seen, words)
    for row, (standard, _) in enumerate(seen[0].choices, 1):
        sheet.write_string(row, 0, standard)
    sheet = book.add_worksheet("facts")
    head, text = _head(book, PLAIN_HEAD), book.add_format({"text_wrap": True, "valign": "top"})
    for position, name in enumerate(("unit", "wave", "fact", "value", "evidence")):
        sheet.write_string(0, position, name, head)
        sheet.set_column(position, position, 30 if name in {"fact", "evidence"} else 12, text)
    rated = [one for one in told if one.kind == "evidenced"]
    for row, question in enumerate(rated, 1):
        sheet.write_string(row, 2, question.column)
        _admit(sheet, 3, question, words, rows=(row, row))
    sheet.freeze_panes(1, 0)


def _plain(name: str, words: Words) -> Question:
    return Question(name, "", "", "", "", name, words.say("voice.key_in_text"), 0, 0, kind="text")


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


def _admit(
    sheet: Worksheet,
    position: int,
    question: Question,
    words: Words,
    *,
    rows: tuple[int, int] = (1, ROWS),
) -> None:
    told = {"minimum": question.minimum, "maximum": question.maximum}
    key = "voice.key_in_none" if question.none else "form.key_in_prompt"
    error = "voice.key_in_none_error" if question.none else "form.key_in_error"
    admits, refuses = words.say(key, **told), words.say(error, **told)
    admitted = [*range(question.minimum, question.maximum + 1)]
    listed: list[int | str] = []
    if question.missing:
        listed = sorted({*admitted, *question.missing})
    elif question.none:
        listed = [*admitted, "none"]
    elif question.choices:
        # Excel takes a list of 255 letters; longer ones are told, not enforced.
        listed = [value for value, _ in question.choices]
        listed = listed if len(",".join(map(str, listed))) <= LONGEST_PROMPT else []
        meant = "; ".join(f"{value} = {title}" for value, title in question.choices)
        admits = refuses = words.say("voice.key_in_choice", choices=meant)
    rule: dict[str, object] = {
        "validate": "integer",
        "criteria": "between",
        "minimum": question.minimum,
        "maximum": question.maximum,
    }
    if question.kind in {"text", "observation"} and not listed:
        admits = words.say("voice.key_in_text") if question.kind == "text" else ""
        rule = {"validate": "any"}
    elif listed:
        rule = {"validate": "list", "source": listed, "dropdown": bool(question.choices)}
    rule["input_title"] = question.label[:LONGEST_TITLE]
    rule["input_message"] = f"{question.wording}\n{admits}".strip()[:LONGEST_PROMPT]
    if rule["validate"] != "any":
        rule["error_title"] = words.say("form.key_in_error_title")[:LONGEST_TITLE]
        rule["error_message"] = refuses[:LONGEST_PROMPT]
    sheet.data_validation(rows[0], position, rows[1], position, rule)


def _mark_odd_points(
    book: Workbook, sheet: Worksheet, asked: tuple[Question, ...], first: int
) -> None:
    places = [first + n for n, question in enumerate(asked) if question.kind == "points"]
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
            *((question.minimum, question.maximum) if _on_scale(question) else ("", "")),
            question.lowest,
            question.highest,
            "; ".join(map(str, question.missing)) or ("none" if question.none else ""),
            words.say(f"form.status_{question.status}") if question.status else "",
        )
        for position, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, position, cell, text)
            else:
                sheet.write_string(row, position, cell, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(asked), len(columns) - 1)


def _on_scale(question: Question) -> bool:
    return question.kind in {"scale", "points", "evidenced"} and not question.choices
