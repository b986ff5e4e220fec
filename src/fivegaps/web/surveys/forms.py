"""Forms of the staff's pages of surveys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.forms import UnitChoiceField, in_tree_order
from fivegaps.web.people.models import Channel, Touchpoint, UnitSet
from fivegaps.web.shared.forms import LineField
from fivegaps.web.surveys.models import Identification
from fivegaps.web.surveys.questionnaire import outcome_titles, packs, profiles
from fivegaps.web.surveys.voices import voice_packs


def pack_choices() -> list[tuple[str, str]]:
    """Return the shipped instruments as choices, each with its length."""
    told = _("%(title)s: %(n)s questions")
    return [
        (one.id, told % {"title": one.title, "n": one.questions})
        for one in packs(get_language() or "en")
    ]


def profile_choices() -> list[tuple[str, str]]:
    """Return the industry profiles as choices."""
    return [("", str(_("any service"))), *profiles(get_language() or "en")]


def outcome_choices() -> list[tuple[str, str]]:
    """Return what may be asked all in all."""
    return list(outcome_titles(get_language() or "en"))


class SurveyForm(forms.Form):
    """A new survey."""

    title = LineField(
        label=_("Title"), max_length=120, help_text=_("For your staff; respondents do not see it.")
    )
    pack = forms.ChoiceField(
        label=_("Questionnaire"), choices=pack_choices, widget=forms.RadioSelect
    )
    profile = forms.ChoiceField(
        label=_("Wording for"),
        choices=profile_choices,
        required=False,
        help_text=_("The statements then speak of what your customers know."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    outcomes = forms.MultipleChoiceField(
        label=_("Ask at the end, all in all"),
        choices=outcome_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    points = forms.BooleanField(
        label=_("Let respondents share out 100 points over the dimensions"), required=False
    )
    identification = forms.ChoiceField(
        label=_("Who answers"),
        choices=Identification.choices,
        initial=Identification.CONFIDENTIAL,
        widget=forms.RadioSelect,
    )
    tells_unit = forms.BooleanField(
        label=_("Let anonymous answers keep their unit"),
        required=False,
        help_text=_("Respondents of one unit are then told apart from those of another."),
    )
    wave = LineField(
        label=_("Name of the first wave"),
        max_length=60,
        help_text=_("A wave is one fielding, such as 2026 or spring 2026."),
    )


class StaffSurveyForm(forms.Form):
    """A new survey of managers or employees: never with a name."""

    title = LineField(
        label=_("Title"), max_length=120, help_text=_("For your staff; respondents do not see it.")
    )
    pack = forms.ChoiceField(label=_("Questionnaire"), widget=forms.RadioSelect)
    profile = forms.ChoiceField(
        label=_("Wording for"),
        choices=profile_choices,
        required=False,
        help_text=_("The statements then speak of what your customers know."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    identification = forms.ChoiceField(
        label=_("Who answers"),
        choices=[one for one in Identification.choices if one[0] != Identification.IDENTIFIED],
        initial=Identification.CONFIDENTIAL,
        widget=forms.RadioSelect,
        help_text=_("Staff are never asked for a name."),
    )
    tells_unit = forms.BooleanField(
        label=_("Let anonymous answers keep their unit"),
        required=False,
        help_text=_("Respondents of one unit are then told apart from those of another."),
    )
    wave = LineField(
        label=_("Name of the first wave"),
        max_length=60,
        help_text=_("A wave is one fielding, such as 2026 or spring 2026."),
    )

    def __init__(self, *args: Any, voice: str, **named: Any) -> None:
        super().__init__(*args, **named)
        told = _("%(title)s: %(n)s questions")
        self.fields["pack"].choices = [  # type: ignore[attr-defined]
            (one.id, told % {"title": one.title, "n": one.questions})
            for one in voice_packs(voice, get_language() or "en")
        ]


class WaveForm(forms.Form):
    """A further wave with the same questionnaire."""

    name = LineField(label=_("Name"), max_length=60)
    quota = forms.IntegerField(
        label=_("Close after so many answers"), required=False, min_value=1, max_value=10_000_000
    )


class LinkForm(forms.Form):
    """A link for one place."""

    unit = UnitChoiceField(label=_("Unit"), required=False, empty_label=_("no unit"))
    channel = forms.ModelChoiceField(
        label=_("Channel"),
        queryset=Channel.objects.filter(closed_on=None),
        to_field_name="code",
        required=False,
        empty_label=_("any channel"),
    )
    touchpoint = forms.ModelChoiceField(
        label=_("Touchpoint"),
        queryset=Touchpoint.objects.filter(closed_on=None),
        to_field_name="code",
        required=False,
        empty_label=_("any touchpoint"),
        help_text=_("Such as: opening an account."),
    )

    def __init__(self, *args: Any, units: UnitSet, may_whole: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        unit = self.fields["unit"]
        unit.queryset = in_tree_order(units)  # type: ignore[attr-defined]
        unit.required = not may_whole


class ReachForm(forms.Form):
    """How many customers were served and asked in one unit."""

    unit = UnitChoiceField(label=_("Unit"), required=False, empty_label=_("no unit"))
    served = forms.IntegerField(
        label=_("Customers served"), required=False, min_value=0, max_value=2_000_000_000
    )
    asked = forms.IntegerField(
        label=_("Of them asked to answer"), required=False, min_value=0, max_value=2_000_000_000
    )

    def __init__(self, *args: Any, units: UnitSet, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = in_tree_order(units)  # type: ignore[attr-defined]
