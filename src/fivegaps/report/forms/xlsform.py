"""An XLSForm (survey, choices, settings) for KoboToolbox, ODK and SurveyCTO."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby

import xlsxwriter

from fivegaps.errors import OptionRefused
from fivegaps.model.instrument import Instrument
from fivegaps.report.forms.layout import Scale, form_of, kano_scales, outcome_scale, scale_of
from fivegaps.report.forms.questions import WEIGHTS, Question, questions
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


def xlsform(
    instrument: Instrument, languages: Sequence[str], *, company: str | None = None
) -> bytes:
    """Return the XLSForm of an instrument, the first language being the default.

    A question's name is its column, so that what comes back is read without an
    instrument of its own; letters that XML forbids in a name become ``_``.

    Raises:
        OptionRefused: No language, or one that the instrument has no texts in.
    """
    if not languages:
        raise OptionRefused("--lang", "name at least one language")
    for lang in languages:
        form_of(instrument, lang)  # refuses a language without texts
    survey = _survey(instrument, languages, company)
    settings = {
        "form_title": instrument.title.get(languages[0], instrument.id),
        "form_id": _xml_name(instrument.id.replace("@", "_")),
        "version": instrument.version,
        "default_language": LANGUAGE_NAMES[languages[0]],
        "style": "pages",
    }
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        _fill(book, "survey", _survey_columns(languages), survey)
        labels = [f"label::{LANGUAGE_NAMES[lang]}" for lang in languages]
        _fill(book, "choices", ["list_name", "name", *labels], _choices(instrument, languages))
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


def _survey(instrument: Instrument, languages: Sequence[str], company: str | None) -> Iterator[Row]:
    asked = {lang: questions(instrument, lang, company=company) for lang in languages}
    forms = {lang: form_of(instrument, lang, company=company) for lang in languages}
    intro = {
        lang: Words(lang).say(
            "form.intro", company=form.company or form.title, minutes=form.minutes
        )
        for lang, form in forms.items()
    }
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    yield {"type": "note", "name": "intro", **_told("label", intro)}
    names = xml_names([question.column for question in asked[languages[0]]])
    order = range(len(asked[languages[0]]))
    for block, numbers in groupby(order, key=lambda n: asked[languages[0]][n].block):
        by_language = [{lang: asked[lang][n] for lang in languages} for n in numbers]
        yield from _group(instrument, block, by_language, names=names, company=company)
    remark = {lang: Words(lang).say("form.remark") for lang in languages}
    yield {"type": "text", "name": "remark", "appearance": "multiline", **_told("label", remark)}


def _group(
    instrument: Instrument,
    block: str,
    asked: list[dict[str, Question]],
    *,
    names: Mapping[str, str],
    company: str | None,
) -> Iterator[Row]:
    languages = list(asked[0])
    titles = {lang: question.block_title for lang, question in asked[0].items()}
    hints: dict[str, str] = {}
    if instrument.has(block):
        for lang in languages:
            scale = scale_of(instrument, instrument.battery(block), lang, company=company)
            hints[lang] = scale.instruction
    elif block == WEIGHTS:
        for lang in languages:
            hints[lang] = Words(lang).say("form.points_instruction", count=len(asked))
    elif block == "kano":
        titles = {lang: Words(lang).say("form.kano_title") for lang in languages}
        hints = {lang: Words(lang).say("form.kano_instruction") for lang in languages}
    group = f"block_{block}"
    yield {
        "type": "begin_group",
        "name": group,
        "appearance": "field-list",
        **_told("label", titles),
    }
    if any(hints.values()):
        yield {"type": "note", "name": f"{group}_how", **_told("label", hints)}
    if block == WEIGHTS:
        yield from _points(asked, names)
    else:
        for by_language in asked:
            first = by_language[languages[0]]
            yield {
                "type": f"select_one {_list_name(first)}",
                "name": names[first.column],
                "appearance": "likert",
                **_told("label", {lang: one.wording for lang, one in by_language.items()}),
            }
    yield {"type": "end_group", "name": group}


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
    return question.block


def _choices(instrument: Instrument, languages: Sequence[str]) -> Iterator[Row]:
    for battery in instrument.batteries:
        scales = {lang: scale_of(instrument, battery, lang) for lang in languages}
        yield from _list(battery.id, scales)
    if instrument.kano:
        yield from _list("kano", {lang: kano_scales(lang)[0] for lang in languages})
    seen: set[str] = set()
    for outcome in instrument.outcomes:
        name = f"outcome_{outcome.minimum}_{outcome.maximum}".replace("-", "m")
        if name not in seen:
            seen.add(name)
            yield from _list(
                name, {lang: outcome_scale(outcome, instrument, lang) for lang in languages}
            )


def _list(name: str, scales: Mapping[str, Scale]) -> Iterator[Row]:
    for point in next(iter(scales.values())).points:
        labels = {
            lang: f"{point} – {scale.anchors[point]}" if point in scale.anchors else str(point)
            for lang, scale in scales.items()
        }
        yield {"list_name": name, "name": str(point), **_told("label", labels)}


def _fill(book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: object) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bg_color": "#E6F0F8"})
    for position, column in enumerate(columns):
        sheet.write_string(0, position, column, bold)
        sheet.set_column(position, position, 48 if "::" in column else 20)
    if isinstance(rows, (Iterator, list)):
        for number, row in enumerate(rows, 1):
            for column, text in row.items():
                sheet.write_string(number, columns.index(column), text)
    sheet.freeze_panes(1, 0)
