"""Forms of privacy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fivegaps.web.collecting.addresses import tidy_address
from fivegaps.web.privacy.services.retention import MOST_MONTHS
from fivegaps.web.shared.forms import LineField, TextField
from fivegaps.web.surveys.services.consenting import LONGEST

RECEIPT, ADDRESS, CONTACT = "receipt", "address", "contact"


class ConsentForm(forms.Form):
    """The consent text in each language."""

    def __init__(self, *args: Any, languages: Sequence[str], **named: Any) -> None:
        super().__init__(*args, **named)
        names = dict(settings.LANGUAGES)
        for lang in languages:
            self.fields[lang] = TextField(
                label=str(names[lang]), required=False, max_length=LONGEST
            )
            self.fields[lang].widget.attrs.update({"rows": 5, "lang": lang})


class RetentionForm(forms.Form):
    """How long answers stay."""

    months = LineField(
        label=_("Months after the end of a wave"),
        required=False,
        help_text=_("Then its answers are erased for good. Leave it empty to keep them."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
    )

    def clean_months(self) -> int | None:
        """Return a whole number of ASCII digits, None for an empty field."""
        text = self.cleaned_data["months"]
        if not text:
            return None
        if not (len(text) <= 3 and text.isascii() and text.isdigit()):
            raise ValidationError(_("Only whole numbers."))
        if not 1 <= int(text) <= MOST_MONTHS:
            raise ValidationError(_("From 1 month to 20 years."))
        return int(text)


class PersonForm(forms.Form):
    """Whom to look for."""

    kind = forms.ChoiceField(
        label=_("What the person can tell"),
        choices=[
            (RECEIPT, _("The receipt of an answer")),
            (ADDRESS, _("The e-mail address that was invited")),
            (CONTACT, _("The name or address left with an identified answer")),
        ],
        initial=RECEIPT,
        widget=forms.RadioSelect,
    )
    text = LineField(label=_("Receipt, address or name"), max_length=254)

    def clean(self) -> dict[str, Any]:
        """Refuse what is no address where one is wanted."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == ADDRESS and given.get("text"):
            try:
                given["text"] = tidy_address(given["text"])
            except ValidationError as error:
                self.add_error("text", error)
        return given
