"""Who opens the pages of people and places."""

from __future__ import annotations

from uuid import UUID

from expectation import EVERYBODY, Page, public

from fivegaps.web.people.rights import Role

NOTHING = UUID(int=0)
ADMINISTRATOR = {Role.ADMINISTRATOR}
READS = EVERYBODY - {Role.EMPLOYEE}
CHANGES = ADMINISTRATOR | {Role.QUALITY_MANAGER}
SEES_STAFF = CHANGES | {Role.UNIT_MANAGER, Role.HR, Role.AUDITOR}
CHANGES_STAFF = CHANGES | {Role.HR}
SEES_ACCOUNTS = ADMINISTRATOR | {Role.AUDITOR}

PAGES = {
    "home": public(),
    "set_up": public("no-such-link"),
    "settings": Page(ADMINISTRATOR),
    "audit": Page(SEES_ACCOUNTS),
    "audit_file": Page(SEES_ACCOUNTS),
    "units": Page(READS),
    "unit": Page(READS, ("riga",)),
    "add_unit": Page(CHANGES),
    "change_unit": Page(CHANGES, ("riga",)),
    "change_unit_hours": Page(CHANGES, ("riga",)),
    "close_unit": Page(CHANGES, ("riga",)),
    "merge_unit": Page(CHANGES, ("riga",)),
    "reopen_unit": Page(CHANGES, ("no-such-unit",), method="post", is_unknown=True),
    "import_file": Page(CHANGES, ("units",)),
    "try_import": Page(CHANGES, ("units", NOTHING), is_unknown=True),
    "channels": Page(READS),
    "add_channel": Page(CHANGES),
    "change_channel": Page(CHANGES, ("counter",)),
    "touchpoints": Page(READS),
    "add_touchpoint": Page(CHANGES),
    "change_touchpoint": Page(CHANGES, ("loan",)),
    "hours": Page(READS),
    "change_hours": Page(CHANGES),
    "drop_hours": Page(CHANGES, (NOTHING,), method="post", is_unknown=True),
    "add_holiday": Page(CHANGES),
    "drop_holiday": Page(CHANGES, (NOTHING,), method="post", is_unknown=True),
    "employees": Page(SEES_STAFF),
    "employee": Page(SEES_STAFF, ("anna",)),
    "add_employee": Page(CHANGES_STAFF),
    "change_employee": Page(CHANGES_STAFF, ("anna",)),
    "move_employee": Page(CHANGES_STAFF, ("anna",)),
    "let_go": Page(CHANGES_STAFF, ("anna",)),
    "come_back": Page(CHANGES_STAFF, ("anna",)),
    "link_account": Page(ADMINISTRATOR, ("anna",)),
    "accounts": Page(SEES_ACCOUNTS),
    "invite": Page(ADMINISTRATOR),
    "account": Page(SEES_ACCOUNTS, (NOTHING,), is_unknown=True),
    "invite_again": Page(ADMINISTRATOR, (NOTHING,), method="post", is_unknown=True),
    "switch_account": Page(ADMINISTRATOR, (NOTHING,), method="post", is_unknown=True),
    "take_role": Page(ADMINISTRATOR, (NOTHING, NOTHING), method="post", is_unknown=True),
}
