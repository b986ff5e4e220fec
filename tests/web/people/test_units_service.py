"""Units are opened, moved, closed and merged, and keep their history."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from fivegaps.web.people.models import Unit
from fivegaps.web.people.services import employees, units
from fivegaps.web.shared.audit import verify_chain
from fivegaps.web.shared.models import AuditRow

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.postgres


def test_unit_stands_below_its_parent(office) -> None:
    assert office.riga.path == f"/{office.north.pk}/{office.riga.pk}/"
    assert office.riga.depth == 1


def test_moved_unit_takes_everything_below_with_it(office, administrator) -> None:
    units.change_unit(
        actor=administrator,
        unit=office.north,
        name="North",
        parent=office.south,
        opened_on=None,
        at=NOW,
    )

    below = Unit.objects.all().below(office.south)

    assert {unit.code for unit in below} == {"south", "vilnius", "north", "riga", "tartu"}
    riga = Unit.objects.get(code="riga")
    assert riga.ancestor_ids() == (office.south.pk, office.north.pk, riga.pk)


def test_unit_cannot_stand_below_itself(office, administrator) -> None:
    with pytest.raises(ValidationError, match="below itself"):
        units.change_unit(
            actor=administrator,
            unit=office.north,
            name="North",
            parent=office.riga,
            opened_on=None,
            at=NOW,
        )


def test_closed_unit_is_open_until_the_day_before(office, administrator) -> None:
    units.close_unit(actor=administrator, unit=office.riga, closed_on=date(2026, 4, 1), at=NOW)

    assert Unit.objects.all().open_on(date(2026, 3, 31)).filter(code="riga").exists()
    assert not Unit.objects.all().open_on(date(2026, 4, 1)).filter(code="riga").exists()


def test_unit_with_open_units_below_is_not_closed(office, administrator) -> None:
    with pytest.raises(ValidationError, match="below this one are open"):
        units.close_unit(actor=administrator, unit=office.north, closed_on=date(2026, 4, 1), at=NOW)


def test_merged_unit_names_its_heir_and_hands_over_its_people(office, administrator) -> None:
    anna = employees.add_employee(
        actor=administrator, code="anna", name="Anna", unit=office.riga, joined_on=None, at=NOW
    )

    units.merge_unit(
        actor=administrator, unit=office.riga, into=office.tartu, merged_on=date(2026, 4, 1), at=NOW
    )

    anna.refresh_from_db()
    riga = Unit.objects.get(code="riga")
    assert (riga.merged_into, riga.closed_on) == (office.tartu, date(2026, 4, 1))
    assert anna.unit == office.tartu


def test_unit_is_not_merged_into_one_below_it(office, administrator) -> None:
    units.close_unit(actor=administrator, unit=office.tartu, closed_on=date(2026, 1, 1), at=NOW)
    units.close_unit(actor=administrator, unit=office.riga, closed_on=date(2026, 1, 1), at=NOW)
    below = units.reopen_unit(actor=administrator, unit=office.riga, at=NOW)
    below.closed_on = None

    with pytest.raises(ValidationError):
        units.merge_unit(
            actor=administrator, unit=office.north, into=below, merged_on=date(2026, 4, 1), at=NOW
        )


def test_each_deed_leaves_one_audit_row(office, administrator) -> None:
    before = AuditRow.objects.count()

    units.close_unit(actor=administrator, unit=office.riga, closed_on=date(2026, 4, 1), at=NOW)

    last = AuditRow.objects.last()
    assert AuditRow.objects.count() == before + 1
    assert (last.verb, last.kind, last.subject) == ("closed", "unit", str(office.riga.pk))
    assert last.actor == str(administrator.user_id)
    assert verify_chain().is_whole


def test_code_is_given_once(office, administrator) -> None:
    with pytest.raises(ValidationError):
        units.open_unit(
            actor=administrator, code="riga", name="Second", parent=None, opened_on=None, at=NOW
        )
