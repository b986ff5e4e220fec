"""Which token opens what: unknown, expired, revoked, foreign, narrow and hasty ones do not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from api_maker import asking, body_of, issued, made_survey, responses, send
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from fivegaps.web.api import keys, selectors
from fivegaps.web.api.limits import Pace
from fivegaps.web.api.models import Token
from fivegaps.web.api.services.tokens import issue_token, revoke_token
from fivegaps.web.shared.models import AuditRow

pytestmark = pytest.mark.postgres


@pytest.fixture
def survey(office):
    return made_survey()


def kind(answer) -> str:
    return answer.json()["type"].removeprefix("urn:fivegaps:")


def test_no_token_is_asked_for(survey) -> None:
    told = Client().post(responses(survey), body_of(survey), content_type="application/json")

    assert (told.status_code, kind(told)) == (401, "token")
    assert told["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "text", ["", "x", "fg_", "fg_é", "fg_\x00", "fg_" + "A" * 43, "fg_" + "A" * 9999]
)
def test_unknown_token_opens_nothing(survey, text) -> None:
    told = send(text, responses(survey), body_of(survey))

    assert (told.status_code, kind(told)) == (401, "token")


def test_session_of_a_person_opens_no_call(survey, administrator, as_member) -> None:
    told = as_member(administrator).post(
        responses(survey), body_of(survey), content_type="application/json"
    )

    assert told.status_code == 401


def test_expired_and_revoked_tokens_open_nothing(survey) -> None:
    expired, revoked = issued(survey), issued(survey)
    old, back = Token.objects.order_by("created_at")
    Token.objects.filter(id=old.id).update(expires_at=timezone.now() - timedelta(seconds=1))
    revoke_token(actor=None, token=back, at=timezone.now())

    for text in (expired, revoked):
        assert send(text, responses(survey), body_of(survey)).status_code == 401


def test_token_for_another_survey_or_scope_is_turned_away(survey) -> None:
    other = issued(made_survey())
    reading = issued(survey, scopes=["read"])

    assert kind(send(other, responses(survey), body_of(survey))) == "survey"
    assert kind(send(reading, responses(survey), body_of(survey))) == "scope"


def test_token_is_kept_as_a_digest_and_its_issue_is_in_the_audit_log(administrator, survey) -> None:
    at = timezone.now()
    token, text = issue_token(
        actor=administrator,
        name="Till",
        scopes=["submit"],
        surveys=[survey],
        expires_at=at + timedelta(days=1),
        at=at,
    )

    kept = str(Token.objects.filter(id=token.id).values())
    assert text not in kept
    assert text.removeprefix("fg_")[:12] not in kept
    assert selectors.key_of(text, at).id == token.id
    row = AuditRow.objects.order_by("number").last()
    assert (row.verb, row.kind, row.subject) == ("issued", "token", str(token.id))
    assert "Till" not in str(vars(row))


@pytest.mark.parametrize(
    ("scopes", "days"), [([], 1), (["everything"], 1), (["submit"], 0), (["submit"], 1000)]
)
def test_token_without_scope_or_end_is_not_issued(db, scopes, days) -> None:
    with pytest.raises(ValidationError):
        issued(scopes=scopes, days=days)


def test_too_many_calls_a_second_are_told_to_wait(survey, settings, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(keys, "PACE", Pace(lambda: now[0]))
    settings.API_REQUESTS_A_SECOND = 2
    token, other = issued(survey), issued(survey)

    told = [send(token, responses(survey), body_of(survey)) for _ in range(3)]

    assert [one.status_code for one in told] == [201, 201, 429]
    assert told[2]["Retry-After"] == "1"
    assert kind(told[2]) == "too-fast"
    assert send(other, responses(survey), body_of(survey)).status_code == 201
    now[0] = 101.0
    assert send(token, responses(survey), body_of(survey)).status_code == 201


def test_day_of_last_use_is_kept(survey) -> None:
    send(issued(survey), responses(survey), body_of(survey))

    assert Token.objects.get().last_used_on == timezone.now().date()


def test_other_address_and_method_are_told_as_problems(db) -> None:
    nothing = asking("x", "/api/v1/nothing")
    wrong = Client().delete("/api/v1/surveys/00000000-0000-4000-8000-000000000000/responses")

    assert (nothing.status_code, kind(nothing)) == (404, "nothing")
    assert (wrong.status_code, wrong["Allow"]) == (405, "POST")


CALLS = {
    "submit": ("POST", "responses"),
    "read": ("GET", "results"),
    "events": ("POST", "events"),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("scope", CALLS)
def test_scope_opens_its_call_and_no_other(survey, scope, call) -> None:
    method, end = CALLS[call]
    address = f"/api/v1/surveys/{survey.id}/{end}"
    token = issued(survey, scopes=[scope])

    told = send(token, address, {}) if method == "POST" else asking(token, address)

    refused = told.status_code == 403 and kind(told) == "scope"
    assert refused == (scope != call)
