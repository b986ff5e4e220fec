"""Waves with answers, for the tests of results: drawn by a seed, so every run sees the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np

from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Link, Survey, Wave
from fivegaps.web.surveys.services.programmes import add_link, create_survey, move_wave
from fivegaps.web.surveys.services.submitting import submit
from fivegaps.web.surveys.sheet import Sheet
from fivegaps.web.surveys.ways import way_through

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LANGUAGES = ["en", "vi", "zh-hans", "zh-hant", "nl"]


def a_survey(title: str = "Spring", *, pack: str = "rater-22", state: str = "open") -> Survey:
    """Return a survey, its first wave in a state."""
    survey = create_survey(
        actor=None,
        title=title,
        pack=pack,
        profile="bank",
        identification="confidential",
        languages=LANGUAGES,
        outcomes=["satisfaction"],
        points=False,
        wave="2026",
        at=AT,
    )
    verbs = {"draft": (), "pilot": ("try_out",), "open": ("open",), "closed": ("open", "close")}
    for verb in verbs[state]:
        move_wave(actor=None, wave=wave_of(survey), verb=verb, at=AT)
    return survey


def wave_of(survey: Survey) -> Wave:
    """Return a survey's present wave."""
    return selectors.waves_of(survey)[0]


def link_in(survey: Survey, unit=None) -> Link:
    """Return a link of a unit, or the one without."""
    found = Link.objects.filter(survey=survey, unit=unit).first()
    return found or add_link(
        actor=None, survey=survey, unit=unit, channel=None, touchpoint=None, at=AT
    )


def answer(survey: Survey, unit=None, n: int = 1, *, seed: int = 1, remark: str = "") -> None:
    """Let n customers answer through a unit's link; some leave questions out."""
    draw = np.random.default_rng(seed)
    wave, link = wave_of(survey), link_in(survey, unit)
    columns = selectors.fields_in(wave).items
    for number in range(n):
        mood = draw.normal()
        codes = []
        for column in columns:
            level = 6.3 if column.battery == "expectation" else 5.2 + 0.8 * mood
            point = int(np.clip(round(level + draw.normal()), 1, column.levels))
            codes.append(0 if draw.random() < 0.03 else point)
        other: dict[str, object] = {"o_satisfaction": int(np.clip(round(5 + mood), 1, 7))}
        if remark:
            other["remark"] = f"{remark} {number}"
        submit(
            way=way_through(link),
            wave=wave,
            submission_id=UUID(bytes=draw.bytes(16), version=4),
            sheet=Sheet(bytes(codes), other),
            lang="en",
            is_trial=False,
            started_at=None,
            at=AT + timedelta(minutes=number),
        )
