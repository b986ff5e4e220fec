"""Answers that another system sends: once, by the rules of the pages, refused by name."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from api_maker import body_of, issued, made_survey, responses, send
from django.db import connection

from fivegaps.web.people.services.employees import add_employee
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import InstrumentVersion, Quarantine, Response, Survey
from fivegaps.web.surveys.own_questions import Extras, Option, OwnQuestion, to_json
from fivegaps.web.surveys.services.programmes import move_wave

pytestmark = pytest.mark.postgres


@pytest.fixture
def survey(office) -> Survey:
    return made_survey(points=True)


@pytest.fixture
def token(survey) -> str:
    return issued(survey)


def told(answer) -> dict[str, object]:
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    return answer.json()


def wrong(answer) -> set[tuple[str, str]]:
    return {(one["field"], one["code"]) for one in told(answer)["errors"]}


def test_answers_get_a_receipt_and_count_in_their_place(office, survey, token) -> None:
    body = body_of(survey, unit="riga", channel="counter", started_at="2026-03-02T09:00:00Z")

    sent = send(token, responses(survey), body)

    assert sent.status_code == 201
    row = Response.objects.get(receipt=sent.json()["receipt"])
    assert (row.unit_id, row.channel_id, row.source) == (office.riga.pk, office.counter.pk, "api")
    assert str(row.submission_id) == body["submission_id"]
    assert not row.is_test


def test_same_body_again_gives_the_same_receipt(survey, token) -> None:
    body = body_of(survey)
    first = send(token, responses(survey), body)

    again = send(token, responses(survey), json.dumps(body, sort_keys=True, indent=3))

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"answers": {"p_tan1": 2}}, {"lang": "vi"}, {"unit": "riga"}, {"channel": "counter"}],
    ids=str,
)
def test_same_id_with_another_body_is_set_aside(survey, token, changed) -> None:
    body = body_of(survey)
    send(token, responses(survey), body)

    other = send(token, responses(survey), body | changed)

    assert other.status_code == 409
    assert told(other)["type"] == "urn:fivegaps:other-content"
    assert Response.objects.count() == 1
    assert Quarantine.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_parallel_sends_of_one_body_are_one_answer(survey, token) -> None:
    body = body_of(survey)

    def one(_number: int):
        try:
            return send(token, responses(survey), body)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(one, range(24)))

    assert sorted(answer.status_code for answer in sent) == [200] * 23 + [201]
    assert len({answer.json()["receipt"] for answer in sent}) == 1
    assert Response.objects.count() == 1


def test_closed_wave_is_gone_but_what_it_recorded_keeps_its_receipt(survey, token) -> None:
    body = body_of(survey)
    first = send(token, responses(survey), body)
    wave = selectors.waves_of(survey)[0]
    move_wave(actor=None, wave=wave, verb="close", at=wave.opened_at)

    assert send(token, responses(survey), body_of(survey)).status_code == 410
    again = send(token, responses(survey), body)
    assert (again.status_code, again.json()) == (200, first.json())


def test_draft_takes_nothing_and_a_pilot_marks_it_as_test(office) -> None:
    draft, pilot = made_survey("draft"), made_survey("pilot")
    token = issued()

    assert told(send(token, responses(draft), body_of(draft)))["type"].endswith("not-open-yet")
    assert send(token, responses(pilot), body_of(pilot)).status_code == 201
    assert Response.objects.get().is_test


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"p_tan1": 8}, "number"),
        ({"p_tan1": 0}, "number"),
        ({"p_tan1": -1}, "number"),
        ({"p_tan1": 3.5}, "number"),
        ({"p_tan1": 1e300}, "number"),
        ({"p_tan1": int("9" * 4000)}, "number"),
        ({"p_tan1": "3"}, "number"),
        ({"p_tan1": True}, "answer"),
        ({"p_tan1": [3]}, "answer"),
        ({"p_tan1": {"value": 3}}, "answer"),
        ({"no_such_column": 3}, "unknown"),
        ({"\x00": 3}, "unknown"),
        ({"o_satisfaction": 99}, "number"),
        ({"remark": 3}, "text"),
        ({"remark": "a\x00b"}, "unseen"),
        ({"remark": "lone \ud800"}, "unseen"),
        ({"remark": "x" * 5000}, "long"),
        ({"contact": "me@example.org"}, "unknown"),
        ({"w_tangibles": 40, "w_reliability": 40}, "points"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_answer_that_cannot_be_taken_is_named(survey, token, answers, code) -> None:
    sent = send(token, responses(survey), body_of(survey, answers=answers))

    assert sent.status_code == 422
    assert wrong(sent) == {(next(iter(answers)), code)}
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"submission_id": "1"}, "submission_id", "uuid"),
        ({"submission_id": 5}, "submission_id", "uuid"),
        ({"lang": "de"}, "lang", "unknown"),
        ({"unit": "nowhere"}, "unit", "unknown"),
        ({"unit": "a\x00b"}, "unit", "string"),
        ({"channel": "telex"}, "channel", "unknown"),
        ({"employee": "anna"}, "employee", "not-kept"),
        ({"started_at": "2026-03-02T09:00:00"}, "started_at", "timezone"),
        ({"started_at": 1700000000}, "started_at", "text"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, "started_at", "time"),
        ({"mood": "fine"}, "mood", "unknown"),
        ({"answers": None}, "answers", "dict"),
        ({"answers": {}}, "answers", "empty"),
    ],
    ids=str,
)
def test_field_that_cannot_be_taken_is_named(survey, token, changed, field, code) -> None:
    sent = send(token, responses(survey), body_of(survey) | changed)

    assert sent.status_code == 422
    assert wrong(sent) == {(field, code)}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"3",
        b"NaN",
        b'{"submission_id": NaN}',
        b'{"answers": {"p_tan1": ' + b"9" * 5000 + b"}}",
        b'{"answers": {}, "answers": {}}',
        b"[" * 100_000,
    ],
    ids=lambda text: str(text[:30]),
)
def test_text_that_is_no_body_is_refused(survey, token, text) -> None:
    assert send(token, responses(survey), text).status_code in {400, 422}


def test_ten_megabytes_are_too_large(survey, token) -> None:
    sent = send(token, responses(survey), b'{"answers": "' + b"x" * 10_000_000 + b'"}')

    assert sent.status_code == 413
    assert told(sent)["type"] == "urn:fivegaps:too-large"


def test_null_and_none_are_no_answers_and_a_point_of_zero_is_a_whole_number(survey, token) -> None:
    answers = {"p_tan1": None, "p_tan2": "none", "p_tan3": 5.0}

    assert send(token, responses(survey), body_of(survey, answers=answers)).status_code == 201
    row = Response.objects.get()
    assert row.other == {"not_applicable": ["p_tan2"]}
    assert sum(row.codes) == 5


def own_survey() -> Survey:
    yes, no = Option("a", {"en": "Yes"}), Option("b", {"en": "No"})
    own = (
        OwnQuestion("q1", "single", {"en": "Member?"}, options=(yes, no), is_required=True),
        OwnQuestion("q2", "multiple", {"en": "Why?"}, options=(yes, no)),
        OwnQuestion("q3", "nps", {"en": "Recommend?"}),
        OwnQuestion("q4", "short", {"en": "Tell us"}),
    )
    survey = made_survey()
    InstrumentVersion.objects.filter(survey=survey).update(extras=to_json(Extras(own=own)))
    return survey


def test_own_questions_are_answered_by_column(office) -> None:
    survey = own_survey()
    answers = {"x_q1": "a", "x_q2_a": 1, "x_q2_b": 1, "x_q3": 9, "x_q4": "fine"}

    assert send(issued(), responses(survey), body_of(survey, answers=answers)).status_code == 201
    assert Response.objects.get().other == {
        "x_q1": "a",
        "x_q2": ["a", "b"],
        "x_q3": 9,
        "x_q4": "fine",
    }


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"x_q1": None}, "needed"),
        ({"x_q1": "c"}, "choice"),
        ({"x_q1": 1}, "text"),
        ({"x_q2_a": "1"}, "number"),
        ({"x_q2_a": 2}, "choice"),
        ({"x_q3": 11}, "number"),
        ({"x_q3": "9"}, "number"),
        ({"x_q4": 5}, "text"),
    ],
    ids=str,
)
def test_own_question_that_is_answered_wrongly_is_named(office, changed, code) -> None:
    survey = own_survey()

    sent = send(issued(), responses(survey), body_of(survey, answers={"x_q1": "a"} | changed))

    assert sent.status_code == 422
    assert (next(iter(changed)), code) in wrong(sent)


def test_employee_is_kept_where_the_survey_names_one(office, survey, token) -> None:
    Survey.objects.update(names_employee=True)
    anna = add_employee(
        actor=None,
        code="anna",
        name="Anna",
        unit=office.riga,
        joined_on=date(2020, 1, 1),
        at=survey.created_at,
    )

    send(token, responses(survey), body_of(survey, employee="anna"))

    assert Response.objects.get().employee_id == anna.id
    unknown = send(token, responses(survey), body_of(survey, employee="berta"))
    assert wrong(unknown) == {("employee", "unknown")}


def test_survey_that_is_not_there_is_told_so(survey) -> None:
    address = f"/api/v1/surveys/{uuid4()}/responses"

    assert send(issued(), address, body_of(survey)).status_code == 404
    assert send(issued(survey), address, body_of(survey)).status_code == 403
