"""Forms of employees, accounts and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fivegaps.web.accounts.models import User
from fivegaps.web.people.forms.places import UnitChoiceField, in_tree_order
from fivegaps.web.people.models import UnitSet
from fivegaps.web.people.rights import Role
from fivegaps.web.shared.forms import CodeField, DayField, LineField


class EmployeeForm(forms.Form):
    """A new employee."""

    name = LineField(label=_("Name"), max_length=120)
    code = CodeField(
        label=_("Code"),
        help_text=_("Staff number or the like; files of answers may name it."),
    )
    unit = UnitChoiceField(label=_("Works in"))
    joined_on = DayField(label=_("Since"), required=False)

    def __init__(self, *args: Any, units: UnitSet, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = in_tree_order(units)  # type: ignore[attr-defined]


class EmployeeChangeForm(forms.Form):
    """Name and first day of an employee who is there."""

    name = LineField(label=_("Name"), max_length=120)
    joined_on = DayField(label=_("Since"), required=False)


class MoveForm(forms.Form):
    """Another unit, and since when."""

    unit = UnitChoiceField(label=_("Works in"))
    moved_on = DayField(label=_("First day there"))

    def __init__(self, *args: Any, units: UnitSet, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = in_tree_order(units)  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """The last day at work."""

    left_on = DayField(label=_("Last day at work"))


class ComeBackForm(forms.Form):
    """Where and since when somebody works here again."""

    unit = UnitChoiceField(label=_("Works in"))
    since = DayField(label=_("First day back"))

    def __init__(self, *args: Any, units: UnitSet, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = in_tree_order(units)  # type: ignore[attr-defined]


class AccountForm(forms.Form):
    """The account that an employee signs in with."""

    user = forms.ModelChoiceField(
        label=_("Account"), queryset=User.objects.none(), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, users: QuerySet[User], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["user"].queryset = users  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """A role, and where it holds."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices])
    unit = UnitChoiceField(
        label=_("Where"),
        required=False,
        empty_label=_("the whole organisation"),
        help_text=_("The role holds in this unit and in those below it."),
    )

    def __init__(self, *args: Any, units: UnitSet, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = in_tree_order(units)  # type: ignore[attr-defined]


class InviteForm(RoleForm):
    """A person to invite."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    name = LineField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
    field_order = ("name", "email", "role", "unit", "language")
