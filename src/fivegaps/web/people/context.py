"""What every page shows around its content."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from fivegaps.web.people.selectors import organisation
from fivegaps.web.shared.navigation import Link, links_for


@dataclass(frozen=True, slots=True)
class Frame:
    """The head of a page: whose office it is, and where its visitor may go."""

    organisation: str
    is_invented: bool
    links: tuple[Link, ...]
    person: str


def office(request: HttpRequest) -> dict[str, object]:
    """Return ``frame``, made when a template asks for it; error pages never do without need."""

    def frame() -> Frame:
        member = getattr(request, "member", None)
        found = organisation()
        return Frame(
            organisation="" if found is None else found.name,
            is_invented=found is not None and found.is_invented,
            links=() if member is None else links_for(member, request.path),
            person="" if member is None else member.name or member.email,
        )

    return {"frame": frame}
