"""The first five minutes: verdict, dimensions, items that matter, units."""

from __future__ import annotations

from fivegaps.report.charts.dumbbell import dumbbell
from fivegaps.report.charts.funnel import funnel
from fivegaps.report.charts.heat import heat_map
from fivegaps.report.charts.importance_grid import importance_grid, preferred
from fivegaps.report.charts.item_gaps import item_gaps
from fivegaps.report.charts.perceptions import perceptions
from fivegaps.report.charts.tolerance import tolerance
from fivegaps.report.document import Block, Paragraph, Section
from fivegaps.report.sections.cautions import cautions
from fivegaps.report.sections.segments import spread_in_words
from fivegaps.report.sections.verdict import tiles, verdict
from fivegaps.report.view import View


def five_minutes(view: View) -> list[Section]:
    """Return the sections for a reader with five minutes."""
    opening: list[Block] = [verdict(view), tiles(view)]
    remarks = cautions(view)
    if remarks:
        opening.append(remarks)
    sections = [Section("verdict", view.say("sections.verdict"), "board", tuple(opening))]

    by_dimension = [chart for chart in (tolerance(view), dumbbell(view)) if chart is not None] or [
        chart for chart in (perceptions(view),) if chart is not None
    ]
    if by_dimension:
        judged = view.has_gaps or view.results.zone is not None
        title = view.say("sections.by_dimension" if judged else "sections.by_dimension_rated")
        sections.append(Section("by-dimension", title, "board", tuple(by_dimension)))
    kind = preferred(view)
    grid = importance_grid(view, kind) if kind else None
    matter = grid or item_gaps(view)
    if matter is not None:
        lead = Paragraph(view.say("lead.grid")) if grid else Paragraph(view.say("lead.items"))
        sections.append(
            Section(
                "items-that-matter", view.say("sections.items_that_matter"), "board", (lead, matter)
            )
        )
    for index, column in enumerate(one for one in view.results.segments if "|" not in one):
        charts = [chart for chart in (funnel(view, column), heat_map(view, column)) if chart]
        if charts:
            drawn = charts[0].name.startswith("funnel")
            found = view.results.segments[column]
            text = view.say("lead.units") if drawn else spread_in_words(view, found)
            lead = Paragraph(text)
            title = view.say("sections.units", column=column)
            sections.append(Section(f"units-{index + 1}", title, "board", (lead, *charts)))
    return sections
