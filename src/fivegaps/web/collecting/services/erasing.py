"""Erase a person's address from all lists."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fivegaps.web.collecting.addresses import address_keys
from fivegaps.web.collecting.models import Contact, Recipient, StagedList
from fivegaps.web.shared import audit


@transaction.atomic
def erase_address(*, actor: audit.Actor | None, address: str, at: datetime) -> int:
    """Erase an address with its name from every list; return how many entries there were.

    Answers stay, without a way back to the person. That he opted out stays as well: its keyed
    digest is what keeps him from being written to again. Lists in trial go whole.
    """
    keys = address_keys(address)
    n, _each = Recipient.objects.filter(address_key__in=keys).delete()
    Contact.objects.filter(address_key__in=keys).delete()
    StagedList.objects.all().delete()
    audit.record(actor=actor, verb="erased address", kind="person", subject=n, at=at)
    return n
