"""Before the office serves: settings made ready, database brought up to date, set-up link."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from fivegaps.errors import FivegapsError
from fivegaps.web.config.environment import Environment, make_secret_key, read_environment

SETTINGS = "fivegaps.web.config.settings"


class NoBackup(FivegapsError):
    """The database could not be copied, so it was not changed."""


def begin() -> Environment:
    """Make home and secret key when they are missing, load Django, return the settings.

    Raises:
        OptionRefused: A setting makes no sense or is unsafe.
    """
    import django

    os.umask(0o077)  # answers and sign-ins are for the owner's eyes alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    environment = read_environment()
    environment.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_secret_key(environment)
    django.setup()
    return environment


def bring_up_to_date(
    environment: Environment, *, at: datetime, with_backup: bool = True
) -> Path | None:
    """Apply the migrations that the database lacks; copy it before, unless it is empty.

    The next sending of the audit log's head is planned as well.

    Returns:
        Where the copy is; None when none was needed.

    Raises:
        NoBackup: The copy could not be made; nothing was changed.
    """
    from django.core.management import call_command
    from django.db import connection

    from fivegaps.web.config.copying import copy_database
    from fivegaps.web.config.health import unapplied_migrations
    from fivegaps.web.people.services.audit_heads import plan_head
    from fivegaps.web.privacy.services.retention import plan_daily

    waiting, is_empty = unapplied_migrations(), not connection.introspection.table_names()
    copy = None
    if waiting and not is_empty and with_backup:
        copy = copy_database(environment.home / "backups", at=at)
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    plan_head(at=at)
    plan_daily(at=at)
    return copy


def setup_address(environment: Environment, *, at: datetime) -> str | None:
    """Return a new link to set the office up; None when somebody has an account already."""
    from django.urls import reverse

    from fivegaps.web.accounts.services.links import issue_link
    from fivegaps.web.people.selectors import is_set_up

    if is_set_up():
        return None
    token = issue_link(user=None, at=at)
    return f"{environment.public_url}{reverse('set_up', args=[token])}"
