"""A section for each gap: what it means, the finding as a picture, the figures beside it."""

from __future__ import annotations

from fivegaps.report.diagnosis.closing import unmeasured
from fivegaps.report.diagnosis.coverage_matrix import lines_of
from fivegaps.report.diagnosis.form_pages import any_figure, forms
from fivegaps.report.diagnosis.overall import surveyed
from fivegaps.report.diagnosis.seen import Seen
from fivegaps.report.diagnosis.voice_pages import customers, knowledge, voices
from fivegaps.report.document import Block, Paragraph, Section


def gap_section(seen: Seen, gap: int) -> Section:
    """Return the section of one gap, 1 to 7."""
    blocks: list[Block] = [Paragraph(seen.tell(f"meaning.{gap}"), "lead")]
    match gap:
        case 1:
            blocks += [*voices(seen, 1), *knowledge(seen)]
        case 2 | 3 | 4:
            blocks += forms(seen, gap)
        case 5:
            blocks += customers(seen)
        case _:
            blocks += voices(seen, gap)
    if not measured(seen, gap):
        blocks[1:] = unmeasured(seen, f"gap{gap}")
    title = seen.tell("sections.gap", gap=gap, name=seen.tell(f"gap.{gap}"))
    return Section(f"gap{gap}", title, "analyst", tuple(blocks))


def measured(seen: Seen, gap: int) -> bool:
    """Tell whether a gap has any figure, or for gap 2 a register of standards."""
    match gap:
        case 2:
            return any_figure(seen, 2) or bool(lines_of(seen))
        case 3 | 4:
            return any_figure(seen, gap)
        case 5:
            scores = seen.measured.gaps.gap5.surveyed
            return any(one.gap.value is not None for one in scores.dimensions.values())
        case _:
            figures = surveyed(seen.measured.gaps, gap).dimensions.values()
            points = seen.measured.gaps.gap1.weights.values() if gap == 1 else ()
            return any(one.value is not None for one in (*figures, *points))
