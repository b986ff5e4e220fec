"""Who moves keeps the past; who leaves is signed out everywhere, and nothing is forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from fivegaps.web.accounts.models import User
from fivegaps.web.people.models import Employee
from fivegaps.web.people.rights import Role
from fivegaps.web.people.services import employees
from fivegaps.web.shared.outbox import services as outbox

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.postgres


@pytest.fixture
def anna(office, administrator) -> Employee:
    return employees.add_employee(
        actor=administrator,
        code="anna",
        name="Anna",
        unit=office.riga,
        joined_on=date(2024, 1, 1),
        at=NOW,
    )


@pytest.fixture
def account(office, administrator, anna):
    member = office.member(Role.UNIT_MANAGER, office.riga)
    user = User.objects.get(id=member.user_id)
    employees.link_account(actor=administrator, employee=anna, user=user, at=NOW)
    return member


def history(anna: Employee) -> list[tuple[str, date | None, date | None]]:
    return [(one.unit.code, one.from_on, one.until_on) for one in anna.postings.all()]


def test_a_move_ends_the_former_posting_the_day_before(office, administrator, anna) -> None:
    employees.move_employee(
        actor=administrator, employee=anna, unit=office.tartu, moved_on=date(2026, 2, 1), at=NOW
    )

    assert history(anna) == [
        ("riga", date(2024, 1, 1), date(2026, 1, 31)),
        ("tartu", date(2026, 2, 1), None),
    ]
    assert Employee.objects.get().unit == office.tartu


@pytest.mark.parametrize(
    ("day", "said"), [(date(2026, 3, 9), "still to come"), (date(2023, 1, 1), "after that")]
)
def test_a_move_on_a_day_that_does_not_fit_is_refused(
    office, administrator, anna, day: date, said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        employees.move_employee(
            actor=administrator, employee=anna, unit=office.tartu, moved_on=day, at=NOW
        )


def test_who_left_is_signed_out_everywhere(administrator, anna, account, as_member) -> None:
    browser = as_member(account)
    before = browser.get(reverse("units")).status_code

    employees.leave(actor=administrator, employee=anna, left_on=date(2026, 3, 1), at=NOW)

    assert before == 200
    assert browser.get(reverse("units")).status_code == 302
    assert not User.objects.get(id=account.user_id).is_active
    assert history(anna) == [("riga", date(2024, 1, 1), date(2026, 3, 1))]


def test_an_account_lasts_until_the_last_day_is_over(administrator, anna, account) -> None:
    employees.leave(actor=administrator, employee=anna, left_on=date(2026, 3, 5), at=NOW)

    outbox.run_due(datetime(2026, 3, 5, 23, 59, tzinfo=UTC))
    on_the_day = User.objects.get(id=account.user_id).is_active
    outbox.run_due(datetime(2026, 3, 6, 0, 1, tzinfo=UTC))

    assert on_the_day
    assert not User.objects.get(id=account.user_id).is_active


def test_a_leaving_taken_back_in_time_shuts_nothing(office, administrator, anna, account) -> None:
    employees.leave(actor=administrator, employee=anna, left_on=date(2026, 3, 5), at=NOW)
    employees.come_back(
        actor=administrator, employee=anna, unit=office.riga, since=date(2026, 3, 6), at=NOW
    )

    outbox.run_due(NOW + timedelta(days=9))

    assert User.objects.get(id=account.user_id).is_active
    assert history(anna) == [("riga", date(2024, 1, 1), None)]


def test_who_comes_back_has_two_postings_and_a_shut_account(
    office, administrator, anna, account
) -> None:
    employees.leave(actor=administrator, employee=anna, left_on=date(2025, 6, 30), at=NOW)
    employees.come_back(
        actor=administrator, employee=anna, unit=office.tartu, since=date(2026, 2, 1), at=NOW
    )

    assert history(anna) == [
        ("riga", date(2024, 1, 1), date(2025, 6, 30)),
        ("tartu", date(2026, 2, 1), None),
    ]
    assert not User.objects.get(id=account.user_id).is_active


def test_the_last_administrator_does_not_leave(administrator, anna) -> None:
    user = User.objects.get(id=administrator.user_id)
    employees.link_account(actor=administrator, employee=anna, user=user, at=NOW)

    with pytest.raises(ValidationError, match="last administrator"):
        employees.leave(actor=administrator, employee=anna, left_on=date(2026, 3, 1), at=NOW)


def test_an_account_belongs_to_one_employee(office, administrator, anna, account) -> None:
    other = employees.add_employee(
        actor=administrator, code="b", name="B", unit=office.riga, joined_on=None, at=NOW
    )

    with pytest.raises(ValidationError):
        employees.link_account(
            actor=administrator, employee=other, user=User.objects.get(id=account.user_id), at=NOW
        )
