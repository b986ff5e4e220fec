"""The one selector that draws the limits of what a person sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fivegaps.web.accounts.models import User
from fivegaps.web.people.members import member_for
from fivegaps.web.people.rights import Right, Role
from fivegaps.web.people.selectors import units_visible_to
from fivegaps.web.people.services.memberships import give_role

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.postgres


def codes(member, right=None) -> set[str]:
    return {unit.code for unit in units_visible_to(member, right)}


def test_role_without_a_unit_sees_every_unit(quality_manager) -> None:
    assert codes(quality_manager) == {"north", "riga", "tartu", "south", "vilnius"}


def test_unit_manager_sees_the_unit_and_what_is_below(office) -> None:
    manager = office.member(Role.UNIT_MANAGER, office.north)

    assert codes(manager) == {"north", "riga", "tartu"}


def test_employee_sees_the_own_unit_alone(office) -> None:
    assert codes(office.member(Role.EMPLOYEE, office.north)) == {"north"}


def test_right_of_one_role_is_not_lent_to_the_place_of_another(office) -> None:
    """Manages riga, but only works in vilnius: employees are listed of riga alone."""
    manager = office.member(Role.UNIT_MANAGER, office.riga)
    user = User.objects.get(id=manager.user_id)
    give_role(actor=None, user=user, role=Role.EMPLOYEE, unit=office.vilnius, at=NOW)

    member = member_for(user)

    assert codes(member) == {"riga", "vilnius"}
    assert codes(member, Right.SEE_EMPLOYEES) == {"riga"}


def test_path_that_begins_alike_is_another_place(office) -> None:
    """/1/ must not cover /10/: ids end with a slash in every path."""
    assert office.riga.path.endswith("/")
    assert office.riga.path.startswith("/")


def test_inactive_person_sees_nothing(office) -> None:
    manager = office.member(Role.ADMINISTRATOR)
    user = User.objects.get(id=manager.user_id)
    user.is_active = False

    assert codes(member_for(user)) == set()
