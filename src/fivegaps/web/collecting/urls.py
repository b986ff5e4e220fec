"""Addresses of the ways to people: the staff's pages, and the way out of all mails."""

from __future__ import annotations

from django.urls import path

from fivegaps.web.collecting.views import opting_out

urlpatterns = [
    path("i/<str:token>/stop/", opting_out.opt_out, name="opt_out"),
]
