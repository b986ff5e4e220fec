"""The form that takes a file of past answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fivegaps.web.collecting.past_answers import BESIDE
from fivegaps.web.shared.forms import DayField, LineField

MOST_BYTES = 200 * 1024 * 1024


class PastForm(forms.Form):
    """A file, the wave that it becomes, and where its columns are."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX, ODS, SPSS, Stata or Parquet, a row for each answer; the columns of the "
            "questions are called as in the questionnaire of this survey."
        ),
    )
    wave_name = LineField(
        label=_("Name of the wave"),
        max_length=60,
        help_text=_("The same name again adds what is new in the file, and nothing twice."),
    )
    ended_on = DayField(
        label=_("Last day of the wave"), help_text=_("Rows without a day count for this one.")
    )
    respondent = LineField(
        label=_("Column of the respondent"),
        required=False,
        max_length=200,
        help_text=_(
            "Only to tell rows apart: it is not stored. Without it rows are told apart by what "
            "they say. These columns may be missing from the file."
        ),
    )
    unit = LineField(label=_("Column of the unit"), required=False, max_length=200)
    channel = LineField(label=_("Column of the channel"), required=False, max_length=200)
    date = LineField(label=_("Column of the day"), required=False, max_length=200)
    lang = LineField(label=_("Column of the language"), required=False, max_length=200)
    remark = LineField(label=_("Column of remarks"), required=False, max_length=200)

    def clean_file(self) -> Any:
        """Refuse files that are larger than any survey's."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 200 MB."))
        return file

    @property
    def columns(self) -> dict[str, str]:
        """Which column holds what; what was left empty is not looked for."""
        found = {key: self.cleaned_data.get(key, "") for key in BESIDE}
        return {key: name for key, name in found.items() if name}
