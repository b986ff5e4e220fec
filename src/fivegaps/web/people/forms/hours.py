"""Forms of opening hours and holidays: a day is one line, written as people write it."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import get_day_names
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fivegaps.model.hours import Spans, Week
from fivegaps.web.people.forms.places import UnitChoiceField, in_tree_order, time_zones
from fivegaps.web.people.hour_words import NoHours, hours_in, told
from fivegaps.web.people.models import UnitSet
from fivegaps.web.shared.forms import DayField, LineField
from fivegaps.web.shared.templatetags.office import babel_locale

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class HoursField(LineField):
    """The open stretches of one day, such as 9:00-12:00, 13:00-17:00; empty when closed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=100, **options)
        self.widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: Any) -> Any:
        """Return the stretches."""
        try:
            return hours_in(super().clean(value))
        except NoHours:
            raise ValidationError(
                _("Write it like 9:00-17:00, or 9:00-12:00, 13:00-17:00."), code="hours"
            ) from None


class WeekForm(forms.Form):
    """The hours of a week and the day from which they hold."""

    def __init__(self, *args: Any, below: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if below:
            zones = [("", _("as in the unit above")), *time_zones()]
            self.fields["time_zone"] = forms.ChoiceField(
                label=_("Time zone"), choices=zones, required=False
            )
            self.fields["as_above"] = forms.BooleanField(
                label=_("The hours of the unit above"), required=False
            )
        names = get_day_names("wide", locale=babel_locale())
        for number, key in enumerate(DAYS):
            self.fields[key] = HoursField(label=names[number])
        self.fields["since"] = DayField(
            label=_("These hours hold from"),
            required=False,
            help_text=_("Leave it empty when they have been like this as long as anybody knows."),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse hours of its own beside the tick that says it has none."""
        given = super().clean() or self.cleaned_data
        if given.get("as_above") and set(DAYS) & set(self.changed_data):
            self.add_error(
                "as_above", _("You changed hours below: take this tick away to keep them.")
            )
        return given

    def week(self) -> Week | None:
        """Return the hours that were entered; None: those of the unit above."""
        if self.cleaned_data.get("as_above"):
            return None
        return Week(tuple(self.cleaned_data[key] for key in DAYS))

    @staticmethod
    def initial_of(week: Week | None) -> dict[str, object]:
        """Return what the form shows at first."""
        if week is None:
            return {}
        return {key: told(day) for key, day in zip(DAYS, week.days, strict=True)}


class HolidayForm(forms.Form):
    """A day with other hours."""

    name = LineField(label=_("Name"), max_length=120)
    day = DayField(label=_("Day"))
    until = DayField(label=_("Last day, if it lasts longer"), required=False)
    unit = UnitChoiceField(
        label=_("Where"), required=False, empty_label=_("the whole organisation")
    )
    hours = HoursField(
        label=_("Open all the same"),
        help_text=_("Hours such as 9:00-12:00; leave it empty when closed all day."),
    )

    def __init__(self, *args: Any, units: UnitSet, must_name_unit: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        unit = self.fields["unit"]
        unit.queryset = in_tree_order(units)  # type: ignore[attr-defined]
        unit.required = must_name_unit

    def clean_until(self) -> date | None:
        """Refuse an end before the beginning, or after more than a month."""
        first, last = self.cleaned_data.get("day"), self.cleaned_data.get("until")
        if first is not None and last is not None and not 0 <= (last - first).days < 31:
            raise ValidationError(_("Choose a day within a month after the first."))
        return last if isinstance(last, date) else None

    @property
    def spans(self) -> Spans:
        """The hours that were entered."""
        return tuple(self.cleaned_data["hours"])
