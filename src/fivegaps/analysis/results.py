"""The results of one analysis: what results.json holds (schema fivegaps.results/1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fivegaps.analysis.rows import Row, html_table, score_rows
from fivegaps.psychometrics.results import Drivers, Factors
from fivegaps.scoring.results import (
    DimensionScores,
    ImportancePerformance,
    ItemScores,
    KanoElement,
    Overall,
    Segments,
    Zone,
)
from fivegaps.stats.estimate import Estimate, GapEstimate

SCHEMA = "fivegaps.results/1"


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that the reader must know and that did not stop the analysis.

    ``code`` (constant_item, all_missing, missing_codes, weights_rescaled,
    independent_answers, assumed_instrument, …), ``text`` in English, and the
    particulars in ``about`` and ``values`` for other languages.
    """

    code: str
    text: str
    about: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SurveyWeights:
    """How the answers were weighted."""

    margins: Mapping[str, Mapping[str, float]]
    deff: float
    n_effective: float
    source: str
    smallest: float | None = None
    largest: float | None = None


@dataclass(frozen=True, slots=True)
class WithoutFlagged:
    """The main figures once the flagged answers are left out."""

    n: int
    overall: GapEstimate
    dimensions: Mapping[str, GapEstimate]


@dataclass(frozen=True, slots=True)
class Quality:
    """Answers that look careless: counted and shown, never silently deleted."""

    read: int
    used: int
    flags: Mapping[str, int]
    flagged: int
    without_flagged: WithoutFlagged


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that was read."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class UsedInstrument:
    """The instrument that was used."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """How to get the same numbers again."""

    version: str
    file: SourceFile
    instrument: UsedInstrument
    options: Mapping[str, object]
    seed: int
    created_at: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one analysis found."""

    schema: str
    n: int
    instrument: str
    batteries: tuple[str, ...]
    warnings: tuple[Warned, ...]
    overall: Overall
    dimensions: Mapping[str, DimensionScores]
    items: Mapping[str, ItemScores]
    zone: Zone | None
    factors: Mapping[str, Factors]
    drivers: Drivers | None
    importance_performance: ImportancePerformance | None
    kano: Mapping[str, KanoElement]
    segments: Mapping[str, Segments]
    weights: SurveyWeights | None
    quality: Quality
    provenance: Provenance
    outcomes: Mapping[str, Estimate] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        """Return the scores as rows, which any frame library takes."""
        return score_rows(self.overall, self.dimensions, self.items)

    def _repr_html_(self) -> str:
        return html_table(self.rows(), caption=f"{self.instrument}, n = {self.n:,}")
