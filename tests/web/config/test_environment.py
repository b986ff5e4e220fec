"""Settings have safe defaults, and what is unsafe is refused with advice."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from fivegaps.errors import OptionRefused
from fivegaps.web.config.database.choice import database, is_safe_sqlite
from fivegaps.web.config.environment import (
    make_secret_key,
    read_environment,
    secret_key,
)
from fivegaps.web.config.mail import mail


def test_nothing_given_stays_on_this_machine() -> None:
    environment = read_environment({})

    assert environment.host == "127.0.0.1"
    assert set(environment.allowed_hosts) == {"localhost", "127.0.0.1", "[::1]"}
    assert not environment.debug
    assert environment.database_url.endswith("/office/office.sqlite3")


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DEBUG": "1", "HOST": "192.0.2.1"}, "DEBUG: shows the insides"),
        ({"DEBUG": "1", "PUBLIC_URL": "https://q.example"}, "DEBUG: shows the insides"),
        ({"DEBUG": "1", "ALLOWED_HOSTS": "q.example"}, "DEBUG: shows the insides"),
        ({"DEBUG": "maybe"}, "DEBUG: is 1 or 0"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS: does not take"),
        ({"PORT": "0"}, "PORT: lies between"),
        ({"PORT": "http"}, "PORT: is a whole number"),
        ({"PORT": "٣٤"}, "PORT: is a whole number"),
        ({"PUBLIC_URL": "q.example"}, "PUBLIC_URL: begins with"),
        ({"PUBLIC_URL": "https://q.example/office"}, "PUBLIC_URL: looks like"),
        ({"TIME_ZONE": "Mars/Base"}, "TIME_ZONE: is no time zone"),
        ({"PROXIES": "-1"}, "PROXIES: is a whole number"),
    ],
)
def test_unusable_setting_is_refused(variables: dict[str, str], said: str) -> None:
    with pytest.raises(OptionRefused, match=said):
        read_environment(variables)


def test_language_of_the_system_is_no_language_of_ours() -> None:
    """LANGUAGE=en_GB:en is what desktops set; it must not stop the office."""
    assert read_environment({"LANGUAGE": "en_GB:en"}).language == "en"
    assert read_environment({"LANGUAGE": "vi"}).language == "vi"


def test_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    environment = read_environment({"FIVEGAPS_HOME": str(tmp_path / "home")})
    file = environment.key_file

    file.parent.mkdir()
    file.write_text("k" * 40)
    file.chmod(0o600)
    first = secret_key(environment, {})

    assert first == "k" * 40
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_new_home_gets_a_long_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY")
    environment = read_environment({"FIVEGAPS_HOME": str(tmp_path / "home")})

    make_secret_key(environment)
    key = secret_key(environment)
    make_secret_key(environment)

    assert len(key) >= 50
    assert secret_key(environment) == key
    assert stat.S_IMODE(environment.key_file.stat().st_mode) == 0o600


def test_key_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(OptionRefused, match="at least 32 signs, found 6"):
        secret_key(read_environment({}), {"SECRET_KEY": "secret"})


def test_missing_key_file_is_refused() -> None:
    with pytest.raises(OptionRefused, match="is not there"):
        secret_key(read_environment({}), {"SECRET_KEY_FILE": "nowhere/key"})


def test_sqlite_writes_ahead_and_waits_for_the_disk() -> None:
    told = database("sqlite:////srv/office/office.sqlite3")

    assert told["NAME"] == "/srv/office/office.sqlite3"
    assert told["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in told["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in told["OPTIONS"]["init_command"]


def test_postgresql_address_is_taken_apart() -> None:
    told = database("postgresql://quality:p%40ss@db.example:5433/office?sslmode=require")

    assert (told["USER"], told["PASSWORD"], told["HOST"], told["PORT"], told["NAME"]) == (
        "quality",
        "p@ss",
        "db.example",
        "5433",
        "office",
    )
    assert told["OPTIONS"] == {"sslmode": "require"}


def test_socket_folder_of_postgresql_can_be_the_host() -> None:
    told = database("postgresql://quality@/office?host=/var/run/postgresql")

    assert told["HOST"] == "/var/run/postgresql"
    assert told["OPTIONS"] == {}


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///", "postgresql://host"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(OptionRefused, match="DATABASE_URL"):
        database(url)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
        ((3, 50, 7), True),
        ((3, 50, 6), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
    ],
)
def test_versions_of_sqlite_that_lose_transactions_are_known(version, safe) -> None:
    """SQLite's release notes: the WAL-reset fault is mended in 3.51.3, 3.50.7 and 3.44.6."""
    assert is_safe_sqlite(version) is safe


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+tls://u:p@mail.example", 587, True, False),
        ("smtps://mail.example:4650", 4650, False, True),
    ],
)
def test_mail_server_by_address(url: str, port: int, tls: bool, ssl: bool) -> None:
    told = mail(read_environment({"SMTP_URL": url}))

    assert (told["EMAIL_PORT"], told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (port, tls, ssl)


def test_https_outside_makes_cookies_travel_encrypted_only() -> None:
    environment = read_environment({"PUBLIC_URL": "https://q.example"})

    assert environment.secure
    assert "q.example" in environment.allowed_hosts
