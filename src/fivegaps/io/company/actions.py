"""Read the register of actions: metric, target, units and dates."""

from __future__ import annotations

import numpy as np

from fivegaps.errors import Fault
from fivegaps.io.company.asked import OUTCOMES
from fivegaps.io.company.cell_kinds import Unusable
from fivegaps.io.company.names import Names
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.values import day_or_none, flag_or_none, number_or_none
from fivegaps.io.where import close_names
from fivegaps.knowledge.constructs import construct, constructs
from fivegaps.model.company.action import METRICS, Action, Direction, Metric
from fivegaps.model.company.constructs import Voice

_BETTER = ("higher", "lower")
_LOWER_OUTCOMES = frozenset({"worry"})


def read_actions(names: Names) -> tuple[Action, ...]:
    """Return the actions, each with its metric read and checked."""
    reading = names.open("actions")
    if reading.sheet is None:
        return ()
    ids = reading.ids("action")
    reading.require("metric")
    reading.filled("metric")
    metrics = _metrics(names, reading)
    better = reading.choices("better", _BETTER)
    _check_better(reading, metrics, better.codes)
    target = reading.numbers("target", what="a number: a target is a number or empty")
    margin = reading.numbers("margin", 0.0)
    units = reading.lists("units", names.judge_unit)
    compared = reading.lists("comparison_units", names.judge_unit)
    _check_apart(reading, units, compared)
    before = names.wave_reference(reading, "wave_before")
    after = names.wave_reference(reading, "wave_after")
    _check_waves(names, reading, before, after)
    dates = {name: reading.dates(name) for name in ("registered", "started", "due")}
    reading.refuse_backwards("started", "due")
    worst = reading.flags("chosen_for_being_worst")
    causes, remedies = reading.texts("cause"), reading.texts("remedy")
    names.close(reading)
    return tuple(
        Action(
            id=name,
            metric=metric,
            better=_direction(metric, int(better.codes[place])),
            cause=causes[place],
            remedy=remedies[place],
            target=number_or_none(target[place]),
            margin=number_or_none(margin[place]),
            units=units[place],
            comparison_units=compared[place],
            chosen_for_being_worst=flag_or_none(worst[place]),
            wave_before="" if before[place] < 0 else names.waves[before[place]],
            wave_after="" if after[place] < 0 else names.waves[after[place]],
            registered=day_or_none(dates["registered"][place]),
            started=day_or_none(dates["started"][place]),
            due=day_or_none(dates["due"][place]),
            row=int(reading.row[place]),
        )
        for place, name in enumerate(ids)
        if (metric := metrics[place]) is not None
    )


def judge_metric(names: Names, text: str) -> Metric | Unusable:
    """Judge a metric: of a known kind, about something that the folder knows."""
    metric = Metric.of(text)
    if metric is None:
        kind = text.partition(".")[0]
        near = close_names(kind, METRICS)
        return Unusable(
            f"is no metric{near or '.'}",
            "Write kind.subject, such as gap5.reliability, perception.rel1, outcome.recommend,"
            " observation.<standard>, kept.<promise>, construct.employees.teamwork, fact.staff.",
        )
    known = _subjects(names, metric)
    if known is None or metric.subject in known:
        return metric
    near = close_names(metric.subject, known)
    return Unusable(
        f"names {metric.subject!r}; {metric.kind} names {METRICS[metric.kind]}{near or '.'}"
    )


def _subjects(names: Names, metric: Metric) -> tuple[str, ...] | None:
    """Return what a metric may be about; None when there is nothing to hold it against."""
    overall = (*names.dimensions, "overall")
    known: dict[str, tuple[str, ...] | None] = {
        "gap1": overall,
        "gap5": overall,
        "perception": (*overall, *names.items),
        "outcome": tuple(outcome.id for outcome in names.instrument.outcomes) or OUTCOMES,
        "observation": names.standards if names.has("standards") else None,
        "kept": names.promises if names.has("promises") else None,
        "construct": tuple(one.id for one in constructs(_voice(metric))),
        "fact": None,
    }
    return known[metric.kind]


def _metrics(names: Names, reading: Reading) -> list[Metric | None]:
    values = reading.judged("metric", lambda text: judge_metric(names, text))
    found = [*(one if isinstance(one, Metric) else None for one in values), None]
    return [found[spot] for spot in reading.column("metric").spots]


def _direction(metric: Metric, given: int) -> Direction:
    if metric.kind == "gap1":
        return "zero"
    if metric.kind == "fact":
        return "lower" if given == 1 else "higher"
    if metric.kind == "outcome" and metric.subject in _LOWER_OUTCOMES:
        return "lower"
    if metric.kind == "construct":
        return "lower" if construct(_voice(metric), metric.subject).bad else "higher"
    return "higher"


def _voice(metric: Metric) -> Voice:
    return "managers" if metric.voice == "managers" else "employees"


def _check_better(
    reading: Reading, metrics: list[Metric | None], given: np.typing.NDArray[np.int32]
) -> None:
    facts = np.array([one is not None and one.kind == "fact" for one in metrics], dtype=np.bool_)
    reading.refuse_rows(
        facts & (given < 0) & (reading.column("better").spots < 0),
        "better",
        "is empty, and the metric is a fact.",
        "Write higher or lower: which is better.",
    )


def _check_apart(
    reading: Reading, units: list[tuple[str, ...]], compared: list[tuple[str, ...]]
) -> None:
    both = [set(one) & set(other) for one, other in zip(units, compared, strict=True)]
    reading.refuse_rows(
        np.array([bool(one) for one in both], dtype=np.bool_),
        "comparison_units",
        "names units that are treated too.",
        "A comparison unit is one in which nothing was done.",
    )


def _check_waves(
    names: Names,
    reading: Reading,
    before: np.typing.NDArray[np.int32],
    after: np.typing.NDArray[np.int32],
) -> None:
    for place in np.flatnonzero((before >= 0) & (after >= 0) & (after <= before)):
        reading.fault(
            Fault(
                f"does not lie after wave_before ({names.waves[before[place]]}).",
                "Waves run forwards; correct one of the two.",
                row=int(reading.row[place]),
                column="wave_after",
                value=names.waves[after[place]],
            )
        )
