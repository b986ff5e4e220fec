"""The words of a survey's mails, by kind and language; a trial goes to oneself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fivegaps.web.collecting import selectors, wording
from fivegaps.web.collecting.mail_forms import WordsForm
from fivegaps.web.collecting.services import mail_settings
from fivegaps.web.collecting.views.invitations import reached
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.forms import tell_errors


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail in one language."""

    kind: str
    lang: str
    language: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class WordsPage:
    """The words of one mail; ``places`` are what may be filled in."""

    survey_id: UUID
    title: str
    kind: str
    kind_title: str
    lang: str
    language: str
    is_own: bool
    places: tuple[tuple[str, str], ...]
    email: str


@require_safe
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def mails(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """List the mails of a survey."""
    found = reached(request, survey_id)
    own = selectors.own_texts(found.survey)
    names = dict(settings.LANGUAGES)
    groups = [
        (
            title,
            [
                MailLine(kind, lang, str(names[lang]), (kind, lang) in own)
                for lang in found.survey.languages
            ],
        )
        for kind, title in selectors.mail_kinds()
    ]
    shown = {"survey": found.survey, "groups": groups}
    return render(request, "collecting/mails.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def mail_words(request: MemberRequest, survey_id: UUID, kind: str, lang: str) -> HttpResponse:
    """Change the words of a mail, go back to ours, or send it to oneself."""
    found = reached(request, survey_id)
    titles = dict(selectors.mail_kinds())
    if kind not in titles or lang not in found.survey.languages:
        raise Http404
    survey, member, at = found.survey, request.member, timezone.now()
    again = redirect("mail_words", survey_id=survey_id, kind=kind, lang=lang)
    verb = request.POST.get("do", "")
    if verb == "ours":
        mail_settings.shipped_words(actor=member, survey=survey, kind=kind, lang=lang, at=at)
        messages.success(request, _("The shipped words are used again."))
        return again
    own = selectors.mail_text(survey, kind, lang)
    initial = (
        _shipped(kind, lang, survey.voice)
        if own is None
        else {"subject": own.subject, "body": own.body}
    )
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        words = form.cleaned_data
        try:
            mail_settings.change_words(
                actor=member, survey=survey, kind=kind, lang=lang, at=at, **words
            )
            if verb == "trial":
                mail_settings.send_trial(actor=member, wave=found.wave, kind=kind, lang=lang)
        except ValidationError as error:
            tell_errors(form, error)
        else:
            told = _("Saved, and sent to %(email)s.") if verb == "trial" else _("Saved.")
            messages.success(request, told % {"email": member.email})
            return again
    page = WordsPage(
        survey_id=survey_id,
        title=found.survey.title,
        kind=kind,
        kind_title=titles[kind],
        lang=lang,
        language=str(dict(settings.LANGUAGES)[lang]),
        is_own=own is not None,
        places=_places(),
        email=request.member.email,
    )
    return render(request, "collecting/mail_words.html", {"page": page, "form": form})


def _shipped(kind: str, lang: str, voice: str) -> dict[str, str]:
    with translation.override(lang):
        return {"subject": wording.shipped_subject(kind), "body": wording.shipped_body(kind, voice)}


def _places() -> tuple[tuple[str, str], ...]:
    return (
        ("{link}", _("the person's own link; needed once, best in a line of its own")),
        ("{greeting}", _("a greeting with the name, or without where it is not known")),
        ("{name}", _("the name, or nothing")),
        ("{organisation}", _("the name of your organisation")),
        ("{survey}", _("the title of the survey")),
        ("{minutes}", _("how long it takes")),
        ("{promise}", _("what is told about the answers: confidential, anonymous, with name")),
    )
