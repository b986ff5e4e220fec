"""Role by page: who is answered and who is turned away, for every page of people and places."""

from __future__ import annotations

import pytest
from django.urls import reverse

from fivegaps.web.people.rights import BOUND_TO_UNIT, Role

UNIT = ["riga"]
PAGES = {
    "units": [],
    "unit": UNIT,
    "add_unit": [],
    "change_unit": UNIT,
    "close_unit": UNIT,
    "merge_unit": UNIT,
    "channels": [],
    "add_channel": [],
    "change_channel": ["counter"],
    "employees": [],
    "add_employee": [],
    "accounts": [],
    "invite": [],
    "settings": [],
}
READS_PLACES = {"units", "unit", "channels"}
CHANGES_PLACES = {
    "add_unit",
    "change_unit",
    "close_unit",
    "merge_unit",
    "add_channel",
    "change_channel",
}
OPEN = {
    Role.ADMINISTRATOR: set(PAGES),
    Role.QUALITY_MANAGER: READS_PLACES | CHANGES_PLACES | {"employees", "add_employee"},
    Role.UNIT_MANAGER: READS_PLACES | {"employees"},
    Role.EMPLOYEE: set(),
    Role.ANALYST: READS_PLACES,
    Role.EXECUTIVE: READS_PLACES,
    Role.MARKETING: READS_PLACES,
    Role.HR: READS_PLACES | {"employees", "add_employee"},
    Role.AUDITOR: READS_PLACES | {"employees", "accounts"},
}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_role_opens_its_pages_and_no_other(office, as_member, role) -> None:
    member = office.member(role, office.riga if role in BOUND_TO_UNIT else None)
    browser = as_member(member)

    answers = {
        name: browser.get(reverse(name, args=words)).status_code for name, words in PAGES.items()
    }

    assert {name for name, status in answers.items() if status == 200} == OPEN[role]
    assert set(answers.values()) <= {200, 403, 404}


@pytest.mark.parametrize("name", PAGES)
def test_stranger_is_sent_to_sign_in(office, client, name) -> None:
    answer = client.get(reverse(name, args=PAGES[name]))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_manager_of_another_unit_does_not_find_this_one(charlie, as_member) -> None:
    answer = as_member(charlie).get(reverse("unit", args=UNIT))

    assert answer.status_code == 404


def test_tree_of_a_unit_manager_holds_the_own_subtree_alone(riga_manager, as_member) -> None:
    page = as_member(riga_manager).get(reverse("units")).content.decode()

    assert "Riga" in page
    assert not any(name in page for name in ("North", "Tartu", "South", "Vilnius"))
