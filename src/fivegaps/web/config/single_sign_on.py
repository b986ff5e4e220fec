"""Sign-in through the organisation's own identity provider (OpenID Connect), by settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fivegaps.errors import OptionRefused
from fivegaps.web.config.environment import split_url

NAMES = ("OIDC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET or OIDC_CLIENT_SECRET_FILE")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """Who vouches for people: its address, and how this office is known to it."""

    url: str
    client_id: str
    secret: str
    name: str

    @property
    def discovery_url(self) -> str:
        """Where its addresses and keys are told."""
        known = "/.well-known/openid-configuration"
        return self.url if "/.well-known/" in self.url else f"{self.url}{known}"


def identity_provider(variables: Mapping[str, str] | None = None) -> IdentityProvider | None:
    """Return the identity provider that the environment names; None when it names none.

    Raises:
        OptionRefused: Some of its settings are missing, or its address is not encrypted.
    """
    given = os.environ if variables is None else variables
    url = given.get("OIDC_URL", "").strip().rstrip("/")
    client_id = given.get("OIDC_CLIENT_ID", "").strip()
    secret = given.get("OIDC_CLIENT_SECRET", "").strip()
    file = given.get("OIDC_CLIENT_SECRET_FILE", "").strip()
    if file and not secret:
        if not Path(file).is_file():
            raise OptionRefused("OIDC_CLIENT_SECRET_FILE", f"names {file}, which is not there")
        secret = Path(file).read_text(encoding="utf-8").strip()
    if not (url or client_id or secret):
        return None
    for name, value in zip(NAMES, (url, client_id, secret), strict=True):
        if not value:
            raise OptionRefused(name, "is missing; sign-in by OpenID Connect needs all three")
    parts = split_url("OIDC_URL", url, ("https", "http"))
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise OptionRefused("OIDC_URL", "begins with https://: passwords pass by there")
    name = given.get("OIDC_NAME", "").strip() or (urlsplit(url).hostname or "OpenID Connect")
    return IdentityProvider(url, client_id, secret, name)


def provider_settings(provider: IdentityProvider | None) -> dict[str, Any]:
    """Return what allauth is told of the identity provider."""
    apps = []
    if provider is not None:
        apps.append(
            {
                "provider_id": "office",
                "name": provider.name,
                "client_id": provider.client_id,
                "secret": provider.secret,
                "settings": {"server_url": provider.url},
            }
        )
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
