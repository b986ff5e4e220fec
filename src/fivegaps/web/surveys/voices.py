"""Questionnaires of managers and employees as surveys: frozen from the shipped ones.

What is answered on a scale becomes items of one battery, one dimension for each figure that
may be told; role and level, points and texts become questions beside it. Sections keep their
words, and each answer its column of the company folder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fivegaps.errors import Fault, InstrumentRefused
from fivegaps.knowledge.phrasing import filled
from fivegaps.knowledge.voices import questionnaire, questionnaire_ids
from fivegaps.knowledge.writing import to_toml
from fivegaps.model.company.settings import DEFAULT_CELLS
from fivegaps.model.instrument import Battery, Dimension, Instrument, Item
from fivegaps.model.questionnaire import Prompt, Questionnaire, Section
from fivegaps.report.words import Words
from fivegaps.web.surveys.own_questions import Extras, Option, OwnQuestion, StaffSection
from fivegaps.web.surveys.questionnaire import STRUCTURE, Pack

BATTERY = "perception"  # of the shipped batteries the one whose reversed items are recoded
# Rated once for each support unit, on as many forms; whoever is asked here answers once.
ON_SUPPORT_UNITS = "internal-service"
_SUPPORT_SECTIONS = ("support-unit", "internal-service")
_KINDS = {"choice": "single", "text": "long", "points": "points"}


def asked_as_staff(voice: str, lang: str, *, company: str, minutes: int) -> str:
    """Return who asks managers or employees, for what, and how many protect each; "" of others."""
    if voice not in DEFAULT_CELLS or voice == "customers":
        return ""
    fewest = DEFAULT_CELLS[voice]
    told = {"company": company, "minutes": minutes, "fewest": fewest}
    text = Words(lang).say(f"voice.{voice}_intro", **told)
    return text[:1].upper() + text[1:]


def voice_packs(voice: str, lang: str) -> tuple[Pack, ...]:
    """Return the shipped questionnaires of managers or of employees."""
    asked = [questionnaire(name) for name in questionnaire_ids() if name != ON_SUPPORT_UNITS]
    return tuple(
        Pack(
            id=one.id,
            title=one.title.get(lang) or one.title["en"],
            batteries=tuple(section.id for section in _sections(one)),
            questions=sum(len(section.prompts) for section in _sections(one)),
        )
        for one in asked
        if one.voice == voice
    )


def freeze_voice(
    pack: str, *, voice: str, profile: str, languages: Sequence[str]
) -> tuple[str, Extras]:
    """Return a questionnaire as an instrument file and what stands beside it.

    Args:
        pack: Id of a shipped questionnaire.
        voice: managers or employees; the questionnaire must be theirs.
        profile: Id of an industry profile, "" for none.
        languages: Those that the survey is offered in.

    Raises:
        InstrumentRefused: There is no such questionnaire of this voice, or no such profile.
    """
    if pack not in {one.id for one in voice_packs(voice, "en")}:
        raise InstrumentRefused(pack, Fault(f"there is no questionnaire {pack!r} of {voice}."))
    asked = questionnaire(pack, profile=profile or None)
    if missing := [lang for lang in languages if lang not in asked.languages]:
        raise InstrumentRefused(pack, Fault(f"has no texts in {', '.join(missing)}."))
    on_scale = [one for one in _sections(asked) if one.answer == "scale"]
    items = [(section, prompt) for section in on_scale for prompt in section.prompts]
    instrument = Instrument(
        id=asked.id,
        version=asked.version,
        languages=asked.languages,
        title=asked.title,
        batteries=(Battery(BATTERY, on_scale[0].minimum, on_scale[0].maximum),),
        dimensions=_dimensions(asked, items),
        items=tuple(_item(section, prompt) for section, prompt in items),
        structure=STRUCTURE,
        rights=asked.rights,
        words=asked.bank.words,
        sources=asked.sources,
        mission=asked.mission,
        base=pack if profile else "",
        profile=profile,
    )
    beside = [one for one in _sections(asked) if one.answer != "scale"]
    own = [question for section in beside for question in _own(section, asked.bank)]
    return to_toml(instrument), Extras(
        own=tuple(question for question, _filed in own),
        sections=tuple(
            _section(one) for one in _sections(asked) if one.answer in {"scale", "points"}
        ),
        filed={name: column for _question, filed in own for name, column in filed.items()},
        texts={"title": {lang: asked.title[lang] for lang in asked.languages}},
    )


def _sections(asked: Questionnaire) -> tuple[Section, ...]:
    return tuple(one for one in asked.sections if one.id not in _SUPPORT_SECTIONS)


def _section(one: Section) -> StaffSection:
    return StaffSection(
        id=one.id,
        title=one.title,
        instruction=one.instruction,
        anchors={
            lang: {str(point): words for point, words in points.items()}
            for lang, points in one.anchors.items()
        },
        none=one.none,
        columns=tuple(prompt.column for prompt in one.prompts if one.answer == "scale"),
    )


def _group(section: Section, prompt: Prompt) -> str:
    """Return the id of the figure that an answer counts in: construct, or section × dimension."""
    if section.ask == "statements":
        return prompt.about
    return f"{section.id}-{prompt.dimension}" if prompt.dimension else section.id


def _dimensions(
    asked: Questionnaire, items: Sequence[tuple[Section, Prompt]]
) -> tuple[Dimension, ...]:
    titles = {one.id: one.title for one in asked.bank.dimensions}
    found: dict[str, Dimension] = {}
    for section, prompt in items:
        name = _group(section, prompt)
        of_dimension = titles.get(prompt.dimension, section.title)
        title = prompt.label if section.ask == "statements" else of_dimension
        found.setdefault(name, Dimension(name, title=title))
    return tuple(found.values())


def _item(section: Section, prompt: Prompt) -> Item:
    return Item(
        id=prompt.column,
        dimension=_group(section, prompt),
        columns={BATTERY: prompt.column},
        reversed=section.ask == "statements" and prompt.column.endswith("r"),
        text={lang: {BATTERY: text} for lang, text in prompt.text.items()},
        short=prompt.label,
        status=prompt.status,
        mission=prompt.mission,
    )


def _own(section: Section, bank: Instrument) -> list[tuple[OwnQuestion, dict[str, str]]]:
    """Return the questions of a section that has no scale, each with its columns by field."""

    def say(texts: dict[str, str]) -> dict[str, str]:
        return {lang: filled(text, bank, lang) for lang, text in texts.items()}

    kind = _KINDS[section.answer]
    if kind == "points":
        options = tuple(
            Option(prompt.dimension, say(dict(prompt.text))) for prompt in section.prompts
        )
        question = OwnQuestion("w", kind, say(dict(section.instruction)), options=options)
        columns = [prompt.column for prompt in section.prompts]
        return [(question, dict(zip(question.fields, columns, strict=True)))]
    options = tuple(Option(one.value, say(dict(one.title))) for one in section.choices)
    found = []
    for prompt in section.prompts:
        name = re.sub(r"[^a-z0-9]", "", prompt.column.removeprefix("x_"))
        question = OwnQuestion(name, kind, say(dict(prompt.text)), options=options)
        found.append((question, {question.column: prompt.column}))
    return found
