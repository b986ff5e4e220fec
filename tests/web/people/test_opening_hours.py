"""When places are open: inherited, from a day on, over holidays; entered by hand and by file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fivegaps.model.hours import Span, Week
from fivegaps.web.people.clocks import clock_for
from fivegaps.web.people.hour_words import NoHours, hours_in, told
from fivegaps.web.people.models import Holiday, OpeningHours, Unit
from fivegaps.web.people.services import hours

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SHOP = Week(((Span(540, 1020),),) * 5 + ((), ()))
LATE = Week(((Span(720, 1200),),) * 7)

pytestmark = pytest.mark.postgres


def keep(unit: Unit | None, week: Week | None, since: date | None = None) -> None:
    hours.keep_hours(actor=None, unit=unit, since=since, week=week, at=NOW)


def on(unit: Unit, day: date) -> str:
    return told(clock_for(unit).spans_on(day))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9-17", "09:00–17:00"),
        ("9:00–12:00, 13:00-17:30", "09:00–12:00, 13:00–17:30"),
        ("13.00 - 17.00 9.00 - 12.00", "09:00–12:00, 13:00–17:00"),
        ("22:00-24:00;0:00-2:00", "00:00–02:00, 22:00–24:00"),
        ("8h30-17h", "08:30–17:00"),
        ("9：00－12：00，13：00－17：00".replace("－", "-"), "09:00–12:00, 13:00–17:00"),
        ("18-0", "18:00–24:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, shown: str) -> None:
    assert told(hours_in(text)) == shown


@pytest.mark.parametrize("text", ["open", "9", "17-9", "9:60-10:00", "９-17", "9-17!", "-"])
def test_what_tells_no_hours_is_refused(text: str) -> None:
    with pytest.raises(NoHours):
        hours_in(text)


def test_a_unit_without_hours_keeps_those_above(office) -> None:
    keep(None, SHOP)
    keep(office.north, LATE)

    assert on(office.riga, date(2026, 3, 4)) == "12:00–20:00"
    assert on(office.vilnius, date(2026, 3, 4)) == "09:00–17:00"


def test_hours_hold_from_their_day_and_may_go_back_to_those_above(office) -> None:
    keep(None, SHOP)
    keep(office.riga, LATE, date(2026, 3, 3))
    keep(office.riga, None, date(2026, 3, 5))

    days = [on(office.riga, date(2026, 3, day)) for day in (2, 3, 5)]

    assert days == ["09:00–17:00", "12:00–20:00", "09:00–17:00"]


def test_the_nearest_holiday_holds(office) -> None:
    keep(None, SHOP)
    day = date(2026, 3, 4)
    hours.keep_holiday(actor=None, unit=None, day=day, name="Feast", spans=(), at=NOW)
    spans = (Span(600, 660),)
    hours.keep_holiday(actor=None, unit=office.riga, day=day, name="Feast", spans=spans, at=NOW)

    assert (on(office.riga, day), on(office.tartu, day)) == ("10:00–11:00", "")


def test_nobody_knows_hours_that_nobody_entered(office) -> None:
    assert clock_for(office.riga) is None


def test_a_unit_counts_in_the_zone_of_the_unit_above(office, administrator) -> None:
    keep(None, SHOP)
    hours.choose_zone(actor=administrator, unit=office.north, time_zone="Asia/Tokyo", at=NOW)

    clock = clock_for(Unit.objects.get(code="riga"))

    assert clock.is_open(datetime(2026, 3, 4, 1, tzinfo=UTC))


@pytest.fixture
def browser(administrator, as_member):
    return as_member(administrator)


def test_a_week_is_entered_in_the_browser(browser) -> None:
    asked = {"monday": "9-17", "tuesday": "9-12 13-17", "since": ""}

    browser.post(reverse("change_hours"), asked)
    page = browser.get(reverse("unit", args=["riga"])).content.decode()

    assert "09:00–12:00, 13:00–17:00" in page


def test_wrong_hours_keep_the_form_and_say_how(browser) -> None:
    answer = browser.post(reverse("change_hours"), {"monday": "from nine", "sunday": "10-12"})

    page = answer.content.decode()
    assert "9:00-12:00, 13:00-17:00" in page
    assert 'value="from nine"' in page
    assert 'value="10-12"' in page
    assert not OpeningHours.objects.exists()


def test_a_unit_keeps_its_own_week_and_zone(browser, office) -> None:
    asked = {"time_zone": "Europe/Riga", "monday": "10-18", "since": "2026-01-01"}

    browser.post(reverse("change_unit_hours", args=["riga"]), asked)
    row = OpeningHours.objects.get()
    page = browser.get(reverse("change_unit_hours", args=["riga"])).content.decode()

    assert (row.unit.code, row.since, row.week[0]) == ("riga", date(2026, 1, 1), [[600, 1080]])
    assert Unit.objects.get(code="riga").time_zone == "Europe/Riga"
    assert 'value="10:00–18:00"' in page


def test_hours_of_its_own_and_those_above_exclude_each_other(browser) -> None:
    asked = {"as_above": "on", "monday": "10-18", "since": "", "time_zone": ""}

    page = browser.post(reverse("change_unit_hours", args=["riga"]), asked).content.decode()

    assert "take this tick away" in page
    assert not OpeningHours.objects.exists()


def test_hours_are_taken_out(browser, office) -> None:
    keep(office.riga, LATE)

    browser.post(reverse("drop_hours", args=[OpeningHours.objects.get().id]))

    assert not OpeningHours.objects.exists()


def test_who_leads_nothing_there_takes_no_hours_out(office, charlie, as_member) -> None:
    keep(office.riga, LATE)

    answer = as_member(charlie).post(reverse("drop_hours", args=[OpeningHours.objects.get().id]))

    assert answer.status_code == 403


def test_holidays_in_a_row_are_entered_and_taken_out(browser) -> None:
    day = datetime.now(UTC).date() + timedelta(days=30)
    asked = {"name": "Tết", "day": day, "until": day + timedelta(days=2), "unit": "", "hours": ""}

    browser.post(reverse("add_holiday"), asked)
    entered = list(Holiday.objects.values_list("day", flat=True))
    page = browser.get(reverse("hours")).content.decode()
    browser.post(reverse("drop_holiday", args=[Holiday.objects.first().id]))

    assert entered == [day, day + timedelta(days=1), day + timedelta(days=2)]
    assert page.count("Tết") >= 3
    assert Holiday.objects.count() == 2


CALENDAR = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//tests//\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;VALUE=DATE:20261224\r
DTEND;VALUE=DATE:20261227\r
SUMMARY:Christmas\r
END:VEVENT\r
END:VCALENDAR\r
"""


def sent(browser, name: str, content: bytes, kind: str = "holidays"):
    file = SimpleUploadedFile(name, content)
    return browser.post(reverse("import_file", args=[kind]), {"file": file}, follow=True)


def test_a_calendar_file_brings_each_of_its_days(browser) -> None:
    page = sent(browser, "feasts.ics", CALENDAR)
    browser.post(page.request["PATH_INFO"])

    assert list(Holiday.objects.values_list("day", "name")) == [
        (date(2026, 12, day), "Christmas") for day in (24, 25, 26)
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CALENDAR.replace(b"SUMMARY", b"RRULE:FREQ=YEARLY\r\nSUMMARY"), "repeats"),
        (CALENDAR.replace(b"DTSTART;VALUE=DATE:20261224\r\n", b""), "without a day"),
        (CALENDAR.replace(b"20261227", b"20290101"), "no holiday"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no events"),
        (b"BEGIN:VCALENDAR\r\nrubbish", "calendar"),
    ],
)
def test_a_calendar_that_cannot_be_used_says_why(browser, content: bytes, said: str) -> None:
    page = sent(browser, "feasts.ics", content).content.decode()

    assert said in page
    assert not Holiday.objects.exists()


def test_holidays_come_from_a_table_too_and_twice_changes_nothing(browser) -> None:
    table = b"day,name,unit,hours\n2027-06-23,Eve,,9:00-12:00\n2027-06-24,Feast,riga,\n"

    first = sent(browser, "feasts.csv", table)
    browser.post(first.request["PATH_INFO"])
    again = sent(browser, "feasts.csv", table).content.decode()

    assert Holiday.objects.get(name="Eve").spans == [[540, 720]]
    assert Holiday.objects.get(name="Feast").unit.code == "riga"
    assert "is here already" in again


@pytest.mark.parametrize(
    ("row", "said"),
    [("2027-13-01,Eve,,", "no day"), ("2027-06-23,Eve,,soon", "no hours"), (",Eve,,", "empty"),
     ("2027-06-23,Eve,paris,", "no unit paris")],
)  # fmt: skip
def test_rows_that_cannot_be_used_are_named(browser, row: str, said: str) -> None:
    page = sent(browser, "feasts.csv", f"day,name,unit,hours\n{row}\n".encode()).content.decode()

    assert said in page


def test_touchpoints_come_from_a_file(browser) -> None:
    table = b"code,name,channel\nloan,Loan talk,counter\nhelp,Help line,\n"

    page = sent(browser, "t.csv", table, "touchpoints")
    browser.post(page.request["PATH_INFO"])
    listed = browser.get(reverse("touchpoints")).content.decode()

    assert "Loan talk" in listed
    assert "any channel" in listed
