"""Addresses of the calls and of the pages of tokens."""

from __future__ import annotations

from django.urls import include, path

from fivegaps.web.api.frame import addresses
from fivegaps.web.api.views import tokens

urlpatterns = [
    path("api/v1/", include((addresses(), "api"))),
    path("places/tokens/", tokens.tokens_page, name="tokens"),
    path("places/tokens/add/", tokens.add_token, name="add_token"),
    path("places/tokens/<uuid:token_id>/revoke/", tokens.revoke_token, name="revoke_token"),
]
