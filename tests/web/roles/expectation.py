"""What a page owes to each role; files pages_<app>.py beside this one state it, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from fivegaps.web.people.rights import Role

EVERYBODY = frozenset(Role)
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Page:
    """Who is answered at an address; everybody else gets 403, or 404 where it hides a place.

    ``words`` are the arguments of the address. ``is_public``: strangers are answered too.
    ``method``: a page that only takes forms is asked by "post". ``is_unknown``: the words name
    nothing, so whoever may get there is told 404, and whoever may not 403: nothing is changed.
    """

    roles: frozenset[Role] | set[Role]
    words: tuple[object, ...] = ()
    method: str = "get"
    is_unknown: bool = False
    is_public: bool = False


def public(*words: object, method: str = "get") -> Page:
    """Return the expectation that everybody is answered, strangers too."""
    return Page(EVERYBODY, words, method=method, is_public=True)
