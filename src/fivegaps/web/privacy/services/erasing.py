"""Erase what is known of a person, and see to it that no restore brings it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from fivegaps.web.collecting.models import PaperForm, Recipient
from fivegaps.web.collecting.services.erasing import erase_address
from fivegaps.web.privacy.selectors import Found
from fivegaps.web.privacy.services.log import empty_after
from fivegaps.web.shared import audit
from fivegaps.web.shared.erasures import id_hash, note_erasures
from fivegaps.web.surveys.models import Draft, Invitation, Quarantine, Response

RESPONSE, DRAFT, RECIPIENT = "response", "draft", "recipient"


@transaction.atomic
def erase_person(*, actor: audit.Actor | None, found: Found, at: datetime) -> int:
    """Erase what was found of a person; return how many rows that were.

    Answers go with their texts, drafts and what was set aside; the address goes from every
    list. Counts of invitations stay, and that somebody opted out, as a keyed digest alone. What
    was answered anonymously cannot be found, so it stays. Figures are made anew without him.
    """
    n = drop_responses(found.responses) + drop_drafts(found.drafts)
    note_erasures(kind=RESPONSE, subjects=found.responses, at=at)
    note_erasures(kind=DRAFT, subjects=found.drafts, at=at)
    note_erasures(kind=RECIPIENT, subjects=found.recipients, at=at)
    for address in found.addresses:
        n += erase_address(actor=actor, address=address, at=at)
    audit.record(actor=actor, verb="erased", kind="person", subject=n, at=at)
    empty_after(at=at)
    return n


def drop_responses(ids: tuple[UUID, ...] | list[UUID]) -> int:
    """Erase answers with all that hangs on them; return how many there were."""
    n = 0
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        Quarantine.objects.filter(response__in=some).delete()
        PaperForm.objects.filter(response__in=some).update(second_codes=None, second_other=None)
        Invitation.objects.filter(response__in=some).update(response=None)
        n += Response.objects.filter(id__in=some).count()
        Response.objects.filter(id__in=some).delete()
    return n


def drop_drafts(ids: tuple[UUID, ...] | list[UUID]) -> int:
    """Erase saved forms; return how many there were."""
    return Draft.objects.filter(id__in=ids).delete()[0]


def _drop_recipients(ids: list[UUID]) -> int:
    return Recipient.objects.filter(id__in=ids).delete()[0]


def _again(
    kind: str, model: type[Model], drop: Callable[[list[UUID]], int]
) -> Callable[[frozenset[str], datetime], int]:
    """Return what erases rows once more that a restore brought back."""

    def erase(hashes: frozenset[str], at: datetime) -> int:
        ids = model._default_manager.values_list("pk", flat=True)  # noqa: SLF001 - any model
        came_back = [one for one in ids if id_hash(kind, one) in hashes]
        if came_back:
            empty_after(at=at)
        return drop(came_back) if came_back else 0

    return erase


ERASERS: Mapping[str, Callable[[frozenset[str], datetime], int]] = {
    RESPONSE: _again(RESPONSE, Response, drop_responses),
    DRAFT: _again(DRAFT, Draft, drop_drafts),
    RECIPIENT: _again(RECIPIENT, Recipient, _drop_recipients),
}
