"""What this app leaves for later."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from fivegaps.web.people.services import audit_heads, employees
from fivegaps.web.shared.outbox.kinds import Kind, Settle, Task, add_kind


def name_kinds() -> None:
    """Say how the errands of this app are done; called once, when it is ready."""
    add_kind(Kind(employees.LEAVING, _shut_when_gone))
    add_kind(Kind(audit_heads.HEAD, audit_heads.send_head))
    add_kind(Kind(audit_heads.HEAD_MAIL, audit_heads.mail_head_to))


def _shut_when_gone(task: Task) -> Settle:
    employee_id = UUID(task.payload["employee"])
    return partial(employees.shut_when_gone, employee_id=employee_id, actor=None, at=task.at)
