"""Whoever answers is a stranger: the respondent's pages never learn who is signed in.

A member of staff may answer in the browser in which he works. His session would then note when
he was there; so these requests come without any cookie.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

RESPONDENTS = re.compile(r"/[sia]/")


class StrangersMiddleware:
    """Take the cookies off requests for the respondent's pages."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if RESPONDENTS.match(request.path_info):
            request.META.pop("HTTP_COOKIE", None)
            request.COOKIES.clear()
        return self.answer(request)
