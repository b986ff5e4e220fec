"""``demo.json``: address, sign-ins, token and surveys of the demo, for its owner alone."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from django.urls import reverse

from fivegaps.web.demo.accounts import SignIn
from fivegaps.web.surveys.models import Link, Survey
from fivegaps.web.surveys.selectors import instrument_of, waves_of


def read_notes(file: Path) -> dict[str, object]:
    """Return what an earlier run wrote; nothing when there is no such file or it is another's."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def known_passwords(notes: Mapping[str, object]) -> dict[str, str]:
    """Return the passwords in the notes, by e-mail address."""
    users = notes.get("users")
    rows = [row for row in users if isinstance(row, dict)] if isinstance(users, list) else []
    return {str(row.get("email")): str(row.get("password", "")) for row in rows}


def write_notes(
    file: Path,
    *,
    url: str,
    api_token: str,
    users: Sequence[SignIn],
    surveys: Sequence[Mapping[str, str]],
) -> None:
    """Write the notes whole, readable by their owner alone."""
    notes = {
        "url": url,
        "api_token": api_token,
        "users": [asdict(one) for one in users],
        "surveys": [dict(one) for one in surveys],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as out:
        json.dump(notes, out, ensure_ascii=False, indent=2)
        out.write("\n")
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(file)


def surveys_told(public_url: str) -> tuple[Mapping[str, str], ...]:
    """Return id, title, link and instrument of every survey with an open link, the first first."""
    told = []
    for survey in Survey.objects.order_by("created_at"):
        link = Link.objects.filter(survey=survey, closed_at=None).order_by("created_at").first()
        waves = waves_of(survey)
        if link is None or not waves:
            continue
        told.append(
            {
                "id": str(survey.id),
                "title": survey.title,
                "link": f"{public_url}{reverse('answer', args=[link.token])}",
                "instrument": instrument_of(waves[0]).id,
            }
        )
    return tuple(told)
