"""The form of a token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fivegaps.web.api.models import Scope
from fivegaps.web.shared.forms import DayField, LineField
from fivegaps.web.surveys.models import Survey


class TokenForm(forms.Form):
    """A new token: what for, what it opens, until when."""

    name = LineField(
        label=_("What for"),
        max_length=80,
        help_text=_("The system that will hold it, such as: till software."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it opens"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    surveys = forms.MultipleChoiceField(
        label=_("For these surveys alone; none chosen means every survey"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    expires_on = DayField(
        label=_("Last day"), help_text=_("At most two years from now; issue a new one in time.")
    )

    def __init__(self, *args: Any, surveys: Sequence[Survey], **named: Any) -> None:
        super().__init__(*args, **named)
        chosen = self.fields["surveys"]
        chosen.choices = [(str(one.id), one.title) for one in surveys]  # type: ignore[attr-defined]
        if not surveys:
            del self.fields["surveys"]
