"""Render the respondent's pages: one request each, style inside and vouched for by its hash."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from fivegaps.web.people.selectors import organisation
from fivegaps.web.shared.templatetags.office import HTML_LANGUAGES
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.consents import Consent, consent_in
from fivegaps.web.surveys.questionnaire import CONTACT, REMARK
from fivegaps.web.surveys.respondent import Questions, questions
from fivegaps.web.surveys.selectors import Door
from fivegaps.web.surveys.sheet import CANNOT_JUDGE
from fivegaps.web.surveys.strict import Refusal
from fivegaps.web.surveys.views.posted import Posted, now_text
from fivegaps.web.surveys.voices import asked_as_staff

WEB = Path(__file__).resolve().parents[2]
STYLES = ("shared/static/shared/css/tokens.css", "surveys/static/surveys/css/respondent.css")
# Stand-ins in a form that is kept ready; they are exchanged for the form's own.
ID_PLACE, STARTED_PLACE, TOKEN_PLACE = UUID(int=0), "@started@", "token-of-the-link"
MOST_BLANKS = 200


class BlankKey(NamedTuple):
    """What an empty form depends on."""

    version_id: UUID
    lang: str
    company: str
    is_invented: bool
    languages: tuple[str, ...]
    state: str
    identification: str
    entry: str
    consent: int | None
    static: str
    colour: str
    logo: str


_blanks: dict[BlankKey, str] = {}


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the switch."""

    code: str
    html: str
    name: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The form as a page."""

    style: str
    logo: str
    html_lang: str
    lang: str
    languages: tuple[Language, ...]
    company: str
    is_invented: bool
    questions: Questions
    is_trial: bool
    is_named: bool
    is_anonymous: bool
    consent: Consent | None
    is_resumed: bool
    is_empty: bool
    is_busy: bool
    submission_id: str
    started: str
    revision: int
    remark: str
    contact: str
    refusals: tuple[Refusal, ...]
    cannot: str
    as_staff: str
    action: str
    save: str


@dataclass(frozen=True, slots=True)
class ToldPage:
    """A page that only tells: thanks, closed, refused."""

    style: str
    logo: str
    html_lang: str
    company: str
    is_invented: bool
    kind: str
    receipt: str
    is_trial: bool
    is_anonymous: bool
    is_of_staff: bool
    again: str
    next: str


@dataclass(frozen=True, slots=True)
class BeginPage:
    """What is promised before an invitation to an anonymous wave is exchanged."""

    style: str
    logo: str
    html_lang: str
    lang: str
    languages: tuple[Language, ...]
    company: str
    is_invented: bool
    is_trial: bool
    consent: Consent | None
    minutes: int
    as_staff: str
    action: str
    page: str


def blank_form(door: Door, lang: str) -> HttpResponse:
    """Return the empty form; it is rendered once for a questionnaire, a language and a firm."""
    wave = door.current
    key = BlankKey(
        wave.version_id,
        lang,
        *_firm(),
        door.languages,
        wave.state,
        door.survey.identification,
        door.entry,
        door.survey.consent,
        settings.STATIC_URL,
        door.survey.colour,
        door.survey.logo,
    )
    is_drawn = selectors.extras_in(wave).sampling is not None
    form_id = door.submission_id or uuid4()
    html = None if is_drawn else _blanks.get(key)
    if html is None:
        posted = Posted(
            submission_id=form_id if is_drawn else ID_PLACE,
            values={},
            lang=lang,
            revision=0,
            is_trial=False,
            started=STARTED_PLACE,
            verb="show",
        )
        html = _render(door, posted, token=TOKEN_PLACE)
        if len(_blanks) >= MOST_BLANKS:
            _blanks.clear()
        if not is_drawn:  # such a form asks something else of each
            _blanks[key] = html
    html = html.replace(str(ID_PLACE), str(form_id), 1).replace(STARTED_PLACE, now_text(), 1)
    return _page(html.replace(TOKEN_PLACE, escape(door.token)), lang, door.survey.colour)


def form_page(
    door: Door,
    posted: Posted,
    *,
    refusals: Sequence[Refusal] = (),
    is_resumed: bool = False,
    is_empty: bool = False,
    is_busy: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Return the form with what was filled in so far."""
    html = _render(
        door,
        posted,
        token=door.token,
        refusals=tuple(refusals),
        is_resumed=is_resumed,
        is_empty=is_empty,
        is_busy=is_busy,
    )
    return _page(html, posted.lang, door.survey.colour, status=status)


def busy(door: Door, posted: Posted, seconds: int) -> HttpResponse:
    """Return the form with what was filled in, to be sent again a little later."""
    answered = form_page(door, posted, is_busy=True, status=429)
    answered["Retry-After"] = str(seconds)
    return answered


def preview_form(door: Door, lang: str) -> HttpResponse:
    """Return the form as staff sees it beforehand, in a frame: it cannot be sent."""
    answered = blank_form(door, lang)
    text = answered.content.decode().replace(" data-answering", " data-preview inert", 1)
    answered.content = text.encode()
    answered["Content-Security-Policy"] = policy(door.survey.colour, "'self'")
    answered["X-Frame-Options"] = "SAMEORIGIN"
    return answered


def told(
    door: Door,
    lang: str,
    kind: str,
    *,
    receipt: str = "",
    is_trial: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Return a page that tells one thing: thanks, closed, refused, other, elsewhere."""
    company, is_invented = _firm()
    with translation.override(lang):
        page = ToldPage(
            style=style(door.survey.colour),
            logo=door.survey.logo,
            html_lang=HTML_LANGUAGES.get(lang, lang),
            company=company,
            is_invented=is_invented,
            kind=kind,
            receipt=f"{receipt[:5]}-{receipt[5:]}" if receipt else "",
            is_trial=is_trial,
            is_anonymous=door.is_anonymous,
            is_of_staff=door.survey.voice != "customers",
            again=door.address("answer"),
            next=selectors.thanks_of(door, lang),
        )
        html = render_to_string("surveys/told.html", {"page": page})
    return _page(html, lang, door.survey.colour, status=status)


def begin_page(door: Door, lang: str, *, page: UUID) -> HttpResponse:
    """Return the page that tells what is promised and begins; ``page`` is its own number."""
    company, is_invented = _firm()
    wave = door.current
    minutes = selectors.told_of(wave, lang).minutes
    with translation.override(lang):
        shown = BeginPage(
            style=style(door.survey.colour),
            logo=door.survey.logo,
            html_lang=HTML_LANGUAGES.get(lang, lang),
            lang=lang,
            languages=switch(door.languages, lang),
            company=company,
            is_invented=is_invented,
            is_trial=wave.state == "pilot",
            consent=_consent(door, lang),
            minutes=minutes,
            as_staff=asked_as_staff(door.survey.voice, lang, company=company, minutes=minutes),
            action=door.address("answer"),
            page=str(page),
        )
        html = render_to_string("surveys/begin.html", {"page": shown})
    return _page(html, lang, door.survey.colour)


def _consent(door: Door, lang: str) -> Consent | None:
    found = consent_in(door.survey.consent, lang)
    return found and replace(found, lang=HTML_LANGUAGES.get(found.lang, found.lang))


@lru_cache(maxsize=64)
def style(colour: str = "") -> str:
    """Return the style sheet of the respondent's pages, in the survey's colour."""
    return f"{_sheet()}body{{--brand:{colour};--on-brand:#fff}}" if colour else _sheet()


@cache
def _sheet() -> str:
    """Return the style sheets without comments and line ends."""
    text = "".join((WEB / name).read_text(encoding="utf-8") for name in STYLES)
    while "/*" in text:
        before, _, rest = text.partition("/*")
        text = before + rest.partition("*/")[2]
    return "".join(line.strip() for line in text.splitlines())


@lru_cache(maxsize=128)
def policy(colour: str = "", framed_by: str = "'none'") -> str:
    """Return the content security policy: this style, our scripts, nothing else."""
    digest = base64.b64encode(hashlib.sha256(style(colour).encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; script-src 'self'; "
        "connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {framed_by}"
    )


def _render(
    door: Door,
    posted: Posted,
    *,
    token: str,
    refusals: tuple[Refusal, ...] = (),
    is_resumed: bool = False,
    is_empty: bool = False,
    is_busy: bool = False,
) -> str:
    wave, lang, (company, is_invented) = door.current, posted.lang, _firm()
    with translation.override(lang):
        shown = questions(
            selectors.instrument_of(wave),
            lang,
            company=company,
            values=posted.values,
            extras=selectors.extras_in(wave),
            submission_id=posted.submission_id,
        )
        page = AnswerPage(
            style=style(door.survey.colour),
            logo=door.survey.logo,
            html_lang=HTML_LANGUAGES.get(lang, lang),
            lang=lang,
            languages=switch(door.languages, lang),
            company=company,
            is_invented=is_invented,
            questions=shown,
            is_trial=wave.state == "pilot" or posted.is_trial,
            is_named=door.is_named,
            is_anonymous=door.is_anonymous,
            consent=_consent(door, lang),
            is_resumed=is_resumed,
            is_empty=is_empty,
            is_busy=is_busy,
            submission_id=str(posted.submission_id),
            started=posted.started,
            revision=posted.revision,
            remark=posted.values.get(REMARK, ""),
            contact=posted.values.get(CONTACT, ""),
            refusals=refusals,
            cannot=CANNOT_JUDGE,
            as_staff=asked_as_staff(
                door.survey.voice, lang, company=company, minutes=shown.minutes
            ),
            action=door.address("answer", token=token),
            save="" if door.is_anonymous else door.address("save_answers", token=token),
        )
        return render_to_string("surveys/answer.html", {"page": page})


def switch(offered: Sequence[str], lang: str) -> tuple[Language, ...]:
    """Return the languages of a survey, the present one marked."""
    names = dict(settings.LANGUAGES)
    return tuple(
        Language(code, HTML_LANGUAGES.get(code, code), str(names[code]), code == lang)
        for code in offered
    )


def _firm() -> tuple[str, bool]:
    """Return whose survey it is, and whether that is the demo's invented organisation."""
    found = organisation()
    return ("", False) if found is None else (found.name, found.is_invented)


def _page(html: str, lang: str, colour: str, *, status: int = 200) -> HttpResponse:
    answered = HttpResponse(html, status=status)
    answered["Content-Security-Policy"] = policy(colour)
    answered["Content-Language"] = HTML_LANGUAGES.get(lang, lang)
    answered["Cache-Control"] = "no-store"
    answered["Referrer-Policy"] = "no-referrer"
    return answered
