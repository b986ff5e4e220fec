"""The addresses of the office."""

from __future__ import annotations

from django.urls import include, path

from fivegaps.web.config import health
from fivegaps.web.shared.views import errors

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("account/", include("fivegaps.web.accounts.urls")),
    path("results/", include("fivegaps.web.dashboards.urls")),
    path("", include("fivegaps.web.api.urls")),
    path("", include("fivegaps.web.surveys.urls")),
    path("", include("fivegaps.web.collecting.urls")),
    path("", include("fivegaps.web.privacy.urls")),
    path("", include("fivegaps.web.collecting.mail_urls")),
    path("", include("fivegaps.web.people.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
