"""Addresses of privacy."""

from __future__ import annotations

from django.urls import path

from fivegaps.web.privacy.views import consent, erasing

urlpatterns = [
    path("privacy/", consent.consent, name="consent"),
    path("privacy/erase/", erasing.erase_person, name="erase_person"),
    path("surveys/<uuid:survey_id>/privacy/", consent.survey_privacy, name="survey_privacy"),
    path("surveys/<uuid:survey_id>/privacy/stay/", consent.retention, name="retention"),
]
