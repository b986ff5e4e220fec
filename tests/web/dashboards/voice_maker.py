"""Closed waves of managers and employees, drawn by a seed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import numpy as np
from results_maker import AT, LANGUAGES, link_in, wave_of

from fivegaps.web.surveys.models import Survey
from fivegaps.web.surveys.selectors import fields_in
from fivegaps.web.surveys.services.programmes import create_survey, move_wave
from fivegaps.web.surveys.services.submitting import submit
from fivegaps.web.surveys.sheet import Sheet
from fivegaps.web.surveys.ways import way_through


def staff_survey(voice: str = "employees", pack: str = "employee-pulse", **changed) -> Survey:
    """Return an open survey of staff."""
    asked = {
        "title": "Pulse",
        "pack": pack,
        "profile": "bank",
        "identification": "confidential",
        "languages": LANGUAGES,
        "outcomes": [],
        "points": False,
        "wave": "2026",
    }
    found = create_survey(actor=None, voice=voice, at=AT, **(asked | changed))
    move_wave(actor=None, wave=wave_of(found), verb="open", at=AT)
    return found


def said(survey: Survey, unit=None, n: int = 1, *, seed: int = 1, **other: object) -> None:
    """Let n people of a unit answer; some leave questions out."""
    draw = np.random.default_rng(seed)
    wave, link = wave_of(survey), link_in(survey, unit)
    for number in range(n):
        points = draw.integers(1, 8, len(fields_in(wave).items))
        codes = np.where(draw.random(len(points)) < 0.05, 0, points).astype("u1").tobytes()
        submit(
            way=way_through(link),
            wave=wave,
            submission_id=UUID(bytes=draw.bytes(16), version=4),
            sheet=Sheet(codes, dict(other)),
            lang="en",
            is_trial=False,
            started_at=None,
            at=AT + timedelta(minutes=number),
        )


def close(survey: Survey) -> None:
    """Close the present wave."""
    move_wave(actor=None, wave=wave_of(survey), verb="close", at=AT)
