"""The form of a questionnaire for managers, employees or an assessor."""

from __future__ import annotations

from collections.abc import Iterator

from fivegaps.errors import OptionRefused
from fivegaps.knowledge.phrasing import filled
from fivegaps.model.company.settings import DEFAULT_CELLS
from fivegaps.model.questionnaire import Prompt, Questionnaire, Section
from fivegaps.report.forms.layout import SECONDS_A_MARK, Block, Form, Line, Scale
from fivegaps.report.forms.questions import Question
from fivegaps.report.words import Words

SECONDS_A_TEXT = 45
SECONDS_A_ROW = 60
BLOCKS = {
    "scale": "statements", "points": "points", "text": "texts", "choice": "choice",
    "observation": "rows", "evidenced": "evidenced",
}  # fmt: skip
_SECONDS = {
    "scale": SECONDS_A_MARK, "points": 12, "text": SECONDS_A_TEXT, "choice": SECONDS_A_MARK,
    "observation": 0, "evidenced": SECONDS_A_ROW,
}  # fmt: skip
_FIELDS = {"assessor": ("voice.unit", "voice.visit_date", "voice.assessor")}
_STAFF_FIELDS = ("form.serial", "voice.unit", "form.date")


def voice_form(asked: Questionnaire, lang: str, *, company: str | None = None) -> Form:
    """Return the questionnaire in one language.

    Args:
        asked: A questionnaire on its item bank.
        lang: One of its languages.
        company: Name of the firm; "this bank" and the like when None.

    Raises:
        OptionRefused: The questionnaire has no texts in this language.
    """
    refuse_language(asked, lang)
    words = Words(lang)
    named = company or asked.bank.words.get(lang, {}).get("company", "")
    minutes = minutes_of(asked)
    fields = _FIELDS.get(asked.voice, _STAFF_FIELDS)
    rules = [words.say("form.how_circle"), words.say("form.how_skip")]
    if any(section.none for section in asked.sections):
        rules.append(words.say("voice.circle_or_box"))
    return Form(
        lang=lang,
        name=f"{asked.id} · {asked.version}",
        title=asked.title[lang],
        company=named,
        kind=words.say(f"voice.{asked.voice}_kind"),
        intro=intro(asked, lang, company=company),
        fields=tuple(words.say(field) for field in fields),
        rules=tuple(rules),
        shares=(),
        blocks=tuple(_blocks(asked, lang, company)),
        minutes=minutes,
        draft=asked.status == "draft",
        subtitle=asked.title[lang],
        voice=asked.voice,
        # Who is asked for words of their own needs no further box.
        asks_remark=not any(section.answer == "text" for section in asked.sections),
    )


def refuse_language(asked: Questionnaire, lang: str) -> None:
    """Raise OptionRefused when the questionnaire has no texts in a language."""
    if lang not in asked.languages:
        known = ", ".join(asked.languages)
        raise OptionRefused("--lang", f"{asked.id} has texts in {known}, not in {lang}")


def minutes_of(asked: Questionnaire) -> int:
    """Return how many minutes filling in takes, 2 at least."""
    seconds = sum(len(one.prompts) * _SECONDS[one.answer] for one in asked.sections)
    rows = (
        max(one.lines, len(one.choices)) for one in asked.sections if one.answer == "observation"
    )
    seconds += SECONDS_A_ROW * sum(rows)
    return max(2, round(seconds / 60))


def intro(asked: Questionnaire, lang: str, *, company: str | None = None) -> str:
    """Return who asks, how long it takes, what becomes of the answers, who is protected."""
    named = company or asked.bank.words.get(lang, {}).get("company") or asked.title[lang]
    text = Words(lang).say(
        f"voice.{asked.voice}_intro",
        company=named,
        minutes=minutes_of(asked),
        fewest=DEFAULT_CELLS.get(asked.voice, 0),
    )
    return text[:1].upper() + text[1:]


def voice_questions(
    asked: Questionnaire, lang: str, *, company: str | None = None
) -> tuple[Question, ...]:
    """Return every column that answers are keyed into, in the order of the form."""
    return tuple(
        _question(asked, section, prompt, lang, company)
        for section in asked.sections
        for prompt in section.prompts
    )


def _question(
    asked: Questionnaire, section: Section, prompt: Prompt, lang: str, company: str | None
) -> Question:
    def say(text: str) -> str:
        return filled(text, asked.bank, lang, company=company)

    text = say(prompt.text.get(lang, prompt.column))
    heading = say(prompt.heading.get(lang, ""))
    points = section.answer == "points"
    scale = _scale(section, lang)
    return Question(
        column=prompt.column,
        block=section.id,
        block_title=say(section.title.get(lang, section.id)),
        item=prompt.about,
        dimension=prompt.dimension,
        label=prompt.label.get(lang) or text,
        wording=f"{heading} – {text}" if heading else text,
        minimum=0 if points else scale.minimum,
        maximum=100 if points else scale.maximum,
        lowest=scale.anchors.get(scale.minimum, ""),
        highest=scale.anchors.get(scale.maximum, ""),
        status=prompt.status.get(lang, asked.status),
        kind=section.answer,
        hint=say(section.instruction.get(lang, "")),
        anchors={} if points else scale.anchors,
        none=scale.none,
        choices=_choices(section, prompt, asked, lang, company),
    )


def _choices(
    section: Section, prompt: Prompt, asked: Questionnaire, lang: str, company: str | None
) -> tuple[tuple[str, str], ...]:
    if section.answer == "observation" and prompt is not section.prompts[0]:
        return ()  # only what is observed is chosen; the rest of its row is written
    return tuple(
        (one.value, filled(one.title.get(lang, one.value), asked.bank, lang, company=company))
        for one in section.choices
    )


def _scale(section: Section, lang: str) -> Scale:
    return Scale(
        id=section.id,
        title=section.title.get(lang, section.id),
        instruction="",
        minimum=section.minimum,
        maximum=section.maximum,
        anchors=section.anchors.get(lang, {}),
        none=section.none.get(lang, ""),
    )


def _blocks(asked: Questionnaire, lang: str, company: str | None) -> Iterator[Block]:
    part = 0
    for section in asked.sections:
        on_scale = section.answer in {"scale", "evidenced"}
        numbered = section.answer != "choice"
        part += numbered
        home = f"voice.home_{section.file}"
        instruction = section.instruction.get(lang, "")
        yield Block(
            kind=BLOCKS[section.answer],
            part=part if numbered else 0,
            title=filled(section.title.get(lang, section.id), asked.bank, lang, company=company),
            instruction=filled(instruction, asked.bank, lang, company=company),
            scales=(_scale(section, lang),) if on_scale else (),
            lines=tuple(_lines(asked, section, lang, company)),
            choices=tuple(
                f"{value}: {title}" if section.answer == "observation" else title
                for value, title in _choices(section, section.prompts[0], asked, lang, company)
            ),
            space=section.lines,
            home=Words(lang).say(home) if section.file else "",
        )


def _lines(
    asked: Questionnaire, section: Section, lang: str, company: str | None
) -> Iterator[Line]:
    for prompt in section.prompts:
        text, heading = prompt.text.get(lang, prompt.column), prompt.heading.get(lang, "")
        yield Line(
            text=filled(text, asked.bank, lang, company=company),
            label=prompt.label.get(lang, ""),
            columns=(prompt.column,),
            heading=filled(heading, asked.bank, lang, company=company),
        )
