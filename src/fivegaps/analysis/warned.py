"""What the reader of an analysis must be told although nothing stopped."""

from __future__ import annotations

from fivegaps.analysis.options import Options
from fivegaps.analysis.results import Warned
from fivegaps.engines.survey import SurveyCounts
from fivegaps.io.answers import Answers

FEW = 30


def warnings(answers: Answers, options: Options, counts: SurveyCounts) -> tuple[Warned, ...]:
    """Return every warning of one analysis, those of the reader first."""
    found = [
        Warned(code=notice.code, text=notice.text, about=notice.about, values=notice.values)
        for notice in answers.notices
    ]
    found += _items(counts)
    if options.cluster is None:
        found.append(
            Warned(
                "independent_answers",
                "Answers count as independent; when branches were sampled, give --cluster.",
            )
        )
    elif len({key[0] for key in counts.scores.clusters}) < 2:
        found.append(
            Warned(
                "one_cluster",
                f"Column {options.cluster!r} has fewer than two clusters: no interval can be had.",
                about=(options.cluster,),
            )
        )
    if any(key[0] == "" for key in counts.scores.clusters):
        found.append(
            Warned(
                "cluster_not_given",
                f"Answers without a value in {options.cluster!r} count as one group together.",
                about=(options.cluster or "",),
            )
        )
    if counts.weightless:
        found.append(
            Warned(
                "weight_zero",
                f"{counts.weightless} answers have the weight 0 or none: they change no mean.",
                about=(options.weight or "",),
                values={"n": counts.weightless},
            )
        )
    if options.weight is not None or options.margins:
        found.append(
            Warned(
                "psychometrics_unweighted",
                "Means, gaps and segments are weighted; reliability, factors, drivers and the "
                "shares of answers are not.",
            )
        )
    if 0 < counts.used < FEW:
        found.append(
            Warned(
                "few_answers",
                f"Only {counts.used} answers: intervals are wide and factors cannot be trusted.",
                values={"n": counts.used},
            )
        )
    if counts.used < counts.read:
        dropped = counts.read - counts.used
        found.append(
            Warned(
                "incomplete_left_out",
                f"{dropped} respondents with a missing answer were left out (--missing complete).",
                values={"n": dropped},
            )
        )
    return tuple(found)


def _items(counts: SurveyCounts) -> list[Warned]:
    histograms = counts.histograms
    empty, constant = [], []
    for place, name in enumerate(histograms.columns.names):
        answers = histograms.counts[place, 1:]
        if answers.sum() == 0:
            empty.append(name)
        elif (answers > 0).sum() == 1:
            constant.append(name)
    found = []
    if empty:
        found.append(
            Warned("all_missing", f"No answers at all: {', '.join(empty)}.", about=tuple(empty))
        )
    if constant:
        text = f"Everybody gave the same answer: {', '.join(constant)}."
        found.append(Warned("constant_item", text, about=tuple(constant)))
    return found
