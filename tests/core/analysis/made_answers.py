"""Small instruments and random answers, the same for every test of the analysis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.analysis.counting import count, plan_scan, silent
from fivegaps.analysis.options import Options
from fivegaps.analysis.samples import Weighing
from fivegaps.analysis.scores import Scoring, dimension_gaps, dimensions, items, overall
from fivegaps.analysis.segments import segment_tables
from fivegaps.engines.survey import SurveyCounts
from fivegaps.io.answers import Answers, Categories, MemoryAnswers, Numbers, item_columns
from fivegaps.model.instrument import Battery, Dimension, Instrument, Item
from fivegaps.scoring.results import DimensionScores, ItemScores, Overall, Segments
from fivegaps.scoring.sums import Sums
from fivegaps.stats.estimate import GapEstimate

PAIRED = ("expectation", "perception")


def questionnaire(
    batteries: tuple[str, ...] = PAIRED,
    *,
    sizes: tuple[int, ...] = (3, 4),
    points: tuple[int, int] = (1, 7),
    extra: int = 1,
    **more: object,
) -> Instrument:
    """An instrument of dimensions ``d0`` … with items ``d0_0`` …, and ``extra`` items in none."""
    members = [(f"d{d}_{j}", f"d{d}") for d, size in enumerate(sizes) for j in range(size)]
    members += [(f"extra{j}", None) for j in range(extra)]
    return Instrument(
        id="small",
        version="1",
        languages=("en",),
        title={"en": "Small"},
        batteries=tuple(Battery(battery, *points) for battery in batteries),
        dimensions=tuple(Dimension(f"d{d}") for d in range(len(sizes))),
        items=tuple(
            Item(item, dimension, {battery: f"{battery}_{item}" for battery in batteries})
            for item, dimension in members
        ),
        **more,  # type: ignore[arg-type]
    )


def random_codes(
    instrument: Instrument, n: int, *, seed: int = 1, missing: float = 0.15
) -> NDArray[np.uint8]:
    """Zero-coded answers (k, n) with one common factor, some of them missing."""
    rng = np.random.default_rng(seed)
    factor = rng.normal(size=n)
    rows = []
    for place, column in enumerate(item_columns(instrument)):
        middle = (column.levels + 1) / 2 + (0.4 if column.battery == "expectation" else 0)
        noise = rng.normal(size=n)
        raw = middle + column.levels / 6 * (0.7 * factor + 0.7 * noise + 0.1 * (place % 3))
        codes = np.clip(np.rint(raw), 1, column.levels)
        rows.append(np.where(rng.random(n) < missing, 0, codes))
    return np.array(rows, dtype=np.uint8).reshape(len(rows), n)


def labels(codes: object, values: tuple[str, ...]) -> Categories:
    return Categories(np.asarray(codes, dtype=np.int32), values)


def numbers(values: object) -> Numbers:
    return Numbers(np.asarray(values, dtype=np.float64))


def kept_rows(
    instrument: Instrument,
    codes: NDArray[np.uint8],
    columns: dict[str, Categories | Numbers],
    mask: NDArray[np.bool_],
) -> MemoryAnswers:
    """Answers of some respondents only, with their other columns."""
    chosen: dict[str, Categories | Numbers] = {
        name: (
            Categories(column.codes[mask], column.values)
            if isinstance(column, Categories)
            else Numbers(column.values[mask])
        )
        for name, column in columns.items()
    }
    return MemoryAnswers(instrument, np.ascontiguousarray(codes[:, mask]), columns=chosen)


@dataclass(frozen=True, slots=True)
class Scored:
    """What the scoring part of an analysis finds, without models and bootstrap."""

    counts: SurveyCounts
    sums: Sums
    overall: Overall
    dimensions: dict[str, DimensionScores]
    gaps: dict[str, GapEstimate]
    items: dict[str, ItemScores]
    segments: dict[str, Segments]
    without_flagged: dict[str, GapEstimate]
    duplicates: int
    scoring: Scoring


def scored(answers: Answers, **chosen: object) -> Scored:
    """Score answers as ``analyze`` does."""
    options = Options(**chosen)  # type: ignore[arg-type]
    plan, _ = plan_scan(answers, options)
    counted = count(answers, plan, start=silent)
    weighing = Weighing(plan.layout, counted.counts, margins=options.margins, weight=options.weight)
    sums = weighing.whole(counted.counts)
    scoring = Scoring(answers.instrument, counted.counts, sums, options.confidence)
    clean = Scoring(
        answers.instrument,
        counted.counts,
        weighing.main(counted.without_flagged),
        options.confidence,
    )
    return Scored(
        counts=counted.counts,
        sums=sums,
        overall=overall(scoring),
        dimensions=dimensions(scoring, reliability={}, difference_reliability={}, validity={}),
        gaps=dimension_gaps(scoring),
        items=items(scoring, reliability={}),
        segments=segment_tables(plan, counted.counts, weighing, confidence=options.confidence),
        without_flagged=dimension_gaps(clean),
        duplicates=counted.duplicates,
        scoring=scoring,
    )
