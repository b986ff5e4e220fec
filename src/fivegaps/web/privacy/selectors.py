"""What is known of a person who asks to be erased."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models.fields.json import KT

from fivegaps.web.collecting.addresses import address_keys
from fivegaps.web.collecting.models import Recipient
from fivegaps.web.surveys.invitations import submission_of
from fivegaps.web.surveys.models import Draft, Identification, Response
from fivegaps.web.surveys.questionnaire import CONTACT

SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Rows about a person, by their ids; ``anonymous`` invitations lead to no answer."""

    responses: tuple[UUID, ...] = ()
    drafts: tuple[UUID, ...] = ()
    recipients: tuple[UUID, ...] = ()
    addresses: tuple[str, ...] = ()
    anonymous: int = 0

    @property
    def n(self) -> int:
        """How many rows there are."""
        return len(self.responses) + len(self.drafts) + len(self.recipients)


def found_by_receipt(text: str) -> Found:
    """Return the answer that a receipt stands for."""
    receipt = "".join(sign for sign in text.upper() if sign.isalnum())
    rows = Response.objects.filter(receipt=receipt) if receipt else Response.objects.none()
    return Found(responses=tuple(rows.values_list("id", flat=True)))


def found_by_contact(text: str) -> Found:
    """Return identified answers, sent or saved, whose contact holds a name or an address."""
    wanted = " ".join(text.casefold().split())
    if len(wanted) < SHORTEST:
        return Found()
    return Found(responses=_naming(Response, wanted), drafts=_naming(Draft, wanted))


def _naming(model: type[Response | Draft], wanted: str) -> tuple[UUID, ...]:
    rows = model.objects.filter(survey__identification=Identification.IDENTIFIED)
    rows = rows.filter(**{f"other__{CONTACT}__isnull": False})
    named = rows.values_list("id", KT(f"other__{CONTACT}"))
    return tuple(id_ for id_, contact in named if wanted in str(contact).casefold())


def found_by_address(address: str) -> Found:
    """Return what was answered through invitations to an address, and where it is listed."""
    rows = Recipient.objects.filter(address_key__in=address_keys(address))
    listed = list(rows.select_related("invitation__wave__survey"))
    invitations = [one.invitation for one in listed if one.invitation is not None]
    forms = [submission_of(one.id) for one in invitations]
    responses = Response.objects.filter(invitation__in=invitations)
    drafts = Draft.objects.filter(submission_id__in=forms)
    anonymous = [
        one for one in invitations if one.wave.survey.identification == Identification.ANONYMOUS
    ]
    return Found(
        responses=tuple(responses.values_list("id", flat=True)),
        drafts=tuple(drafts.values_list("id", flat=True)),
        recipients=tuple(one.id for one in listed),
        addresses=(address,) if listed else (),
        anonymous=len(anonymous),
    )
