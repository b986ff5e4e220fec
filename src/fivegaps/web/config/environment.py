"""The settings that whoever runs an office gives by environment variables.

Every variable has a safe default; one that would put answers or people at risk is
refused with a sentence that says what to do instead.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fivegaps.errors import OptionRefused

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
LANGUAGE_CODES = ("en", "vi", "zh-hans", "zh-hant", "nl")
SHORTEST_KEY = 32


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says, checked.

    ``home`` is the folder of the database, the secret key and unsent mail.
    ``public_url`` has no slash at its end. ``proxies`` counts the reverse proxies
    in front, whose word about the sender's address is believed. ``api_requests_a_second``
    is how often one token may call; ``forms_per_address`` and ``forms_per_link`` are how many
    forms a minute are taken from one place and through one open link, 0 for any number.
    """

    home: Path
    host: str
    port: int
    debug: bool
    public_url: str
    allowed_hosts: tuple[str, ...]
    database_url: str
    smtp_url: str
    mail_from: str
    time_zone: str
    language: str
    proxies: int
    api_requests_a_second: int
    forms_per_address: int
    forms_per_link: int

    @property
    def secure(self) -> bool:
        """Whether people reach the office by https."""
        return self.public_url.startswith("https://")

    @property
    def key_file(self) -> Path:
        """Where the secret key is kept when the environment names no other file."""
        return self.home / "secret.key"


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Return the settings in these variables (those of the process when None).

    Raises:
        OptionRefused: A value makes no sense, or is unsafe.
    """
    given = os.environ if variables is None else variables
    host = given.get("HOST", "127.0.0.1").strip()
    port = _port(given.get("PORT", "8000"))
    public_url = _public_url(given.get("PUBLIC_URL", f"http://{_shown(host)}:{port}"))
    named = [name.strip() for name in given.get("ALLOWED_HOSTS", "").split(",") if name.strip()]
    if "*" in named:
        raise OptionRefused("ALLOWED_HOSTS", "does not take *; name the addresses of this office")
    hosts = tuple(dict.fromkeys([*named, _hostname(public_url), *LOOPBACK_NAMES]))
    home = Path(given.get("FIVEGAPS_HOME", "office")).absolute()
    debug = _flag("DEBUG", given.get("DEBUG", ""))
    if debug and (not _is_loopback(host) or set(hosts) - set(LOOPBACK_NAMES)):
        raise OptionRefused(
            "DEBUG",
            "shows the insides of the office to every visitor, so it is refused unless HOST, "
            "PUBLIC_URL and ALLOWED_HOSTS stay on this machine",
        )
    return Environment(
        home=home,
        host=host,
        port=port,
        debug=debug,
        public_url=public_url,
        allowed_hosts=hosts,
        database_url=given.get("DATABASE_URL", f"sqlite:///{home / 'office.sqlite3'}"),
        smtp_url=given.get("SMTP_URL", ""),
        mail_from=given.get("MAIL_FROM", f"fivegaps@{_hostname(public_url).strip('[]')}"),
        time_zone=_time_zone(given.get("TIME_ZONE", "UTC")),
        language=_language(given.get("LANGUAGE", "en")),
        proxies=_count("PROXIES", given.get("PROXIES", "0")),
        api_requests_a_second=_count(
            "API_REQUESTS_A_SECOND", given.get("API_REQUESTS_A_SECOND", "200")
        ),
        forms_per_address=_count("FORMS_PER_ADDRESS", given.get("FORMS_PER_ADDRESS", "60")),
        forms_per_link=_count("FORMS_PER_LINK", given.get("FORMS_PER_LINK", "1200")),
    )


def secret_key(environment: Environment, variables: Mapping[str, str] | None = None) -> str:
    """Return the secret key: SECRET_KEY, else what SECRET_KEY_FILE or the home's file holds.

    Empty when nothing holds one yet; :func:`make_secret_key` then makes it.

    Raises:
        OptionRefused: The key is short enough to be guessed, or its file is missing.
    """
    given = os.environ if variables is None else variables
    named = given.get("SECRET_KEY_FILE")
    if "SECRET_KEY" in given:
        key = given["SECRET_KEY"]
    elif named is not None and not Path(named).is_file():
        raise OptionRefused("SECRET_KEY_FILE", f"names {named}, which is not there")
    elif named is not None:
        key = Path(named).read_text(encoding="utf-8").strip()
    elif environment.key_file.is_file():
        key = environment.key_file.read_text(encoding="utf-8").strip()
    else:
        return ""
    if len(key) < SHORTEST_KEY:
        raise OptionRefused("SECRET_KEY", f"needs at least {SHORTEST_KEY} signs, found {len(key)}")
    return key


def make_secret_key(environment: Environment) -> None:
    """Write a new random key that only the owner may read, unless there is one."""
    if secret_key(environment):
        return
    environment.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(environment.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
        file.flush()
        os.fsync(file.fileno())


def split_url(option: str, url: str, schemes: tuple[str, ...]) -> SplitResult:
    """Return a URL in parts.

    Raises:
        OptionRefused: It is none, or its scheme is not one of these.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise OptionRefused(option, f"is no address: {error}") from None
    if parts.scheme not in schemes:
        raise OptionRefused(option, f"begins with one of: {', '.join(f'{s}://' for s in schemes)}")
    return parts


def _public_url(url: str) -> str:
    parts = split_url("PUBLIC_URL", url.rstrip("/"), ("http", "https"))
    if not parts.hostname or parts.path or parts.query or parts.username:
        raise OptionRefused("PUBLIC_URL", "looks like https://quality.example.org, without a path")
    return url.rstrip("/")


def _hostname(url: str) -> str:
    name = urlsplit(url).hostname or ""
    return f"[{name}]" if ":" in name else name


def _shown(host: str) -> str:
    if host in {"", "0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _count(option: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise OptionRefused(option, f"is a whole number, not {text!r}")
    return int(text)


def _port(text: str) -> int:
    port = _count("PORT", text)
    if not 0 < port < 65536:
        raise OptionRefused("PORT", f"lies between 1 and 65535, not {port}")
    return port


def _flag(option: str, text: str) -> bool:
    word = text.strip().lower()
    if word in {"", "0", "false", "no", "off"}:
        return False
    if word in {"1", "true", "yes", "on"}:
        return True
    raise OptionRefused(option, f"is 1 or 0, not {text!r}")


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise OptionRefused("TIME_ZONE", f"is no time zone: {name!r}; try Europe/Riga") from None
    return name


def _language(code: str) -> str:
    # LANGUAGE is also the system's own list, such as en_GB:en: then it says nothing to us.
    return code if code in LANGUAGE_CODES else "en"
