"""Forms of invitations by mail."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fivegaps.web.collecting.addresses import LONGEST
from fivegaps.web.collecting.models import Outcome
from fivegaps.web.shared.forms import LineField, TextField

LONGEST_PASTE = 900_000


class WholeNumberField(forms.IntegerField):
    """A whole number in the digits 0 to 9."""

    def to_python(self, value: Any) -> int | None:
        """Return the number; other scripts' digits and long ones are refused."""
        if isinstance(value, str) and value.strip():
            text = value.strip()
            if not (text.isascii() and text.isdigit() and len(text) <= 9):
                raise ValidationError(_("Write a whole number."), code="invalid")
        found = super().to_python(value)
        return None if found is None else int(found)


class ShareField(forms.DecimalField):
    """A share in per cent, with a point or a comma."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Return the number; only the digits 0 to 9 are read."""
        if isinstance(value, str):
            value = value.strip().replace(",", ".")
            digits = value.replace(".", "", 1)
            if value and not (digits.isascii() and digits.isdigit() and len(value) <= 6):
                raise ValidationError(_("Write a share such as 25 or 12.5."), code="invalid")
        found = super().to_python(value)
        return None if found is None else Decimal(found)


class ListForm(forms.Form):
    """People to invite: pasted, or in a file."""

    text = forms.CharField(
        label=_("Addresses"),
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea({"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One a line. A name may stand before an address in angle brackets."),
    )
    file = forms.FileField(label=_("Or a file (CSV or XLSX)"), required=False)

    def clean(self) -> dict[str, Any]:
        """Make sure that there is the one or the other."""
        cleaned = super().clean() or {}
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if not self.errors and bool(text.strip()) == bool(file):
            raise ValidationError(_("Paste addresses or choose a file, one of both."))
        return cleaned


class SearchForm(forms.Form):
    """Which people of a list are shown."""

    q = LineField(label=_("Address, name or number"), required=False, max_length=120)
    state = forms.ChoiceField(
        label=_("What became of it"),
        required=False,
        choices=[("", _("everything")), *Outcome.choices],
    )


class RemindersForm(forms.Form):
    """After how many days people are reminded."""

    first = WholeNumberField(
        label=_("First reminder after so many days"),
        required=False,
        min_value=1,
        max_value=60,
    )
    second = WholeNumberField(label=_("Second"), required=False, min_value=1, max_value=60)
    third = WholeNumberField(label=_("Third"), required=False, min_value=1, max_value=60)

    @property
    def days(self) -> list[int]:
        """The days that were filled in, in their order."""
        found = [self.cleaned_data.get(name) for name in ("first", "second", "third")]
        return [day for day in found if day is not None]


class WordsForm(forms.Form):
    """The subject and text of a mail."""

    subject = LineField(label=_("Subject"), max_length=150)
    body = TextField(
        label=_("Text"), max_length=4000, widget=forms.Textarea({"rows": 16, "class": "words"})
    )


class SamplingForm(forms.Form):
    """Whom a survey asks after a transaction."""

    percent = ShareField(
        label=_("Share of customers who are asked, in %"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "class": "short"}),
        help_text=_("100 asks everybody; with less, chance decides."),
    )
    delay_minutes = WholeNumberField(
        label=_("Minutes between the transaction and the mail"),
        min_value=0,
        max_value=86_400,
        help_text=_("60 is an hour, 1440 a day."),
    )


class MailRulesForm(forms.Form):
    """What holds for the mails of all surveys."""

    days_between = WholeNumberField(
        label=_("Days between two invitations of one person"),
        required=False,
        min_value=1,
        max_value=730,
        help_text=_("Counted over all surveys. Empty: no limit. Reminders are not counted."),
    )
    quiet_from = forms.TimeField(
        label=_("No mails from"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("until"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("In the organisation's time zone. The same time twice: no quiet hours."),
    )
    a_minute = WholeNumberField(
        label=_("Mails a minute, at most"),
        min_value=1,
        max_value=10_000,
        help_text=_("Many mail servers take 30 to 100 a minute from one sender."),
    )
    reply_address = forms.EmailField(
        label=_("Replies go to"),
        required=False,
        max_length=LONGEST,
        help_text=_("Empty: to the sender of all mails of this office."),
    )
    bounce_address = forms.EmailField(
        label=_("Mails that come back go to"),
        required=False,
        max_length=LONGEST,
        help_text=_("Save that mailbox and read it with: fivegaps bounces FILE"),
    )
