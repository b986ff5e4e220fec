"""A section for each gap: what it means, the finding as a picture, the figures beside it."""

from __future__ import annotations

from fivegaps.report.diagnosis.form_pages import forms
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
    title = seen.tell("sections.gap", gap=gap, name=seen.tell(f"gap.{gap}"))
    return Section(f"gap{gap}", title, "analyst", tuple(blocks))
