"""Calls of other systems."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """Tokens and the calls that they open."""

    name = "fivegaps.web.api"
    label = "api"
    verbose_name = _("Other systems")
