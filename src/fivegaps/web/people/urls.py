"""Addresses of people and places."""

from __future__ import annotations

from django.urls import path

from fivegaps.web.people.views import (
    accounts,
    audit,
    channels,
    employees,
    entrance,
    hours,
    importing,
    organisation,
    touchpoints,
    units,
)

urlpatterns = [
    path("", entrance.home, name="home"),
    path("set-up/<str:token>/", entrance.set_up_office, name="set_up"),
    path("audit/", audit.audit_page, name="audit"),
    path("audit/file/", audit.audit_file, name="audit_file"),
    path("settings/", organisation.settings_page, name="settings"),
    path("places/", units.units_page, name="units"),
    path("places/units/add/", units.add_unit, name="add_unit"),
    path("places/units/<slug:code>/", units.unit_page, name="unit"),
    path("places/units/<slug:code>/change/", units.change_unit, name="change_unit"),
    path("places/units/<slug:code>/close/", units.close_unit, name="close_unit"),
    path("places/units/<slug:code>/merge/", units.merge_unit, name="merge_unit"),
    path("places/units/<slug:code>/reopen/", units.reopen_unit, name="reopen_unit"),
    path("places/import/<slug:kind>/", importing.import_file, name="import_file"),
    path("places/import/<slug:kind>/<uuid:staged_id>/", importing.try_import, name="try_import"),
    path("places/channels/", channels.channels_page, name="channels"),
    path("places/channels/add/", channels.add_channel, name="add_channel"),
    path("places/channels/<slug:code>/", channels.change_channel, name="change_channel"),
    path("places/touchpoints/", touchpoints.touchpoints_page, name="touchpoints"),
    path("places/touchpoints/add/", touchpoints.add_touchpoint, name="add_touchpoint"),
    path(
        "places/touchpoints/<slug:code>/", touchpoints.change_touchpoint, name="change_touchpoint"
    ),
    path("places/hours/", hours.hours_page, name="hours"),
    path("places/hours/change/", hours.change_hours, name="change_hours"),
    path("places/hours/<uuid:hours_id>/drop/", hours.drop_hours, name="drop_hours"),
    path("places/units/<slug:code>/hours/", hours.change_unit_hours, name="change_unit_hours"),
    path("places/holidays/add/", hours.add_holiday, name="add_holiday"),
    path("places/holidays/<uuid:holiday_id>/drop/", hours.drop_holiday, name="drop_holiday"),
    path("places/employees/", employees.employees_page, name="employees"),
    path("places/employees/add/", employees.add_employee, name="add_employee"),
    path("places/employees/<slug:code>/", employees.employee_page, name="employee"),
    path("places/employees/<slug:code>/change/", employees.change_employee, name="change_employee"),
    path("places/employees/<slug:code>/move/", employees.move_employee, name="move_employee"),
    path("places/employees/<slug:code>/leave/", employees.let_go, name="let_go"),
    path("places/employees/<slug:code>/back/", employees.come_back, name="come_back"),
    path("places/employees/<slug:code>/account/", employees.link_account, name="link_account"),
    path("places/accounts/", accounts.accounts_page, name="accounts"),
    path("places/accounts/invite/", accounts.invite, name="invite"),
    path("places/accounts/<uuid:user_id>/", accounts.account_page, name="account"),
    path("places/accounts/<uuid:user_id>/again/", accounts.invite_again, name="invite_again"),
    path("places/accounts/<uuid:user_id>/switch/", accounts.switch_account, name="switch_account"),
    path(
        "places/accounts/<uuid:user_id>/roles/<uuid:membership_id>/take/",
        accounts.take_role,
        name="take_role",
    ),
]
