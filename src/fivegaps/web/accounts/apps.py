"""Signing in."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Persons of the staff and how they sign in."""

    name = "fivegaps.web.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
