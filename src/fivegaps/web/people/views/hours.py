"""Pages of opening hours and holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.people import selectors
from fivegaps.web.people.clocks import week_in, week_kept
from fivegaps.web.people.forms import HolidayForm, WeekForm
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.open_hours import HolidayLine, Period, holidays_seen_by, periods
from fivegaps.web.people.rights import Right
from fivegaps.web.people.services import hours
from fivegaps.web.people.views.tabs import Tab, tabs_for


@dataclass(frozen=True, slots=True)
class HoursPage:
    """The hours of the organisation, and the holidays that a visitor may see."""

    tabs: tuple[Tab, ...]
    periods: tuple[Period, ...]
    holidays: tuple[HolidayLine, ...]
    may_change: bool
    may_add_holiday: bool


@require_safe
@needs(Right.SEE_PLACES)
def hours_page(request: MemberRequest) -> HttpResponse:
    """Show when places are open."""
    member = request.member
    may_change = member.may_everywhere(Right.CHANGE_PLACES)
    page = HoursPage(
        tabs=tabs_for(member, "hours"),
        periods=periods(selectors.hours_of(None), may_change=may_change),
        holidays=holidays_seen_by(member, timezone.localdate()),
        may_change=may_change,
        may_add_holiday=member.may(Right.CHANGE_PLACES),
    )
    return render(request, "people/hours.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES, everywhere=True)
def change_hours(request: MemberRequest) -> HttpResponse:
    """Enter the hours that hold where a unit has none of its own."""
    rows = selectors.hours_of(None)
    initial = WeekForm.initial_of(week_in(rows[0]) if rows else None)
    form = WeekForm(
        request.POST if request.method == "POST" else None, below=False, initial=initial
    )
    if form.is_valid():
        hours.keep_hours(
            actor=request.member,
            unit=None,
            since=form.cleaned_data["since"],
            week=form.week(),
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("hours")
    return render(request, "people/week_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES)
def change_unit_hours(request: MemberRequest, code: str) -> HttpResponse:
    """Enter the hours and the time zone of one unit."""
    unit = selectors.unit_for(request.member, code, Right.CHANGE_PLACES)
    if unit is None:
        raise Http404
    rows = selectors.hours_of(unit)
    shown = week_kept(unit, timezone.localdate())
    initial = {
        **WeekForm.initial_of(shown),
        "time_zone": unit.time_zone,
        "as_above": shown is not None and not (rows and rows[0].week),
    }
    form = WeekForm(request.POST if request.method == "POST" else None, below=True, initial=initial)
    if form.is_valid():
        hours.keep_hours_and_zone(
            actor=request.member,
            unit=unit,
            since=form.cleaned_data["since"],
            week=form.week(),
            time_zone=form.cleaned_data["time_zone"],
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("unit", code=code)
    shown_page = {"form": form, "unit": unit, "periods": periods(rows, may_change=True)}
    return render(request, "people/week_form.html", shown_page)


@require_POST
@needs(Right.CHANGE_PLACES)
def drop_hours(request: MemberRequest, hours_id: UUID) -> HttpResponse:
    """Take weekly hours out again."""
    row = selectors.hours_for(request.member, hours_id)
    if row is None:
        raise Http404
    hours.drop_hours(actor=request.member, row=row, at=timezone.now())
    messages.success(request, _("These hours are taken out."))
    return redirect("hours") if row.unit is None else redirect("unit", code=row.unit.code)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES)
def add_holiday(request: MemberRequest) -> HttpResponse:
    """Enter one day, or several in a row, with other hours."""
    member = request.member
    form = HolidayForm(
        request.POST if request.method == "POST" else None,
        units=selectors.units_visible_to(member, Right.CHANGE_PLACES).filter(closed_on=None),
        must_name_unit=not member.may_everywhere(Right.CHANGE_PLACES),
        initial={"unit": request.GET.get("unit", "")},
    )
    if form.is_valid():
        given = form.cleaned_data
        days = ((given["until"] or given["day"]) - given["day"]).days + 1
        for number in range(days):
            hours.keep_holiday(
                actor=member,
                unit=given["unit"],
                day=given["day"] + timedelta(days=number),
                name=given["name"],
                spans=form.spans,
                at=timezone.now(),
            )
        messages.success(request, _("Saved."))
        return redirect("hours")
    return render(request, "people/holiday_form.html", {"form": form})


@require_POST
@needs(Right.CHANGE_PLACES)
def drop_holiday(request: MemberRequest, holiday_id: UUID) -> HttpResponse:
    """Take a holiday out."""
    holiday = selectors.holiday_for(request.member, holiday_id)
    if holiday is None:
        raise Http404
    hours.drop_holiday(actor=request.member, holiday=holiday, at=timezone.now())
    messages.success(request, _("%(holiday)s is taken out.") % {"holiday": holiday.name})
    return redirect("hours")
