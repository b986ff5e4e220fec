"""Whose results a member may see, and what there is of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.fields.json import KT

from fivegaps.web.dashboards.protected import FEWEST_REMARKS, lattice_groups
from fivegaps.web.dashboards.small_groups import WHOLE, Group, shown_groups
from fivegaps.web.people.members import Member
from fivegaps.web.people.models import Channel, Unit
from fivegaps.web.people.rights import Right, Role
from fivegaps.web.people.selectors import sees_everything, units_visible_to
from fivegaps.web.surveys.anonymity import held_back
from fivegaps.web.surveys.answers import answers_of
from fivegaps.web.surveys.models import (
    AnonymousAnswer,
    Identification,
    InstrumentVersion,
    Link,
    Response,
    State,
    Survey,
    Voice,
    Wave,
)
from fivegaps.web.surveys.questionnaire import REMARK
from fivegaps.web.surveys.selectors import links_visible_to


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a right of a member holds: everywhere (answers without unit too) or in units."""

    everything: bool
    units: dict[int, Unit]
    own_only: frozenset[int]

    def seen(self) -> Q:
        """Return the condition on rows with a unit."""
        return Q() if self.everything else Q(unit__in=list(self.units))


@dataclass(frozen=True, slots=True)
class Place:
    """What a page of results is about: a unit, or the whole; ``units`` are counted in it.

    ``units`` None: every answer, also those without unit. ``channel`` counts only answers
    through this one (see ``by_channel``); 0: through all.
    """

    unit: Unit | None
    group: Group
    units: tuple[Unit, ...] | None
    channel: int = 0

    @property
    def code(self) -> str:
        """Code of the unit, "" of the whole."""
        return "" if self.unit is None else self.unit.code

    def counted(self) -> Q:
        """Return the condition on rows that count here."""
        channel = Q(channel=self.channel) if self.channel else Q()
        return channel if self.units is None else channel & Q(unit__in=self.units)


@dataclass(frozen=True, slots=True)
class Counted:
    """Answers of a wave that count, by unit (0: none), and which groups may be shown.

    ``held`` anonymous ones came and are not let go yet; of these no unit is known.
    """

    answered: dict[int, int]
    shown: frozenset[Group]
    last: datetime | None
    held: int = 0

    def of(self, place: Place) -> int:
        """Return how many answers a place has."""
        if place.units is None:
            return sum(self.answered.values())
        return sum(self.answered.get(unit.pk, 0) for unit in place.units)


def scope_of(member: Member, right: Right) -> Scope:
    """Return where a right of a member holds."""
    units = {unit.pk: unit for unit in units_visible_to(member, right)}
    leading = [grant for grant in member.grants_with(right) if grant.role is not Role.EMPLOYEE]
    own = {pk for pk, unit in units.items() if not any(one.covers(unit.path) for one in leading)}
    return Scope(sees_everything(member, right), units, frozenset(own))


def whole_scope() -> Scope:
    """Return the scope of who sees everything: of a token, not of a person."""
    return Scope(everything=True, units={one.pk: one for one in all_units()}, own_only=frozenset())


def place_of(scope: Scope, code: str) -> Place | None:
    """Return the place with a code, "" for the whole; None when it is not in the scope."""
    if not code:
        return Place(None, WHOLE, None) if scope.everything else None
    unit = next((one for one in scope.units.values() if one.code == code), None)
    if unit is None:
        return None
    if unit.pk in scope.own_only:
        return Place(unit, Group(unit.pk, below=False), (unit,))
    below = tuple(one for one in scope.units.values() if one.path.startswith(unit.path))
    return Place(unit, Group(unit.pk), below)


def top_places(scope: Scope) -> list[Place]:
    """Return the highest places of a scope."""
    if scope.everything:
        return [Place(None, WHOLE, None)]
    tops = [unit for unit in scope.units.values() if unit.parent_id not in scope.units]
    found = (place_of(scope, unit.code) for unit in sorted(tops, key=lambda unit: unit.name))
    return [place for place in found if place is not None]


def places_below(scope: Scope, place: Place) -> list[Place]:
    """Return the places one step down from a place."""
    parent = None if place.unit is None else place.unit.pk
    if place.unit is not None and not place.group.below:
        return []
    found = (
        place_of(scope, unit.code) for unit in scope.units.values() if unit.parent_id == parent
    )
    return [one for one in found if one is not None]


def place_above(scope: Scope, place: Place) -> Place | None:
    """Return the place one step up, when it is in the scope."""
    if place.unit is None:
        return None
    parent = scope.units.get(place.unit.parent_id or 0)
    if parent is not None:
        return place_of(scope, parent.code)
    return Place(None, WHOLE, None) if scope.everything else None


def place_for(member: Member, right: Right, place: Place) -> Place | None:
    """Return a place as another right of the member sees it; None where he has none there."""
    return place_of(scope_of(member, right), place.code) if member.may(right) else None


def waves_in(scope: Scope, *, of_staff: bool = False) -> list[tuple[Wave, int]]:
    """Return the waves that have links in a scope with their answers, the latest answered first.

    ``of_staff``: those of managers and employees, instead of those of customers.
    """
    waves = Wave.objects.select_related("survey").exclude(survey__voice=Voice.CUSTOMERS)
    if not of_staff:
        waves = Wave.objects.select_related("survey").filter(survey__voice=Voice.CUSTOMERS)
    if not scope.everything:
        links = Link.objects.filter(unit__in=list(scope.units))
        sent = Response.objects.filter(unit__in=list(scope.units))
        waves = waves.filter(Q(survey__in=links.values("survey")) | Q(id__in=sent.values("wave")))
    seen = list(waves)
    answered: dict[UUID, int] = {}
    for model in (Response, AnonymousAnswer) if seen else ():
        rows = model.objects.filter(scope.seen(), wave__in=seen, is_test=False).order_by()
        answered |= dict(rows.values_list("wave_id").annotate(n=Count("id")))
    return sorted(((wave, answered.get(wave.id, 0)) for wave in seen), key=_latest_first)


def _latest_first(found: tuple[Wave, int]) -> tuple[bool, float, str]:
    wave, answered = found
    opened = wave.opened_at.timestamp() if wave.opened_at else 0.0
    return (answered == 0, -opened, wave.name)


def counted(wave: Wave) -> Counted:
    """Return the answers of a wave by unit, all of them: what is hidden is so for everybody."""
    last = None
    if is_anonymous(wave):
        rows = AnonymousAnswer.objects.filter(wave=wave, is_test=False).order_by()
        answered = {unit or 0: n for unit, n in rows.values_list("unit_id").annotate(n=Count("id"))}
    else:
        sent = Response.objects.filter(wave=wave, is_test=False).order_by()
        found = list(sent.values_list("unit_id").annotate(n=Count("id"), last=Max("submitted_at")))
        answered = {unit or 0: n for unit, n, _ in found}
        last = max((at for _, _, at in found), default=None)
    shown = shown_groups(dict(Unit.objects.values_list("pk", "path")), answered)
    if is_protected(wave.survey):
        tree = tuple(Unit.objects.order_by("pk").values_list("pk", "parent_id"))
        shown &= _lattice(_Stamp(wave.id, sum(answered.values()), last, tree))
    return Counted(answered, shown, last, held_back(wave) if is_anonymous(wave) else 0)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What changes when a protected wave's answers or the tree of units do."""

    wave_id: UUID
    n: int
    last: datetime | None
    tree: tuple[tuple[int, int | None], ...]


@lru_cache(maxsize=32)
def _lattice(stamp: _Stamp) -> frozenset[Group]:
    """Return the groups of a protected wave that may be shown: this reads every answer."""
    return lattice_groups(answers_of(wave_with(stamp.wave_id)), all_units())


def is_protected(survey: Survey) -> bool:
    """Return whether only the fixed lattice of units, waves and dimensions may be shown.

    So it is for what managers and employees say, and where anonymity was promised.
    """
    customers = survey.voice == Voice.CUSTOMERS
    return not customers or survey.identification == Identification.ANONYMOUS


def is_anonymous(wave: Wave) -> bool:
    """Return whether a wave's answers are kept apart from everything that leads to a person."""
    return wave.survey.identification == Identification.ANONYMOUS


def remarks(wave: Wave, place: Place) -> list[str]:
    """Return what customers wrote, in the order of random ids: no time, no unit beside it."""
    model = AnonymousAnswer if is_anonymous(wave) else Response
    rows = model.objects.filter(place.counted(), wave=wave, is_test=False)
    rows = rows.filter(**{f"other__{REMARK}__isnull": False}).order_by("id")
    found = [text for text in rows.values_list(KT(f"other__{REMARK}"), flat=True) if text]
    return [] if is_protected(wave.survey) and len(found) < FEWEST_REMARKS else found


def tokens(member: Member, wave: Wave) -> list[str]:
    """Return the open links of a wave's survey that a member may see."""
    if not member.may(Right.SEE_SURVEYS):
        return []
    links = links_visible_to(member, wave.survey)
    return [link.token for link in links if link.closed_at is None]


def heard_waves(scope: Scope) -> list[Wave]:
    """Return the closed waves of managers and employees that have answers, in a scope."""
    found = waves_in(scope, of_staff=True)
    return [wave for wave, n in found if n and wave.state == State.CLOSED]


def wave_with(wave_id: UUID) -> Wave:
    """Return a wave by its id."""
    return Wave.objects.select_related("survey").get(id=wave_id)


def channel_code(channel_id: int) -> str:
    """Return the code of a channel."""
    return Channel.objects.values_list("code", flat=True).get(pk=channel_id)


def questionnaire_of(wave: Wave) -> str:
    """Return the instrument file of a wave."""
    return InstrumentVersion.objects.values_list("toml", flat=True).get(id=wave.version_id)


def units_with(ids: Iterable[int]) -> Sequence[Unit]:
    """Return units by their ids."""
    return list(Unit.objects.filter(pk__in=list(ids)))


def all_units() -> Sequence[Unit]:
    """Return every unit."""
    return list(Unit.objects.all())
