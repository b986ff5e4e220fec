"""The lowest floor of the office."""

from __future__ import annotations

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Page frame, forms and audit log."""

    name = "fivegaps.web.shared"
    label = "shared"
