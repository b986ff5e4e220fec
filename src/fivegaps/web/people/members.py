"""Who looks at a page: a person with the memberships that he has now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fivegaps.web.accounts.models import User
from fivegaps.web.people.models import Membership
from fivegaps.web.people.rights import RIGHTS, Right, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """A role and where it holds: ``path`` of a unit, or None for everywhere."""

    role: Role
    path: str | None

    def covers(self, path: str) -> bool:
        """Return whether it holds in the unit with this path; an employee's only in his own."""
        if self.path is None or self.path == path:
            return True
        return self.role is not Role.EMPLOYEE and path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Member:
    """A signed-in person. Services take one as ``actor``, selectors to draw the limits."""

    user_id: UUID
    name: str
    email: str
    grants: tuple[Grant, ...]

    @property
    def actor_id(self) -> UUID:
        """The id that the audit log keeps."""
        return self.user_id

    @property
    def roles(self) -> frozenset[Role]:
        """Every role that he has somewhere."""
        return frozenset(grant.role for grant in self.grants)

    def may(self, right: str) -> bool:
        """Return whether he has a right anywhere."""
        return bool(self.grants_with(Right(right)))

    def may_everywhere(self, right: Right) -> bool:
        """Return whether he has a right in the whole organisation."""
        return any(grant.path is None for grant in self.grants_with(right))

    def may_at(self, right: Right, path: str) -> bool:
        """Return whether he has a right in the unit with this path."""
        return any(grant.covers(path) for grant in self.grants_with(right))

    def grants_with(self, right: Right) -> tuple[Grant, ...]:
        """Return the grants that hold a right."""
        return tuple(grant for grant in self.grants if right in RIGHTS[grant.role])


def member_for(user: User) -> Member:
    """Return the person with the memberships that he has now; none when he is inactive."""
    rows = Membership.objects.filter(user_id=user.id).select_related("unit")
    grants = tuple(
        Grant(Role(row.role), None if row.unit is None else row.unit.path) for row in rows
    )
    return Member(user.id, user.name, user.email, grants if user.is_active else ())
