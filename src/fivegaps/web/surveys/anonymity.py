"""What is known of anonymous waves: how many, never who."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count

from fivegaps.web.people.models import Unit
from fivegaps.web.surveys.credentials import Credential, redemption_keys
from fivegaps.web.surveys.models import AnonymousAnswer, Held, Invitation, Spent, Wave
from fivegaps.web.surveys.sealing import digest


def pool_of(wave: UUID, unit: int | None, *, is_answer: bool, is_test: bool = False) -> str:
    """Return the pool in which something is held: what is let go together."""
    what = bytes([is_answer, is_test]) + (unit or 0).to_bytes(8, "big")
    return digest("pool", wave.bytes, what).hex()


def spent(right: Credential) -> Spent | None:
    """Return that a right was spent, when it was."""
    return Spent.objects.filter(digest=right.digest).select_related("wave__survey").first()


def held_back(wave: Wave) -> int:
    """Return how many answers of a wave, without trial ones, are not visible (yet)."""
    n = Spent.objects.filter(wave=wave, is_test=False).count()
    return n - AnonymousAnswer.objects.filter(wave=wave, is_test=False).count()


def redeemed_among(invitations: Sequence[UUID]) -> set[UUID]:
    """Return which of these invitations are redeemed, those included whose flag is held back.

    For reminders: a yes or no for each, without a time.
    """
    found = Invitation.objects.filter(id__in=invitations, is_spent=True)
    redeemed = set(found.values_list("id", flat=True))
    keys = {key: one for one in invitations for key in redemption_keys(one)}
    held = Held.objects.filter(key__in=list(keys), is_answer=False).values_list("key", flat=True)
    return redeemed | {keys[key] for key in held}


def answered_by_unit(wave: Wave, *, is_test: bool = False) -> dict[int | None, int]:
    """Return how many anonymous answers came, held ones included, by the unit that they keep."""
    rows = AnonymousAnswer.objects.filter(wave=wave, is_test=is_test)
    found = _by_unit(wave, rows.values_list("unit_id").annotate(n=Count("id")))
    held = _held(wave, is_answer=True, is_test=is_test)
    return {unit: found.get(unit, 0) + held.get(unit, 0) for unit in found | held}


def begun_by_unit(wave: Wave) -> dict[int | None, int]:
    """Return how many began: who redeemed an invitation, and who answered without one."""
    rows = Invitation.objects.filter(wave=wave, is_spent=True)
    redeemed = _by_unit(wave, rows.values_list("unit_id").annotate(n=Count("id")))
    held, answered = _held(wave, is_answer=False), answered_by_unit(wave)
    return {
        unit: max(redeemed.get(unit, 0) + held.get(unit, 0), answered.get(unit, 0))
        for unit in redeemed | held | answered
    }


def _by_unit(wave: Wave, rows: object) -> dict[int | None, int]:
    """Return counts by unit, all in one where the survey keeps no unit."""
    found: dict[int | None, int] = {}
    for unit, n in rows:  # type: ignore[attr-defined]
        key = unit if wave.survey.tells_unit else None
        found[key] = found.get(key, 0) + n
    return found


def _held(wave: Wave, *, is_answer: bool, is_test: bool = False) -> dict[int | None, int]:
    units: list[int | None] = [None]
    if wave.survey.tells_unit:
        units += Unit.objects.values_list("pk", flat=True)
    pools = {pool_of(wave.id, one, is_answer=is_answer, is_test=is_test): one for one in units}
    rows = Held.objects.filter(wave=wave, is_answer=is_answer).values_list("pool")
    counts = rows.annotate(n=Count("key"))
    return {pools[pool]: n for pool, n in counts if pool in pools}
