"""Sign-in through the organisation's identity provider: invited people, proven addresses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import requests
from django.test import Client
from django.urls import reverse
from identity_provider import CLIENT, SECRET, running_provider

from fivegaps.errors import OptionRefused
from fivegaps.web.accounts.models import User
from fivegaps.web.config import doctor
from fivegaps.web.config.single_sign_on import identity_provider, provider_settings

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def running():
    with running_provider() as one:
        yield one


@pytest.fixture
def provider(running, settings):
    given = {
        "OIDC_URL": running.url,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_NAME": "Bank ID",
    }
    settings.IDENTITY_PROVIDER = identity_provider(given)
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(settings.IDENTITY_PROVIDER)
    return running


def claims(member, **changed: object) -> dict[str, object]:
    return {"sub": "s-1", "email": member.email, "email_verified": True, **changed}


def come_in(client: Client):
    """Follow the way that a browser goes."""
    there = client.get(reverse("openid_connect_login", args=["office"]))
    back = requests.get(there["Location"], allow_redirects=False, timeout=10).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("profile")).status_code == 200


def test_button_stands_there_only_when_set(provider, db, client, settings) -> None:
    with_it = client.get(reverse("account_login")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(None)
    without = client.get(reverse("account_login")).content.decode()

    assert "Sign in with Bank ID" in with_it
    assert "Bank ID" not in without


def test_invited_person_comes_in_by_a_proven_address(provider, charlie, client) -> None:
    provider.claims = claims(charlie, email=charlie.email.upper())

    come_in(client)

    assert is_signed_in(client)
    assert client.session["_auth_user_id"] == str(charlie.user_id)
    assert provider.challenges[-1]


def test_known_identity_comes_in_after_a_change_of_address(provider, charlie) -> None:
    provider.claims = claims(charlie)
    come_in(Client())
    provider.claims = claims(charlie, email="new@elsewhere.example")

    client = Client()
    come_in(client)

    assert is_signed_in(client)


@pytest.mark.parametrize(
    "changed",
    [
        {"email": "stranger@elsewhere.example"},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
        {"email": None},
    ],
)
def test_nobody_else_comes_in_and_nobody_is_made(provider, charlie, client, changed) -> None:
    provider.claims = claims(charlie, sub="s-2", **changed)
    before = User.objects.count()

    answer = come_in(client)

    assert (answer.status_code, User.objects.count()) == (403, before)
    assert b"does not know you yet" in answer.content
    assert not is_signed_in(client)


def test_who_is_shut_out_stays_out(provider, charlie, client) -> None:
    provider.claims = claims(charlie)
    come_in(Client())
    User.objects.filter(id=charlie.user_id).update(is_active=False)

    come_in(client)

    assert not is_signed_in(client)


def test_answer_without_the_question_is_turned_away(provider, charlie, client) -> None:
    provider.claims = claims(charlie)

    address = reverse("openid_connect_callback", args=["office"])
    answer = client.get(address, {"code": "c", "state": "forged"})

    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_signed_in_person_takes_on_no_other_identity(provider, charlie, as_member) -> None:
    provider.claims = claims(charlie, sub="s-9", email="x@elsewhere.example")
    client = as_member(charlie)
    there = client.get(reverse("openid_connect_login", args=["office"]), {"process": "connect"})
    back = requests.get(there["Location"], allow_redirects=False, timeout=10).headers["Location"]

    answer = client.get(back.removeprefix("http://testserver"))

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "given",
    [
        {"OIDC_URL": "https://id.example"},
        {"OIDC_URL": "https://id.example", "OIDC_CLIENT_ID": "x"},
        {"OIDC_URL": "http://id.example", "OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"},
        {"OIDC_URL": "id", "OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"},
        {"OIDC_URL": "https://id.example", "OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET_FILE": "/no"},
    ],
)
def test_half_a_provider_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(OptionRefused):
        identity_provider(given)


def test_no_provider_is_fine_and_a_secret_may_lie_in_a_file(tmp_path) -> None:
    file = tmp_path / "secret"
    file.write_text("hush\n")
    given = {
        "OIDC_URL": "https://id.example/",
        "OIDC_CLIENT_ID": "x",
        "OIDC_CLIENT_SECRET_FILE": str(file),
    }

    found = identity_provider(given)

    assert identity_provider({}) is None
    assert (found.secret, found.name, found.url) == ("hush", "id.example", "https://id.example")


def test_doctor_asks_the_provider(provider, settings) -> None:
    here = [sign.state for sign in doctor._identity_provider()]
    settings.IDENTITY_PROVIDER = identity_provider(
        {"OIDC_URL": "http://127.0.0.1:9", "OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"}
    )

    assert here == ["good"]
    assert [sign.state for sign in doctor._identity_provider()] == ["doubtful"]
