"""Rights to answer in an anonymous wave, and what is kept of them.

An invitation is exchanged for a credential, which carries its wave, the unit where the survey
tells it, and a secret. The secret is made of the invitation and of a number that stands in the
person's page alone, so that a double click gets the same credential, and the database holds
nothing to make it from. When it is spent its digest is kept, from which it does not follow.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import constant_time_compare

from fivegaps.web.surveys.sealing import digest, keys

PART = 16
UNIT = 8
LENGTH = 3 * PART + UNIT


@dataclass(frozen=True, slots=True)
class Credential:
    """The right to answer once in a wave. ``secret`` (16 bytes) is the form's id as well."""

    wave_id: UUID
    unit_id: int | None
    secret: bytes

    @property
    def submission_id(self) -> UUID:
        """The one form that may be sent with it."""
        return UUID(bytes=self.secret)

    @property
    def token(self) -> str:
        """The credential as it stands in an address."""
        raw = self._told() + _proof(self._told())
        return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")

    @property
    def digest(self) -> str:
        """What is kept when it is spent."""
        return hashlib.sha256(self.secret).hexdigest()

    def body(self, sheet_sha256: str) -> str:
        """Return a digest of a form that nobody can compare with answers who lacks the secret."""
        return hmac.digest(self.secret, sheet_sha256.encode(), "sha256").hex()

    def _told(self) -> bytes:
        return self.wave_id.bytes + (self.unit_id or 0).to_bytes(UNIT, "big") + self.secret


def issued(invitation: UUID, page: UUID, *, wave_id: UUID, unit_id: int | None) -> Credential:
    """Return the credential for an invitation; ``page`` is the number in the person's page."""
    secret = digest("secret", invitation.bytes, page.bytes)[:PART]
    return Credential(wave_id, unit_id, secret)


def page_proof(invitation: UUID, page: UUID) -> str:
    """Return what recognises a page that asks again; the secret does not follow from it."""
    return digest("page", invitation.bytes, page.bytes).hex()


def redemption_keys(invitation: UUID) -> tuple[str, ...]:
    """Return the keys under which a redemption may be held; new ones get the first."""
    return tuple(digest("redeemed", invitation.bytes, key=key).hex() for key in keys())


def read_credential(token: str) -> Credential | None:
    """Return the credential that a token holds; None when it is not one of ours."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (UnicodeError, binascii.Error):
        return None
    said, proof = raw[: LENGTH - PART], raw[LENGTH - PART :]
    if len(raw) != LENGTH or not any(
        constant_time_compare(proof, _proof(said, key)) for key in keys()
    ):
        return None
    unit = int.from_bytes(said[PART : PART + UNIT], "big")
    return Credential(UUID(bytes=said[:PART]), unit or None, said[PART + UNIT :])


def _proof(said: bytes, key: str | bytes | None = None) -> bytes:
    return digest("credential", said, key=key)[:PART]
