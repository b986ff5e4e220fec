"""Kiosks: which there are, and where one leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from fivegaps.web.collecting.models import Kiosk, KioskMode
from fivegaps.web.people.members import Member
from fivegaps.web.surveys.models import Source, State, Survey, Wave
from fivegaps.web.surveys.respondent import Block, Line
from fivegaps.web.surveys.selectors import Door, instrument_of, links_visible_to
from fivegaps.web.surveys.ways import way_through

# Large targets leave room for so many statements on a screen.
MOST_ON_A_SCREEN = 4
MOST_FACES = 7


@dataclass(frozen=True, slots=True)
class KioskDoor:
    """A device and where its answers go."""

    kiosk: Kiosk
    door: Door

    @property
    def is_open(self) -> bool:
        """Whether answers are taken here now."""
        return self.door.is_open and not self.door.is_anonymous


def kiosk_door(token: str) -> KioskDoor | None:
    """Return a device by its address; None when there is none or it was taken out of use."""
    rows = Kiosk.objects.select_related("link__survey", "link__unit")
    known = rows.filter(token=token, revoked_at=None)
    kiosk = known.first() if token.isprintable() else None  # PostgreSQL trips over a NUL
    if kiosk is None:
        return None
    survey = kiosk.link.survey
    rows_of_waves = Wave.objects.filter(survey=survey).select_related("survey")
    wave = rows_of_waves.exclude(state=State.CLOSED).first()
    way = way_through(kiosk.link, Source.KIOSK)
    return KioskDoor(kiosk, Door(survey, wave, way, kiosk.link.token))


def kiosks_visible_to(member: Member, survey: Survey) -> list[Kiosk]:
    """Return the devices of a survey in the units that a member sees, revoked ones last."""
    links = links_visible_to(member, survey)
    rows = Kiosk.objects.filter(link__in=links).select_related("link__unit", "link__channel")
    return sorted(rows, key=lambda one: (one.revoked_at is not None, one.place))


def kiosk_for(member: Member, survey: Survey, kiosk_id: UUID) -> Kiosk | None:
    """Return a device of a survey that a member may see."""
    found = kiosks_visible_to(member, survey)
    return next((one for one in found if one.id == kiosk_id), None)


def single_questions(wave: Wave, lang: str) -> tuple[tuple[str, str], ...]:
    """Return what a wave asks all in all that fits on one screen: id and title."""
    return tuple(
        (one.id, one.title.get(lang) or one.title.get("en", one.id))
        for one in instrument_of(wave).outcomes
        if one.maximum - one.minimum < MOST_FACES and len(one.columns) == 1
    )


def column_of(wave: Wave, outcome: str) -> str:
    """Return the column of a single question, "" when the wave does not ask it."""
    found = [one.columns[0] for one in instrument_of(wave).outcomes if one.id == outcome]
    return found[0] if found else ""


def screens(block: Block) -> Iterator[tuple[Line, ...]]:
    """Give the lines of a block in screenfuls of like size.

    What is asked of some only, depending on other answers, is left out.
    """
    for step in block.steps:
        lines = [line for line in step if not line.condition]
        size = -(-len(lines) // max(1, -(-len(lines) // MOST_ON_A_SCREEN)))
        for start in range(0, len(lines), size or 1):
            yield tuple(lines[start : start + size])


def asks_one(kiosk: Kiosk) -> bool:
    """Return whether a device asks a single question."""
    return kiosk.mode == KioskMode.ONE
