"""Compose the report of a diagnosis: figures and a language in, a document out."""

from __future__ import annotations

from fivegaps.diagnosis.results import Diagnosis
from fivegaps.model.instrument import Instrument
from fivegaps.report.diagnosis import (
    cause_pages,
    closing,
    inside,
    opening,
    outside,
    unit_pages,
    verdict_pages,
)
from fivegaps.report.diagnosis.gap_pages import gap_section
from fivegaps.report.diagnosis.more_tables import more_tables
from fivegaps.report.diagnosis.names import Names
from fivegaps.report.diagnosis.overall import GAPS
from fivegaps.report.diagnosis.remedy_cards import remedies
from fivegaps.report.diagnosis.seen import Seen
from fivegaps.report.document import Document


def compose(
    diagnosis: Diagnosis, instrument: Instrument, *, lang: str = "en", names: Names | None = None
) -> Document:
    """Return the report as a document of blocks.

    Args:
        diagnosis: As made.
        instrument: The company's, for the names of items and dimensions.
        lang: en, vi, zh-hans, zh-hant or nl.
        names: What the company calls units, standards, promises and actions; ids without.

    Raises:
        OptionRefused: The language is not one of the shipped ones.
    """
    seen = Seen(diagnosis, instrument, lang, names or Names())
    sections = (
        opening.story(seen),
        opening.model(seen),
        opening.first(seen),
        opening.largest(seen),
        *(gap_section(seen, gap) for gap in GAPS),
        inside.blind_spot(seen),
        inside.within(seen),
        unit_pages.waves(seen),
        unit_pages.units(seen),
        unit_pages.channels(seen),
        unit_pages.relations(seen),
        cause_pages.causes(seen),
        remedies(seen),
        verdict_pages.actions(seen),
        outside.competitors(seen),
        outside.consequences(seen),
        closing.cannot_tell(seen),
        closing.ages(seen),
        closing.methods(seen),
        closing.provenance(seen),
    )
    date = seen.numerals.date(seen.measured.date.isoformat())
    return Document(
        lang=lang,
        title=seen.tell("title", name=diagnosis.company),
        subtitle=seen.tell("subtitle", wave=seen.wave, date=date),
        sections=tuple(section for section in sections if section is not None),
        more_tables=more_tables(seen),
    )
