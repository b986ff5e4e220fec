"""The board paper: what was found, why, what to do and what is not known, on one A4 page.

Texts are cut to their room before the page is made, so that it prints on one
page in every language; what does not fit is in the report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from html import escape
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from fivegaps.diagnosis.results import Diagnosis, RemedyChosen
from fivegaps.diagnosis.story import cause_title, leading, three_sentences
from fivegaps.knowledge.remedies import remedy
from fivegaps.model.instrument import Instrument
from fivegaps.report.diagnosis.cause_pages import sentence
from fivegaps.report.diagnosis.closing import untold
from fivegaps.report.diagnosis.model_board import headline, small_boards, told
from fivegaps.report.diagnosis.names import Names
from fivegaps.report.diagnosis.opening import confidence, effort, first_causes, first_remedies
from fivegaps.report.diagnosis.seen import Seen
from fivegaps.report.diagnosis.verdict_pages import effect_told, metric_in_words, notes, state_told
from fivegaps.report.drawing.canvas import fonts
from fivegaps.report.drawing.lettering import shortened, wrapped
from fivegaps.report.drawing.palette import DARK, LIGHT, classes, custom_properties
from fivegaps.report.html import HTML_LANG
from fivegaps.report.view import in_language

MOST_CAUSES = 2
MOST_VERDICTS = 3
MOST_UNTOLD = 3
# Room for a text, in pixels of one line of 11 pixel letters.
_EVIDENCE, _KNOWING, _UNTOLD, _NOTES, _SENTENCE = 900.0, 900.0, 700.0, 420.0, 1900.0
_WHAT = 300.0
# The most that a sheet of A4 takes, in pixels at full size; beyond these it is set tight.
DENSITIES = (("roomy", 1070.0), ("dense", 1210.0))
TIGHTEST = 1350.0


@dataclass(frozen=True, slots=True)
class Why:
    """A cause: what it is, the evidence, and how sure it is."""

    title: str
    tag: str
    evidence: str
    sure: str
    claimed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """An action to take: who, at what cost, in how long, and how we would know."""

    title: str
    owner: str
    effort: str
    knowing: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict: the action, its effect, its state, and what to keep in mind."""

    title: str
    effect: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """What cannot be told, why not, and what to collect."""

    what: str
    reason: str
    collect: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The texts of the sheet, cut to their room."""

    sentences: tuple[tuple[str, str], ...]
    causes: tuple[Why, ...]
    steps: tuple[Step, ...]
    verdicts: tuple[Judged, ...]
    missing: tuple[Unknown, ...]

    def shortened(self) -> Sheet:
        """Return the sheet with as many verdicts and unknowns as fit when it is set tight."""
        sheet = self
        while sheet.height() > TIGHTEST and max(len(sheet.verdicts), len(sheet.missing)) > 1:
            most = max(len(sheet.verdicts), len(sheet.missing)) - 1
            sheet = replace(sheet, verdicts=sheet.verdicts[:most], missing=sheet.missing[:most])
        return sheet

    def density(self) -> str:
        """Return how the sheet is set so that all of it fits: roomy, dense or tight."""
        height = self.height()
        return next((name for name, most in DENSITIES if height <= most), "tight")

    def height(self) -> float:
        """Return about how many pixels the texts take at full size, heads and gaps included."""
        top = sum(32 + 18 * _lines(text, 660) for _, text in self.sentences)
        why = sum(
            26 + 17 * (_lines(one.title, 215) + _lines(one.evidence, 240) + _lines(one.sure, 225))
            for one in self.causes
        )
        steps = max(
            (
                20 + 17 * (_lines(one.title, 175) + _lines(f"{one.owner} · {one.effort}", 195)
                + _lines(one.knowing, 195) + 1)
                for one in self.steps
            ),
            default=17,
        )  # fmt: skip
        verdicts = sum(
            6 + 17 * (_lines(one.title, 290) + _lines(one.effect, 290) + _lines(one.state, 290)
            + _lines(one.note, 310))
            for one in self.verdicts
        )  # fmt: skip
        missing = sum(
            6 + 17 * (_lines(one.what, 345) + _lines(f"{one.collect} ({one.reason})", 365))
            for one in self.missing
        )
        return 40 + top + max(410.0, 26 + why) + 26 + steps + 60 + max(verdicts, missing) + 40


def _lines(text: str, width: float) -> int:
    return len(wrapped(text, 12.0, width)) if text else 0


def board_page(
    diagnosis: Diagnosis, instrument: Instrument, *, lang: str = "en", names: Names | None = None
) -> str:
    """Return the board paper as one HTML page that prints on one sheet of A4.

    Args:
        diagnosis: As made.
        instrument: The company's.
        lang: en, vi, zh-hans, zh-hant or nl.
        names: What the company calls its actions; ids without.

    Raises:
        OptionRefused: The language is not one of the shipped ones.
    """
    seen = Seen(diagnosis, instrument, lang, names or Names())
    told_sentences = three_sentences(diagnosis, lang, names=seen.dimensions)
    questions = (seen.tell(f"question.{name}") for name in ("customers", "why", "first"))
    missing = untold(seen)
    sheet = Sheet(
        sentences=tuple(
            (asked, _cut(text, _SENTENCE))
            for asked, text in zip(questions, told_sentences, strict=True)
        ),
        causes=_causes(seen),
        steps=tuple(_step(seen, one) for one in first_remedies(seen)),
        verdicts=_verdicts(seen),
        missing=tuple(
            Unknown(_cut(one.what, _WHAT), one.reason, _cut(one.collect, _UNTOLD))
            for one in missing[:MOST_UNTOLD]
        ),
    )
    sheet = sheet.shortened()
    date = seen.numerals.date(seen.measured.date.isoformat())
    return _template().render(
        html_lang=HTML_LANG.get(lang, lang),
        style=Markup(_style(lang)),  # noqa: S704 - our own style
        title=seen.tell("board_paper.title", name=diagnosis.company),
        subtitle=seen.tell("subtitle", wave=seen.wave, date=date),
        headline=headline(seen),
        picture=Markup(_picture(seen)),  # noqa: S704 - every text in it is escaped
        sheet=sheet,
        density=sheet.density(),
        more_verdicts=len(diagnosis.actions) - len(sheet.verdicts),
        more_missing=len(missing) - len(sheet.missing),
        tell=seen.tell,
        say=seen.words.say,
        version=diagnosis.provenance.version,
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, optimized=True)
    return environment.from_string(_asset("board.html.j2"))


def _asset(name: str) -> str:
    return files("fivegaps.report.assets").joinpath(name).read_text(encoding="utf-8")


def _style(lang: str) -> str:
    light, dark = custom_properties(LIGHT), custom_properties(DARK)
    return (
        f":root{{color-scheme:light dark;--fonts:{fonts(lang)};{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"{classes()}{_asset('board.css')}"
    )


def _picture(seen: Seen) -> str:
    """Return the board twice: small for the sheet, narrow for a phone; CSS shows one of them."""
    title, alt = escape(headline(seen)), escape(told(seen))
    pictures = zip(("sheet", "phone"), small_boards(seen), strict=True)
    return "".join(
        f'<svg class="{name}" role="img" aria-labelledby="{name}-t {name}-d" '
        f'viewBox="0 0 {canvas.width:.0f} {canvas.height:.0f}">'
        f'<title id="{name}-t">{title}</title><desc id="{name}-d">{alt}</desc>'
        f"{canvas.body(on_page=True)}</svg>"
        for name, canvas in pictures
    )


def _cut(text: str, room: float) -> str:
    return shortened(text, 11.0, room)


def _causes(seen: Seen) -> tuple[Why, ...]:
    """Return the leading causes, as many as fit beside the board."""
    found = []
    for one in first_causes(seen, fewest=2)[:MOST_CAUSES]:
        evidence = leading(one)
        found.append(
            Why(
                title=cause_title(one, seen.lang),
                tag=seen.tell("first.claimed" if one.claimed else "first.not_claimed"),
                evidence=_cut(sentence(seen, evidence), _EVIDENCE) if evidence else "",
                sure=confidence(seen, one),
                claimed=one.claimed,
            )
        )
    return tuple(found)


def _step(seen: Seen, one: RemedyChosen) -> Step:
    record = remedy(one.id)
    return Step(
        title=in_language(record.title, seen.lang),
        owner=seen.tell(f"owner.{one.owner}"),
        effort=effort(seen, one),
        knowing=_cut(in_language(record.knowing, seen.lang), _KNOWING),
    )


def _verdicts(seen: Seen) -> tuple[Judged, ...]:
    found = []
    for name, one in list(seen.diagnosis.actions.items())[:MOST_VERDICTS]:
        registered = seen.names.actions.get(name)
        metric = metric_in_words(seen, registered.metric) if registered else ""
        found.append(
            Judged(
                title=_cut(f"{name}: {metric}" if metric else name, _NOTES),
                effect=_cut(effect_told(seen, one), _NOTES),
                state=_cut(state_told(seen, one, registered.target if registered else None), 260),
                note=_cut(" ".join(notes(seen, one)[:1]), _EVIDENCE),
            )
        )
    return tuple(found)
