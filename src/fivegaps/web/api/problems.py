"""Refusals as answers, and bodies read without guessing."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from fivegaps.web.api.bodies import Problem
from fivegaps.web.api.refusals import CallRefused, FieldError, wrong_fields

PROBLEM = "application/problem+json"
ALWAYS = (400, 401, 403, 422, 429)
# What pydantic calls a fault, and what we do: a short word that stays the same.
CODES = {"missing": "missing", "extra_forbidden": "unknown"}


def may_answer(*statuses: int) -> dict[int, type[Problem]]:
    """Return the refusals that a call may answer with, for its description."""
    return dict.fromkeys(sorted({*ALWAYS, *statuses}), Problem)


class StrictParser(Parser):
    """JSON as the standard has it: no NaN, no key twice, no endless number."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the body.

        Raises:
            ValueError: It is no JSON.
        """
        try:
            return json.loads(  # type: ignore[no-any-return]
                request.body.decode("utf-8"),
                parse_constant=_no_constant,
                object_pairs_hook=_once_each,
            )
        except RecursionError:
            raise ValueError("nested too deeply") from None


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def answer(refusal: CallRefused) -> HttpResponse:
    """Return the answer that tells a refusal."""
    told = JsonResponse(refusal.problem(), status=refusal.status, content_type=PROBLEM)
    if refusal.wait:
        told["Retry-After"] = str(refusal.wait)
    if refusal.status == 401:
        told["WWW-Authenticate"] = "Bearer"
    told["Cache-Control"] = "no-store"
    return told


def refusal_of(error: Exception) -> CallRefused:
    """Return the refusal that an error of the frame amounts to."""
    if isinstance(error, CallRefused):
        return error
    if isinstance(error, ValidationError):
        return wrong_fields(*map(_field_error, error.errors))
    if isinstance(error, AuthenticationError):
        return CallRefused(401, "token", "Send Authorization: Bearer with a token.")
    if isinstance(error, RequestDataTooBig):
        return CallRefused(413, "too-large", "The body is larger than 1 MB.")
    if isinstance(error, Http404):
        return CallRefused(404, "nothing", "There is nothing at this address.")
    return CallRefused(400, "not-json", "The body is no JSON that can be read.")


def _field_error(found: dict[str, Any]) -> FieldError:
    # ("body", name of the argument, field, …) or ("query", field)
    where = [str(part) for part in found["loc"]]
    names = where[2:3] if where[:1] == ["body"] else where[1:2]
    if where[2:3] == ["answers"] and len(where) > 3:
        names = where[3:4]
    code = CODES.get(found["type"], str(found["type"]).split("_", maxsplit=1)[0])
    return FieldError(names[0][:60] if names else "body", code, str(found["msg"]))


def tell_refusals(api: NinjaAPI) -> None:
    """Make a problem of whatever is refused; what nobody foresaw stays an error of the office."""
    kinds = (
        CallRefused,
        ValidationError,
        AuthenticationError,
        RequestDataTooBig,
        UnreadablePostError,
        Http404,
        HttpError,
    )
    for kind in kinds:
        api.add_exception_handler(kind, _told)


def _told(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    return answer(refusal_of(error if isinstance(error, Exception) else error()))
