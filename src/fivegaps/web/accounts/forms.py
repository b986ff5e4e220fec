"""Forms of accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fivegaps.web.shared.forms import LineField


class PasswordField(forms.CharField):
    """A new password; the browser's own keeper may suggest it."""

    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})

    def __init__(self, **options: Any) -> None:
        advice = _("At least 12 signs. A few words in a row are strong and easy to remember.")
        options.setdefault("help_text", advice)
        super().__init__(label=_("Password"), strip=False, max_length=256, **options)


class JoinForm(forms.Form):
    """What an invited person says of himself."""

    name = LineField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    password = PasswordField()


class LanguageForm(forms.Form):
    """A choice of language, and where to go back to."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = forms.CharField(required=False, max_length=500)
