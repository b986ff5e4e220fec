"""Addresses of the ways to people: the staff's pages, and the way out of all mails."""

from __future__ import annotations

from django.urls import path

from fivegaps.web.collecting.views import kiosk_device, kiosks, opting_out, posters

KIOSKS = "surveys/<uuid:survey_id>/kiosks/"
POSTERS = "surveys/<uuid:survey_id>/posters/"

urlpatterns = [
    path(KIOSKS, kiosks.kiosk_list, name="kiosks"),
    path(KIOSKS + "add/", kiosks.add_kiosk, name="add_kiosk"),
    path(KIOSKS + "<uuid:kiosk_id>/revoke/", kiosks.revoke_kiosk, name="revoke_kiosk"),
    path("k/worker.js", kiosk_device.kiosk_worker, name="kiosk_worker"),
    path("k/<str:token>/", kiosk_device.kiosk, name="kiosk"),
    path("k/<str:token>/send/", kiosk_device.kiosk_send, name="kiosk_send"),
    path("k/<str:token>/state/", kiosk_device.kiosk_state, name="kiosk_state"),
    path(POSTERS, posters.posters, name="posters"),
    path(POSTERS + "<str:size>/<int:first>/", posters.poster_files, name="poster_files"),
    path(POSTERS + "<uuid:link_id>/<str:size>.pdf", posters.poster_file, name="poster_file"),
    path("i/<str:token>/stop/", opting_out.opt_out, name="opt_out"),
]
