"""The office of the tests: Django set up for tests/web alone, and people of several roles."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime

# Before Django reads its settings; the core's tests never get here.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fivegaps.web.config.settings")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 32)
os.environ["FIVEGAPS_HOME"] = tempfile.mkdtemp(prefix="fivegaps-office-")  # never a real office

import django
import pytest
from django.conf import settings as office_settings

if office_settings.DATABASES["default"]["ENGINE"] == "fivegaps.web.config.database":
    # A file, as in an office: SQLite in memory has other locks, and threads trip over them.
    # Processes that test side by side each have their own; connections may be set up already.
    test_file = str(office_settings.ENVIRONMENT.home / f"tests-{os.getpid()}.sqlite3")
    office_settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = test_file

django.setup()

from django.test import Client

from fivegaps.web.accounts.models import User
from fivegaps.web.people.members import Member, member_for
from fivegaps.web.people.models import Channel, Organisation, Unit
from fivegaps.web.people.rights import Role
from fivegaps.web.people.services.channels import add_channel
from fivegaps.web.people.services.memberships import give_role
from fivegaps.web.people.services.units import open_unit

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PASSWORD = "a long pass phrase of tests"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The name of each process's database is its own already, so it needs no suffix."""


@pytest.fixture(autouse=True)
def quick_settings(settings) -> None:
    """Argon2id takes its time by design, and no page of most tests asks for a static file."""
    settings.WHITENOISE_USE_FINDERS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass(frozen=True)
class Office:
    """An organisation with two regions, and somebody of each kind who works there.

    Units: ``north`` with ``riga`` and ``tartu`` below it, ``south`` with ``vilnius``.
    """

    north: Unit
    riga: Unit
    tartu: Unit
    south: Unit
    vilnius: Unit
    counter: Channel

    def member(self, role: str, unit: Unit | None = None, email: str | None = None) -> Member:
        """Return a new person with one role."""
        place = "all" if unit is None else unit.code
        user = User.objects.create(
            email=email or f"{role}@{place}.example", name=role, created_at=NOW
        )
        user.set_password(PASSWORD)
        user.save()
        give_role(actor=None, user=user, role=role, unit=unit, at=NOW)
        return member_for(user)


@pytest.fixture
def office(db) -> Office:
    """An office with units and a channel, and nobody in it yet."""
    Organisation.objects.create(id=1, name="Baltic Service Bank")

    def unit(code: str, parent: Unit | None = None) -> Unit:
        return open_unit(
            actor=None,
            code=code,
            name=code.title(),
            parent=parent,
            opened_on=date(2020, 1, 1),
            at=NOW,
        )

    north, south = unit("north"), unit("south")
    return Office(
        north=north,
        riga=unit("riga", north),
        tartu=unit("tartu", north),
        south=south,
        vilnius=unit("vilnius", south),
        counter=add_channel(actor=None, code="counter", name="Counter", kind="counter", at=NOW),
    )


@pytest.fixture
def administrator(office: Office) -> Member:
    """Rules the whole office."""
    return office.member(Role.ADMINISTRATOR)


@pytest.fixture
def quality_manager(office: Office) -> Member:
    """Leads service quality in the whole organisation."""
    return office.member(Role.QUALITY_MANAGER)


@pytest.fixture
def riga_manager(office: Office) -> Member:
    """Leads one unit."""
    return office.member(Role.UNIT_MANAGER, office.riga)


@pytest.fixture
def charlie(office: Office) -> Member:
    """Leads a unit elsewhere, and must see nothing of riga."""
    return office.member(Role.UNIT_MANAGER, office.vilnius)


def signed_in(member: Member) -> Client:
    """Return a browser in which this person is signed in."""
    client = Client()
    client.force_login(User.objects.get(id=member.user_id))
    return client


@pytest.fixture
def as_member():
    """Return a function from a member to a browser in which he is signed in."""
    return signed_in
