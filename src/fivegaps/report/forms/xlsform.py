"""An XLSForm (survey, choices, settings) for KoboToolbox, ODK and SurveyCTO."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby

import xlsxwriter

from fivegaps.errors import OptionRefused
from fivegaps.model.questionnaire import Questionnaire
from fivegaps.report.forms.asking import Asked, asked_questions, form_of
from fivegaps.report.forms.questions import Question
from fivegaps.report.words import Words

LANGUAGE_NAMES = {
    "en": "English (en)",
    "vi": "Tiếng Việt (vi)",
    "zh-hans": "简体中文 (zh-Hans)",
    "zh-hant": "繁體中文 (zh-Hant)",
    "nl": "Nederlands (nl)",
}
TRANSLATED = ("label", "hint", "constraint_message")
_NOT_A_NAME = re.compile(r"[^\w.-]", re.ASCII)

Row = dict[str, str]


def xlsform(asked: Asked, languages: Sequence[str], *, company: str | None = None) -> bytes:
    """Return the XLSForm of a questionnaire, the first language being the default.

    A question's name is its column, so that what comes back is read without an
    instrument of its own; letters that XML forbids in a name become ``_``.

    Raises:
        OptionRefused: No language, or one that there are no texts in.
    """
    if not languages:
        raise OptionRefused("--lang", "name at least one language")
    for lang in languages:
        form_of(asked, lang)  # refuses a language without texts
    survey = _survey(asked, languages, company)
    settings = {
        "form_title": asked.title.get(languages[0], asked.id),
        "form_id": _xml_name(asked.id.replace("@", "_")),
        "version": asked.version,
        "default_language": LANGUAGE_NAMES[languages[0]],
        "style": "pages",
    }
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        _fill(book, "survey", _survey_columns(languages), survey)
        labels = [f"label::{LANGUAGE_NAMES[lang]}" for lang in languages]
        _fill(book, "choices", ["list_name", "name", *labels], _choices(asked, languages))
        _fill(book, "settings", list(settings), [settings])
    return buffer.getvalue()


def xml_names(columns: Sequence[str]) -> dict[str, str]:
    """Return column to a name that XML allows: ASCII letters, digits, ``_``, ``-``, ``.``.

    Columns that become alike are told apart by a number.
    """
    names: dict[str, str] = {}
    for column in columns:
        stem = name = _xml_name(column)
        number = 1
        while name in names.values():
            number += 1
            name = f"{stem}_{number}"
        names[column] = name
    return names


def _xml_name(text: str) -> str:
    name = _NOT_A_NAME.sub("_", text)
    return name if name[:1].isalpha() or name[:1] == "_" else f"_{name}"


def _survey_columns(languages: Sequence[str]) -> list[str]:
    translated = [f"{key}::{LANGUAGE_NAMES[lang]}" for key in TRANSLATED for lang in languages]
    return ["type", "name", *translated, "required", "appearance", "constraint", "calculation"]


def _told(key: str, texts: Mapping[str, str]) -> Row:
    return {f"{key}::{LANGUAGE_NAMES[lang]}": text for lang, text in texts.items() if text}


def _survey(asked: Asked, languages: Sequence[str], company: str | None) -> Iterator[Row]:
    by_language = {lang: asked_questions(asked, lang, company=company) for lang in languages}
    intro = {lang: form_of(asked, lang, company=company).intro for lang in languages}
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    yield {"type": "note", "name": "intro", **_told("label", intro)}
    if isinstance(asked, Questionnaire):
        yield from _places(languages)
    first = by_language[languages[0]]
    names = xml_names([question.column for question in first])
    for block, numbers in groupby(range(len(first)), key=lambda n: first[n].block):
        own = [{lang: by_language[lang][n] for lang in languages} for n in numbers]
        yield from _group(block, own, names)
    remark = {lang: Words(lang).say("form.remark") for lang in languages}
    yield {"type": "text", "name": "remark", "appearance": "multiline", **_told("label", remark)}


def _places(languages: Sequence[str]) -> Iterator[Row]:
    # A number made on the device stands for the respondent, so that nobody types a name.
    yield {"type": "calculate", "name": "respondent", "calculation": "once(uuid())"}
    for name in ("wave", "unit"):
        label = {lang: Words(lang).say(f"voice.{name}") for lang in languages}
        yield {"type": "text", "name": name, "required": "yes", **_told("label", label)}


def _group(block: str, asked: list[dict[str, Question]], names: Mapping[str, str]) -> Iterator[Row]:
    titles = {lang: question.block_title for lang, question in asked[0].items()}
    if block == "kano":
        titles = {lang: Words(lang).say("form.kano_title") for lang in asked[0]}
    hints = {lang: question.hint for lang, question in asked[0].items()}
    group = f"block_{_xml_name(block)}"
    first = next(iter(asked[0].values()))
    repeated = first.kind == "observation"
    yield {
        "type": "begin_repeat" if repeated else "begin_group",
        "name": group,
        "appearance": "field-list",
        **_told("label", titles),
    }
    if any(hints.values()):
        yield {"type": "note", "name": f"{group}_how", **_told("label", hints)}
    if first.kind == "points":
        yield from _points(asked, names)
    else:
        for by_language in asked:
            question = next(iter(by_language.values()))
            label = {lang: one.wording for lang, one in by_language.items()}
            yield {**_typed(question), "name": names[question.column], **_told("label", label)}
            if question.kind == "evidenced":
                yield _evidence(names[question.column], list(by_language))
    yield {"type": "end_repeat" if repeated else "end_group", "name": group}


def _evidence(name: str, languages: Sequence[str]) -> Row:
    label = {lang: Words(lang).say("voice.evidence") for lang in languages}
    return {
        "type": "text",
        "name": f"{name}_evidence",
        "appearance": "multiline",
        **_told("label", label),
    }


def _typed(question: Question) -> Row:
    if question.kind == "text":
        return {"type": "text", "appearance": "multiline"}
    if question.kind == "observation" and not question.choices:
        numbers = {"met": "integer", "n": "integer", "value": "decimal"}
        return {"type": numbers.get(question.column, "text")}
    appearance = "" if question.choices else "likert"
    return {"type": f"select_one {_list_name(question)}", "appearance": appearance}


def _points(asked: list[dict[str, Question]], names: Mapping[str, str]) -> Iterator[Row]:
    own = [names[next(iter(one.values())).column] for one in asked]
    errors = {lang: Words(lang).say("form.points_sum_error") for lang in asked[0]}
    for number, (name, by_language) in enumerate(zip(own, asked, strict=True)):
        constraint = ". >= 0 and . <= 100"
        told: Row = {}
        if number == len(own) - 1:
            others = " + ".join(f"${{{other}}}" for other in own[:-1])
            constraint += f" and . + {others} = 100"
            told = _told("constraint_message", errors)
        yield {
            "type": "integer",
            "name": name,
            "constraint": constraint,
            **_told("label", {lang: one.wording for lang, one in by_language.items()}),
            **told,
        }


def _list_name(question: Question) -> str:
    if question.block == "outcome":
        return f"outcome_{question.minimum}_{question.maximum}".replace("-", "m")
    return _xml_name(question.block)


def _choices(asked: Asked, languages: Sequence[str]) -> Iterator[Row]:
    by_language = {lang: asked_questions(asked, lang) for lang in languages}
    seen: set[str] = set()
    for number, question in enumerate(by_language[languages[0]]):
        name = _list_name(question)
        if name in seen or not _typed(question)["type"].startswith("select_one"):
            continue
        seen.add(name)
        own = {lang: by_language[lang][number] for lang in languages}
        options = {lang: _options(one) for lang, one in own.items()}
        for place, (value, _) in enumerate(_options(question)):
            labels = {lang: options[lang][place][1] for lang in languages}
            yield {"list_name": name, "name": value, **_told("label", labels)}


def _options(question: Question) -> list[tuple[str, str]]:
    """Return the values to choose from, with their words."""
    if question.choices:
        return list(question.choices)
    points = range(question.minimum, question.maximum + 1)
    anchors = question.anchors
    found = [
        (str(point), f"{point} – {anchors[point]}" if point in anchors else str(point))
        for point in points
    ]
    return [*found, ("none", question.none)] if question.none else found


def _fill(book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: object) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bg_color": "#E6F0F8"})
    for position, column in enumerate(columns):
        sheet.write_string(0, position, column, bold)
        sheet.set_column(position, position, 48 if "::" in column else 20)
    if isinstance(rows, (Iterator, list)):
        for number, row in enumerate(rows, 1):
            for column, text in row.items():
                if text:
                    sheet.write_string(number, columns.index(column), text)
    sheet.freeze_panes(1, 0)
