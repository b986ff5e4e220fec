"""How people come in: set-up link, invitation, sign-in, lock-out, second factor, sessions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fivegaps.web.accounts.models import EntryLink, User
from fivegaps.web.accounts.services.links import issue_link
from fivegaps.web.people.models import Membership, Organisation
from fivegaps.web.people.services.memberships import invite

PHRASE = "a quiet river in spring"
OWN = {
    "organisation": "Baltic Service Bank",
    "time_zone": "Europe/Riga",
    "name": "Ilze",
    "email": "Ilze@Bank.example",
    "password": PHRASE,
}


def set_up_link(at=None) -> str:
    return reverse("set_up", args=[issue_link(user=None, at=at or timezone.now())])


def sign_in(client: Client, email: str, password: str):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_set_up_makes_one_administrator_who_is_signed_in(db, client) -> None:
    answer = client.post(set_up_link(), OWN)

    user = User.objects.get()
    assert answer["Location"] == reverse("units")
    assert (user.email, user.time_zone) == ("ilze@bank.example", "Europe/Riga")
    assert Membership.objects.get(user=user).role == "administrator"
    assert Organisation.objects.get().name == "Baltic Service Bank"
    assert client.get(reverse("units")).status_code == 200


def test_set_up_link_works_once(db, client) -> None:
    link = set_up_link()
    client.post(link, OWN)

    again = Client().post(link, OWN | {"email": "other@bank.example"})

    assert again.status_code == 404
    assert User.objects.count() == 1


def test_set_up_link_ends_after_a_day(db, client) -> None:
    link = set_up_link(timezone.now() - timedelta(days=1, minutes=1))

    assert client.get(link).status_code == 404


def test_looking_at_the_link_does_not_spend_it(db, client) -> None:
    link = set_up_link()

    client.get(link)
    client.head(link)

    assert EntryLink.objects.get().used_at is None


def test_weak_password_keeps_the_form_and_the_link(db, client) -> None:
    answer = client.post(set_up_link(), OWN | {"password": "123456789012"})

    assert answer.status_code == 200
    assert b"Baltic Service Bank" in answer.content
    assert User.objects.count() == 0
    assert EntryLink.objects.get().used_at is None


def test_token_is_not_in_the_database(db) -> None:
    token = issue_link(user=None, at=timezone.now())

    assert token not in str(list(EntryLink.objects.values()))


def test_invited_person_chooses_a_password_and_is_in(
    administrator, client, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        user, _ = invite(
            actor=administrator,
            email="marta@bank.example",
            name="Marta",
            role="analyst",
            unit=None,
            language="nl",
            at=timezone.now(),
        )

    link = re.search(r"/account/join/\S+", mail.outbox[0].body)[0]
    answer = client.post(link, {"name": "Marta K.", "language": "nl", "password": PHRASE})

    user.refresh_from_db()
    assert mail.outbox[0].to == ["marta@bank.example"]
    assert (user.name, user.language) == ("Marta K.", "nl")
    assert answer["Location"] == reverse("home")
    assert client.get(reverse("units")).status_code == 200
    assert Client().get(link).status_code == 404


def test_address_is_taken_whatever_its_case(administrator, as_member) -> None:
    browser = as_member(administrator)
    asked = {"name": "X", "email": administrator.email.upper(), "role": "analyst", "language": "en"}

    answer = browser.post(reverse("invite"), asked)

    assert b"Somebody with this address is here already" in answer.content


def test_password_opens_the_office(db, client) -> None:
    client.post(set_up_link(), OWN)

    answer = sign_in(Client(), "ILZE@bank.example", PHRASE)

    assert answer.status_code == 302


def test_passwords_are_kept_as_argon2id(db, client, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

    client.post(set_up_link(), OWN)

    assert User.objects.get().password.startswith("argon2$argon2id$")


def test_guessing_locks_the_account_for_a_while(db, client) -> None:
    client.post(set_up_link(), OWN)
    guesser = Client()
    for guess in range(5):
        sign_in(guesser, "ilze@bank.example", f"guess number {guess}")

    locked = sign_in(Client(REMOTE_ADDR="192.0.2.7"), "ilze@bank.example", PHRASE)

    assert locked.status_code == 200
    assert b"Too many failed login attempts" in locked.content


def test_nobody_signs_up(db, client) -> None:
    assert client.get("/account/signup/").status_code == 404


def test_forgotten_password_comes_back_by_mail(db, client) -> None:
    client.post(set_up_link(), OWN)

    asked = {"email": "ilze@bank.example"}
    Client(HTTP_HOST="localhost").post(reverse("account_reset_password"), asked)
    office = re.escape(settings.PUBLIC_URL)  # whatever host was asked
    link = re.search(rf"{office}(/account/reset/\S+)", mail.outbox[-1].body)[1]
    browser = Client()
    form = browser.get(link, follow=True)
    new = "another river in autumn"
    browser.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    assert sign_in(Client(), "ilze@bank.example", new).status_code == 302


def test_unknown_address_is_not_told_apart(db, client) -> None:
    """Whoever asks must not learn who works here."""
    client.post(set_up_link(), OWN)

    known = Client().post(reverse("account_reset_password"), {"email": "ilze@bank.example"})
    unknown = Client().post(reverse("account_reset_password"), {"email": "who@bank.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_totp_is_asked_for_once_it_is_active(db, client) -> None:
    client.post(set_up_link(), OWN)
    user = User.objects.get()
    secret = "JBSWY3DPEHPK3PXP" * 2
    TOTP.activate(user, secret)
    browser = Client()

    asked = sign_in(browser, "ilze@bank.example", PHRASE)
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    browser.post(reverse("mfa_authenticate"), {"code": code})

    assert asked["Location"] == reverse("mfa_authenticate")
    assert browser.get(reverse("units")).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["profile", "mfa_index", "usersessions_list", "account_change_password", "mfa_list_webauthn"],
)
def test_page_of_the_own_account_opens(administrator, as_member, name: str) -> None:
    answer = as_member(administrator).get(reverse(name), follow=True)

    assert answer.status_code == 200


def test_other_sessions_can_be_ended(db, client) -> None:
    client.post(set_up_link(), OWN)
    other = Client()
    sign_in(other, "ilze@bank.example", PHRASE)
    other.get(reverse("units"))
    client.get(reverse("units"))

    client.post(reverse("usersessions_list"))

    assert other.get(reverse("units")).status_code == 302
    assert client.get(reverse("units")).status_code == 200


def test_who_is_shut_out_is_out_at_once(administrator, charlie, as_member) -> None:
    theirs = as_member(charlie)
    theirs.get(reverse("units"))

    as_member(administrator).post(reverse("switch_account", args=[charlie.user_id]))

    assert theirs.get(reverse("units")).status_code == 302


def test_last_administrator_stays(administrator, as_member) -> None:
    browser = as_member(administrator)

    browser.post(reverse("switch_account", args=[administrator.user_id]))

    assert User.objects.get(id=administrator.user_id).is_active


def test_language_is_chosen_by_a_click_and_kept(administrator, as_member) -> None:
    browser = as_member(administrator)

    answer = browser.post(reverse("choose_language"), {"language": "vi", "next": "/places/"})

    assert answer["Location"] == "/places/"
    assert User.objects.get(id=administrator.user_id).language == "vi"
    assert b'lang="vi"' in browser.get("/places/").content


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "-1", "home", ""])
def test_language_switch_leads_nowhere_else(db, client, target) -> None:
    answer = client.post(reverse("choose_language"), {"language": "vi", "next": target})

    assert answer["Location"] == "/"
