"""Who opens the pages of tokens; calls themselves are let in by token, not by role."""

from __future__ import annotations

from uuid import UUID

from expectation import Page

from fivegaps.web.people.rights import Role

ADMINISTRATOR = {Role.ADMINISTRATOR}

PAGES = {
    "tokens": Page(ADMINISTRATOR | {Role.AUDITOR}),
    "add_token": Page(ADMINISTRATOR),
    "revoke_token": Page(ADMINISTRATOR, (UUID(int=0),), method="post", is_unknown=True),
}
