"""Addresses of the calls and of the pages of tokens."""

from __future__ import annotations

from django.urls import include, path

from fivegaps.web.api.frame import addresses

urlpatterns = [
    path("api/v1/", include(addresses())),
]
