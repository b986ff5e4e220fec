"""Answers to a survey's own questions: read strictly, stored by column, told again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from fivegaps.web.surveys.conditions import as_number
from fivegaps.web.surveys.own_questions import OwnQuestion
from fivegaps.web.surveys.strict import Refusal, one_text, points

LONGEST_SHORT, LONGEST_LONG = 200, 4000


def own_answers(
    own: Sequence[OwnQuestion],
    values: Mapping[str, str],
    refusals: list[Refusal],
    *,
    hidden: Collection[str],
    is_sent: bool,
) -> dict[str, object]:
    """Return the answers by column; several choices are a list, points a column each.

    Args:
        own: The questions.
        values: Field to text.
        refusals: Receives what cannot be taken.
        hidden: Columns that are not asked.
        is_sent: Whether the form is sent: what is required must then be answered.
    """
    told: dict[str, object] = {}
    for question in own:
        if question.column in hidden:
            continue
        found = _answer(question, values, refusals)
        if question.is_required and is_sent and not found and not _refused(question, refusals):
            words = _("Please answer this: “%(question)s”")
            title = next(iter(question.text.values()), "")[:80]
            refusals.append(
                Refusal(question.fields[0], "needed", words % {"question": title}, mendable=True)
            )
        told |= found
    return told


def _refused(question: OwnQuestion, refusals: Sequence[Refusal]) -> bool:
    return any(one.field in question.fields for one in refusals)


def _answer(
    question: OwnQuestion, values: Mapping[str, str], refusals: list[Refusal]
) -> dict[str, object]:
    column = question.column
    text = values.get(column, "").strip()
    if question.kind == "points":
        return points(question.fields, values, refusals)
    if question.kind == "multiple":
        return _several(question, values, refusals)
    if not text:
        return {}
    plain = {"single": _one, "date": _day}.get(question.kind)
    if plain is not None:
        return plain(question, text, refusals)
    if question.kind in {"short", "long"}:
        is_long = question.kind == "long"
        longest = LONGEST_LONG if is_long else LONGEST_SHORT
        found = one_text(column, values[column], longest, refusals, lines=is_long)
        return {column: found} if found else {}
    return _number(question, text, refusals)


def _one(question: OwnQuestion, text: str, refusals: list[Refusal]) -> dict[str, object]:
    if text in {option.id for option in question.options}:
        return {question.column: text}
    refusals.append(Refusal(question.column, "choice", _("Choose one of the answers.")))
    return {}


def _several(
    question: OwnQuestion, values: Mapping[str, str], refusals: list[Refusal]
) -> dict[str, object]:
    chosen = []
    for option, name in zip(question.options, question.fields, strict=True):
        text = values.get(name, "")
        if text == "1":
            chosen.append(option.id)
        elif text:
            refusals.append(Refusal(name, "choice", _("Choose among the answers.")))
    return {question.column: chosen} if chosen else {}


def _day(question: OwnQuestion, text: str, refusals: list[Refusal]) -> dict[str, object]:
    try:
        day = date.fromisoformat(text) if len(text) == 10 and text.isascii() else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2200:
        words = _("Write the day as 2026-07-31.")
        refusals.append(Refusal(question.column, "date", words, mendable=True))
        return {}
    return {question.column: day.isoformat()}


def _number(question: OwnQuestion, text: str, refusals: list[Refusal]) -> dict[str, object]:
    lowest, highest = question.range
    number = as_number(text)
    part = text.partition(".")[2]
    if number is None or not lowest <= number <= highest or len(part) > question.decimals:
        if question.decimals:
            words = _("Only numbers from %(lowest)s to %(highest)s, such as 2.5.")
        else:
            words = _("Only whole numbers from %(lowest)s to %(highest)s.")
        told = words % {"lowest": lowest, "highest": highest}
        refusals.append(Refusal(question.column, "number", told, question.kind == "number"))
        return {}
    return {question.column: int(number) if number.is_integer() else number}


def own_values(
    own: Sequence[OwnQuestion], other: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Return field and text of a form with these answers."""
    for question in own:
        given = other.get(question.column)
        if isinstance(given, list):
            yield from ((f"{question.column}_{one}", "1") for one in given)
        elif given is not None:
            yield question.column, str(given)
        elif question.kind == "points":
            for name in question.fields:
                if name in other:
                    yield name, str(other[name])
