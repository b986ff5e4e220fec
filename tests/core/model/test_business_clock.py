"""Open time by hand: weeks, holidays, changes of hours, and the two odd days of a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fivegaps.model.hours import ALWAYS_OPEN, NEVER_OPEN, BusinessClock, Span, Week, in_order

RIGA = ZoneInfo("Europe/Riga")
NINE_TO_FIVE = Span(540, 1020)
OFFICE = Week(((NINE_TO_FIVE,),) * 5 + ((), ()))
NIGHT = Week(((Span(0, 360),),) * 7)
EVER = date.min


def clock(week: Week = OFFICE, zone: ZoneInfo = RIGA, **exceptions) -> BusinessClock:
    return BusinessClock(zone, ((EVER, week),), exceptions.get("exceptions", {}))


def riga(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=RIGA, fold=fold)


def test_a_friday_evening_complaint_is_answered_after_open_minutes_only() -> None:
    """Friday 16:30 to Monday 09:45: 30 minutes of Friday and 45 of Monday."""
    assert clock().open_minutes(riga(2026, 3, 6, 16, 30), riga(2026, 3, 9, 9, 45)) == 75


def test_a_break_at_noon_is_no_open_time() -> None:
    """10:00 to 15:00 over a break from 12:00 to 13:00: four hours."""
    week = Week(((Span(540, 720), Span(780, 1020)),) * 7)

    found = clock(week).open_time(riga(2026, 3, 3, 10), riga(2026, 3, 3, 15))

    assert found == timedelta(hours=4)


def test_a_holiday_is_closed_and_a_short_day_is_short() -> None:
    """23 June until noon, 24 June closed: 3 h + 0 h + 8 h of the 25th."""
    feast = {date(2026, 6, 23): (Span(540, 720),), date(2026, 6, 24): ()}

    found = clock(exceptions=feast).open_time(riga(2026, 6, 23, 0), riga(2026, 6, 26, 0))

    assert found == timedelta(hours=11)


def test_new_hours_hold_from_their_first_day() -> None:
    """8 h on Tuesday by the old week, 4 h on Wednesday by the new."""
    short = Week(((Span(540, 780),),) * 7)
    both = BusinessClock(RIGA, ((date(2026, 3, 4), short), (EVER, OFFICE)))

    found = both.open_time(riga(2026, 3, 3, 0), riga(2026, 3, 5, 0))

    assert found == timedelta(hours=12)


def test_before_the_first_week_a_place_is_closed() -> None:
    new = BusinessClock(RIGA, ((date(2026, 3, 4), ALWAYS_OPEN),))

    assert not new.is_open(riga(2026, 3, 3, 12))
    assert new.next_opening(riga(2026, 3, 3, 12)) == riga(2026, 3, 4, 0)


@pytest.mark.parametrize(
    ("day", "hours"),
    [((2026, 3, 29), 5), ((2026, 10, 25), 7), ((2026, 3, 28), 6)],
    ids=["clocks leap", "clocks go back", "plain day"],
)
def test_a_night_has_the_hours_that_it_has(day: tuple[int, int, int], hours: int) -> None:
    """Riga leaps from 3:00 to 4:00 on 29 March 2026 and repeats 3:00 to 4:00 on 25 October."""
    found = clock(NIGHT).open_time(riga(*day, 0), riga(*day, 12))

    assert found == timedelta(hours=hours)


def test_a_time_that_clocks_leap_over_is_the_leap() -> None:
    """Open 3:30 to 6:00 on the night of the leap: from 1:00 UTC (4:00 there), two hours."""
    late = clock(Week(((Span(210, 360),),) * 7))

    assert late.next_opening(riga(2026, 3, 29, 0)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert late.open_time(riga(2026, 3, 29, 0), riga(2026, 3, 29, 12)) == timedelta(hours=2)


def test_the_hour_that_comes_twice_is_open_twice() -> None:
    """Open 3:00 to 4:00 where that hour is repeated."""
    hour = clock(Week(((Span(180, 240),),) * 7))

    assert hour.is_open(riga(2026, 10, 25, 3, 30))
    assert hour.is_open(riga(2026, 10, 25, 3, 30, fold=1))
    assert hour.open_time(riga(2026, 10, 25, 0), riga(2026, 10, 25, 12)) == timedelta(hours=2)


def test_a_day_that_a_country_left_out_is_no_open_time() -> None:
    """Samoa went from 29 to 31 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    always = clock(ALWAYS_OPEN, apia)

    found = always.open_time(datetime(2011, 12, 29, tzinfo=apia), datetime(2012, 1, 1, tzinfo=apia))

    assert found == timedelta(days=2)


def test_the_minute_of_closing_is_closed() -> None:
    assert clock().is_open(riga(2026, 3, 3, 16, 59))
    assert not clock().is_open(riga(2026, 3, 3, 17, 0))
    assert clock().is_open(riga(2026, 3, 3, 9, 0))


def test_next_opening_leaps_over_the_weekend() -> None:
    assert clock().next_opening(riga(2026, 3, 6, 17, 0)) == riga(2026, 3, 9, 9)


def test_next_opening_of_an_open_place_is_now() -> None:
    assert clock().next_opening(riga(2026, 3, 3, 10)) == riga(2026, 3, 3, 10)


def test_four_open_hours_from_friday_noon_plus_two_end_on_monday() -> None:
    """Friday 15:00 and four open hours: two on Friday, two on Monday."""
    assert clock().after(riga(2026, 3, 6, 15), timedelta(hours=4)) == riga(2026, 3, 9, 11)


def test_a_place_that_never_opens_has_no_next_opening() -> None:
    assert clock(NEVER_OPEN).next_opening(riga(2026, 3, 3, 10)) is None


def test_units_count_by_their_own_zone() -> None:
    """9:00 in Ho Chi Minh City is 2:00 UTC."""
    saigon = clock(zone=ZoneInfo("Asia/Ho_Chi_Minh"))

    assert saigon.is_open(datetime(2026, 3, 3, 2, tzinfo=UTC))
    assert not saigon.is_open(datetime(2026, 3, 3, 10, tzinfo=UTC))


def test_overlapping_stretches_count_once() -> None:
    assert in_order([Span(600, 700), Span(540, 610), Span(700, 720)]) == (Span(540, 720),)


@pytest.mark.parametrize(("opens", "closes"), [(-1, 5), (5, 5), (9, 5), (0, 1441)])
def test_a_stretch_lies_within_a_day(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="no stretch"):
        Span(opens, closes)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError, match="7 days"):
        Week(((),) * 6)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock().is_open(datetime(2026, 3, 3, 9))  # noqa: DTZ001 - what is refused


def test_open_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        clock().after(riga(2026, 3, 3), timedelta(hours=-1))
