"""Make the demo ready: filled when the office is empty, kept when it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from fivegaps.web.api.models import Scope
from fivegaps.web.api.selectors import key_of
from fivegaps.web.api.services.tokens import issue_token
from fivegaps.web.demo.accounts import SignIn, sign_ins
from fivegaps.web.demo.bank import invented_bank
from fivegaps.web.demo.filling import fill, is_filled
from fivegaps.web.demo.notes import known_passwords, read_notes, surveys_told, write_notes

TOKEN_NAME = "Demo"  # noqa: S105 - a name
TOKEN_DAYS = 365


@dataclass(frozen=True, slots=True)
class Demo:
    """What somebody needs who tries the demo; the same as in ``demo.json``."""

    is_new: bool
    url: str
    api_token: str
    users: tuple[SignIn, ...]
    surveys: tuple[Mapping[str, str], ...]


def open_demo(file: Path, *, public_url: str, at: datetime) -> Demo:
    """Return the demo, filled if the office is empty, and write ``file`` with its sign-ins.

    What is there is kept. Passwords that ``file`` tells rightly are kept too; where it is
    lost, new ones are made.

    Raises:
        NotTheDemo: The office is somebody's own.
    """
    is_new = not is_filled()
    if is_new:
        fill(bank=invented_bank(), at=at)
    notes = read_notes(file)
    users = sign_ins(known=known_passwords(notes))
    demo = Demo(
        is_new=is_new,
        url=public_url,
        api_token=_token(notes, at),
        users=users,
        surveys=surveys_told(public_url),
    )
    write_notes(
        file, url=demo.url, api_token=demo.api_token, users=demo.users, surveys=demo.surveys
    )
    return demo


def _token(notes: Mapping[str, object], at: datetime) -> str:
    """Return the token in the notes while it opens something, else a new one for everything."""
    known = str(notes.get("api_token", ""))
    if known and key_of(known, at) is not None:
        return known
    _row, text = issue_token(
        actor=None,
        name=TOKEN_NAME,
        scopes=Scope.values,
        surveys=(),
        expires_at=at + timedelta(days=TOKEN_DAYS),
        at=at,
    )
    return text
