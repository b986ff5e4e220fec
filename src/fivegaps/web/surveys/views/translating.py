"""The pages of translators: side by side, by file, and approved by name."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from fivegaps.errors import FileRefused, InputRefused
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.views.importing import told as told_fault
from fivegaps.web.shared.templatetags.office import day
from fivegaps.web.surveys.editing import (
    Approved,
    SurveyRow,
    approvals,
    language_states,
    questionnaire_of,
)
from fivegaps.web.surveys.editing_forms import WordingsFileForm
from fivegaps.web.surveys.services import editing, translating
from fivegaps.web.surveys.texts import Text
from fivegaps.web.surveys.views.answer_pages import Language, switch
from fivegaps.web.surveys.views.editing import LanguageLine, language_lines, survey_to_change
from fivegaps.web.surveys.wordings import read_wordings, write_wordings

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text: in the source language, in the target, and its status."""

    key: str
    label: str
    source: str
    text: str
    is_long: bool
    is_missing: bool
    approved: str


@dataclass(frozen=True, slots=True)
class Part:
    """Texts of one part of the form."""

    title: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class WordsPage:
    """The texts of a survey in one language beside another."""

    id: UUID
    title: str
    lang: LanguageLine
    source: Language
    is_source: bool
    languages: tuple[LanguageLine, ...]
    sources: tuple[Language, ...]
    parts: tuple[Part, ...]
    used_by: str
    wrong: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def edit_words(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Word every text in a language, beside another; approve what is good."""
    survey = survey_to_change(request, survey_id)
    lang = _language(request.GET.get("lang", ""), survey.languages, survey.languages[0])
    source = _language(request.GET.get("from", ""), survey.languages, survey.languages[0])
    wrong = ""
    if request.method == "POST":
        try:
            _save(request, survey, lang)
        except ValidationError as error:
            wrong = " ".join(error.messages)
        else:
            answered = redirect("edit_words", survey_id=survey_id)
            answered["Location"] += f"?lang={lang}&from={source}"
            return answered
    asked = questionnaire_of(survey)
    lines = language_lines(language_states(survey, asked))
    known = approvals(asked.texts, lang, survey.languages[0])
    sources = switch(survey.languages, source)
    page = WordsPage(
        id=survey.id,
        title=survey.title,
        lang=next(one for one in lines if one.state.code == lang),
        source=next(one for one in sources if one.is_here),
        is_source=lang == source,
        languages=lines,
        sources=sources,
        parts=_parts(request, asked.texts, lang, source, known),
        used_by=asked.used_by,
        wrong=wrong,
    )
    status = 422 if wrong else 200
    return render(request, "surveys/edit_words.html", {"page": page}, status=status)


def _language(code: str, offered: Sequence[str], otherwise: str) -> str:
    return code if code in offered else otherwise


def _save(request: MemberRequest, survey: SurveyRow, lang: str) -> None:
    at = timezone.now()
    keys = {text.key for text in questionnaire_of(survey).texts}
    wordings = {(key, lang): request.POST[key] for key in keys if key in request.POST}
    n = editing.reword(actor=request.member, survey=survey, wordings=wordings, at=at)
    if n:
        told = ngettext("%(n)s text saved.", "%(n)s texts saved.", n)
        messages.success(request, told % {"n": n})
    chosen = request.POST.get("approve", "")
    if chosen or "approve_all" in request.POST:
        approved = translating.approve(
            actor=request.member,
            survey=survey,
            lang=lang,
            keys=[chosen] if chosen else None,
            at=at,
        )
        told = ngettext("%(n)s text approved.", "%(n)s texts approved.", approved)
        messages.success(request, told % {"n": approved})


def _parts(
    request: MemberRequest,
    texts: Sequence[Text],
    lang: str,
    source: str,
    known: dict[str, Approved],
) -> tuple[Part, ...]:
    titles = {
        "form": _("The whole form"),
        "outcomes": _("All in all"),
        "points": _("The 100 points"),
        "own": _("Own questions"),
        "expectation": _("What people expect of the best"),
        "perception": _("What they get here"),
    }
    found: dict[str, list[TextLine]] = {}
    for text in texts:
        said = text.in_language(lang)
        if request.method == "POST":
            said = request.POST.get(text.key, said)
        line = TextLine(
            key=text.key,
            label=_label(text),
            source=text.in_language(source),
            text=said,
            is_long=text.key == "form.thanks",
            is_missing=text.is_used and not said,
            approved=_approved(known.get(text.key)),
        )
        found.setdefault(titles.get(text.heading, text.heading), []).append(line)
    return tuple(Part(title, tuple(lines)) for title, lines in found.items())


def _label(text: Text) -> str:
    """Return what a text is, where its key does not say it."""
    named = {
        "form.title": _("Heading, in place of “Your view of …”"),
        "form.introduction": _("A sentence of your own at the beginning"),
        "form.thanks": _("What happens next, on the thank-you page"),
    }
    if text.key.startswith("battery."):
        return _("How to answer this part")
    return named.get(text.key, text.key)


def _approved(known: Approved | None) -> str:
    if known is None:
        return ""
    words = {"name": known.by or _("somebody who left"), "day": day(known.at.date())}
    return _("Approved by %(name)s, %(day)s") % words


@require_safe
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def wordings_file(request: MemberRequest, survey_id: UUID, lang: str) -> HttpResponse:
    """Give the texts of a language as a sheet for a translator."""
    survey = survey_to_change(request, survey_id)
    if lang not in survey.languages:
        raise Http404
    asked = questionnaire_of(survey)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.xlsx"
        write_wordings(path, asked.texts, source=survey.languages[0], lang=lang)
        answered = HttpResponse(path.read_bytes(), content_type=SHEET)
    answered["Content-Disposition"] = f'attachment; filename="texts-{lang}.xlsx"'
    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def take_wordings(request: MemberRequest, survey_id: UUID, lang: str) -> HttpResponse:
    """Take a translator's file and lead to its trial."""
    survey = survey_to_change(request, survey_id)
    if lang not in survey.languages:
        raise Http404
    form = WordingsFileForm(
        request.POST if request.method == "POST" else None, request.FILES or None
    )
    faults: tuple[str, ...] = ()
    if form.is_valid():
        uploaded = form.cleaned_data["file"]
        try:
            rows = _rows(uploaded, lang)
        except FileRefused as refused:
            faults = tuple(told_fault(fault) for fault in refused.faults)
        except InputRefused as refused:
            faults = (str(refused),)
        else:
            staged = translating.stage(
                actor=request.member,
                survey=survey,
                lang=lang,
                name=uploaded.name or lang,
                rows=[translating.Row(*row) for row in rows],
                at=timezone.now(),
            )
            return redirect("try_wordings", survey_id=survey_id, staged_id=staged.id)
    words = {
        "form": form,
        "survey": survey,
        "lang": lang,
        "language": dict(settings.LANGUAGES)[lang],
        "faults": faults,
    }
    return render(request, "surveys/edit_wordings_file.html", words)


def _rows(uploaded: UploadedFile[Any], lang: str) -> list[tuple[int, str, str]]:
    suffix = Path(uploaded.name or "").suffix.lower()[:8] or ".xlsx"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"texts{suffix}"
        path.write_bytes(b"".join(uploaded.chunks()))
        return read_wordings(path, lang, name=uploaded.name or "")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def try_wordings(request: MemberRequest, survey_id: UUID, staged_id: UUID) -> HttpResponse:
    """Show what a translator's file would do; apply it when asked."""
    survey = survey_to_change(request, survey_id)
    staged = translating.staged_for(request.member, survey, staged_id)
    if staged is None:
        raise Http404
    lang = staged.lang
    if request.method == "POST":
        try:
            trial = translating.apply(actor=request.member, staged=staged, at=timezone.now())
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("try_wordings", survey_id=survey_id, staged_id=staged_id)
        told = ngettext("%(n)s text saved.", "%(n)s texts saved.", trial.changed)
        messages.success(request, told % {"n": trial.changed})
        answered = redirect("edit_words", survey_id=survey_id)
        answered["Location"] += f"?lang={lang}"
        return answered
    trial = translating.try_out(actor=request.member, staged=staged, at=timezone.now())
    faults = [told_fault(fault) for fault in trial.faults[:MOST_SHOWN]]
    words = {
        "survey": survey,
        "staged": staged,
        "trial": trial,
        "faults": faults,
        "language": dict(settings.LANGUAGES)[lang],
    }
    return render(request, "surveys/edit_wordings_trial.html", words)
