"""Pages on which the questionnaire of a survey is edited: its questions and its words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from babel.numbers import format_decimal
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from fivegaps.knowledge.phrasing import filled
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.templatetags.office import HTML_LANGUAGES, babel_locale
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.editing import (
    FEWEST_ITEMS,
    LanguageState,
    Questionnaire,
    SurveyRow,
    language_states,
    questionnaire_of,
)
from fivegaps.web.surveys.lines import QuestionLine, question_lines
from fivegaps.web.surveys.services import editing

MOST_DRAWN = 3


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """How far a language is, and its own name."""

    state: LanguageState
    name: str
    html: str


@dataclass(frozen=True, slots=True)
class EditPage:
    """The questionnaire at a glance."""

    id: UUID
    title: str
    number: int
    used_by: str
    minutes: int
    items: int
    left_out: int
    sampled: int
    factor: str
    rules: int
    thin: str
    languages: tuple[LanguageLine, ...]
    own: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One statement: whether it is asked, and of everybody."""

    id: str
    text: str
    is_asked: bool
    is_linking: bool


@dataclass(frozen=True, slots=True)
class DimensionLines:
    """The statements of a dimension."""

    id: str
    title: str
    items: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """Which statements are asked, and of whom."""

    id: UUID
    title: str
    dimensions: tuple[DimensionLines, ...]
    batteries: int
    seconds: float
    k: str
    wrong: str
    fewest: int


def survey_to_change(request: MemberRequest, survey_id: UUID) -> SurveyRow:
    """Return a survey that this person sees, else answer that there is none."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    return survey


@require_safe
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def edit_survey(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Show the questionnaire at a glance, with what may be changed."""
    survey = survey_to_change(request, survey_id)
    asked = questionnaire_of(survey)
    page = EditPage(
        id=survey.id,
        title=survey.title,
        number=asked.number,
        used_by=asked.used_by,
        minutes=asked.minutes,
        items=len(asked.asked.items),
        left_out=len(asked.extras.left_out),
        sampled=0 if asked.extras.sampling is None else asked.extras.sampling.k,
        factor=format_decimal(asked.factor, "0.00", locale=babel_locale()),
        rules=len(asked.extras.rules),
        thin=thin_told(asked, request.LANGUAGE_CODE),
        languages=language_lines(language_states(survey, asked)),
        own=question_lines(asked, survey.languages[0]),
    )
    return render(request, "surveys/edit_survey.html", {"page": page})


def language_lines(states: tuple[LanguageState, ...]) -> tuple[LanguageLine, ...]:
    """Return languages with their own names."""
    names = dict(settings.LANGUAGES)
    return tuple(
        LanguageLine(one, str(names[one.code]), HTML_LANGUAGES.get(one.code, one.code))
        for one in states
    )


def thin_told(asked: Questionnaire, lang: str) -> str:
    """Return which dimensions have too few items, in words; "" when none has."""
    titles = {one.id: one.title.get(lang, one.id) for one in asked.whole.dimensions}
    return ", ".join(f"{titles[name]} ({n})" for name, n in asked.thin)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def edit_items(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Leave statements out or take them in again; draw some by lot."""
    survey = survey_to_change(request, survey_id)
    asked = questionnaire_of(survey)
    wrong = ""
    given = request.POST if request.method == "POST" else _as_posted(asked)
    if request.method == "POST":
        try:
            editing.choose_items(
                actor=request.member,
                survey=survey,
                asked_items=given.getlist("asked"),
                linking=given.getlist("linking"),
                k=_drawn(given),
                at=timezone.now(),
            )
        except ValidationError as error:
            wrong = " ".join(error.messages)
        else:
            return _saved_items(request, survey_id, questionnaire_of(survey))
    lang = survey.languages[0]
    whole = asked.whole
    batteries = [battery.id for battery in whole.batteries]
    names = set(given.getlist("asked"))
    linking = set(given.getlist("linking"))

    def lines(dimension: str | None) -> tuple[ItemLine, ...]:
        found = []
        for item in whole.items:
            if item.dimension == dimension:
                said = item.text.get(lang, {})
                text = next((said[one] for one in reversed(batteries) if said.get(one)), item.id)
                text = filled(text, whole, lang)
                found.append(ItemLine(item.id, text, item.id in names, item.id in linking))
        return tuple(found)

    dimensions = [
        DimensionLines(one.id, one.title.get(request.LANGUAGE_CODE, one.id), lines(one.id))
        for one in whole.dimensions
    ]
    if loose := lines(None):
        dimensions.append(DimensionLines("", _("Without dimension"), loose))
    per_item = sum(len(item.columns) for item in whole.items) / max(1, len(whole.items))
    page = ItemsPage(
        id=survey.id,
        title=survey.title,
        dimensions=tuple(dimensions),
        batteries=round(per_item),
        seconds=asked.minutes * 60 - len(asked.asked.items) * per_item * 7,
        k=given.get("k", "")[:4],
        wrong=wrong,
        fewest=FEWEST_ITEMS,
    )
    status = 422 if wrong else 200
    return render(request, "surveys/edit_items.html", {"page": page}, status=status)


def _as_posted(asked: Questionnaire) -> QueryDict:
    given = QueryDict(mutable=True)
    given.setlist("asked", [item.id for item in asked.asked.items])
    sampling = asked.extras.sampling
    if sampling is not None:
        given.setlist("linking", list(sampling.linking))
        given["k"] = str(sampling.k)
    return given


def _drawn(given: QueryDict) -> int | None:
    text = given.get("k", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DRAWN):
        raise ValidationError(_("Write how many are drawn as a whole number, or leave it empty."))
    return int(text)


def _saved_items(request: MemberRequest, survey_id: UUID, asked: Questionnaire) -> HttpResponse:
    messages.success(request, _("Saved."))
    if thin := thin_told(asked, request.LANGUAGE_CODE):
        told = ngettext(
            "%(dimensions)s has fewer than 3 statements: its score rests on little.",
            "%(dimensions)s have fewer than 3 statements: their scores rest on little.",
            len(asked.thin),
        )
        messages.warning(request, told % {"dimensions": thin})
    return redirect("edit_survey", survey_id=survey_id)
