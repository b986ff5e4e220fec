"""Leading by serving as managers and staff rate it, and engagement: told where they were asked."""

from __future__ import annotations

from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.document import Block, Paragraph, Subheading
from fivegaps.report.tables import Cell, Named
from fivegaps.stats.estimate import Estimate

_HEADS: Heads = (("what", "name"), ("answer", "mean"), ("n", "count"))
_ENGAGEMENT = "employees.engagement"


def leading(seen: Seen) -> list[Block]:
    """Return both ratings of leading by serving and the staff's engagement; none if not asked."""
    return [*_leadership(seen), *_engagement(seen)]


def _leadership(seen: Seen) -> list[Block]:
    one = seen.measured.leadership
    if one.managers.reason == "not_asked":
        return []
    rows: list[tuple[Cell, ...]] = []
    for key, figure, voice in (
        ("leadership_managers", one.managers, "managers"),
        ("leadership_employees", one.staff, "employees"),
        ("difference", one.difference, "managers"),
    ):
        shown = seen.shielded(figure, voice)
        rows.append((Named(key, seen.tell(f"inside.{key}")), shown, shown.n))
    title, note = seen.tell("table.leadership"), seen.tell("sign.leadership")
    return [
        Subheading("leadership", seen.tell("inside.leadership")),
        Paragraph(_told(seen)),
        seen.table("leadership", title, _HEADS, rows, note),
    ]


def _told(seen: Seen) -> str:
    one = seen.measured.leadership.difference
    if one.value is None or one.low is None or one.high is None:
        return seen.tell("inside.leadership_untold", reason=seen.reason(one.reason))
    span = seen.signed_span(one.value, one.low, one.high)
    which = "more" if one.low > 0 else "less" if one.high < 0 else "alike"
    return seen.tell(f"inside.leadership_{which}", value=span)


def _engagement(seen: Seen) -> list[Block]:
    found = seen.measured.constructs.get(_ENGAGEMENT)
    if found is None:
        return []
    mean = Estimate(found.value, found.low, found.high, found.n, found.method, found.reason)
    shown = seen.shielded(mean, "employees")
    title = seen.tell("inside.engagement")
    row: tuple[Cell, ...] = (Named("engagement", title), shown, shown.n)
    return [
        Subheading("engagement", title),
        Paragraph(seen.tell("inside.engagement_lead")),
        seen.table("engagement", seen.tell("table.engagement"), _HEADS, [row]),
    ]
