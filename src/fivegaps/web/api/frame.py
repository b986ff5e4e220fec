"""The calls under /api/v1: one description, one way of being refused, no page of others."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from fivegaps.web.api.calls import answers, events, results
from fivegaps.web.api.problems import PROBLEM, StrictParser, answer, tell_refusals
from fivegaps.web.api.refusals import CallRefused

DESCRIPTION = """Send answers, read results, tell of transactions.

Each call shows a token: `Authorization: Bearer fg_…`. Administrators issue tokens in the
settings. What cannot be done is told as `application/problem+json`."""


class Calls(NinjaAPI):
    """The interface, whose description tells problems by their own media type."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the description (OpenAPI 3.1)."""
        schema = super().get_openapi_schema(**options)
        for calls in schema["paths"].values():
            for call in calls.values():
                for status, told in call["responses"].items():
                    if int(status) >= 400 and "content" in told:
                        told["content"] = {PROBLEM: told["content"].pop("application/json")}
        return schema


def _opened(pattern: URLPattern) -> URLPattern:
    """Return an address that tokens guard, not sessions; it answers in English, and problems."""
    view = pattern.callback

    @wraps(view)
    def call(request: HttpRequest, **words: Any) -> HttpResponse:
        with translation.override("en"):
            told: HttpResponse = view(request, **words)
        if told.status_code == 405:
            detail = "This address knows other methods; Allow names them."
            refused = answer(CallRefused(405, "method", detail))
            refused["Allow"] = told["Allow"]
            return refused
        told.setdefault("Cache-Control", "no-store")
        return told

    return URLPattern(
        pattern.pattern, csrf_exempt(login_not_required(call)), pattern.default_args, pattern.name
    )


def _nothing(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    return answer(CallRefused(404, "nothing", "There is nothing at this address."))


def made_api() -> NinjaAPI:
    """Return the interface with all its calls."""
    api = Calls(
        title="fivegaps",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        parser=StrictParser(),
        urls_namespace="api",
    )
    tell_refusals(api)
    for part in (answers, results, events):
        api.add_router("", part.router)
    return api


def addresses() -> list[URLPattern]:
    """Return the addresses of the calls, under ``/api/v1/``."""
    patterns, _name, _space = made_api().urls
    found = [
        _opened(one) for one in patterns if isinstance(one, URLPattern) and one.name != "api-root"
    ]
    nothing = [path("", _nothing, name="api-root"), re_path(r"^.+$", _nothing)]
    return [*found, *map(_opened, nothing)]
