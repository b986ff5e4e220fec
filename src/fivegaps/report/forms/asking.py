"""One door to the forms of customers' instruments and of the other voices."""

from __future__ import annotations

from fivegaps.model.instrument import Instrument
from fivegaps.model.questionnaire import Questionnaire
from fivegaps.report.forms import layout
from fivegaps.report.forms.layout import Form
from fivegaps.report.forms.questions import Question, questions, structure_columns
from fivegaps.report.forms.voices import voice_form, voice_questions

Asked = Instrument | Questionnaire
STAFF_COLUMNS = ("respondent", "wave", "unit")


def form_of(asked: Asked, lang: str, *, company: str | None = None) -> Form:
    """Return the form of an instrument or a questionnaire in one language.

    Raises:
        OptionRefused: It has no texts in this language.
    """
    if isinstance(asked, Questionnaire):
        return voice_form(asked, lang, company=company)
    return layout.form_of(asked, lang, company=company)


def asked_questions(asked: Asked, lang: str, *, company: str | None = None) -> tuple[Question, ...]:
    """Return every column that answers are keyed into, in the order of the form."""
    if isinstance(asked, Questionnaire):
        return voice_questions(asked, lang, company=company)
    return questions(asked, lang, company=company)


def first_columns(asked: Asked) -> tuple[str, ...]:
    """Return the columns that tell who answered, where and when."""
    return STAFF_COLUMNS if isinstance(asked, Questionnaire) else structure_columns(asked)
