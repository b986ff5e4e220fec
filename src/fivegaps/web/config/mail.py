"""From SMTP_URL to Django's settings of mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from fivegaps.web.config.environment import Environment, split_url

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail(environment: Environment) -> dict[str, Any]:
    """Return Django's mail settings; without SMTP_URL mails are kept as files in the home.

    ``smtp://`` sends in the open, ``smtp+tls://`` begins with STARTTLS, ``smtps://`` is
    encrypted from the first byte.

    Raises:
        OptionRefused: SMTP_URL is no such address.
    """
    common = {
        "DEFAULT_FROM_EMAIL": environment.mail_from,
        "SERVER_EMAIL": environment.mail_from,
        "EMAIL_TIMEOUT": 20,
    }
    if not environment.smtp_url:
        return common | {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(environment.home / "mail"),
        }
    parts = split_url("SMTP_URL", environment.smtp_url, tuple(PORTS))
    return common | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
