"""Forms of people and places."""

from __future__ import annotations

from fivegaps.web.people.forms.audit import AuditForm
from fivegaps.web.people.forms.hours import (
    DAYS,
    HolidayForm,
    HoursField,
    WeekForm,
)
from fivegaps.web.people.forms.places import (
    ChannelChangeForm,
    ChannelForm,
    CloseForm,
    ImportForm,
    MergeForm,
    OrganisationForm,
    SetUpForm,
    TouchpointChangeForm,
    TouchpointForm,
    UnitChangeForm,
    UnitChoiceField,
    UnitForm,
    in_tree_order,
    time_zones,
)
from fivegaps.web.people.forms.staff import (
    AccountForm,
    ComeBackForm,
    EmployeeChangeForm,
    EmployeeForm,
    InviteForm,
    LeaveForm,
    MoveForm,
    RoleForm,
)

__all__ = [
    "DAYS",
    "AccountForm",
    "AuditForm",
    "ChannelChangeForm",
    "ChannelForm",
    "CloseForm",
    "ComeBackForm",
    "EmployeeChangeForm",
    "EmployeeForm",
    "HolidayForm",
    "HoursField",
    "ImportForm",
    "InviteForm",
    "LeaveForm",
    "MergeForm",
    "MoveForm",
    "OrganisationForm",
    "RoleForm",
    "SetUpForm",
    "TouchpointChangeForm",
    "TouchpointForm",
    "UnitChangeForm",
    "UnitChoiceField",
    "UnitForm",
    "WeekForm",
    "in_tree_order",
    "time_zones",
]
