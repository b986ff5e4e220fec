"""Laws of the business clock, in zones whose clocks leap, go back, or left a day out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from fivegaps.model.hours import ALWAYS_OPEN, BusinessClock, Span, Week

ZONES = ["UTC", "Europe/Riga", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe",
         "America/St_Johns", "Asia/Ho_Chi_Minh", "Africa/Casablanca"]  # fmt: skip

spans = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(
    lambda two: Span(min(two[0], two[1] - 1), max(two[1], two[0] + 1))
)
days = st.lists(spans, max_size=3).map(tuple)
weeks = st.tuples(*[days] * 7).map(Week)
dates = st.dates(date(2006, 1, 1), date(2027, 12, 31))
moments = st.datetimes(datetime(2011, 10, 1), datetime(2012, 4, 30)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=UTC)
)
clocks = st.builds(
    BusinessClock,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    weeks=st.lists(st.tuples(dates, weeks), max_size=3, unique_by=lambda one: one[0]).map(
        lambda later: ((date.min, ALWAYS_OPEN), *later)
    ),
    exceptions=st.dictionaries(st.dates(date(2011, 10, 1), date(2012, 4, 30)), days, max_size=5),
)


@settings(deadline=None, max_examples=50)
@given(clocks, moments, moments, moments)
def test_open_time_of_parts_adds_up(clock, first, second, third) -> None:
    parts = clock.open_time(first, second) + clock.open_time(second, third)

    assert parts == clock.open_time(first, third)


@settings(deadline=None, max_examples=50)
@given(clocks, moments, moments)
def test_open_time_is_never_more_than_the_time(clock, first, second) -> None:
    early, late = sorted((first, second))

    assert timedelta() <= clock.open_time(early, late) <= late - early


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(ZONES).map(ZoneInfo), moments, moments)
def test_who_is_always_open_loses_no_minute(zone, first, second) -> None:
    clock = BusinessClock(zone, ((date.min, ALWAYS_OPEN),))

    assert clock.open_time(first, second) == second - first


@settings(deadline=None, max_examples=50)
@given(clocks, moments)
def test_an_instant_is_open_when_time_passes_right_after_it(clock, at) -> None:
    tick = timedelta(microseconds=1)

    assert clock.is_open(at) == (clock.open_time(at, at + tick) == tick)


@settings(deadline=None, max_examples=50)
@given(clocks, moments)
def test_nothing_is_open_before_the_next_opening(clock, at) -> None:
    opening = clock.next_opening(at)

    assert opening is None or (clock.is_open(opening) and not clock.open_time(at, opening))


@settings(deadline=None, max_examples=50)
@given(clocks, moments, st.timedeltas(timedelta(), timedelta(days=20)))
def test_what_falls_due_falls_due_after_that_much_open_time(clock, at, left) -> None:
    due = clock.after(at, left)

    assert due is None or clock.open_time(at, due) == left
