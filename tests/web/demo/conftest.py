"""One demo for all tests of it: filling takes seconds, and no test needs its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from fivegaps.web.demo.opening import Demo, open_demo

NOW = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)
URL = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo tells its sign-ins."""
    return tmp_path_factory.mktemp("demo") / "out" / "demo.json"


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, demo_file: Path) -> Iterator[Demo]:
    """The demo as its first run left it."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    unblocked, hashed = django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=quick)
    with unblocked, hashed, transaction.atomic():
        yield open_demo(demo_file, public_url=URL, at=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def demo(filled: Demo, db: None) -> Demo:
    """The demo; what a test changes is taken back after it."""
    return filled
