"""Pages of tokens: role by page; a token is shown once, and taken back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from api_maker import body_of, made_survey, responses, send
from django.urls import reverse
from django.utils import timezone

from fivegaps.web.api.models import Token
from fivegaps.web.people.rights import BOUND_TO_UNIT, Role

SEEING = {Role.ADMINISTRATOR, Role.AUDITOR}


def form(**changed: object) -> dict[str, object]:
    usual = {
        "name": "Till",
        "scopes": ["submit"],
        "expires_on": str(timezone.localdate() + timedelta(days=30)),
    }
    return usual | changed


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_role_sees_and_issues_tokens(office, as_member, role) -> None:
    browser = as_member(office.member(role, office.riga if role in BOUND_TO_UNIT else None))

    seen = browser.get(reverse("tokens")).status_code
    opened = browser.get(reverse("add_token")).status_code
    issued = browser.post(reverse("add_token"), form()).status_code
    taken = browser.post(reverse("revoke_token", args=["00000000-0000-4000-8000-000000000000"]))

    rules = role is Role.ADMINISTRATOR
    assert seen == (200 if role in SEEING else 403)
    assert (opened, issued) == ((200, 200) if rules else (403, 403))
    assert taken.status_code == (404 if rules else 403)
    assert Token.objects.count() == rules


def test_stranger_must_sign_in(client) -> None:
    assert client.get("/places/tokens/").status_code == 302


def test_issued_token_is_shown_once_and_works(administrator, as_member) -> None:
    survey, other = made_survey(), made_survey()
    browser = as_member(administrator)

    page = browser.post(reverse("add_token"), form(surveys=[str(survey.id)]))

    assert page["Cache-Control"] == "no-store"
    text = re.search(r"fg_[\w-]{43}", page.content.decode()).group()
    assert text not in browser.get(reverse("tokens")).content.decode()
    assert send(text, responses(survey), body_of(survey)).status_code == 201
    assert send(text, responses(other), body_of(other)).status_code == 403


def test_token_that_was_taken_back_opens_nothing(administrator, as_member) -> None:
    survey = made_survey()
    browser = as_member(administrator)
    page = browser.post(reverse("add_token"), form()).content.decode()
    text = re.search(r"fg_[\w-]{43}", page).group()

    browser.post(reverse("revoke_token", args=[Token.objects.get().id]))

    assert send(text, responses(survey), body_of(survey)).status_code == 401
    assert "taken back" in browser.get(reverse("tokens")).content.decode()


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "a\x07b"},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"surveys": ["1"]},
        {"expires_on": "2020-01-01"},
        {"expires_on": "9999-12-31"},
        {"expires_on": "0001-01-01"},
        {"expires_on": "soon"},
    ],
    ids=str,
)
def test_form_with_a_slip_keeps_what_was_typed(administrator, as_member, changed) -> None:
    made_survey()

    page = as_member(administrator).post(reverse("add_token"), form(**changed))

    assert page.status_code == 200
    assert 'class="wrong"' in page.content.decode()
    assert not Token.objects.exists()
