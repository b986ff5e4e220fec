"""Every request knows who looks, and speaks that person's language and time; none is kept."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from fivegaps.web.people.members import Member, member_for


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in; for the annotations of views."""

    member: Member


class MemberMiddleware:
    """Set ``request.member`` (of signed-in persons, read when asked for), language and time."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request in the language and the time zone of whoever sent it."""
        user = request.user
        if not user.is_authenticated:
            return self.answer(request)
        request.member = SimpleLazyObject(lambda: member_for(user))  # type: ignore[attr-defined]
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language
        with timezone.override(ZoneInfo(user.time_zone)):
            answer = self.answer(request)
        # Nobody reads it from a shared browser or a proxy after the person signed out.
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer
