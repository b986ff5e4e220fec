"""The personal link of an invitation: made anew from its id whenever it is needed.

A token is the id and a keyed digest of it. The database holds neither token nor digest: who
reads it cannot answer in anybody's name, and a reminder still carries the same link.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "fivegaps.surveys.invitation"
ID_BYTES, PROOF_BYTES = 16, 17  # 33 bytes are 44 signs, without padding


def invitation_token(invitation_id: UUID) -> str:
    """Return the token of an invitation, 44 signs that may stand in an address."""
    raw = invitation_id.bytes + _proof(invitation_id, settings.SECRET_KEY)
    return urlsafe_b64encode(raw).decode("ascii")


def invitation_id(token: str) -> UUID | None:
    """Return the id that a token vouches for; None when it does not."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii"))
    except (UnicodeError, binascii.Error):
        return None
    if len(raw) != ID_BYTES + PROOF_BYTES or urlsafe_b64encode(raw).decode() != token:
        return None
    found, proof = UUID(bytes=raw[:ID_BYTES]), raw[ID_BYTES:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    ours = [constant_time_compare(proof, _proof(found, key)) for key in keys]
    return found if any(ours) else None


def submission_of(invitation: UUID) -> UUID:
    """Return the id of the one form that an invitation stands for, on whichever device."""
    return uuid5(invitation, "submission")


def _proof(invitation: UUID, key: str | bytes) -> bytes:
    digest = salted_hmac(SALT, invitation.hex, secret=key, algorithm="sha256").digest()
    return bytes(digest[:PROOF_BYTES])
