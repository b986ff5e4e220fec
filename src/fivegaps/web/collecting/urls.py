"""Addresses of the ways to people: the staff's pages, and the way out of all mails."""

from __future__ import annotations

from django.urls import path

from fivegaps.web.collecting.views import (
    kiosk_device,
    kiosks,
    opting_out,
    paper,
    past_answers,
    posters,
)

KIOSKS = "surveys/<uuid:survey_id>/kiosks/"
PAPER = "surveys/<uuid:survey_id>/paper/"
BATCH = PAPER + "<uuid:batch_id>/"
PAST = "surveys/<uuid:survey_id>/past/"
POSTERS = "surveys/<uuid:survey_id>/posters/"

urlpatterns = [
    path(KIOSKS, kiosks.kiosk_list, name="kiosks"),
    path(KIOSKS + "add/", kiosks.add_kiosk, name="add_kiosk"),
    path(KIOSKS + "<uuid:kiosk_id>/revoke/", kiosks.revoke_kiosk, name="revoke_kiosk"),
    path("k/worker.js", kiosk_device.kiosk_worker, name="kiosk_worker"),
    path("k/<str:token>/", kiosk_device.kiosk, name="kiosk"),
    path("k/<str:token>/send/", kiosk_device.kiosk_send, name="kiosk_send"),
    path("k/<str:token>/state/", kiosk_device.kiosk_state, name="kiosk_state"),
    path(PAPER, paper.paper_page, name="paper"),
    path(PAPER + "form/<str:lang>.pdf", paper.paper_form, name="paper_form"),
    path(PAPER + "add/", paper.add_batch, name="add_batch"),
    path(BATCH, paper.key_paper, name="key_paper"),
    path(BATCH + "undo/", paper.undo_paper, name="undo_paper"),
    path(BATCH + "check/", paper.check_paper, name="check_paper"),
    path(BATCH + "again/<int:number>/", paper.key_paper_again, name="key_paper_again"),
    path(PAST, past_answers.past_page, name="past"),
    path(PAST + "add/", past_answers.add_past, name="add_past"),
    path(PAST + "<uuid:staged_id>/", past_answers.try_past, name="try_past"),
    path(POSTERS, posters.posters, name="posters"),
    path(POSTERS + "<str:size>/<int:first>/", posters.poster_files, name="poster_files"),
    path(POSTERS + "<uuid:link_id>/<str:size>.pdf", posters.poster_file, name="poster_file"),
    path("i/<str:token>/stop/", opting_out.opt_out, name="opt_out"),
]
