"""Whatever comes is UTF-8: what claims to be anything else is refused before it is read."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

OURS = frozenset({"utf-8", "ascii"})
REFUSED = b"Send UTF-8, and name no other encoding.\n"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def in_utf8(application: Application) -> Application:
    """Return an application that answers 400 to requests that name another encoding.

    It stands before Django, which trips over some of them while it makes the request.
    """

    def answer(environ: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
        if _is_ours(environ.get("CONTENT_TYPE", "")):
            return application(environ, begin)
        told = [("Content-Type", "text/plain"), ("Content-Length", str(len(REFUSED)))]
        begin("400 Bad Request", told)
        return [REFUSED]

    return answer


def _is_ours(content_type: str) -> bool:
    try:
        named = parse_header_parameters(content_type)[1].get("charset", "utf-8")
        return codecs.lookup(named).name in OURS
    except (LookupError, ValueError):
        return False
