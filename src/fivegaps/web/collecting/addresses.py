"""E-mail addresses: one spelling of each, and a digest that tells nothing without the key."""

from __future__ import annotations

import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

LONGEST = 254
SALT = "fivegaps.collecting.address"


def tidy_address(text: str) -> str:
    """Return an address as it is written to: NFC, without blanks around it.

    Raises:
        ValidationError: It is no address.
    """
    address = unicodedata.normalize("NFC", text).strip()
    try:
        validate_email(address)
        _spelling(address)
    except (ValidationError, UnicodeError):
        raise ValidationError(_("This is no e-mail address.")) from None
    if len(address) > LONGEST:
        raise ValidationError(_("This is no e-mail address."))
    return address


def address_key(address: str) -> str:
    """Return the keyed digest of an address; capitals do not matter, dots do."""
    return _digest(address, settings.SECRET_KEY)


def address_keys(address: str) -> tuple[str, ...]:
    """Return its digests under the present and the former secret keys."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return tuple(_digest(address, key) for key in keys)


def _digest(address: str, key: str | bytes) -> str:
    return salted_hmac(SALT, _spelling(address), secret=key, algorithm="sha256").hexdigest()


def _spelling(address: str) -> str:
    local, _at, domain = unicodedata.normalize("NFC", address).strip().rpartition("@")
    if not domain.isascii():
        domain = domain.encode("idna").decode("ascii")
    return f"{local.casefold()}@{domain.lower().rstrip('.')}"
