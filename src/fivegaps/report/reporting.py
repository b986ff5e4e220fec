"""The report of an analysis, from Python."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fivegaps.analysis.encoding import results_json
from fivegaps.analysis.results import Results
from fivegaps.model.instrument import Instrument
from fivegaps.report.compose import compose
from fivegaps.report.html import page
from fivegaps.report.write import write


@dataclass(frozen=True, slots=True)
class Report:
    """Results to be read by people; shows itself in a notebook."""

    results: Results
    instrument: Instrument
    lang: str = "en"

    def write(
        self, folder: str | Path, *, png: bool = False, overwrite: bool = False
    ) -> tuple[Path, ...]:
        """Write report.html, results.json, tables.xlsx and charts/ into a folder.

        Raises:
            OutputExists: The folder holds another analysis.
        """
        return write(
            self.results,
            self.instrument,
            folder,
            lang=self.lang,
            png=png,
            results_json=results_json(self.results),
            overwrite=overwrite,
        )

    def html(self) -> str:
        """Return report.html: one file that needs nothing else."""
        document = compose(self.results, self.instrument, lang=self.lang)
        return page(document, version=self.results.provenance.version)

    def _repr_html_(self) -> str:
        return self.results._repr_html_()


def report(results: Results, instrument: Instrument, *, lang: str = "en") -> Report:
    """Return the report of an analysis.

    Args:
        results: From :func:`fivegaps.analyze`.
        instrument: The instrument that was used, for its texts.
        lang: en, vi, zh-hans, zh-hant or nl.
    """
    return Report(results, instrument, lang)
