"""Analyze a file of answers: one scan, one more pass where sums of rows are needed, results."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime

from fivegaps import __version__
from fivegaps.analysis.counting import Counted, Start, count, plan_scan, silent
from fivegaps.analysis.drivers import derived_importance, outcome_drivers
from fivegaps.analysis.models import Measurement, measurement
from fivegaps.analysis.options import Options
from fivegaps.analysis.priorities import importance_grid, tolerance_zone
from fivegaps.analysis.results import (
    SCHEMA,
    Provenance,
    Quality,
    Results,
    SourceFile,
    UsedInstrument,
    WithoutFlagged,
)
from fivegaps.analysis.samples import Weighing
from fivegaps.analysis.scores import (
    Scoring,
    dimension_gaps,
    dimensions,
    items,
    mean_of_dimensions,
    outcome_means,
    overall,
)
from fivegaps.analysis.segments import segment_tables
from fivegaps.analysis.warned import warnings
from fivegaps.errors import OptionRefused
from fivegaps.io.answers import Answers
from fivegaps.scoring.kano import kano


def analyze(
    answers: Answers,
    options: Options | None = None,
    *,
    start: Start = silent,
    command: str = "",
    now: datetime | None = None,
    measuring: bool = True,
) -> Results:
    """Return everything that these answers tell about the service.

    Args:
        answers: The source; read once, and once more for robust standard errors.
        options: What the person chose; the defaults of :class:`Options`.
        start: Starts a progress bar: called with a text and a total, returns what
            moves it on.
        command: The command line, kept so that the numbers can be had again.
        now: The time of the analysis, kept with it.
        measuring: Whether reliability, validity and factor models are looked into; they
            take most of the time, and no other figure depends on them.

    Raises:
        OptionRefused: An option does not fit the answers.
        FileRefused: The source turns out to hold what is no answer.
    """
    options = options or Options()
    options.check()
    plan, _ = plan_scan(answers, options)
    counted = count(answers, plan, start=start)
    counts = counted.counts
    if counts.read == 0:
        raise OptionRefused("--where", "no row is left to analyze")
    weighing = Weighing(plan.layout, counts, margins=options.margins, weight=options.weight)
    scoring = Scoring(answers.instrument, counts, weighing.whole(counts), options.confidence)
    measured = Measurement()
    if measuring:
        measured = measurement(
            answers,
            counts,
            confidence=options.confidence,
            seed=options.seed,
            replicates=options.replicates,
            complete=plan.complete,
            start=start,
        )
    working = start("Drivers and segments", 3)
    found = outcome_drivers(
        plan, counts, confidence=options.confidence, replicates=options.replicates
    )
    working(1)
    derived = derived_importance(
        plan, counts, confidence=options.confidence, replicates=options.replicates
    )
    working(1)
    segments = segment_tables(plan, counts, weighing, confidence=options.confidence)
    working(1)
    return Results(
        schema=SCHEMA,
        n=counts.used,
        instrument=answers.instrument.id,
        batteries=tuple(battery.id for battery in answers.instrument.batteries),
        warnings=warnings(answers, options, counts),
        overall=overall(scoring),
        dimensions=dimensions(
            scoring,
            reliability=measured.reliability,
            difference_reliability=measured.difference,
            validity=measured.validity,
        ),
        items=items(scoring, reliability=measured.items),
        zone=tolerance_zone(scoring),
        factors=measured.factors,
        drivers=found,
        importance_performance=importance_grid(scoring, derived),
        kano=kano(counts.kano, confidence=options.confidence),
        segments=segments,
        weights=weighing.describe(),
        quality=_quality(answers, options, counted, weighing),
        outcomes=outcome_means(scoring, plan.layout.outcomes),
        provenance=_provenance(answers, options, command, now or datetime.now(UTC)),
    )


def _quality(answers: Answers, options: Options, counted: Counted, weighing: Weighing) -> Quality:
    counts = counted.counts
    without = Scoring(
        answers.instrument,
        dataclasses.replace(counts, tables={}),
        weighing.main(counted.without_flagged),
        options.confidence,
    )
    return Quality(
        read=counts.read,
        used=counts.used,
        flags={**counts.flags, "duplicates": counted.duplicates},
        flagged=counted.flagged,
        without_flagged=WithoutFlagged(
            n=counts.used - counted.flagged,
            overall=mean_of_dimensions(answers.instrument, without),
            dimensions=dimension_gaps(without),
        ),
    )


def _provenance(answers: Answers, options: Options, command: str, now: datetime) -> Provenance:
    return Provenance(
        version=__version__,
        file=SourceFile(name=answers.file_name, sha256=answers.sha256, rows=answers.rows),
        instrument=UsedInstrument(
            id=answers.instrument.id,
            version=answers.instrument.version,
            sha256=answers.instrument.sha256,
        ),
        options=_chosen(options),
        seed=options.seed,
        created_at=now.isoformat(timespec="seconds"),
        command=command,
    )


def _chosen(options: Options) -> Mapping[str, object]:
    return {
        **{field.name: getattr(options, field.name) for field in dataclasses.fields(options)},
        "margins": {margin.column: dict(margin.targets) for margin in options.margins},
    }
