"""Why a call was not done: one kind each, told as ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field of a body."""

    field: str
    code: str
    message: str


class CallRefused(Exception):
    """A call that is not done. ``kind`` is for programs, ``detail`` for people."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        wait: int = 0,
    ) -> None:
        self.status = status
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)
        self.wait = wait
        super().__init__(f"{status} {kind}: {detail}")

    def problem(self) -> dict[str, object]:
        """Return what the caller reads."""
        return {
            "type": f"urn:fivegaps:{self.kind}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "errors": [
                {"field": one.field, "code": one.code, "message": one.message}
                for one in self.errors[:MOST_ERRORS]
            ],
        }


def wrong_fields(*errors: FieldError) -> CallRefused:
    """Return the refusal of a body in which fields cannot be taken."""
    detail = "Some fields cannot be taken; errors names each."
    return CallRefused(422, "fields", detail, errors=errors)
