"""A survey's own questions as the form shows them, in one language; no markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fivegaps.knowledge.phrasing import filled
from fivegaps.model.instrument import Instrument
from fivegaps.report.forms.layout import wording
from fivegaps.web.surveys.own_questions import SCALES, Condition, Extras, OwnQuestion


@dataclass(frozen=True, slots=True)
class Choice:
    """An option to choose, or a line of the points."""

    field: str
    value: str
    text: str
    given: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One own question; ``look`` is scale, choices, points or line."""

    field: str
    look: str
    kind: str
    text: str
    value: str
    choices: tuple[Choice, ...]
    low: str
    high: str
    minimum: int
    maximum: int
    step: str
    is_required: bool
    only_if: str
    condition: str


def own_line(
    question: OwnQuestion,
    lang: str,
    *,
    values: Mapping[str, str],
    only_if: str,
    condition: Condition | None,
) -> OwnLine:
    """Return a question in a language, with the answer that the form has so far."""
    lowest, highest = question.range
    if question.kind in SCALES:
        look, choices = "scale", _points(question, values)
    elif question.options:
        look = "points" if question.kind == "points" else "choices"
        choices = _options(question, lang, values)
    else:
        look, choices = "line", ()
    return OwnLine(
        field=question.column,
        look=look,
        kind=question.kind,
        text=question.text.get(lang, ""),
        value=values.get(question.column, ""),
        choices=choices,
        low=question.low.get(lang, ""),
        high=question.high.get(lang, ""),
        minimum=lowest,
        maximum=highest,
        step=f"{10**-question.decimals:.{question.decimals}f}",
        is_required=question.is_required,
        only_if=only_if,
        condition=in_attribute(condition),
    )


def _points(question: OwnQuestion, values: Mapping[str, str]) -> tuple[Choice, ...]:
    lowest, highest = question.range
    given = values.get(question.column, "")
    texts = [str(point) for point in range(lowest, highest + 1)]
    return tuple(Choice(question.column, text, text, given, given == text) for text in texts)


def _options(question: OwnQuestion, lang: str, values: Mapping[str, str]) -> tuple[Choice, ...]:
    is_one = question.kind == "single"
    found = []
    for option in question.options:
        field = question.column if is_one else f"{question.column}_{option.id}"
        given = values.get(field, "")
        value = option.id if is_one else "1"
        text = option.text.get(lang, "")
        found.append(Choice(field, value, text, given, given == value))
    return tuple(found)


def in_attribute(condition: Condition | None) -> str:
    """Return a condition as a page's script reads it: field, test, value."""
    return "" if condition is None else f"{condition.field} {condition.test} {condition.value}"


def told_condition(
    condition: Condition | None, instrument: Instrument, extras: Extras, lang: str, company: str
) -> str:
    """Return in a sentence when a question is asked; "" when it always is."""
    if condition is None:
        return ""
    words = {"question": condition.field, "answer": condition.value}
    for question in extras.own:
        if question.column == condition.field:
            words["question"] = question.text.get(lang, "")
            texts = {option.id: option.text.get(lang, "") for option in question.options}
            words["answer"] = texts.get(condition.value, condition.value)
    for item in instrument.items:
        for battery, column in item.columns.items():
            if column == condition.field:
                said = wording(item, battery, lang)
                words["question"] = filled(said, instrument, lang, company=company)
    for outcome in instrument.outcomes:
        if condition.field in outcome.columns:
            said = outcome.text.get(lang) or outcome.title.get(lang, "")
            words["question"] = filled(said, instrument, lang, company=company)
    return sentences()[condition.test] % words


def sentences() -> dict[str, str]:
    """Return the sentence of each test in the present language."""
    return {
        "is": _("Only if you chose “%(answer)s” for: %(question)s"),
        "not": _("Only if you chose something else than “%(answer)s” for: %(question)s"),
        "least": _("Only if you chose %(answer)s or more for: %(question)s"),
        "most": _("Only if you chose %(answer)s or less for: %(question)s"),
    }
