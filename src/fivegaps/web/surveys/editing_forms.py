"""Forms of the pages on which a survey and its questionnaire are changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fivegaps.web.shared.forms import LineField, TextField
from fivegaps.web.surveys.models import Rhythm
from fivegaps.web.surveys.own_questions import (
    LARGEST,
    MOST_OPTIONS,
    WITH_OPTIONS,
    Option,
    OwnQuestion,
    option_ids,
)

KIND_TITLES = (
    ("single", _("One of several answers")),
    ("multiple", _("Several answers at once")),
    ("nps", _("Would recommend, 0 to 10 (NPS)")),
    ("csat", _("Satisfied, 1 to 5 (CSAT)")),
    ("ces", _("Effort, 1 to 7 (CES)")),
    ("points", _("Share out 100 points")),
    ("number", _("A number")),
    ("date", _("A day")),
    ("short", _("A line of text")),
    ("long", _("Several lines of text")),
)
TEST_TITLES = (
    ("is", _("is")),
    ("not", _("is not")),
    ("least", _("is at least (≥)")),
    ("most", _("is at most (≤)")),
)
LONGEST_TEXT = 600


class QuestionForm(forms.Form):
    """A question of the survey's own, in the survey's first language."""

    text = LineField(label=_("Question"), max_length=LONGEST_TEXT)
    kind = forms.ChoiceField(label=_("Answered by"), choices=KIND_TITLES)
    options = TextField(
        label=_("Answers"),
        required=False,
        help_text=_("One a line; for choices and for the 100 points."),
    )
    low = LineField(
        label=_("Words at the low end"),
        max_length=80,
        required=False,
        help_text=_("For scales, such as: very difficult."),
    )
    high = LineField(label=_("Words at the high end"), max_length=80, required=False)
    minimum = forms.IntegerField(
        label=_("Lowest number"), min_value=-LARGEST, max_value=LARGEST, required=False
    )
    maximum = forms.IntegerField(
        label=_("Highest number"), min_value=-LARGEST, max_value=LARGEST, required=False
    )
    decimals = forms.IntegerField(
        label=_("Decimals of a number"), min_value=0, max_value=3, required=False
    )
    is_required = forms.BooleanField(
        label=_("Needed: the form can be saved without it, but not sent"), required=False
    )

    def clean_options(self) -> list[str]:
        """Return the answers, one a line.

        Raises:
            ValidationError: There are too many, two are the same, or one is too long.
        """
        lines = [line.strip() for line in self.cleaned_data["options"].split("\n")]
        lines = [line for line in lines if line]
        if len(lines) > MOST_OPTIONS or any(len(line) > LONGEST_TEXT for line in lines):
            told = _("At most %(n)s answers, each of at most 600 signs.")
            raise forms.ValidationError(told, params={"n": MOST_OPTIONS})
        if len(set(lines)) < len(lines):
            raise forms.ValidationError(_("Two answers are the same."))
        return lines

    def question(self, lang: str, name: str, before: OwnQuestion | None) -> OwnQuestion:
        """Return what the form describes; translations of ``before`` are kept."""
        given = self.cleaned_data
        kind = given["kind"] if before is None else before.kind
        lines = given["options"] if kind in WITH_OPTIONS else []
        former = () if before is None else before.options
        said: dict[str, Mapping[str, str]] = {
            end: {} if before is None else getattr(before, end) for end in ("text", "low", "high")
        }
        lowest, highest = given["minimum"], given["maximum"]
        return OwnQuestion(
            id=name,
            kind=kind,
            text=_put(said["text"], lang, given["text"]),
            options=kept_options(lines, former, lang),
            low=_put(said["low"], lang, given["low"]),
            high=_put(said["high"], lang, given["high"]),
            minimum=0 if lowest is None else lowest,
            maximum=100 if highest is None else highest,
            decimals=given["decimals"] or 0,
            is_required=given["is_required"],
        )


def kept_options(lines: Sequence[str], former: Sequence[Option], lang: str) -> tuple[Option, ...]:
    """Return options for lines; the same words keep their id, and a line worded anew its place's.

    Ids stand in stored answers, so an id that is gone is not given to another option.
    """
    by_text = {one.text.get(lang, ""): one for one in former}
    kept = {by_text[line].id for line in lines if line in by_text}
    is_reworded = len(lines) == len(former)
    free = [one for one in option_ids() if one not in {old.id for old in former}]
    found: list[Option] = []
    for place, line in enumerate(lines):
        if line in by_text:
            found.append(by_text[line])
        elif is_reworded and former[place].id not in kept:
            found.append(Option(former[place].id, _put(former[place].text, lang, line)))
        else:
            name = free.pop(0) if free else f"o{place}"
            found.append(Option(name, {lang: line}))
    return tuple(found)


def _put(texts: Mapping[str, str], lang: str, text: str) -> dict[str, str]:
    rest = {code: said for code, said in texts.items() if code != lang}
    return {**rest, lang: text} if text else rest


class RuleForm(forms.Form):
    """When a question is shown."""

    target = forms.ChoiceField(label=_("Show the question"))
    field = forms.ChoiceField(label=_("only when the answer to"))
    test = forms.ChoiceField(label=_("this"), choices=TEST_TITLES)
    value = LineField(
        label=_("value"),
        max_length=16,
        help_text=_("A point of the scale, a number, or the letter of an answer."),
    )

    def __init__(
        self,
        *args: Any,
        targets: Sequence[tuple[str, str]],
        fields: Sequence[tuple[str, str]],
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.fields["target"].choices = targets  # type: ignore[attr-defined]
        self.fields["field"].choices = fields  # type: ignore[attr-defined]


class SurveySettingsForm(forms.Form):
    """What a survey is called, how it looks, in which languages it is wanted."""

    title = LineField(label=_("Title"), max_length=120)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(
        label=_("How it is fielded"), choices=Rhythm.choices, widget=forms.RadioSelect
    )
    names_employee = forms.BooleanField(
        label=_("Answers may carry the employee who served; feedback and coaching come first"),
        required=False,
    )
    colour = LineField(
        label=_("Colour"),
        max_length=7,
        required=False,
        help_text=_("Six signs after #, such as #15629f. Empty: the office's own blue."),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG or JPEG of at most 6 KiB: every respondent loads it."),
    )
    without_logo = forms.BooleanField(label=_("Show no logo"), required=False)


class WaveSettingsForm(forms.Form):
    """When a wave closes by itself."""

    closes_at = forms.DateTimeField(
        label=_("Closes at"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=("%Y-%m-%dT%H:%M",),
        help_text=_("In your time zone. Empty: when you close it."),
    )
    quota = forms.IntegerField(
        label=_("Close after so many answers"), required=False, min_value=1, max_value=10_000_000
    )


class CopyForm(forms.Form):
    """A new survey with the same questionnaire."""

    title = LineField(label=_("Title of the copy"), max_length=120)
    wave = LineField(label=_("Name of the first wave"), max_length=60)


class WordingsFileForm(forms.Form):
    """A translator's file."""

    file = forms.FileField(label=_("File"), help_text=_("The XLSX file that you took out."))
