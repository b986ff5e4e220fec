"""A questionnaire is worded anew, shortened, extended. Each change is a version of its own.

A version that a wave has begun with stays as it was; what is changed then counts from the
next wave on. A version that no wave has begun with is replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.errors import InstrumentRefused
from fivegaps.knowledge.writing import to_toml
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import has_unseen_signs, tidy, tidy_lines
from fivegaps.web.surveys.conditions import as_number, order_of, targets_of
from fivegaps.web.surveys.editing import Questionnaire, questionnaire_of
from fivegaps.web.surveys.models import InstrumentVersion, State, Survey, Wave
from fivegaps.web.surveys.own_questions import (
    MOST_QUESTIONS,
    WITH_OPTIONS,
    Condition,
    Extras,
    OwnQuestion,
    Sampling,
    to_json,
)
from fivegaps.web.surveys.questionnaire import digest, read_frozen
from fivegaps.web.surveys.texts import LONGEST, Text, reworded


@transaction.atomic
def reword(
    *,
    actor: audit.Actor | None,
    survey: Survey,
    wordings: Mapping[tuple[str, str], str],
    at: datetime,
) -> int:
    """Word texts anew, (key, language) to text, and return how many changed.

    Raises:
        ValidationError: A text is not the questionnaire's, is needed, or cannot be used.
    """
    asked = _held(survey)
    texts = {text.key: text for text in asked.texts}
    changed: dict[tuple[str, str], str] = {}
    for (key, lang), raw in wordings.items():
        text = checked(survey, texts, key, lang, raw)
        if text != texts[key].in_language(lang):
            changed[key, lang] = text
    if changed:
        whole, extras = reworded(asked.whole, asked.extras, changed)
        _keep(actor, survey, replace(asked, whole=whole, extras=extras), "reworded", at)
    return len(changed)


def checked(survey: Survey, texts: Mapping[str, Text], key: str, lang: str, raw: str) -> str:
    """Return a wording as it is kept.

    Raises:
        ValidationError: The text is not the questionnaire's, is needed, or cannot be used.
    """
    text = tidy_lines(raw) if key == "form.thanks" else tidy(raw)
    if key not in texts or lang not in survey.languages:
        raise ValidationError(_("This text is not asked for here."))
    if len(text) > LONGEST or has_unseen_signs(text):
        told = _("“%(text)s” is too long, or has signs that cannot be seen.")
        raise ValidationError(told % {"text": text[:40]})
    if lang == survey.languages[0] and texts[key].is_needed and not text:
        raise ValidationError(_("In the first language every question needs its words."))
    return text


@transaction.atomic
def choose_items(
    *,
    actor: audit.Actor | None,
    survey: Survey,
    asked_items: Collection[str],
    linking: Collection[str],
    k: int | None,
    at: datetime,
) -> None:
    """Ask these items only; with ``k``, the linking ones and k of the others by lot.

    Raises:
        ValidationError: No item is left, or fewer than k can be drawn.
    """
    now = _held(survey)
    names = [item.id for item in now.whole.items]
    kept = [name for name in names if name in asked_items]
    if not kept:
        raise ValidationError(_("At least one question must be asked."))
    sampling = None
    if k is not None:
        sampling = Sampling(tuple(name for name in kept if name in linking), k)
        free = len(kept) - len(sampling.linking)
        if not 1 <= k <= free:
            told = _("Draw from 1 to %(n)s: so many are not asked of everybody.")
            raise ValidationError({"k": told % {"n": free}})
    left_out = tuple(name for name in names if name not in kept)
    extras = replace(now.extras, left_out=left_out, sampling=sampling)
    if extras != now.extras:
        _keep(actor, survey, replace(now, extras=extras), "chose items", at)


@transaction.atomic
def put_question(
    *, actor: audit.Actor | None, survey: Survey, question: OwnQuestion, at: datetime
) -> None:
    """Add an own question, or put a changed one in its place.

    Raises:
        ValidationError: There are too many, or it lacks what its kind needs.
    """
    now = _held(survey)
    _check(question, survey.languages[0])
    ids = [one.id for one in now.extras.own]
    if question.id in ids:
        own = tuple(question if one.id == question.id else one for one in now.extras.own)
    else:
        own = (*now.extras.own, question)
    if len(own) > MOST_QUESTIONS:
        told = _("A survey has at most %(n)s questions of its own.") % {"n": MOST_QUESTIONS}
        raise ValidationError(told)
    extras = replace(now.extras, own=own)
    _keep(actor, survey, replace(now, extras=_tidied(now, extras)), "changed a question", at)


@transaction.atomic
def remove_question(
    *, actor: audit.Actor | None, survey: Survey, question_id: str, at: datetime
) -> None:
    """Take an own question out; earlier waves keep it and its answers."""
    now = _held(survey)
    own = tuple(one for one in now.extras.own if one.id != question_id)
    if len(own) < len(now.extras.own):
        extras = _tidied(now, replace(now.extras, own=own))
        _keep(actor, survey, replace(now, extras=extras), "removed a question", at)


@transaction.atomic
def move_question(
    *, actor: audit.Actor | None, survey: Survey, question_id: str, at: datetime
) -> None:
    """Put an own question before the one above it."""
    now = _held(survey)
    own = list(now.extras.own)
    place = next((n for n, one in enumerate(own) if one.id == question_id), 0)
    if place > 0:
        own[place - 1], own[place] = own[place], own[place - 1]
        extras = _tidied(now, replace(now.extras, own=tuple(own)))
        _keep(actor, survey, replace(now, extras=extras), "moved a question", at)


@transaction.atomic
def set_rule(
    *,
    actor: audit.Actor | None,
    survey: Survey,
    target: str,
    rule: Condition | None,
    at: datetime,
) -> None:
    """Show a question only when an earlier answer passes a test; None: always.

    Raises:
        ValidationError: One of the two is not asked, or the other comes later, or the value is
            none of its answers.
    """
    now = _held(survey)
    targets = targets_of(now.asked, now.extras.own)
    if target not in targets:
        raise ValidationError({"target": _("This question is not asked.")})
    rules = {name: one for name, one in now.extras.rules.items() if name != target}
    if rule is not None:
        _check_rule(now, targets[target], rule)
        rules[target] = rule
    extras = replace(now.extras, rules=rules)
    _keep(actor, survey, replace(now, extras=extras), "set a rule", at)


def _check_rule(now: Questionnaire, columns: tuple[str, ...], rule: Condition) -> None:
    order = now.columns
    if rule.field not in order:
        raise ValidationError({"field": _("This question is not asked.")})
    if order.index(rule.field) >= min(order.index(one) for one in columns):
        raise ValidationError({"field": _("Choose a question that comes earlier in the form.")})
    own = {one.column: one for one in now.extras.own}.get(rule.field)
    if own is not None and own.kind in {"date", "short", "long", "points"}:
        raise ValidationError({"field": _("Answers to this question cannot be compared.")})
    if own is not None and own.kind in WITH_OPTIONS:
        if rule.value not in {one.id for one in own.options} or rule.test not in {"is", "not"}:
            told = _("Choose “is” or “is not”, and one of the answers: %(answers)s.")
            answers = ", ".join(one.id for one in own.options)
            raise ValidationError({"value": told % {"answers": answers}})
    elif as_number(rule.value) is None:
        raise ValidationError({"value": _("Write a number.")})


def _tidied(now: Questionnaire, extras: Extras) -> Extras:
    """Return extras without rules about what is gone, or asks for what comes later."""
    targets = targets_of(now.whole, extras.own)
    order = order_of(now.whole, extras.own)
    place = {column: n for n, column in enumerate(order)}
    rules = {
        name: rule
        for name, rule in extras.rules.items()
        if name in targets
        and place.get(rule.field, len(order)) < min(place[one] for one in targets[name])
    }
    return replace(extras, rules=rules)


def _check(question: OwnQuestion, first: str) -> None:
    if not question.text.get(first):
        raise ValidationError({"text": _("Write the question.")})
    if question.kind in WITH_OPTIONS and len(question.options) < 2:
        raise ValidationError({"options": _("Write at least two answers, one a line.")})
    if question.kind == "number" and question.minimum >= question.maximum:
        raise ValidationError({"maximum": _("The highest must be above the lowest.")})


def _held(survey: Survey) -> Questionnaire:
    """Return the latest questionnaire; no other change of it comes in between."""
    Survey.objects.select_for_update().get(id=survey.id)
    return questionnaire_of(survey)


def _keep(
    actor: audit.Actor | None, survey: Survey, changed: Questionnaire, verb: str, at: datetime
) -> None:
    toml = to_toml(changed.asked)
    try:
        read_frozen(toml)
    except InstrumentRefused as error:
        raise ValidationError(str(error)) from None
    left_out = changed.extras.left_out
    extras = replace(changed.extras, whole=to_toml(changed.whole) if left_out else "")
    version = InstrumentVersion(
        survey=survey,
        number=changed.number + 1,
        toml=toml,
        extras=to_json(extras),
        sha256=digest(toml),
        created_at=at,
    )
    version.save(force_insert=True)
    waves = Wave.objects.select_for_update().filter(survey=survey, state=State.DRAFT)
    Wave.objects.filter(id__in=[wave.id for wave in waves]).update(version=version)
    if not Wave.objects.filter(version_id=changed.version_id).exists():
        InstrumentVersion.objects.filter(id=changed.version_id).delete()
        version.number = changed.number
        version.save(update_fields=["number"])
    audit.record(actor=actor, verb=verb, kind="questionnaire", subject=version.id, at=at)
