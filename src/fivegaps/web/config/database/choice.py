"""From DATABASE_URL to Django's settings of a database."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote

from fivegaps.errors import OptionRefused
from fivegaps.web.config.environment import split_url

SAFE_SINCE = (3, 51, 3)
SAFE_BRANCHES = ((3, 50, 7), (3, 44, 6))  # the mended releases of older branches

# Foreign keys are Django's own default. Deleted rows are overwritten: free pages must not
# tell what a person withdrew.
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA temp_store=MEMORY;"
)


def is_safe_sqlite(version: tuple[int, int, int]) -> bool:
    """Return whether this SQLite keeps every committed row of a write-ahead log."""
    mended = any(branch[:2] == version[:2] and version >= branch for branch in SAFE_BRANCHES)
    return version >= SAFE_SINCE or mended


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for ``sqlite:///path`` or ``postgresql://user:word@host/name``.

    Raises:
        OptionRefused: The address is neither.
    """
    parts = split_url("DATABASE_URL", url, ("sqlite", "postgresql", "postgres"))
    path = unquote(parts.path)
    if parts.scheme == "sqlite":
        if parts.netloc or len(path) < 2:
            raise OptionRefused("DATABASE_URL", "looks like sqlite:////srv/office.sqlite3")
        return {
            "ENGINE": "fivegaps.web.config.database",
            "NAME": path[1:],
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": SQLITE_START,
            },
        }
    if len(path) < 2:
        raise OptionRefused("DATABASE_URL", "names a database: postgresql://user@host/office")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": path.removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or options.pop("host", "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
