"""Every text of a questionnaire that people may word: where it stands, what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fivegaps.model.instrument import Instrument, Item
from fivegaps.web.surveys.own_questions import FORM_TEXTS, Extras, OwnQuestion

LONGEST = 600


@dataclass(frozen=True, slots=True)
class Text:
    """One text: its address, its part of the form, and its wordings by language.

    ``heading`` is the battery, ``outcomes``, ``points``, ``own`` or ``form``. A text that no
    language has is no part of the form, unless ``is_needed``.
    """

    key: str
    heading: str
    wordings: Mapping[str, str]
    is_needed: bool = True

    @property
    def is_used(self) -> bool:
        """Whether respondents are shown it."""
        return self.is_needed or any(self.wordings.values())

    def in_language(self, lang: str) -> str:
        """Return its wording in a language, "" where there is none."""
        return self.wordings.get(lang, "")


def texts_of(instrument: Instrument, extras: Extras) -> tuple[Text, ...]:
    """Return the texts of a form in the order in which they are read."""
    found = [
        Text(f"form.{name}", "form", extras.texts.get(name, {}), is_needed=False)
        for name in FORM_TEXTS[:2]
    ]
    for battery in instrument.batteries:
        key = f"battery.{battery.id}"
        found.append(Text(key, battery.id, battery.instruction, is_needed=False))
        found += [
            Text(f"item.{item.id}.{battery.id}", battery.id, _said(item, battery.id))
            for item in instrument.items_in(battery.id)
        ]
    for outcome in instrument.outcomes:
        said = {lang: outcome.text.get(lang) or title for lang, title in outcome.title.items()}
        found.append(Text(f"outcome.{outcome.id}", "outcomes", said | dict(outcome.text)))
    for dimension in instrument.dimensions:
        if dimension.id in instrument.weights:
            key = f"dimension.{dimension.id}"
            found.append(Text(key, "points", dimension.text, is_needed=False))
    for question in extras.own:
        found += _own_texts(question)
    found.append(Text("form.thanks", "form", extras.texts.get("thanks", {}), is_needed=False))
    return tuple(found)


def _said(item: Item, battery: str) -> dict[str, str]:
    return {lang: texts.get(battery, "") for lang, texts in item.text.items()}


def _own_texts(question: OwnQuestion) -> list[Text]:
    key = f"own.{question.id}"
    found = [Text(key, "own", question.text)]
    found += [Text(f"{key}.{one.id}", "own", one.text) for one in question.options]
    for end, words in (("low", question.low), ("high", question.high)):
        if any(words.values()):
            found.append(Text(f"{key}.{end}", "own", words, is_needed=False))
    return found


def lacking(texts: Sequence[Text], lang: str) -> tuple[Text, ...]:
    """Return the texts of a form that are not there yet in a language."""
    return tuple(text for text in texts if text.is_used and not text.in_language(lang))


def offered_languages(
    instrument: Instrument, extras: Extras, wanted: Sequence[str]
) -> tuple[str, ...]:
    """Return those of the wanted languages that are complete; the first one always."""
    texts = texts_of(instrument, extras)
    return tuple(lang for place, lang in enumerate(wanted) if not place or not lacking(texts, lang))


def reworded(
    instrument: Instrument, extras: Extras, wordings: Mapping[tuple[str, str], str]
) -> tuple[Instrument, Extras]:
    """Return a questionnaire with other wordings: (key, language) to text.

    The translation of an item that is worded anew is a draft again.
    """
    for (key, lang), text in wordings.items():
        kind, _, name = key.partition(".")
        if kind == "item":
            item, _, battery = name.rpartition(".")
            instrument = _with_item(instrument, item, battery, lang, text)
        elif kind == "battery":
            batteries = tuple(
                replace(one, instruction=_put(one.instruction, lang, text))
                if one.id == name
                else one
                for one in instrument.batteries
            )
            instrument = replace(instrument, batteries=batteries)
        elif kind == "outcome":
            outcomes = tuple(
                replace(one, text=_put(one.text, lang, text)) if one.id == name else one
                for one in instrument.outcomes
            )
            instrument = replace(instrument, outcomes=outcomes)
        elif kind == "dimension":
            dimensions = tuple(
                replace(one, text=_put(one.text, lang, text)) if one.id == name else one
                for one in instrument.dimensions
            )
            instrument = replace(instrument, dimensions=dimensions)
        elif kind == "own":
            own = tuple(_with_own(one, name, lang, text) for one in extras.own)
            extras = replace(extras, own=own)
        else:
            put = _put(extras.texts.get(name, {}), lang, text)
            extras = replace(extras, texts={**extras.texts, name: put})
    return instrument, extras


def _with_item(instrument: Instrument, name: str, battery: str, lang: str, text: str) -> Instrument:
    def changed(item: Item) -> Item:
        said = {**item.text, lang: _put(item.text.get(lang, {}), battery, text)}
        return replace(item, text=said, status={**item.status, lang: "draft"})

    items = tuple(changed(one) if one.id == name else one for one in instrument.items)
    return replace(instrument, items=items)


def _with_own(question: OwnQuestion, name: str, lang: str, text: str) -> OwnQuestion:
    own, _, part = name.partition(".")
    if own != question.id:
        return question
    if part == "":
        return replace(question, text=_put(question.text, lang, text))
    if part == "low":
        return replace(question, low=_put(question.low, lang, text))
    if part == "high":
        return replace(question, high=_put(question.high, lang, text))
    options = tuple(
        replace(one, text=_put(one.text, lang, text)) if one.id == part else one
        for one in question.options
    )
    return replace(question, options=options)


def _put(texts: Mapping[str, str], key: str, text: str) -> dict[str, str]:
    rest = {name: said for name, said in texts.items() if name != key}
    return {**rest, key: text} if text else rest
