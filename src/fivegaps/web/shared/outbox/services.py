"""Put errands down, take them up, do them: at least once, and as a rule exactly once.

An errand is done twice only when its worker is killed after the deed (a mail server took the
mail) and before the commit that says so. Each attempt is written down before it begins, so such
a case can be seen: an attempt without end, then another.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet

from fivegaps.web.shared.outbox.kinds import Kind, Later, Settle, Task, kind_named, kinds
from fivegaps.web.shared.outbox.models import Attempt, Errand

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
BATCH = 20
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
KEPT = timedelta(days=60)


def put(
    *, kind: str, payload: Mapping[str, str], due_at: datetime, at: datetime, key: str | None = None
) -> None:
    """Put an errand down, inside the caller's transaction.

    With a key it is put down once: again, an errand that still waits gets the new time.
    """
    errand = Errand(kind=kind, payload=dict(payload), created_at=at, due_at=due_at)
    if key is not None:
        errand.key = key
    Errand.objects.bulk_create([errand], ignore_conflicts=key is not None)
    if key is not None:
        Errand.objects.filter(key=key, done_at=None, lease=None).update(due_at=due_at)


def put_all(
    *, kind: str, payloads: Sequence[Mapping[str, str]], due_at: datetime, at: datetime
) -> None:
    """Put many errands of one kind down, inside the caller's transaction."""
    errands = [
        Errand(kind=kind, payload=dict(told), created_at=at, due_at=due_at) for told in payloads
    ]
    Errand.objects.bulk_create(errands, batch_size=500)


def run_due(at: datetime) -> int:
    """Do everything that is due at an instant, and return how many errands were begun."""
    n = 0
    while ids := take(at=at):
        n += sum(run(errand_id=id_, lease=lease, at=at) for id_, lease in ids)
    return n


def take(*, at: datetime, most: int = BATCH) -> list[tuple[UUID, UUID]]:
    """Lease what is due, and return the ids with their leases, the longest due first."""
    free = (Q(lease_until=None) | Q(lease_until__lt=at)) & Q(done_at=None, parked_at=None)
    rows = Errand.objects.filter(free, due_at__lte=at)
    # Looked at first without a lock: most of the time nothing is due.
    return _lease(rows, at, most) if rows.exists() else []


@transaction.atomic
def _lease(rows: QuerySet[Errand], at: datetime, most: int) -> list[tuple[UUID, UUID]]:
    paced = {kind.name: left for kind in kinds() if (left := _left(kind, at)) is not None}
    slow = [name for name, left in paced.items() if left <= 0]
    rows = rows.exclude(kind__in=slow).select_for_update(skip_locked=True).order_by("due_at")
    chosen: list[UUID] = []
    for id_, kind in rows.values_list("id", "kind")[:most]:
        if paced.get(kind, 1) > 0:
            chosen.append(id_)
            if kind in paced:
                paced[kind] -= 1
    lease = uuid4()
    Errand.objects.filter(id__in=chosen).update(lease=lease, lease_until=at + LEASE)
    return [(id_, lease) for id_ in chosen]


def run(*, errand_id: UUID, lease: UUID, at: datetime) -> bool:
    """Do one errand that was taken; False when somebody else holds it by now."""
    begun = _begin(errand_id, lease, at)
    if begun is None:
        return False
    errand, attempt = begun
    kind = kind_named(errand.kind)
    task = Task(errand.id, errand.payload, errand.attempts, at)
    held = Errand.objects.filter(id=errand_id, lease=lease)
    try:
        if kind is None:
            raise LookupError(f"nothing here does {errand.kind!r}")  # noqa: TRY301
        settle = kind.run(task)
        _end(held, attempt, at, settle)
    except Later as later:
        _postpone(held, attempt, at, later.due_at)
    except Exception as error:  # noqa: BLE001 - one errand that fails must not stop the others
        logger.warning("%s was not done: %s", errand.kind, type(error).__name__)
        _fail(held, errand, attempt, kind, at=at, why=_told(error))
    return True


@transaction.atomic
def _begin(errand_id: UUID, lease: UUID, at: datetime) -> tuple[Errand, Attempt] | None:
    """Write down that an attempt begins, and hold the errand anew."""
    held = Errand.objects.filter(id=errand_id, lease=lease, done_at=None, parked_at=None)
    if not held.update(attempts=F("attempts") + 1, lease_until=at + LEASE):
        return None
    errand = held.get()
    attempt = Attempt(errand=errand, kind=errand.kind, begun_at=at)
    if errand.attempts > MOST_ATTEMPTS:  # each time the worker died of it
        _park(held, errand, kind_named(errand.kind), at, "the worker was broken off each time")
        return None
    attempt.save(force_insert=True)
    return errand, attempt


@transaction.atomic
def _end(held: QuerySet[Errand], attempt: Attempt, at: datetime, settle: Settle | None) -> None:
    held.update(done_at=at, lease=None, lease_until=None, last_error="")
    Attempt.objects.filter(id=attempt.id).update(ended_at=at, outcome="done")
    if settle is not None:
        settle()


@transaction.atomic
def _postpone(held: QuerySet[Errand], attempt: Attempt, at: datetime, due_at: datetime) -> None:
    later = max(due_at, at + timedelta(seconds=1))  # never again at the same instant
    held.update(due_at=later, attempts=F("attempts") - 1, lease=None, lease_until=None)
    Attempt.objects.filter(id=attempt.id).delete()


@transaction.atomic
def _fail(
    held: QuerySet[Errand],
    errand: Errand,
    attempt: Attempt,
    kind: Kind | None,
    *,
    at: datetime,
    why: str,
) -> None:
    Attempt.objects.filter(id=attempt.id).update(ended_at=at, outcome="failed")
    if errand.attempts < MOST_ATTEMPTS:
        due_at = at + pause_after(errand.attempts)
        held.update(due_at=due_at, last_error=why, lease=None, lease_until=None)
        return
    _park(held, errand, kind, at, why)


def _park(
    held: QuerySet[Errand], errand: Errand, kind: Kind | None, at: datetime, why: str
) -> None:
    held.update(parked_at=at, last_error=why, lease=None, lease_until=None)
    if kind is not None and kind.give_up is not None:
        kind.give_up(errand.payload, why)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: 30 s, doubled each time, at most 6 h."""
    pause: timedelta = FIRST_PAUSE * (1 << (attempts - 1))
    return min(pause, LONGEST_PAUSE)


@transaction.atomic
def try_again(*, errand_id: UUID, at: datetime) -> bool:
    """Take a parked errand up again, from its first attempt; False when it is not parked."""
    rows = Errand.objects.filter(id=errand_id).exclude(parked_at=None)
    return bool(rows.update(parked_at=None, attempts=0, due_at=at))


@transaction.atomic
def drop(*, errand_id: UUID) -> bool:
    """Throw a parked errand away; False when it is not parked."""
    n, _ = Errand.objects.filter(id=errand_id).exclude(parked_at=None).delete()
    return n > 0


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Throw away what was done long ago, with its log; return how many errands."""
    old = Errand.objects.filter(done_at__lt=at - KEPT)
    n = old.count()
    old.delete()
    return n


def work(
    *,
    is_over: Callable[[], bool],
    rest: Callable[[float], object],
    clock: Callable[[], datetime],
) -> None:
    """Do what falls due until told to stop; the errand in hand is always brought to its end.

    Args:
        is_over: Whether to stop; asked between errands.
        rest: Waits so many seconds, or less when it is over.
        clock: The present instant.
    """
    swept_at = clock()
    while not is_over():
        taken: Sequence[tuple[UUID, UUID]] = take(at=clock())
        for id_, lease in taken:
            if is_over():
                _let_go(lease)
                return
            run(errand_id=id_, lease=lease, at=clock())
        if clock() - swept_at > timedelta(hours=1):
            swept_at = clock()
            sweep(at=swept_at)
        if not taken:
            rest(1.0)


def _let_go(lease: UUID) -> None:
    Errand.objects.filter(lease=lease, done_at=None).update(lease=None, lease_until=None)


def _left(kind: Kind, at: datetime) -> int | None:
    if kind.pace is None:
        return None
    begun = Attempt.objects.filter(kind=kind.name, begun_at__gt=at - timedelta(minutes=1))
    return kind.pace() - begun.count()


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".replace("\x00", "")[:300]
