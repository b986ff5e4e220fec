"""Anonymous waves: redeem an invitation, answer, let answers go in shuffled groups.

Redeeming and answering share no key. What comes in is held sealed; when 2 k are held in a pool,
all but k of them, drawn by lot, are let go at once: flags of redeemed invitations in one
statement, answers as new rows with new random keys. So at the end of a wave every group that
is let go has k or more. Neither step writes an audit row, a task, a receipt or a time.
What this holds against, and what not: docs/office/privacy.md.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from fivegaps.web.surveys.anonymity import pool_of
from fivegaps.web.surveys.credentials import (
    Credential,
    issued,
    page_proof,
    redemption_keys,
)
from fivegaps.web.surveys.models import AnonymousAnswer, Held, Invitation, Spent, State, Wave
from fivegaps.web.surveys.refusals import AlreadyBegun, NotOpen, OtherContent
from fivegaps.web.surveys.sealing import Unreadable, seal, unseal
from fivegaps.web.surveys.services.submitting import hold_open
from fivegaps.web.surveys.sheet import Sheet
from fivegaps.web.surveys.ways import Way

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """A held row and what is in its box."""

    key: str
    content: Mapping[str, object]

    @property
    def unit_id(self) -> int | None:
        """The unit that the answer keeps."""
        unit = self.content.get("unit")
        return unit if isinstance(unit, int) else None


def redeem(*, way: Way, wave: Wave, page: UUID, tells_unit: bool) -> Credential:
    """Exchange an invitation for a credential, once; a double click gets the same one.

    Args:
        way: The invitation's.
        wave: Its wave.
        page: The number that stood in the person's page.
        tells_unit: Whether the answer is to keep the unit.

    Raises:
        NotOpen: The wave takes no answers.
        AlreadyBegun: It was exchanged before, from another page.
    """
    invitation = way.invitation_id
    if invitation is None:
        raise NotOpen
    unit = way.unit_id if tells_unit else None
    pool = pool_of(wave.id, unit, is_answer=False)
    box = {"invitation": invitation.hex, "page": page_proof(invitation, page)}
    keys = redemption_keys(invitation)
    row = Held(key=keys[0], wave=wave, is_answer=False, pool=pool, box=seal(box, wave=wave.id))
    try:
        with transaction.atomic():
            hold_open(way, wave, spend=False)
            if not Invitation.objects.filter(id=invitation, is_spent=False).exists():
                raise AlreadyBegun
            if Held.objects.filter(key__in=keys[1:]).exists():
                raise AlreadyBegun
            row.save(force_insert=True)
    except IntegrityError:
        held = Held.objects.filter(key=keys[0]).first()
        if held is None or _content(held).get("page") != box["page"]:
            raise AlreadyBegun from None
    else:
        _let_some_go(wave, pool, besides=keys[0])
    return issued(invitation, page, wave_id=wave.id, unit_id=unit)


def submit_anonymous(
    *, way: Way, wave: Wave, right: Credential, sheet: Sheet, lang: str, is_trial: bool
) -> Spent:
    """Take an anonymous form once, in one transaction with its right; return that it is spent.

    Raises:
        NotOpen: The wave closed, its quota is full, or the link was closed.
        OtherContent: Another form was sent with this right; that one stands, this is not kept.
    """
    is_test = is_trial or wave.state == State.PILOT
    pool = pool_of(wave.id, right.unit_id, is_answer=True, is_test=is_test)
    spent = Spent(
        digest=right.digest, wave=wave, body=right.body(sheet.sha256(lang)), is_test=is_test
    )
    content = {
        "unit": right.unit_id,
        "lang": lang,
        "codes": sheet.codes.hex(),
        "other": dict(sheet.other),
        "is_test": is_test,
    }
    box = seal(content, wave=wave.id)
    held = Held(key=secrets.token_hex(32), wave=wave, is_answer=True, pool=pool, box=box)
    try:
        with transaction.atomic():
            hold_open(way, wave)
            spent.save(force_insert=True)
            held.save(force_insert=True)
    except (IntegrityError, NotOpen):
        first = Spent.objects.filter(digest=right.digest).first()
        if first is None:
            raise
        if first.body != spent.body:
            raise OtherContent("") from None
        return first
    _let_some_go(wave, pool)
    return spent


def let_all_go(*, wave: Wave) -> None:
    """Let go what is held of a wave that closed, inside the caller's transaction.

    Units with fewer than k answers are put together without their unit; when they are still
    fewer, the smallest group of a unit joins them. Fewer than k in all stay sealed for good.
    Then all answers of the wave are written anew, so that nothing tells the groups apart.
    """
    held = [_opened(row) for row in Held.objects.filter(wave=wave, is_answer=True)]
    redeemed = Held.objects.filter(wave=wave, is_answer=False)
    _mark(_content(row) for row in redeemed)
    redeemed.delete()
    for is_test in (False, True):
        some = [one for one in held if one and bool(one.content["is_test"]) == is_test]
        _write(wave, _grouped(some))
        if some and not _are_withheld(some):
            Held.objects.filter(key__in=[one.key for one in some]).delete()
    _write_anew(wave)


def _are_withheld(held: Sequence[Opened]) -> bool:
    return 0 < len(held) < FEWEST


def _grouped(held: Sequence[Opened]) -> list[tuple[int | None, Opened]]:
    """Return the answers to be let go with the unit that each keeps; none when they are too few."""
    if len(held) < FEWEST:
        return []
    by_unit: dict[int | None, list[Opened]] = defaultdict(list)
    for one in held:
        by_unit[one.unit_id].append(one)
    alone = by_unit.pop(None, [])
    groups = sorted(by_unit.items(), key=lambda group: (len(group[1]), group[0] or 0))
    kept: list[tuple[int | None, Opened]] = []
    for unit, some in groups:
        if len(some) < FEWEST or 0 < len(alone) < FEWEST:
            alone += some
        else:
            kept += [(unit, one) for one in some]
    return kept + [(None, one) for one in alone]


def _let_some_go(wave: Wave, pool: str, *, besides: str = "") -> None:
    """Let all but k of a pool go, drawn by lot, once it has 2 k; the newest may be told to stay."""
    if Held.objects.filter(pool=pool).count() < 2 * FEWEST:
        return
    with transaction.atomic():
        # One at a time: a second waits here, and finds too few.
        Wave.objects.select_for_update().get(id=wave.id)
        rows = list(Held.objects.filter(pool=pool).exclude(key=besides))
        if len(rows) + bool(besides) < 2 * FEWEST:
            return
        n = len(rows) + bool(besides) - FEWEST
        chosen = [one for row in secrets.SystemRandom().sample(rows, n) if (one := _opened(row))]
        if len(chosen) < FEWEST:
            return
        if rows[0].is_answer:
            _write(wave, [(one.unit_id, one) for one in chosen])
        else:
            _mark(one.content for one in chosen)
        Held.objects.filter(key__in=[one.key for one in chosen]).delete()


def _mark(contents: Iterable[Mapping[str, object]]) -> None:
    """Mark invitations as redeemed, all in one statement and without a time."""
    ids = [UUID(str(content["invitation"])) for content in contents if content]
    Invitation.objects.filter(id__in=ids).update(is_spent=True)


def _write(wave: Wave, answers: Iterable[tuple[int | None, Opened]]) -> None:
    """Write answers as new rows, in the order of their new random keys."""
    rows = [
        AnonymousAnswer(
            id=uuid4(),
            wave=wave,
            unit_id=unit,
            lang=str(one.content["lang"]),
            codes=bytes.fromhex(str(one.content["codes"])),
            other=one.content["other"],
            is_test=bool(one.content["is_test"]),
        )
        for unit, one in answers
    ]
    AnonymousAnswer.objects.bulk_create(sorted(rows, key=lambda row: row.id), batch_size=500)


def _write_anew(wave: Wave) -> None:
    rows = list(AnonymousAnswer.objects.filter(wave=wave))
    AnonymousAnswer.objects.filter(wave=wave).delete()
    for row in rows:
        row.id = uuid4()
    AnonymousAnswer.objects.bulk_create(sorted(rows, key=lambda row: row.id), batch_size=500)


def _content(row: Held) -> Mapping[str, object]:
    try:
        return unseal(bytes(row.box), wave=row.wave_id)
    except Unreadable:
        return {}


def _opened(row: Held) -> Opened | None:
    """Return a row with its content; None when the office lost the key to it."""
    content = _content(row)
    return Opened(row.key, content) if content else None
