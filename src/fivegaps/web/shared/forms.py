"""The ground of every form: fields that take text as people write it and refuse the rest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fivegaps.web.shared.text import has_unseen_signs, tidy, tidy_lines

RESERVED = {"add", "invite", "import"}  # addresses of pages beside those of the things


class LineField(forms.CharField):
    """One line of text in NFC, without signs that nobody can see."""

    def to_python(self, value: Any) -> str:
        """Return the tidied line."""
        text = super().to_python(value)
        return tidy(text) if isinstance(text, str) else ""

    def validate(self, value: Any) -> None:
        """Refuse control signs and lone surrogates."""
        super().validate(value)
        if has_unseen_signs(value):
            raise ValidationError(_("Leave out signs that cannot be seen."), code="unseen")


class TextField(LineField):
    """Several lines of text."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> str:
        """Return the tidied lines."""
        text = forms.CharField.to_python(self, value)
        return tidy_lines(text) if isinstance(text, str) else ""


class CodeField(forms.CharField):
    """A short name for files and addresses: lower-case letters, digits, hyphens."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 40)
        super().__init__(**options)
        self.widget.attrs.update(
            {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        )

    def validate(self, value: Any) -> None:
        """Refuse what would not stand in an address."""
        super().validate(value)
        if value and not is_code(value):
            raise ValidationError(
                _("Use lower-case letters a to z, digits and hyphens, such as riga-centre."),
                code="code",
            )


class DayField(forms.DateField):
    """A day, picked from the browser's own calendar; always 2026-07-31 on the wire."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    input_formats = ("%Y-%m-%d",)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.localize = False


def is_code(text: str) -> bool:
    """Return whether a text is a code: a to z, 0 to 9, inner hyphens, at most 40 signs."""
    parts = text.split("-")
    signs = "abcdefghijklmnopqrstuvwxyz0123456789"
    return (
        len(text) <= 40
        and text not in RESERVED
        and all(part and set(part) <= set(signs) for part in parts)
    )


def tell_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what a service refused beside the field that it is about, else on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, found in error.error_dict.items():
        form.add_error(name if name in form.fields else None, found)
