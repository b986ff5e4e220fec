"""What the figures say, in sentences: used as chart titles and in the verdict.

Nothing here claims more than the intervals allow: figures whose intervals
overlap are told as not to be told apart, and an interval that holds zero is no
shortfall.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from fivegaps.report.view import AnyEstimate, View, side
from fivegaps.scoring.results import Segments, Tolerance

_MOST_NAMES = 3
E = TypeVar("E", bound=AnyEstimate)


def ranked(estimates: Mapping[str, E]) -> list[tuple[str, E]]:
    """Return the estimates that have a value, lowest first."""
    known = [(name, one) for name, one in estimates.items() if one.value is not None]
    return sorted(known, key=lambda pair: pair[1].value or 0.0)


def tied_with_first(order: Sequence[tuple[str, AnyEstimate]]) -> list[str]:
    """Return the names whose intervals overlap that of the first, the first included."""
    if not order:
        return []
    first = order[0][1]
    if first.low is None or first.high is None:
        return [order[0][0]]
    return [
        name
        for name, one in order
        if name == order[0][0]
        or (
            one.low is not None
            and one.high is not None
            and one.low <= first.high
            and first.low <= one.high
        )
    ]


def zone_side(one: Tolerance) -> str:
    """Return where perception lies: below, edge_low, inside, edge_high or above the zone."""
    adequacy, superiority = one.adequacy.value or 0.0, one.superiority.value or 0.0
    if adequacy < 0:
        return "below" if side(one.adequacy) == "trouble" else "edge_low"
    if superiority > 0:
        return "above" if side(one.superiority) == "strength" else "edge_high"
    return "inside"


def listed_names(view: View, kind: str, names: Sequence[str], *, quoted: bool = False) -> str:
    """Return up to three names joined, and how many more there are.

    Labels of items are ``quoted`` inside sentences, where they could be misread.
    """
    told = [view.named(kind, name).name for name in names]
    if quoted:
        told = [view.say("phrases.quoted", name=name) for name in told]
    return first_names(view, told)


def first_names(view: View, names: Sequence[str]) -> str:
    """Return up to three names joined, and how many more there are."""
    if len(names) <= _MOST_NAMES:
        return view.numerals.listed(names)
    shown = view.say("phrases.comma").join(names[:_MOST_NAMES])
    return view.say("phrases.and_more", names=shown, more=len(names) - _MOST_NAMES)


def _gap_headline(view: View, order: Sequence[tuple[str, AnyEstimate]]) -> str:
    worst, gap = order[0]
    short = [name for name, one in order if side(one) == "trouble"]
    size = view.numerals.number(abs(gap.value or 0.0), 1)
    if not short:
        better = all(side(one) == "strength" for _, one in order)
        return view.say("headlines.all_exceed" if better else "headlines.none_short")
    tied = [name for name in tied_with_first(order) if name in short]
    if len(tied) == 1:
        return view.say("headlines.worst", name=view.dimension(worst), size=size)
    if len(tied) == len(order):
        return view.say("headlines.all_tied", size=size)
    return view.say("headlines.worst_tied", names=listed_names(view, "dimension", tied))


def _zone_headline(view: View, zones: Mapping[str, Tolerance]) -> str:
    below = [
        name
        for name, one in sorted(zones.items(), key=lambda pair: pair[1].adequacy.value or 0.0)
        if zone_side(one) == "below"
    ]
    if below:
        return view.say("headlines.below_zone", names=listed_names(view, "dimension", below))
    if all(
        side(one.adequacy) == "strength" and side(one.superiority) == "trouble"
        for one in zones.values()
    ):
        return view.say("headlines.inside_zone")
    return view.say("headlines.not_below_zone")


def dimension_headline(view: View) -> str:
    """Return the sentence that the chart of dimensions shows to be true."""
    zone = view.results.zone
    if zone is not None and not view.has_gaps:
        known = {
            name: one for name, one in zone.dimensions.items() if one.adequacy.value is not None
        }
        if known:
            return _zone_headline(view, known)
    order = ranked({name: one.gap for name, one in view.results.dimensions.items()})
    if order:
        if len(order) == 1:
            return view.say(
                f"headlines.single_{side(order[0][1])}",
                name=view.dimension(order[0][0]),
                size=view.numerals.number(abs(order[0][1].value or 0.0), 1),
            )
        return _gap_headline(view, order)
    rated = ranked({name: one.perception for name, one in view.results.dimensions.items()})
    if not rated:
        return view.say("headlines.nothing")
    value = view.numerals.number(rated[0][1].value or 0.0, 1)
    tied = tied_with_first(rated)
    if len(tied) == 1 or len(rated) == 1:
        return view.say(
            "headlines.lowest", name=view.dimension(rated[0][0]), value=value, scale=view.scale
        )
    return view.say("headlines.lowest_tied", names=listed_names(view, "dimension", tied))


def outlying(segments: Segments, where: str) -> list[str]:
    """Return the segments outside the funnel ``above`` or ``below``, farthest first."""
    known = [
        (name, one.overall.value)
        for name, one in segments.values.items()
        if one.outlying == where and one.overall.value is not None
    ]
    known.sort(key=lambda pair: pair[1], reverse=where == "above")
    return [name for name, _ in known]


def segment_headline(view: View, column: str, segments: Segments) -> str:
    """Return what can be said of the segments of a column as a whole."""
    judged = [one for one in segments.values.values() if one.outlying is not None]
    out = len(outlying(segments, "below")) + len(outlying(segments, "above"))
    if not judged:
        return view.say("headlines.units_untold", column=column)
    if out:
        return view.say("headlines.units_out", out=out, units=len(judged), column=column)
    if segments.spread.told_apart:
        return view.say("headlines.units_differ", units=len(judged), column=column)
    return view.say("headlines.units_alike", units=len(judged), column=column)


def size_in_words(view: View, d: float) -> str:
    """Return negligible, small, medium or large for a standardised difference (Cohen)."""
    size = abs(d)
    for limit, word in ((0.2, "negligible"), (0.5, "small"), (0.8, "medium")):
        if size < limit:
            return view.say(f"phrases.size.{word}")
    return view.say("phrases.size.large")
