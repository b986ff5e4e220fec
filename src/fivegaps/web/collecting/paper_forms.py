"""The forms around paper: a batch, and how many sheets to key twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fivegaps.web.collecting.kiosk_forms import SecondsField
from fivegaps.web.people.forms import UnitChoiceField, in_tree_order
from fivegaps.web.people.models import Channel, UnitSet
from fivegaps.web.shared.forms import DayField


class BatchForm(forms.Form):
    """Where and when sheets were filled in."""

    unit = UnitChoiceField(label=_("Unit"), required=False, empty_label=_("no unit"))
    channel = forms.ModelChoiceField(
        label=_("Channel"),
        queryset=Channel.objects.filter(closed_on=None),
        to_field_name="code",
        required=False,
        empty_label=_("any channel"),
    )
    filled_on = DayField(label=_("Filled in on"))
    lang = forms.ChoiceField(label=_("Language of the sheets"))

    def __init__(
        self,
        *args: Any,
        units: UnitSet,
        may_whole: bool,
        languages: Sequence[tuple[str, str]],
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        unit = self.fields["unit"]
        unit.queryset = in_tree_order(units)  # type: ignore[attr-defined]
        unit.required = not may_whole
        self.fields["lang"].choices = list(languages)  # type: ignore[attr-defined]


class SampleForm(forms.Form):
    """How many sheets are keyed twice."""

    n = SecondsField(label=_("How many sheets"), min_value=1, max_value=500, initial=10)
