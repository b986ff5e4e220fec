"""Compose the report: results, instrument and a language in, a document out."""

from __future__ import annotations

from fivegaps.analysis.results import Results
from fivegaps.model.instrument import Instrument
from fivegaps.report.document import Document, Section
from fivegaps.report.sections import methods, quality, scores, segments
from fivegaps.report.sections.explanations import drivers, kano_section
from fivegaps.report.sections.five_minutes import five_minutes
from fivegaps.report.sections.reliability import reliability
from fivegaps.report.sections.structure import structure
from fivegaps.report.view import View, in_language


def compose(results: Results, instrument: Instrument, *, lang: str = "en") -> Document:
    """Return the whole report as a document of blocks.

    Args:
        results: What the analysis found.
        instrument: For the names of items, dimensions and outcomes.
        lang: en, vi, zh-hans, zh-hant or nl.

    Raises:
        OptionRefused: The language is not one of the shipped ones.
    """
    view = View(results, instrument, lang)
    name = in_language(instrument.title, lang) or instrument.id
    origin = results.provenance
    analyst: list[Section | None] = [
        scores.overall(view),
        scores.dimensions(view),
        scores.items(view),
        scores.zone(view),
        reliability(view),
        structure(view),
        drivers(view),
        kano_section(view),
        segments.segments(view),
        quality.weights(view),
        quality.quality(view),
        methods.methods(view),
        methods.references(view),
        methods.provenance(view),
    ]
    return Document(
        lang=lang,
        title=view.say("page.title", name=name),
        subtitle=view.say(
            "page.subtitle",
            n=view.numerals.count(results.n),
            file=origin.file.name,
            date=view.numerals.date(origin.created_at),
        ),
        sections=(*five_minutes(view), *(section for section in analyst if section is not None)),
    )
