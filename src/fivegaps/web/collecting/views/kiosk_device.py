"""What a kiosk loads and sends. Whoever has the address may answer; no cookie is set.

Sends carry no cross-site token, for the same reason as the respondent's form: nobody is signed
in, and the address is all that it takes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from fivegaps.web.collecting import kiosks
from fivegaps.web.collecting.kiosks import KioskDoor
from fivegaps.web.collecting.services.kiosks import take_from_kiosk
from fivegaps.web.people.selectors import organisation
from fivegaps.web.shared.templatetags.office import HTML_LANGUAGES
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.consents import Consent, consent_in
from fivegaps.web.surveys.refusals import NotOpen, OtherContent
from fivegaps.web.surveys.respondent import Block, Line, Words3, questions
from fivegaps.web.surveys.sheet import CANNOT_JUDGE, SheetRefused
from fivegaps.web.surveys.strict import instant
from fivegaps.web.surveys.views.answer_pages import Language, switch
from fivegaps.web.surveys.views.posted import PostRefused, read_post

WORKER = Path(__file__).resolve().parents[1] / "static" / "collecting" / "js" / "kiosk_worker.js"
# How a face looks at each point, from the corners of the mouth down to up.
MOUTH = 5


@dataclass(frozen=True, slots=True)
class Screen:
    """A screenful of statements of one block."""

    block: Block
    lines: tuple[Line, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class Face:
    """One large button of the single question: ``mouth`` is a curve, from frown to smile."""

    value: int
    words: str
    mouth: str


@dataclass(frozen=True, slots=True)
class KioskPage:
    """What a device shows in one language."""

    html_lang: str
    lang: str
    languages: tuple[Language, ...]
    company: str
    is_invented: bool
    is_open: bool
    is_trial: bool
    wave_id: str
    state: str
    minutes: int
    screens: tuple[Screen, ...]
    single: Line | None
    faces: tuple[Face, ...]
    scale: Words3 | None
    idle_seconds: int
    pause_seconds: int
    cannot: str
    consent: Consent | None
    home: str
    send: str
    watch: str
    worker: str
    ordinary: str


@login_not_required
@gzip_page
@require_safe
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a device shows; GET writes nothing."""
    found = _found(token)
    lang = request.GET.get("lang", "")
    offered = found.door.languages
    if lang not in offered:
        lang = offered[0]
    with translation.override(lang):
        answer = render(request, "collecting/kiosk.html", {"page": _page(found, token, lang)})
    answer["Content-Language"] = HTML_LANGUAGES.get(lang, lang)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_not_required
@require_safe
def kiosk_state(request: HttpRequest, token: str) -> JsonResponse:  # noqa: ARG001
    """Tell a device whether what it shows is still right."""
    answer = JsonResponse({"state": _state(_found(token))})
    answer["Cache-Control"] = "no-store"
    return answer


@login_not_required
@csrf_exempt
@require_POST
def kiosk_send(request: HttpRequest, token: str) -> JsonResponse:
    """Take one answer of a device, however often it sends it."""
    found = _found(token)
    try:
        posted = read_post(request, found.door)
        response = take_from_kiosk(
            found=found,
            wave_id=_uuid(request.GET.get("wave", "")),
            submission_id=posted.submission_id,
            values=posted.values,
            lang=posted.lang,
            is_trial=posted.is_trial,
            started_at=posted.started_at,
            consent=posted.consent,
            answered_at=instant(request.GET.get("answered", "")),
            at=timezone.now(),
        )
    except PostRefused as error:
        return JsonResponse({"state": "refused"}, status=error.status)
    except SheetRefused:
        return JsonResponse({"state": "refused"}, status=400)
    except NotOpen:
        return JsonResponse({"state": "closed"}, status=410)
    except OtherContent:
        return JsonResponse({"state": "other"}, status=409)
    return JsonResponse({"state": "recorded", "receipt": response.receipt})


@login_not_required
@require_safe
def kiosk_worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Return the script that keeps the page for the time without network."""
    answer = HttpResponse(WORKER.read_text(encoding="utf-8"), "text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _found(token: str) -> KioskDoor:
    found = kiosks.kiosk_door(token)
    if found is None:
        raise Http404
    return found


def _state(found: KioskDoor) -> str:
    wave = found.door.wave
    if wave is None or not found.is_open:
        return "closed"
    return f"{wave.id}.{wave.state}.{found.door.survey.consent or 0}.{settings.STATIC_URL}"


def _page(found: KioskDoor, token: str, lang: str) -> KioskPage:
    wave, device, company = found.door.wave, found.kiosk, organisation()
    name = "" if company is None else company.name
    consent = consent_in(found.door.survey.consent, lang)
    asked = None
    if wave is not None and found.is_open:
        asked = questions(selectors.instrument_of(wave), lang, company=name, values={})
    screens: tuple[Screen, ...] = ()
    single, scale = None, None
    if asked is not None and wave is not None and kiosks.asks_one(device):
        column = kiosks.column_of(wave, device.outcome)
        lines = [(b, x) for b in asked.blocks for step in b.steps for x in step]
        chosen = [(b.scale, x) for b, x in lines if x.field == column]
        scale, single = chosen[0] if chosen else (None, None)
    elif asked is not None:
        screens = tuple(
            Screen(block, lines, number == 0)
            for block in asked.blocks
            for number, lines in enumerate(kiosks.screens(block))
        )
    return KioskPage(
        html_lang=HTML_LANGUAGES.get(lang, lang),
        lang=lang,
        languages=switch(found.door.languages, lang),
        company=name,
        is_invented=company is not None and company.is_invented,
        is_open=asked is not None and (single is not None or bool(screens)),
        is_trial=wave is not None and wave.state == "pilot",
        wave_id="" if wave is None else str(wave.id),
        state=_state(found),
        minutes=0 if asked is None else asked.minutes,
        screens=screens,
        single=single,
        faces=() if single is None else _faces(single),
        scale=scale,
        idle_seconds=device.idle_seconds,
        pause_seconds=device.pause_seconds,
        cannot=CANNOT_JUDGE,
        consent=consent and replace(consent, lang=HTML_LANGUAGES.get(consent.lang, consent.lang)),
        home=reverse("kiosk", args=[token]),
        send=reverse("kiosk_send", args=[token]),
        watch=reverse("kiosk_state", args=[token]),
        worker=reverse("kiosk_worker"),
        ordinary=found.door.address("answer"),
    )


def _faces(single: Line) -> tuple[Face, ...]:
    last = max(1, len(single.points) - 1)
    faces = []
    for place, point in enumerate(single.points):
        bend = round(MOUTH * (2 * place / last - 1), 1)
        mouth = (
            f"M8 {round(21 - bend / 2, 1)} Q16 {round(21 + bend, 1)} 24 {round(21 - bend / 2, 1)}"
        )
        faces.append(Face(point.value, point.words, mouth))
    return tuple(faces)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text[:36])
    except ValueError:
        raise PostRefused from None
