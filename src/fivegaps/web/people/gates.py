"""The gate before a page: which right it asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MemberView = Callable[Concatenate[MemberRequest, P], HttpResponseBase]


def needs(right: Right, *, everywhere: bool = False) -> Callable[[MemberView[P]], View[P]]:
    """Let a view answer only those who have a right somewhere (or everywhere); others get 403.

    Where the right must hold in one unit, the view asks a selector with that right besides.
    """

    def gate(view: MemberView[P]) -> View[P]:
        @wraps(view)
        def gated(request: HttpRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponseBase:
            member_request = cast("MemberRequest", request)
            member = member_request.member
            if not (member.may_everywhere(right) if everywhere else member.may(right)):
                raise PermissionDenied
            return view(member_request, *args, **named)

        return gated

    return gate
