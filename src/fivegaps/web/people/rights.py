"""Which role may do what: one table, read by every page, export and call."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is in the office."""

    ADMINISTRATOR = "administrator", _("Administrator")
    QUALITY_MANAGER = "quality-manager", _("Service-quality manager")
    UNIT_MANAGER = "unit-manager", _("Unit manager")
    EMPLOYEE = "employee", _("Employee")
    ANALYST = "analyst", _("Analyst")
    EXECUTIVE = "executive", _("Executive")
    MARKETING = "marketing", _("Marketing")
    HR = "hr", _("Human resources")
    AUDITOR = "auditor", _("Auditor")


class Right(StrEnum):
    """Something that a person may do, in the units of the membership that gives it."""

    SEE_RESULTS = "see-results"
    EXPORT_ANSWERS = "export-answers"
    SEE_SURVEYS = "see-surveys"
    CHANGE_SURVEYS = "change-surveys"
    SEE_PLACES = "see-places"
    CHANGE_PLACES = "change-places"
    SEE_EMPLOYEES = "see-employees"
    CHANGE_EMPLOYEES = "change-employees"
    SEE_ACCOUNTS = "see-accounts"
    CHANGE_ACCOUNTS = "change-accounts"
    CHANGE_SETTINGS = "change-settings"
    SEE_AUDIT = "see-audit"


_READS = {Right.SEE_RESULTS, Right.SEE_SURVEYS, Right.SEE_PLACES}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.QUALITY_MANAGER: frozenset(
        _READS
        | {
            Right.EXPORT_ANSWERS,
            Right.CHANGE_SURVEYS,
            Right.CHANGE_PLACES,
            Right.SEE_EMPLOYEES,
            Right.CHANGE_EMPLOYEES,
        }
    ),
    Role.UNIT_MANAGER: frozenset(_READS | {Right.SEE_EMPLOYEES}),
    Role.EMPLOYEE: frozenset({Right.SEE_RESULTS}),
    Role.ANALYST: frozenset(_READS | {Right.EXPORT_ANSWERS}),
    Role.EXECUTIVE: frozenset(_READS),
    Role.MARKETING: frozenset(_READS),
    Role.HR: frozenset({Right.SEE_PLACES, Right.SEE_EMPLOYEES, Right.CHANGE_EMPLOYEES}),
    Role.AUDITOR: frozenset(
        _READS | {Right.SEE_EMPLOYEES, Right.SEE_ACCOUNTS, Right.SEE_AUDIT, Right.EXPORT_ANSWERS}
    ),
}

# These roles hold in one unit and what is below it; those only in the whole organisation; the
# others in either.
BOUND_TO_UNIT = frozenset({Role.UNIT_MANAGER, Role.EMPLOYEE})
BOUND_TO_WHOLE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
