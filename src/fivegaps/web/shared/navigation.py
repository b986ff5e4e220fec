"""The entries of the navigation: questions that a person has. Each app adds its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse
from django.utils.functional import Promise


class Visitor(Protocol):
    """Whoever looks at a page; an entry asks him whether it is for him."""

    def may(self, right: str) -> bool:
        """Return whether he has a right anywhere."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One question, the page that answers it, and who sees it.

    ``order`` sorts: results 10, diagnosis 20, actions 30, surveys 40, people 50, settings 60.
    ``prefix`` is the beginning of every address that belongs to it.
    """

    title: str | Promise
    url_name: str
    order: int
    right: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the page shows it."""

    title: str
    url: str
    is_here: bool


_entries: dict[str, Entry] = {}
_settings: dict[str, str | Promise] = {}


def add_entry(entry: Entry) -> None:
    """Put an entry into the navigation; called once, when an app is ready."""
    _entries[entry.url_name] = entry


def add_setting(title: str | Promise, url_name: str) -> None:
    """Put a further page under the settings; called once, when an app is ready."""
    _settings[url_name] = title


def settings_links() -> tuple[Link, ...]:
    """Return the further pages of settings; whoever changes settings may open them."""
    return tuple(Link(str(title), reverse(name), False) for name, title in _settings.items())


def links_for(visitor: Visitor, path: str) -> tuple[Link, ...]:
    """Return the links that a visitor may follow, in order, the present one marked."""
    chosen = sorted(_entries.values(), key=lambda entry: entry.order)
    return tuple(
        Link(str(entry.title), reverse(entry.url_name), path.startswith(entry.prefix))
        for entry in chosen
        if visitor.may(entry.right)
    )


def first_link(visitor: Visitor) -> str | None:
    """Return the address of the first page that a visitor may see, or None."""
    links = links_for(visitor, "")
    return links[0].url if links else None
