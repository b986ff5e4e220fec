"""Addresses of results."""

from __future__ import annotations

from django.urls import path

from fivegaps.web.dashboards import views

urlpatterns = [
    path("", views.results, name="results"),
    path("<uuid:wave_id>/", views.wave_results, name="wave_results"),
    path("<uuid:wave_id>/answers.csv", views.export_answers, name="export_answers"),
    path(
        "<uuid:wave_id>/questionnaire.toml", views.export_questionnaire, name="export_questionnaire"
    ),
    path("<uuid:wave_id>/units/<slug:code>/", views.wave_results, name="unit_results"),
    path(
        "<uuid:wave_id>/units/<slug:code>/answers.csv",
        views.export_answers,
        name="export_unit_answers",
    ),
]
