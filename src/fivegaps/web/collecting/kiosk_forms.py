"""The form that puts a kiosk up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fivegaps.web.collecting.models import KioskMode
from fivegaps.web.people.forms import UnitChoiceField, in_tree_order
from fivegaps.web.people.models import Channel, UnitSet
from fivegaps.web.shared.forms import LineField


class SecondsField(forms.IntegerField):
    """A number of seconds, in the digits 0 to 9."""

    def to_python(self, value: Any) -> int | None:
        """Return the number; digits of other scripts are refused."""
        text = value.strip() if isinstance(value, str) else ""
        if text and not (text.isascii() and text.isdigit() and len(text) <= 4):
            raise ValidationError(_("Write a whole number."), code="invalid")
        found = super().to_python(value)
        return None if found is None else int(found)


class KioskForm(forms.Form):
    """A device and what it asks."""

    place = LineField(
        label=_("Where the device stands"),
        max_length=80,
        help_text=_("Such as: by the door. You tell devices apart by it."),
    )
    unit = UnitChoiceField(label=_("Unit"), required=False, empty_label=_("no unit"))
    channel = forms.ModelChoiceField(
        label=_("Channel"),
        queryset=Channel.objects.filter(closed_on=None),
        to_field_name="code",
        required=False,
        empty_label=_("any channel"),
    )
    mode = forms.ChoiceField(
        label=_("What it asks"), choices=KioskMode.choices, widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(
        label=_("The one question"),
        required=False,
        help_text=_("Only where the device asks one question."),
    )
    idle_seconds = SecondsField(
        label=_("Start afresh after so many seconds without a touch"),
        min_value=15,
        max_value=600,
        help_text=_("A countdown comes first, which anyone can stop."),
    )
    pause_seconds = SecondsField(
        label=_("Take no other answer for so many seconds after one"),
        min_value=2,
        max_value=120,
    )

    def __init__(
        self,
        *args: Any,
        units: UnitSet,
        may_whole: bool,
        outcomes: Sequence[tuple[str, str]],
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        unit = self.fields["unit"]
        unit.queryset = in_tree_order(units)  # type: ignore[attr-defined]
        unit.required = not may_whole
        self.fields["outcome"].choices = [("", "–"), *outcomes]  # type: ignore[attr-defined]
