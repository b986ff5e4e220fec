"""Answers through one channel: where they may be told apart from those through the others.

A place is told by channel only where each channel that has answers there may be shown, by the
rule for places (small_groups) within that channel: then neither a channel with one to four
answers nor a small unit comes out by subtraction. Waves of the fixed lattice never are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Count

from fivegaps.web.dashboards.selectors import Counted, Place, is_protected
from fivegaps.web.dashboards.small_groups import Group, shown_groups
from fivegaps.web.people.models import Channel, Unit
from fivegaps.web.surveys.models import Response, Wave

NO_CHANNEL = 0


@dataclass(frozen=True, slots=True)
class Channels:
    """Answers by channel (0: through none) and unit (0: none), and the groups told by channel."""

    answered: Mapping[int, Mapping[int, int]]
    shown: frozenset[Group]
    named: Mapping[str, Channel]

    def at(self, place: Place) -> tuple[Channel, ...]:
        """Return the channels to choose from in a place: none where there is but one."""
        if place.group not in self.shown:
            return ()
        found = [one for one in self.answered if _n(self.answered[one], place)]
        named = tuple(one for one in self.named.values() if one.pk in found)
        return named if len(found) > 1 else ()

    def through(self, channel: Channel, known: Counted) -> Counted:
        """Return the answers through one channel, of all those that count."""
        return replace(known, answered=dict(self.answered[channel.pk]), shown=self.shown, held=0)


def channels_in(wave: Wave, known: Counted) -> Channels:
    """Return a wave's answers by channel; nothing of a protected wave."""
    if is_protected(wave.survey):
        return Channels({}, frozenset(), {})
    answered: dict[int, dict[int, int]] = {}
    rows = Response.objects.filter(wave=wave, is_test=False).order_by()
    for channel, unit, n in rows.values_list("channel_id", "unit_id").annotate(n=Count("id")):
        answered.setdefault(channel or NO_CHANNEL, {})[unit or 0] = n
    if len(answered) < 2:
        return Channels(answered, frozenset(), {})
    paths = dict(Unit.objects.values_list("pk", "path"))
    layers = [(units, shown_groups(paths, units)) for units in answered.values()]
    shown = frozenset(
        group
        for group in known.shown
        if all(group in told or not _there(units, group, paths) for units, told in layers)
    )
    named = Channel.objects.filter(pk__in=list(answered)).order_by("name")
    return Channels(answered, shown, {one.code: one for one in named})


def _n(units: Mapping[int, int], place: Place) -> int:
    if place.units is None:
        return sum(units.values())
    return sum(units.get(unit.pk, 0) for unit in place.units)


def _there(units: Mapping[int, int], group: Group, paths: Mapping[int, str]) -> bool:
    """Return whether a channel has answers in a group."""
    if not group.below:
        return bool(units.get(group.unit))
    path = paths.get(group.unit, "") if group.unit else ""
    return any(n and paths.get(unit, "").startswith(path) for unit, n in units.items())
