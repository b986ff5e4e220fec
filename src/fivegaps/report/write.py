"""Put a report into a folder, whole or not at all.

Everything is written to a hidden folder beside the wanted one first. When the
wanted folder is not there yet, that one is renamed into its place; otherwise
each of our own files is moved over, ``results.json`` last, since it is what
tells that the folder holds an analysis. Files that are not ours are never touched.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from fivegaps.analysis.results import Results
from fivegaps.errors import OptionRefused, OutputExists
from fivegaps.model.instrument import Instrument
from fivegaps.report.charts.chart import MARK
from fivegaps.report.compose import compose
from fivegaps.report.document import Document
from fivegaps.report.html import page
from fivegaps.report.picture import png as painted
from fivegaps.report.picture import svg
from fivegaps.report.workbook import workbook

RESULTS = "results.json"
REPORT = "report.html"
TABLES = "tables.xlsx"
CHARTS = "charts"
_MARKERS = (RESULTS, REPORT, TABLES)
_HEAD = 400
NOTHING: Mapping[str, str] = MappingProxyType({})


def refuse_if_taken(folder: Path, *, overwrite: bool) -> None:
    """Raise when the folder holds another analysis; callers ask before they compute.

    Raises:
        OutputExists: It does, and ``overwrite`` was not given.
        OptionRefused: There is a file of that name.
    """
    if folder.exists() and not folder.is_dir():
        raise OptionRefused("--out", f"{folder} is a file, not a folder")
    if not overwrite and any((folder / name).exists() for name in _MARKERS):
        raise OutputExists(str(folder))


def write(
    results: Results,
    instrument: Instrument,
    folder: str | Path,
    *,
    lang: str = "en",
    png: bool = False,
    results_json: str,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write report.html, results.json, tables.xlsx and charts/ into a folder.

    Args:
        results: What the analysis found.
        instrument: For the names of items, dimensions and outcomes.
        folder: Where to; made when missing.
        lang: en, vi, zh-hans, zh-hant or nl.
        png: Also write every chart as PNG.
        results_json: The text of ``results.json``.
        overwrite: Replace our files of an earlier analysis; others stay.

    Returns:
        The files that were written.

    Raises:
        OutputExists: The folder holds another analysis.
        OptionRefused: The language is unknown, or the folder's name is that of a file.
    """
    target = Path(folder)
    refuse_if_taken(target, overwrite=overwrite)
    return write_document(
        compose(results, instrument, lang=lang),
        target,
        version=results.provenance.version,
        png=png,
        results_json=results_json,
        overwrite=overwrite,
    )


def write_document(
    document: Document,
    folder: str | Path,
    *,
    version: str,
    results_json: str,
    png: bool = False,
    overwrite: bool = False,
    beside: Mapping[str, str] = NOTHING,
) -> tuple[Path, ...]:
    """Write a composed report with its results into a folder; see :func:`write`.

    Args:
        document: The report.
        folder: Where to; made when missing.
        version: Of the program, for the foot of the page.
        results_json: The text of ``results.json``.
        png: Also write every chart as PNG.
        overwrite: Replace our files of earlier results; others stay.
        beside: Further pages by name, written beside the report.

    Returns:
        The files that were written.

    Raises:
        OutputExists: The folder holds other results.
        OptionRefused: The folder's name is that of a file.
    """
    target = Path(folder)
    refuse_if_taken(target, overwrite=overwrite)
    parent = target.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    building = parent / f".{target.resolve().name}-{secrets.token_hex(4)}"
    building.mkdir()
    try:
        names = _build(building, document, version, results_json, png=png, beside=beside)
        if not target.exists():
            building.rename(target)
        else:
            refuse_if_taken(target, overwrite=overwrite)
            _move_over(building, target, names)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return tuple(target / name for name in names)


def _build(
    folder: Path,
    document: Document,
    version: str,
    results_json: str,
    *,
    png: bool,
    beside: Mapping[str, str],
) -> list[str]:
    """Write every file into a fresh folder; return their names, ``results.json`` last."""
    (folder / CHARTS).mkdir()
    names = []

    def put(name: str, content: bytes) -> None:
        with (folder / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        names.append(name)

    for chart in document.charts():
        put(f"{CHARTS}/{chart.name}.svg", svg(chart).encode())
        if png:
            put(f"{CHARTS}/{chart.name}.png", painted(chart))
    put(TABLES, workbook(document))
    put(REPORT, page(document, version=version).encode())
    for name, text in beside.items():
        put(name, text.encode())
    put(RESULTS, results_json.encode())
    return names


def _earlier_charts(folder: Path) -> Iterator[Path]:
    """Yield the charts of an earlier analysis: SVG files that bear our mark, and their PNGs."""
    for path in sorted((folder / CHARTS).glob("*.svg")):
        with path.open("rb") as file:
            ours = MARK.encode() in file.read(_HEAD)
        if ours:
            yield path
            yield path.with_suffix(".png")


def _move_over(building: Path, target: Path, names: list[str]) -> None:
    """Move our files over an earlier analysis: its charts go, foreign files stay."""
    (target / RESULTS).unlink(missing_ok=True)
    (target / CHARTS).mkdir(exist_ok=True)
    for path in list(_earlier_charts(target)):
        path.unlink(missing_ok=True)
    for name in names:
        (building / name).replace(target / name)
