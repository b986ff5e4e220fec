"""The forms of people and places do what they say, and keep what was typed."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from fivegaps.web.people.models import Channel, Employee, Membership, Organisation, Touchpoint, Unit
from fivegaps.web.people.rights import Role


@pytest.fixture
def browser(administrator, as_member):
    return as_member(administrator)


def test_unit_is_added_below_another(browser, office) -> None:
    asked = {"name": "  Riga   Port ", "code": "riga-port", "parent": "riga", "opened_on": ""}

    browser.post(reverse("add_unit"), asked)

    unit = Unit.objects.get(code="riga-port")
    assert (unit.name, unit.parent) == ("Riga Port", office.riga)


@pytest.mark.parametrize("code", ["Riga", "riga port", "-riga", "add", "ř", "riga"])
def test_code_that_cannot_stand_in_an_address_keeps_the_form(browser, code: str) -> None:
    answer = browser.post(reverse("add_unit"), {"name": "Kept", "code": code})

    assert answer.status_code == 200
    assert b'value="Kept"' in answer.content
    assert Unit.objects.filter(name="Kept").count() == 0


@pytest.mark.parametrize("name", ["a\u0000b", "a\u200bb\u0007", "\ud800", "x" * 121, "   "])
def test_name_that_cannot_be_stored_is_refused(browser, name: str) -> None:
    asked = urlencode({"name": name.encode("utf-8", "surrogatepass"), "code": "odd"})

    answer = browser.post(
        reverse("add_unit"), asked, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 200
    assert not Unit.objects.filter(code="odd").exists()


def test_unit_is_renamed_closed_and_opened_again(browser) -> None:
    browser.post(reverse("change_unit", args=["riga"]), {"name": "Riga Main", "parent": "south"})
    browser.post(reverse("close_unit", args=["riga"]), {"closed_on": "2026-02-01"})
    closed = Unit.objects.get(code="riga")
    page = browser.get(reverse("units")).content.decode()
    browser.post(reverse("reopen_unit", args=["riga"]))

    assert (closed.name, closed.parent.code, closed.closed_on) == (
        "Riga Main",
        "south",
        date(2026, 2, 1),
    )
    assert "closed since 1 Feb 2026" in page
    assert Unit.objects.get(code="riga").closed_on is None


def test_unit_is_merged_by_hand(browser, office) -> None:
    browser.post(reverse("merge_unit", args=["riga"]), {"into": "tartu", "merged_on": "2026-02-01"})

    assert Unit.objects.get(code="riga").merged_into == office.tartu
    assert b"part of Tartu since" in browser.get(reverse("units")).content


def test_what_a_service_refuses_is_told_on_the_form(browser) -> None:
    answer = browser.post(reverse("close_unit", args=["north"]), {"closed_on": "2026-02-01"})

    assert b"Units below this one are open" in answer.content


def test_channel_is_added_and_closed(browser) -> None:
    browser.post(reverse("add_channel"), {"name": "Chat", "code": "chat", "kind": "web"})
    asked = {"name": "Chat", "kind": "app", "closed_on": "2026-01-31"}
    browser.post(reverse("change_channel", args=["chat"]), asked)

    chat = Channel.objects.get(code="chat")
    assert (chat.kind, chat.closed_on) == ("app", date(2026, 1, 31))


def test_employee_is_added_and_leaves(browser) -> None:
    browser.post(reverse("add_employee"), {"name": "Hoa", "code": "e7", "unit": "riga"})
    asked = {"unit": "tartu", "moved_on": "2026-01-10"}
    browser.post(reverse("move_employee", args=["e7"]), asked)
    browser.post(reverse("let_go", args=["e7"]), {"left_on": "2026-01-31"})
    page = browser.get(reverse("employee", args=["e7"])).content.decode()

    hoa = Employee.objects.get(code="e7")
    assert (hoa.unit.code, hoa.left_on) == ("tartu", date(2026, 1, 31))
    assert "9 Jan 2026" in page


def test_touchpoint_is_added_changed_and_closed(browser) -> None:
    browser.post(reverse("add_touchpoint"), {"name": "Loan talk", "code": "loan", "channel": ""})
    asked = {"name": "Loan advice", "channel": "counter", "closed_on": "2026-01-31"}
    browser.post(reverse("change_touchpoint", args=["loan"]), asked)

    loan = Touchpoint.objects.get(code="loan")
    assert (loan.name, loan.channel.code, loan.closed_on) == (
        "Loan advice",
        "counter",
        date(2026, 1, 31),
    )


def test_role_is_given_and_taken(browser, charlie) -> None:
    account = reverse("account", args=[charlie.user_id])
    browser.post(account, {"role": Role.ANALYST, "unit": ""})
    given = Membership.objects.get(user_id=charlie.user_id, role=Role.ANALYST)
    browser.post(reverse("take_role", args=[charlie.user_id, given.id]))

    assert not Membership.objects.filter(id=given.id).exists()


@pytest.mark.parametrize(
    ("role", "unit", "said"),
    [
        ("unit-manager", "", b"choose which"),
        ("administrator", "riga", b"holds in the whole organisation"),
    ],
)
def test_role_in_the_wrong_place_is_refused(browser, charlie, role, unit, said) -> None:
    answer = browser.post(reverse("account", args=[charlie.user_id]), {"role": role, "unit": unit})

    assert said in answer.content


def test_auditor_sees_an_account_and_changes_nothing(office, charlie, as_member) -> None:
    auditor = as_member(office.member(Role.AUDITOR))
    account = reverse("account", args=[charlie.user_id])

    assert auditor.get(account).status_code == 200
    assert auditor.post(account, {"role": "analyst", "unit": ""}).status_code == 404
    assert auditor.post(reverse("switch_account", args=[charlie.user_id])).status_code == 403


def test_new_link_is_sent_and_shown_once(browser, charlie) -> None:
    answer = browser.post(reverse("invite_again", args=[charlie.user_id]))

    assert b"/account/join/" in answer.content
    assert answer["Cache-Control"] == "no-store"


def test_settings_are_changed(browser) -> None:
    asked = {"name": "New Name", "language": "nl", "time_zone": "Europe/Amsterdam"}

    browser.post(reverse("settings"), asked)

    assert Organisation.objects.get().name == "New Name"
