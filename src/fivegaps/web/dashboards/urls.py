"""Addresses of results."""

from __future__ import annotations

from django.urls import path

from fivegaps.web.dashboards.views import between, remarks, results, voices

urlpatterns = [
    path("", results.results, name="results"),
    path("staff/", voices.staff, name="staff_results"),
    path("staff/<uuid:wave_id>/", voices.voice, name="voice_results"),
    path("staff/<uuid:wave_id>/units/<slug:code>/", voices.voice, name="unit_voice_results"),
    path("staff/<uuid:wave_id>/answers.csv", voices.export, name="export_voice"),
    path("<uuid:wave_id>/", results.wave_results, name="wave_results"),
    path("<uuid:wave_id>/answers.csv", results.export_answers, name="export_answers"),
    path(
        "<uuid:wave_id>/questionnaire.toml",
        results.export_questionnaire,
        name="export_questionnaire",
    ),
    path("<uuid:wave_id>/units/<slug:code>/", results.wave_results, name="unit_results"),
    path("<uuid:wave_id>/since/<uuid:first_id>/", between.since, name="wave_since"),
    path(
        "<uuid:wave_id>/units/<slug:code>/since/<uuid:first_id>/",
        between.since,
        name="unit_since",
    ),
    path("<uuid:wave_id>/remarks/", remarks.remarks, name="wave_remarks"),
    path("<uuid:wave_id>/units/<slug:code>/remarks/", remarks.remarks, name="unit_remarks"),
    path(
        "<uuid:wave_id>/units/<slug:code>/answers.csv",
        results.export_answers,
        name="export_unit_answers",
    ),
]
