"""The business clock: which time is open time, in a place's own time zone.

A response time that runs over a night or a holiday is counted in open minutes. Days are
those of the place; moments carry a time zone and are compared as instants, so that a change
to summer time neither adds an hour nor loses one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 1440
LONGEST_SEARCH = timedelta(days=400)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """An open stretch of a day, in minutes since midnight: 540 to 1020 is 9:00 to 17:00.

    Raises:
        ValueError: It does not end after it begins, or leaves the day.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        """Refuse a stretch that is none."""
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise ValueError(f"no stretch of a day: {self.opens} to {self.closes} minutes")

    def __str__(self) -> str:
        ends = (divmod(minute, 60) for minute in (self.opens, self.closes))
        return "–".join(f"{hour:02d}:{minute:02d}" for hour, minute in ends)


Spans = tuple[Span, ...]


def in_order(spans: Sequence[Span]) -> Spans:
    """Return the stretches of a day in order, those that touch or overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.opens <= found[-1].closes:
            found[-1] = Span(found[-1].opens, max(found[-1].closes, span.closes))
        else:
            found.append(span)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Week:
    """The open stretches of the seven days from Monday to Sunday.

    Raises:
        ValueError: There are not seven days.
    """

    days: tuple[Spans, ...]

    def __post_init__(self) -> None:
        """Bring each day into order."""
        if len(self.days) != 7:
            raise ValueError(f"a week has 7 days, not {len(self.days)}")
        object.__setattr__(self, "days", tuple(in_order(day) for day in self.days))

    @property
    def minutes(self) -> int:
        """How many minutes of the week are open."""
        return sum(span.closes - span.opens for day in self.days for span in day)


NEVER_OPEN = Week(((),) * 7)
ALWAYS_OPEN = Week(((Span(0, MINUTES_A_DAY),),) * 7)


@dataclass(frozen=True, slots=True)
class BusinessClock:
    """When one place is open.

    Attributes:
        zone: The place's time zone.
        weeks: Days from which a week holds, with that week, the earliest first; before the
            first of them the place is closed.
        exceptions: Days with hours of their own, such as holidays; no stretch: closed.
    """

    zone: ZoneInfo
    weeks: tuple[tuple[date, Week], ...]
    exceptions: Mapping[date, Spans] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the weeks by their first day."""
        object.__setattr__(self, "weeks", tuple(sorted(self.weeks, key=lambda one: one[0])))

    def spans_on(self, day: date) -> Spans:
        """Return the open stretches of a day."""
        if day in self.exceptions:
            return in_order(self.exceptions[day])
        index = bisect_right([since for since, _ in self.weeks], day)
        return self.weeks[index - 1][1].days[day.weekday()] if index else ()

    def is_open(self, at: datetime) -> bool:
        """Return whether it is open at an instant; the minute of closing is closed."""
        instant = _instant(at)
        return any(
            start <= instant < end for start, end in self._stretches(self._day_of(instant), 1)
        )

    def open_time(self, start: datetime, end: datetime) -> timedelta:
        """Return how much open time lies between two instants; negative when end is earlier."""
        first, last = _instant(start), _instant(end)
        if last < first:
            return -self.open_time(end, start)
        days = (self._day_of(last) - self._day_of(first)).days + 1
        parts = (
            min(closes, last) - max(opens, first)
            for opens, closes in self._stretches(self._day_of(first), days)
        )
        return sum((part for part in parts if part > timedelta()), timedelta())

    def open_minutes(self, start: datetime, end: datetime) -> float:
        """Return the open minutes between two instants."""
        return self.open_time(start, end) / timedelta(minutes=1)

    def next_opening(self, at: datetime) -> datetime | None:
        """Return the first open instant at or after one, in UTC; None when none comes in a year."""
        return self.after(at, timedelta())

    def after(self, start: datetime, open_time: timedelta) -> datetime | None:
        """Return when so much open time has passed: the moment at which something falls due.

        None when the place does not open often enough in the 400 days that follow.

        Raises:
            ValueError: The open time is negative.
        """
        if open_time < timedelta():
            raise ValueError(f"open time passes forward, not {open_time}")
        first, left = _instant(start), open_time
        for opens, closes in self._stretches(self._day_of(first), LONGEST_SEARCH.days):
            begins = max(opens, first)
            if closes <= begins:
                continue
            if left < closes - begins or (left == closes - begins and left):
                return begins + left
            left -= closes - begins
        return None

    def _day_of(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def _stretches(self, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open stretches of some days as instants, in order, none overlapping.

        The days before and after come along: where clocks are set back over midnight, the
        days of a place overlap.
        """
        before = datetime.min.replace(tzinfo=UTC)
        for number in range(-1, days + 1):
            day = first + timedelta(days=number)
            for span in self.spans_on(day):
                opens = max(self._moment(day, span.opens, fold=0), before)
                closes = self._moment(day, span.closes, fold=1)
                if opens < closes:
                    yield opens, closes
                    before = closes

    def _moment(self, day: date, minute: int, *, fold: int) -> datetime:
        """Return a time of day as an instant.

        A time that the clocks show twice is the first one (fold 0) or the second (fold 1); one
        that they leap over is the moment of the leap.
        """
        days, minutes = divmod(minute, MINUTES_A_DAY)
        wall = datetime.combine(day + timedelta(days=days), time(minutes // 60, minutes % 60))
        told = wall.replace(tzinfo=self.zone, fold=fold).astimezone(UTC)
        if told.astimezone(self.zone).replace(tzinfo=None) == wall:
            return told
        late, early = (wall.replace(tzinfo=self.zone, fold=one).astimezone(UTC) for one in (0, 1))
        while late - early > timedelta(seconds=1):
            middle = early + (late - early) // 2
            if middle.astimezone(self.zone).replace(tzinfo=None) < wall:
                early = middle
            else:
                late = middle
        return late.replace(microsecond=0)


def _instant(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(UTC)
