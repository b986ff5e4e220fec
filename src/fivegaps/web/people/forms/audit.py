"""The form that chooses deeds of the audit log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people import audit_log
from fivegaps.web.people.audit_log import Wanted
from fivegaps.web.shared.audit import SYSTEM
from fivegaps.web.shared.forms import DayField


class AuditForm(forms.Form):
    """Which deeds to show; what cannot be understood is left aside with a word."""

    filters = ("actor", "verb", "kind", "since", "until")

    actor = forms.ChoiceField(label=_("Who"), required=False)
    verb = forms.ChoiceField(label=_("Did what"), required=False)
    kind = forms.ChoiceField(label=_("To what"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)
    before = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        people = [("", _("anybody")), (SYSTEM, _("the office itself")), *audit_log.actors()]
        self._choose("actor", people)
        self._choose("verb", [("", _("anything")), *((one, one) for one in audit_log.verbs())])
        self._choose("kind", [("", _("anything")), *((one, one) for one in audit_log.kinds())])

    def wanted(self) -> Wanted:
        """Return what was asked for."""
        return Wanted(**{name: self.cleaned_data[name] for name in self.filters})

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]
