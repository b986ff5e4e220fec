"""Forms of the organisation, its units, channels and touchpoints."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fivegaps.web.accounts.forms import PasswordField
from fivegaps.web.people.models import Channel, ChannelKind, Unit, UnitSet
from fivegaps.web.shared.forms import CodeField, DayField, LineField

CODE_HELP = _("Short and lasting: it names the place in files of answers. It cannot be changed.")


def time_zones() -> list[tuple[str, str]]:
    """Return the time zones that people live in, as choices."""
    names = [name for name in available_timezones() if "/" in name and not name.startswith("Etc/")]
    return [(name, name.replace("_", " ")) for name in ["UTC", *sorted(names)]]


class UnitChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One unit of the tree, drawn with its depth."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), to_field_name="code", **options)

    def label_from_instance(self, obj: Unit) -> str:
        """Return the name, set in by its depth."""
        return "\u2003" * obj.depth + obj.name


def in_tree_order(units: UnitSet) -> UnitSet:
    """Return units so that each follows its parent; names sort only the pages' own lists."""
    return units.order_by("path")


class UnitForm(forms.Form):
    """A new unit."""

    name = LineField(label=_("Name"), max_length=120)
    code = CodeField(label=_("Code"), help_text=CODE_HELP)
    parent = UnitChoiceField(
        label=_("Belongs to"), required=False, empty_label=_("nothing above it")
    )
    opened_on = DayField(label=_("Open since"), required=False)

    def __init__(self, *args: Any, parents: UnitSet, must_have_parent: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        parent = self.fields["parent"]
        parent.queryset = in_tree_order(parents)  # type: ignore[attr-defined]
        parent.required = must_have_parent


class UnitChangeForm(UnitForm):
    """A unit that is there; its code stays."""

    code = None  # type: ignore[assignment]


class CloseForm(forms.Form):
    """The day from which on a unit is closed."""

    closed_on = DayField(label=_("First day on which it is closed"))


class MergeForm(forms.Form):
    """The heir of a unit, and since when."""

    into = UnitChoiceField(label=_("Becomes part of"))
    merged_on = DayField(label=_("First day on which it is part of it"))

    def __init__(self, *args: Any, heirs: UnitSet, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["into"].queryset = in_tree_order(heirs)  # type: ignore[attr-defined]


class ChannelForm(forms.Form):
    """A new channel."""

    name = LineField(label=_("Name"), max_length=120)
    code = CodeField(label=_("Code"), help_text=CODE_HELP)
    kind = forms.ChoiceField(label=_("Kind"), choices=ChannelKind.choices)


class ChannelChangeForm(ChannelForm):
    """A channel that is there."""

    code = None  # type: ignore[assignment]
    closed_on = DayField(label=_("Closed since"), required=False)


class TouchpointForm(forms.Form):
    """A new touchpoint."""

    name = LineField(label=_("Name"), max_length=120)
    code = CodeField(label=_("Code"), help_text=CODE_HELP)
    channel = forms.ModelChoiceField(
        label=_("Channel"),
        queryset=Channel.objects.filter(closed_on=None),
        to_field_name="code",
        required=False,
        empty_label=_("any channel"),
    )


class TouchpointChangeForm(TouchpointForm):
    """A touchpoint that is there."""

    code = None  # type: ignore[assignment]
    closed_on = DayField(label=_("Closed since"), required=False)


class OrganisationForm(forms.Form):
    """Whose office this is."""

    name = LineField(label=_("Name of the organisation"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)


class SetUpForm(forms.Form):
    """The first form that anybody fills in."""

    organisation = LineField(label=_("Name of your organisation"), max_length=120)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    name = LineField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = PasswordField()


class ImportForm(forms.Form):
    """A file of people or places."""

    file = forms.FileField(label=_("File"), allow_empty_file=False)
