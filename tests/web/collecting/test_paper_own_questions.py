"""Own questions and the consent text on paper: printed, keyed, kept."""

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from pypdf import PdfReader
from survey_maker import AT, made_survey

from fivegaps.web.collecting.models import PaperBatch
from fivegaps.web.collecting.paper import forms_of, keyings, printed_form
from fivegaps.web.collecting.services.paper import key_again, key_form, open_batch, sample_forms
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Response
from fivegaps.web.surveys.own_questions import Condition, Option, OwnQuestion
from fivegaps.web.surveys.services import editing
from fivegaps.web.surveys.services.consenting import write_consent
from fivegaps.web.surveys.services.programmes import move_wave

pytestmark = pytest.mark.postgres
DAY = AT.date()
OPTIONS = (Option("a", {"en": "Counter"}), Option("b", {"en": "Lounge"}))
OWN = (
    OwnQuestion("q1", "single", {"en": "Which desk?"}, OPTIONS),
    OwnQuestion("q2", "multiple", {"en": "Which rooms?"}, OPTIONS),
    OwnQuestion("q3", "number", {"en": "Minutes?"}, maximum=600),
    OwnQuestion("q4", "long", {"en": "Tell us."}, is_required=True),
    OwnQuestion("q5", "nps", {"en": "Recommend?"}, low={"en": "never"}, high={"en": "surely"}),
    OwnQuestion("q6", "points", {"en": "Share out."}, OPTIONS),
)
KEYED = {"x_q1": "b", "x_q2_a": "1", "x_q3": "12", "x_q5": "10", "x_q6_a": "60", "x_q6_b": "40"}


@pytest.fixture
def survey(office):
    made = made_survey("draft", languages=["en"], points=False)
    for question in OWN:
        editing.put_question(actor=None, survey=made, question=question, at=AT)
    move_wave(actor=None, wave=selectors.waves_of(made)[0], verb="open", at=AT)
    return made


def a_batch(survey, day: date = DAY) -> PaperBatch:
    wave = selectors.waves_of(survey)[0]
    asked = {"unit": None, "channel": None, "filled_on": day, "lang": "en"}
    return open_batch(actor=None, wave=wave, at=AT, **asked)


def words(survey) -> str:
    pdf = printed_form(selectors.waves_of(survey)[0], "en")
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_own_questions_are_printed(survey) -> None:
    told = words(survey)

    for question in OWN:
        assert question.text["en"] in told
    for said in ("1 Counter", "2 Lounge", "0 never", "10 surely"):
        assert said in told


def test_own_questions_are_keyed_and_compared(survey, quality_manager) -> None:
    batch = a_batch(survey)
    form = key_form(batch=batch, submission_id=uuid4(), values=KEYED)
    sample_forms(actor=quality_manager, batch=batch, n=1, at=AT)
    key_again(form=form, values=KEYED | {"x_q3": "21", "x_q4": "in words"}, at=AT)

    told = keyings(batch.wave, forms_of(batch))

    other = Response.objects.get().other
    assert other == {
        "x_q1": "b",
        "x_q2": ["a"],
        "x_q3": 12,
        "x_q5": 10,
        "x_q6_a": 60,
        "x_q6_b": 40,
    }
    assert [(one.field, one.first, one.second) for one in told.differences] == [
        ("x_q3", "12", "21")
    ]


def test_slip_keeps_what_was_keyed(survey, quality_manager, as_member) -> None:
    batch = a_batch(survey)
    sheet = KEYED | {"x_q3": "601", "submission_id": str(uuid4())}

    answer = as_member(quality_manager).post(f"/surveys/{survey.id}/paper/{batch.id}/", sheet)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(" checked") == 3
    assert 'value="601"' in page
    assert not Response.objects.exists()


def test_condition_of_a_question_is_printed(office) -> None:
    made = made_survey("draft", languages=["en"], points=False)
    for question in OWN[:3]:
        editing.put_question(actor=None, survey=made, question=question, at=AT)
    rule = Condition("x_q1", "is", "b")
    editing.set_rule(actor=None, survey=made, target="own.q3", rule=rule, at=AT)

    assert "Only if you chose “Lounge”" in words(made)


def test_answer_keeps_the_consent_text_of_the_day_on_which_it_was_given(survey) -> None:
    first = write_consent(actor=None, survey=None, texts={"en": "We read it."}, at=AT)
    batch = a_batch(survey)
    later = AT + timedelta(days=3)
    write_consent(actor=None, survey=survey, texts={"en": "We keep it."}, at=later)

    key_form(batch=batch, submission_id=uuid4(), values=KEYED)
    before = a_batch(survey, DAY - timedelta(days=1))
    key_form(batch=before, submission_id=uuid4(), values=KEYED)

    found = Response.objects.order_by("-submitted_at").values_list("consent", flat=True)
    assert list(found) == [first.number, None]


def test_consent_text_is_printed_with_its_number(survey) -> None:
    shown = write_consent(actor=None, survey=survey, texts={"en": "We read it."}, at=AT)

    assert f"We read it. ({shown.number})" in words(survey)
