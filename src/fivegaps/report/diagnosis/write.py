"""Put a diagnosis and its report into a folder, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from fivegaps.diagnosis.results import Diagnosis
from fivegaps.model.instrument import Instrument
from fivegaps.report.diagnosis.board_paper import board_page
from fivegaps.report.diagnosis.compose import compose
from fivegaps.report.diagnosis.names import Names
from fivegaps.report.write import write_document

BOARD = "board.html"


def write(
    diagnosis: Diagnosis,
    instrument: Instrument,
    folder: str | Path,
    *,
    lang: str = "en",
    names: Names | None = None,
    results_json: str,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write report.html, board.html, results.json, tables.xlsx and charts/ into a folder.

    Args:
        diagnosis: As made.
        instrument: The company's.
        folder: Where to; made when missing.
        lang: en, vi, zh-hans, zh-hant or nl.
        names: What the company calls its units, standards, promises and actions.
        results_json: The text of ``results.json``.
        overwrite: Replace our files of an earlier diagnosis; others stay.

    Returns:
        The files that were written.

    Raises:
        OutputExists: The folder holds another diagnosis.
        OptionRefused: The language is unknown, or the folder's name is that of a file.
    """
    return write_document(
        compose(diagnosis, instrument, lang=lang, names=names),
        folder,
        version=diagnosis.provenance.version,
        results_json=results_json,
        overwrite=overwrite,
        beside={BOARD: board_page(diagnosis, instrument, lang=lang, names=names)},
    )
