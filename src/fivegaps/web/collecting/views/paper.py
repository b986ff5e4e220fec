"""Paper: print the form, open a batch, key sheets, key some of them twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.collecting import paper
from fivegaps.web.collecting.paper_forms import BatchForm, SampleForm
from fivegaps.web.collecting.services import paper as services
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.shared.templatetags.office import HTML_LANGUAGES
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.refusals import NotOpen, OtherContent
from fivegaps.web.surveys.respondent import Questions
from fivegaps.web.surveys.sheet import SheetRefused
from fivegaps.web.surveys.strict import Refusal
from fivegaps.web.surveys.tabs import Tab, tabs_of

OWN = {"csrfmiddlewaretoken", "submission_id"}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in the list."""

    id: UUID
    place: str
    filled_on: object
    wave: str
    n: int
    n_second: int


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Printing, and the batches of a survey."""

    survey_id: UUID
    title: str
    languages: tuple[tuple[str, str], ...]
    batches: tuple[BatchLine, ...]
    may_key: bool
    tabs: tuple[Tab, ...]


@dataclass(frozen=True, slots=True)
class KeyingPage:
    """One sheet to key. ``again`` is the number of a sheet that is keyed a second time."""

    survey_id: UUID
    batch_id: UUID
    title: str
    place: str
    filled_on: object
    html_lang: str
    number: int
    keyed: int
    submission_id: str
    questions: Questions
    remark: str
    refusals: tuple[Refusal, ...]
    is_second: bool


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Sheets that are keyed twice, and what that says."""

    survey_id: UUID
    batch_id: UUID
    title: str
    place: str
    filled_on: object
    n: int
    waiting: tuple[int, ...]
    keyings: paper.Keyings
    percent: tuple[float, float, float] | None


@require_safe
@needs(Right.SEE_SURVEYS)
def paper_page(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Show what can be printed, and the batches that this person keys."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    names = dict(settings.LANGUAGES)
    wave = selectors.waves_of(survey)[0]
    page = PaperPage(
        survey_id=survey.id,
        title=survey.title,
        languages=tuple((code, str(names[code])) for code in selectors.languages_in(wave)),
        batches=tuple(_line(one) for one in paper.batches_for(request.member, survey)),
        may_key=request.member.may(Right.CHANGE_SURVEYS),
        tabs=tabs_of(request.member, survey.id, survey.voice, "paper"),
    )
    return render(request, "collecting/paper.html", {"page": page})


@require_safe
@needs(Right.SEE_SURVEYS)
def paper_form(request: MemberRequest, survey_id: UUID, lang: str) -> HttpResponse:
    """Return the form to print."""
    survey = selectors.survey_for(request.member, survey_id)
    wave = None if survey is None else selectors.waves_of(survey)[0]
    if wave is None or lang not in selectors.languages_in(wave):
        raise Http404
    answer = HttpResponse(paper.printed_form(wave, lang), "application/pdf")
    answer["Content-Disposition"] = f'inline; filename="form-{lang}.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS)
def add_batch(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Open a batch."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    wave = selectors.waves_of(survey)[0]
    names = dict(settings.LANGUAGES)
    languages = [(code, str(names[code])) for code in selectors.languages_in(wave)]
    form = BatchForm(
        request.POST if request.method == "POST" else None,
        initial={"filled_on": timezone.localdate()},
        units=selectors.open_units(request.member),
        may_whole=request.member.may_everywhere(Right.CHANGE_SURVEYS),
        languages=languages,
    )
    if form.is_valid():
        try:
            batch = services.open_batch(
                actor=request.member, wave=wave, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            return redirect("key_paper", survey_id=survey.id, batch_id=batch.id)
    return render(request, "collecting/paper_batch_form.html", {"form": form, "survey": survey})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS)
def key_paper(request: MemberRequest, survey_id: UUID, batch_id: UUID) -> HttpResponse:
    """Key one sheet after the other."""
    batch = _batch(request, survey_id, batch_id)
    values, submission_id = _posted(request)
    if request.method == "POST":
        try:
            form = services.key_form(batch=batch, submission_id=submission_id, values=values)
        except SheetRefused as error:
            page = _keying(batch, values, submission_id, refusals=error.refusals)
            return render(request, "collecting/paper_keying.html", {"page": page}, status=422)
        except NotOpen:
            messages.error(request, _("The wave was closed; this sheet was not taken."))
            return redirect("paper", survey_id=survey_id)
        except OtherContent:
            messages.error(
                request, _("This sheet was keyed before with other answers: those stand.")
            )
        else:
            messages.success(request, _("Form %(n)s is kept.") % {"n": form.number})
        return redirect("key_paper", survey_id=survey_id, batch_id=batch_id)
    page = _keying(batch, {}, submission_id)
    return render(request, "collecting/paper_keying.html", {"page": page})


@require_POST
@needs(Right.CHANGE_SURVEYS)
def undo_paper(request: MemberRequest, survey_id: UUID, batch_id: UUID) -> HttpResponse:
    """Take back the sheet keyed last."""
    batch = _batch(request, survey_id, batch_id)
    try:
        number = services.undo_last(actor=request.member, batch=batch, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        if number is not None:
            messages.success(request, _("Form %(n)s is taken back: key it anew.") % {"n": number})
    return redirect("key_paper", survey_id=survey_id, batch_id=batch_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS)
def check_paper(request: MemberRequest, survey_id: UUID, batch_id: UUID) -> HttpResponse:
    """Draw sheets to key twice, and show how often the two keyings differ."""
    batch = _batch(request, survey_id, batch_id)
    form = SampleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.sample_forms(
            actor=request.member, batch=batch, n=form.cleaned_data["n"], at=timezone.now()
        )
        return redirect("check_paper", survey_id=survey_id, batch_id=batch_id)
    forms = paper.forms_of(batch)
    told = paper.keyings(batch.wave, forms)
    rate = told.rate
    known = rate.value is not None and rate.low is not None and rate.high is not None
    page = CheckPage(
        survey_id=survey_id,
        batch_id=batch.id,
        title=batch.wave.survey.title,
        place=_place(batch),
        filled_on=batch.filled_on,
        n=len(forms),
        waiting=tuple(one.number for one in forms if one.is_sampled and one.second_at is None),
        keyings=told,
        percent=_percent(rate.value, rate.low, rate.high) if known else None,
    )
    return render(request, "collecting/paper_check.html", {"page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS)
def key_paper_again(
    request: MemberRequest, survey_id: UUID, batch_id: UUID, number: int
) -> HttpResponse:
    """Key a sheet a second time, without seeing the first."""
    batch = _batch(request, survey_id, batch_id)
    found = [one for one in paper.forms_of(batch) if one.number == number and one.is_sampled]
    if not found:
        raise Http404
    values, submission_id = _posted(request)
    if request.method == "POST":
        try:
            services.key_again(form=found[0], values=values, at=timezone.now())
        except SheetRefused as error:
            page = _keying(batch, values, submission_id, refusals=error.refusals, again=number)
            return render(request, "collecting/paper_keying.html", {"page": page}, status=422)
        return redirect("check_paper", survey_id=survey_id, batch_id=batch_id)
    page = _keying(batch, {}, submission_id, again=number)
    return render(request, "collecting/paper_keying.html", {"page": page})


def _batch(request: MemberRequest, survey_id: UUID, batch_id: UUID) -> paper.PaperBatch:
    survey = selectors.survey_for(request.member, survey_id)
    batch = None if survey is None else paper.batch_for(request.member, survey, batch_id)
    if batch is None:
        raise Http404
    return batch


def _posted(request: MemberRequest) -> tuple[Mapping[str, str], UUID]:
    values = {name: str(text) for name, text in request.POST.items() if name not in OWN}
    try:
        return values, UUID(request.POST.get("submission_id", "")[:36])
    except ValueError:
        return values, uuid4()


def _line(batch: paper.PaperBatch) -> BatchLine:
    n, second = getattr(batch, "n", 0), getattr(batch, "n_second", 0)
    return BatchLine(batch.id, _place(batch), batch.filled_on, batch.wave.name, n, second)


def _place(batch: paper.PaperBatch) -> str:
    names = [one.name for one in (batch.unit, batch.channel) if one is not None]
    return " · ".join(names)


def _percent(*shares: float | None) -> tuple[float, float, float]:
    first, low, high = (round(100 * (share or 0.0), 2) for share in shares)
    return first, low, high


def _keying(
    batch: paper.PaperBatch,
    values: Mapping[str, str],
    submission_id: UUID,
    *,
    refusals: tuple[Refusal, ...] = (),
    again: int = 0,
) -> KeyingPage:
    number = paper.next_number(batch)
    return KeyingPage(
        survey_id=batch.wave.survey_id,
        batch_id=batch.id,
        title=batch.wave.survey.title,
        place=_place(batch),
        filled_on=batch.filled_on,
        html_lang=HTML_LANGUAGES.get(batch.lang, batch.lang),
        number=again or number,
        keyed=number - 1,
        submission_id=str(submission_id),
        questions=paper.asked_by(batch.wave, batch.lang, values),
        remark=values.get("remark", ""),
        refusals=refusals,
        is_second=bool(again),
    )
