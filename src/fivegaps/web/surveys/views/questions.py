"""Pages of a survey's own questions, and of when a question is shown."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fivegaps.knowledge.phrasing import filled
from fivegaps.report.forms.layout import wording
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.surveys.conditions import targets_of
from fivegaps.web.surveys.editing import Questionnaire, questionnaire_of
from fivegaps.web.surveys.editing_forms import QuestionForm, RuleForm
from fivegaps.web.surveys.own_blocks import told_condition
from fivegaps.web.surveys.own_questions import Condition, OwnQuestion, next_id
from fivegaps.web.surveys.services import editing
from fivegaps.web.surveys.views.editing import survey_to_change

INCOMPARABLE = {"date", "short", "long", "points"}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as a sentence."""

    target: str
    text: str
    only_if: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def put_question(request: MemberRequest, survey_id: UUID, question_id: str = "") -> HttpResponse:
    """Add an own question, or change one."""
    survey = survey_to_change(request, survey_id)
    lang = survey.languages[0]
    own = questionnaire_of(survey).extras.own
    before = next((one for one in own if one.id == question_id), None)
    if question_id and before is None:
        raise Http404
    initial = {} if before is None else _initial(before, lang)
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial)
    if before is not None:
        form.fields["kind"].disabled = True
    if form.is_valid():
        question = form.question(lang, question_id or next_id(own), before)
        try:
            editing.put_question(
                actor=request.member, survey=survey, question=question, at=timezone.now()
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("edit_survey", survey_id=survey_id)
    words = {"form": form, "survey": survey, "is_new": before is None, "question_id": question_id}
    return render(request, "surveys/edit_question.html", words)


def _initial(question: OwnQuestion, lang: str) -> dict[str, object]:
    return {
        "text": question.text.get(lang, ""),
        "kind": question.kind,
        "options": "\n".join(one.text.get(lang, "") for one in question.options),
        "low": question.low.get(lang, ""),
        "high": question.high.get(lang, ""),
        "minimum": question.minimum,
        "maximum": question.maximum,
        "decimals": question.decimals,
        "is_required": question.is_required,
    }


@require_POST
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def remove_question(request: MemberRequest, survey_id: UUID, question_id: str) -> HttpResponse:
    """Take an own question out."""
    survey = survey_to_change(request, survey_id)
    at = timezone.now()
    editing.remove_question(actor=request.member, survey=survey, question_id=question_id, at=at)
    return redirect("edit_survey", survey_id=survey_id)


@require_POST
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def move_question(request: MemberRequest, survey_id: UUID, question_id: str) -> HttpResponse:
    """Put an own question one place up."""
    survey = survey_to_change(request, survey_id)
    at = timezone.now()
    editing.move_question(actor=request.member, survey=survey, question_id=question_id, at=at)
    return redirect("edit_survey", survey_id=survey_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def edit_rules(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Say when a question is shown; take such a rule back."""
    survey = survey_to_change(request, survey_id)
    lang = survey.languages[0]
    asked = questionnaire_of(survey)
    if request.method == "POST" and "always" in request.POST:
        return _always(request, survey_id)
    form = RuleForm(
        request.POST if request.method == "POST" else None,
        targets=_targets(asked, lang),
        fields=_fields(asked, lang),
    )
    if form.is_valid():
        given = form.cleaned_data
        rule = Condition(given["field"], given["test"], given["value"])
        try:
            editing.set_rule(
                actor=request.member,
                survey=survey,
                target=given["target"],
                rule=rule,
                at=timezone.now(),
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            return redirect("edit_rules", survey_id=survey_id)
    titles = dict(_targets(asked, lang))
    lines = [
        RuleLine(target, titles[target], told_condition(rule, asked.asked, asked.extras, lang, ""))
        for target, rule in asked.extras.rules.items()
        if target in titles
    ]
    words = {"form": form, "survey": survey, "lines": lines}
    return render(request, "surveys/edit_rules.html", words)


def _always(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    survey = survey_to_change(request, survey_id)
    try:
        editing.set_rule(
            actor=request.member,
            survey=survey,
            target=request.POST["always"],
            rule=None,
            at=timezone.now(),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("edit_rules", survey_id=survey_id)


def _targets(asked: Questionnaire, lang: str) -> list[tuple[str, str]]:
    """Return what may be shown or not: id, and its words cut to a line; own questions first."""
    titles = _titles(asked, lang)
    found = targets_of(asked.asked, asked.extras.own)
    named = [(target, titles[columns[-1]]) for target, columns in found.items() if columns]
    return sorted(named, key=lambda one: not one[0].startswith("own."))


def _fields(asked: Questionnaire, lang: str) -> list[tuple[str, str]]:
    """Return the answers that a rule may ask for: column, and its words with its answers."""
    titles = _titles(asked, lang)
    own = {one.column: one for one in asked.extras.own}
    found = []
    for column in asked.columns:
        question = own.get(column)
        if question is None or question.kind not in INCOMPARABLE:
            answers = "" if question is None else _answers(question, lang)
            found.append((column, titles[column] + answers))
    return found


def _answers(question: OwnQuestion, lang: str) -> str:
    told = ", ".join(f"{one.id} = {one.text.get(lang, '')[:30]}" for one in question.options)
    return f" [{told}]" if told else ""


def _titles(asked: Questionnaire, lang: str) -> dict[str, str]:
    instrument = asked.asked
    found: dict[str, str] = {}
    names = {one.id: one.title.get(lang, one.id) for one in instrument.batteries}
    for item in instrument.items:
        for battery, column in item.columns.items():
            text = filled(wording(item, battery, lang), instrument, lang)
            found[column] = f"{names[battery]}: {_brief(text)}"
    for outcome in instrument.outcomes:
        for column in outcome.columns:
            found[column] = _brief(outcome.title.get(lang, outcome.id))
    return found | {one.column: _brief(one.text.get(lang, "")) for one in asked.extras.own}


def _brief(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:88]}…"
