"""The audit log as people read it: filtered, page by page, with names beside the ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from fivegaps.web.accounts.models import User
from fivegaps.web.shared.audit import SYSTEM
from fivegaps.web.shared.models import AuditRow

PAGE = 50
MOST_CHECKED_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deeds are asked for; empty: all."""

    kind: str = ""
    verb: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed as a page shows it; ``name`` is empty when the program itself did it."""

    number: int
    at: datetime
    actor: str
    name: str
    verb: str
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of deeds, the newest first; ``older`` is where the next one begins."""

    deeds: tuple[Deed, ...]
    older: int | None


def deeds(wanted: Wanted) -> QuerySet[AuditRow]:
    """Return the deeds that are asked for, the newest first."""
    where = Q()
    for name in ("kind", "verb", "actor"):
        if value := getattr(wanted, name):
            where &= Q(**{name: value})
    if wanted.since is not None:
        where &= Q(at__gte=_midnight(wanted.since))
    if wanted.until is not None and wanted.until < date.max:
        where &= Q(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return AuditRow.objects.filter(where).order_by("-number")


def leaf(wanted: Wanted, *, before: int | None) -> Leaf:
    """Return one page of deeds, those with a number below ``before``."""
    rows = deeds(wanted)
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    names = names_of(row.actor for row in shown)
    older = shown[-1].number if len(found) > PAGE else None
    return Leaf(tuple(_deed(row, names) for row in shown), older)


def lines(wanted: Wanted) -> Iterator[tuple[str, ...]]:
    """Yield the deeds as rows of a table: ids alone, as the log keeps them."""
    yield ("number", "at", "actor", "verb", "kind", "subject", "digest")
    for row in deeds(wanted).iterator():
        at = row.at.isoformat(timespec="microseconds")
        yield (str(row.number), at, row.actor, row.verb, row.kind, row.subject, row.digest)


def kinds() -> list[str]:
    """Return the kinds of things to which something was done."""
    return list(AuditRow.objects.order_by("kind").values_list("kind", flat=True).distinct())


def verbs() -> list[str]:
    """Return what was done."""
    return list(AuditRow.objects.order_by("verb").values_list("verb", flat=True).distinct())


def actors() -> list[tuple[str, str]]:
    """Return who did something: ids and names, by name."""
    ids = AuditRow.objects.order_by("actor").values_list("actor", flat=True).distinct()
    names = names_of(ids)
    return sorted(names.items(), key=lambda one: one[1].casefold())


def size() -> int:
    """Return how many deeds there are."""
    last = AuditRow.objects.order_by("-number").values_list("number", flat=True).first()
    return last or 0


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Return the names of persons by the ids that the log keeps."""
    ids = {one for one in actors if one != SYSTEM}
    users = User.objects.filter(id__in=[UUID(one) for one in ids if _is_uuid(one)])
    return {str(user.id): user.name or user.email for user in users}


def _deed(row: AuditRow, names: dict[str, str]) -> Deed:
    name = "" if row.actor == SYSTEM else names.get(row.actor, row.actor)
    return Deed(row.number, row.at, row.actor, name, row.verb, row.kind, row.subject)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
