"""The verdict: three sentences computed from the figures, and what to keep in mind."""

from __future__ import annotations

from collections.abc import Sequence

from fivegaps.report.charts.driver_bars import leading
from fivegaps.report.charts.importance_grid import first_items, preferred
from fivegaps.report.document import Answer, Tile, Tiles, Verdict
from fivegaps.report.findings import (
    first_names,
    listed_names,
    outlying,
    ranked,
    size_in_words,
    tied_with_first,
    zone_side,
)
from fivegaps.report.sections.cautions import FEW
from fivegaps.report.tables import reason_in_words
from fivegaps.report.view import AnyEstimate, View, side

_TIED_MOST = 3


def _range(view: View, one: AnyEstimate, *, magnitude: bool = False) -> str:
    """Return "1.62 to 2.00"; of a shortfall the sizes, smaller first."""
    if one.low is None or one.high is None:
        return view.say("phrases.no_interval")
    low, high = (sorted((abs(one.low), abs(one.high)))) if magnitude else (one.low, one.high)
    write = view.numerals.number if magnitude else view.numerals.signed
    return view.say("phrases.range", low=write(low), high=write(high))


def _what_gaps(view: View, order: Sequence[tuple[str, AnyEstimate]]) -> str:
    worst, gap = order[0]
    short = [name for name, one in order if side(one) == "trouble"]
    words = {
        "name": view.dimension(worst),
        "size": view.numerals.number(abs(gap.value or 0.0)),
        "gap": view.numerals.signed(gap.value or 0.0),
        "level": view.level,
        "scale": view.scale,
    }
    if not short:
        best = all(side(one) == "strength" for _, one in order)
        key = "verdict.what.exceeds" if best else "verdict.what.none_short"
        return view.say(key, range=_range(view, gap), **words)
    tied = [name for name in tied_with_first(order) if name in short]
    if len(tied) == 1:
        return view.say("verdict.what.worst", range=_range(view, gap, magnitude=True), **words)
    if len(tied) == len(order) or len(tied) > _TIED_MOST:
        return view.say(
            "verdict.what.many_tied",
            tied=len(tied),
            range=_range(view, gap, magnitude=True),
            **words,
        )
    values = dict(order)
    listed = [
        view.say(
            "phrases.with_value",
            name=view.dimension(name),
            value=view.numerals.signed(values[name].value or 0.0),
        )
        for name in tied
    ]
    return view.say("verdict.what.tied", names=view.numerals.listed(listed), scale=view.scale)


def _what_zone(view: View) -> str | None:
    zone = view.results.zone
    known = zone.dimensions if zone is not None else {}
    order = ranked({name: one.adequacy for name, one in known.items()})
    if not order:
        return None
    worst, adequacy = order[0]
    below = [name for name, _ in order if zone_side(known[name]) == "below"]
    above = [name for name, _ in order if zone_side(known[name]) == "above"]
    if below:
        return view.say(
            "verdict.what.below_zone",
            names=listed_names(view, "dimension", below),
            name=view.dimension(worst),
            size=view.numerals.number(abs(adequacy.value or 0.0)),
            level=view.level,
            range=_range(view, adequacy, magnitude=True),
        )
    return view.say(
        "verdict.what.inside_zone",
        above=len(above),
        dimensions=len(order),
        name=view.dimension(worst),
        gap=view.numerals.signed(adequacy.value or 0.0),
        level=view.level,
        range=_range(view, adequacy),
    )


def what(view: View) -> str:
    """Return which dimension falls short, and how far."""
    results = view.results
    if not view.has_gaps and (zone := _what_zone(view)):
        return zone
    order = ranked({name: one.gap for name, one in results.dimensions.items()})
    if order:
        return _what_gaps(view, order)
    if view.has_gaps and results.overall.mean_of_items.value is not None:
        overall = results.overall.mean_of_items
        return view.say(
            "verdict.what.items_only",
            gap=view.numerals.signed(overall.value or 0.0),
            level=view.level,
            range=_range(view, overall),
        )
    rated = ranked({name: one.perception for name, one in results.dimensions.items()})
    if not rated:
        return view.say("verdict.what.nothing", n=view.numerals.count(results.n))
    tied = tied_with_first(rated)
    key = "rating" if len(tied) == 1 else "rating_tied"
    return view.say(
        f"verdict.what.{key}",
        names=listed_names(view, "dimension", tied),
        name=view.dimension(rated[0][0]),
        value=view.numerals.number(rated[0][1].value or 0.0),
        level=view.level,
        range=_rating_range(view, rated[0][1]),
        scale=view.scale,
    )


def _rating_range(view: View, one: AnyEstimate) -> str:
    if one.low is None or one.high is None:
        return view.say("phrases.no_interval")
    return view.say(
        "phrases.range", low=view.numerals.number(one.low), high=view.numerals.number(one.high)
    )


def sure(view: View) -> str:
    """Return how large the whole is and how sure."""
    results = view.results
    overall = results.overall.mean_of_dimensions
    if overall.value is None:
        servperf = results.overall.servperf
        if servperf.value is None:
            reason = overall.reason or servperf.reason
            return view.say("verdict.sure.nothing", reason=reason_in_words(reason, view.words))
        zones = list(results.zone.dimensions.values()) if results.zone is not None else []
        sides = [zone_side(one) for one in zones if one.adequacy.value is not None]
        return view.say(
            "verdict.sure.zone" if sides else "verdict.sure.rating",
            dimensions=len(sides),
            below=sides.count("below"),
            above=sides.count("above"),
            value=view.numerals.number(servperf.value),
            level=view.level,
            range=_rating_range(view, servperf),
            n=view.numerals.count(servperf.n),
            scale=view.scale,
        )
    judged = [one.gap for one in results.dimensions.values() if one.gap.value is not None]
    short = sum(
        (one.value or 0.0) < 0
        and one.p_adjusted is not None
        and one.p_adjusted < 1 - view.confidence
        for one in judged
    )
    key = {"trouble": "short", "strength": "exceeds", "mark": "open"}[side(overall)]
    return view.say(
        f"verdict.sure.{key}",
        gap=view.numerals.signed(overall.value),
        level=view.level,
        range=_range(view, overall),
        n=view.numerals.count(overall.n),
        size=size_in_words(view, overall.d_z) if overall.d_z is not None else "–",
        d=view.numerals.signed(overall.d_z) if overall.d_z is not None else "–",
        short=short,
        dimensions=len(judged),
    )


def following(view: View) -> str:
    """Return what to look at next: items, a driver, units; or what to collect."""
    sentences = []
    kind = preferred(view)
    first = first_items(view, kind) if kind else []
    if first:
        names = listed_names(view, "item", first, quoted=True)
        sentences.append(view.say("verdict.next.items", names=names, count=len(first)))
    elif view.has_gaps:
        order = ranked({name: one.gap for name, one in view.results.items.items()})
        worst = [name for name, one in order if side(one) == "trouble"][:3]
        if worst:
            names = listed_names(view, "item", worst, quoted=True)
            sentences.append(view.say("verdict.next.largest", names=names))
    else:
        order_rated = ranked({name: one.perception for name, one in view.results.items.items()})
        if len(order_rated) > 1:
            lowest = [name for name, _ in order_rated[:3]]
            names = listed_names(view, "item", lowest, quoted=True)
            sentences.append(view.say("verdict.next.lowest", names=names))
    drivers = view.results.drivers
    lead = leading(view)
    if drivers is not None and lead and len(lead) < len(drivers.predictors):
        sentences.append(
            view.say(
                "verdict.next.driver",
                names=listed_names(view, "dimension", lead),
                outcome=view.outcome(drivers.outcome),
            )
        )
    for column, segments in view.results.segments.items():
        below = outlying(segments, "below")
        if below and "|" not in column:
            names = first_names(view, below)
            sentences.append(view.say("verdict.next.units", names=names, column=column))
            break
    if not sentences:
        key = "collect" if view.results.n < FEW else "watch"
        sentences.append(view.say(f"verdict.next.{key}", n=view.numerals.count(view.results.n)))
    return view.say("phrases.sentence_space").join(sentences)


def verdict(view: View) -> Verdict:
    """Return the three sentences."""
    tones = [side(one.gap) for one in view.results.dimensions.values()]
    tone = "trouble" if "trouble" in tones else "strength" if "strength" in tones else "mark"
    return Verdict(
        answers=(
            Answer(view.say("verdict.what.label"), what(view)),
            Answer(view.say("verdict.sure.label"), sure(view)),
            Answer(view.say("verdict.next.label"), following(view)),
        ),
        tone=tone,
    )


def tiles(view: View) -> Tiles:
    """Return the figures in large type: overall, worst, rating, answers."""
    results, numerals = view.results, view.numerals
    listed = []
    overall = results.overall.mean_of_dimensions
    if overall.value is not None:
        listed.append(
            Tile(
                view.say("tiles.overall"),
                numerals.signed(overall.value),
                _span(view, overall, "signed"),
                side(overall),
            )
        )
        order = ranked({name: one.gap for name, one in results.dimensions.items()})
        if len(order) > 1:
            worst, gap = order[0]
            listed.append(
                Tile(
                    view.say("tiles.lowest", name=view.dimension(worst)),
                    numerals.signed(gap.value or 0.0),
                    _span(view, gap, "signed"),
                    side(gap),
                )
            )
    weighted = results.overall.weighted
    if weighted.value is not None:
        tone = side(weighted)
        span = _span(view, weighted, "signed")
        listed.append(Tile(view.say("tiles.weighted"), numerals.signed(weighted.value), span, tone))
    servperf = results.overall.servperf
    if servperf.value is not None:
        listed.append(
            Tile(
                view.say("tiles.servperf", scale=view.scale),
                numerals.number(servperf.value),
                _span(view, servperf, "number"),
            )
        )
    used = view.say(
        "tiles.answers_used",
        read=numerals.count(results.quality.read),
        used=numerals.count(results.quality.used),
    )
    listed.append(Tile(view.say("tiles.answers"), numerals.count(results.n), used))
    return Tiles(tuple(listed))


def _span(view: View, one: AnyEstimate, kind: str) -> str:
    if one.low is None or one.high is None:
        return view.say("phrases.no_interval")
    return view.say(
        "tiles.interval", level=view.level, span=view.numerals.span(one.low, one.high, 2, kind)
    )
