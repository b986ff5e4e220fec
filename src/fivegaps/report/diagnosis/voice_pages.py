"""Gaps between two voices: 1 (managers and customers), 5 (customers), 6 and 7 (staff)."""

from __future__ import annotations

from fivegaps.diagnosis.gap_results import CustomerScores, Surveyed
from fivegaps.report.charts.chart import Chart
from fivegaps.report.charts.pairs import Pair
from fivegaps.report.diagnosis.overall import surveyed
from fivegaps.report.diagnosis.picturing import pair_chart, tone_of
from fivegaps.report.diagnosis.seen import VOICES, Figure, Heads, Seen
from fivegaps.report.document import Block, Paragraph
from fivegaps.report.tables import Cell, Table
from fivegaps.stats.estimate import Estimate, GapEstimate

_NOTHING = Estimate.cannot("not_asked")
# Cohen: below this many SD a difference is negligible, however sure.
NEGLIGIBLE = 0.2
# Who is asked, and whose answer is what should be, by gap.
SIDES = {1: ("managers", "customers"), 6: ("employees", "customers"), 7: ("employees", "managers")}


def voices(seen: Seen, gap: int) -> list[Block]:
    """Return the blocks of gap 1, 6 or 7: picture and table of both sides."""
    found = surveyed(seen.measured.gaps, gap)
    found_side, should_side = SIDES[gap]
    table = _table(seen, gap, found)
    rows = [
        _pair(
            seen, label, found.dimensions.get(name, _NOTHING), over="middle",
            should=_level(found, should_side, name), is_=_level(found, found_side, name),
        )
        for name, label in seen.dimensions.items()
    ]  # fmt: skip
    chart = pair_chart(
        seen,
        f"gap{gap}",
        rows,
        table,
        title=_title(seen, gap, found),
        subtitle=seen.tell(f"voices.subtitle.{gap}", n=seen.numerals.count(found.overall.n)),
        axis=axis(seen),
        voices=(seen.tell(f"voices.should.{gap}"), seen.tell(f"voices.is.{gap}")),
        heading=seen.tell("voices.heading"),
    )
    return [chart or table]


def _pair(
    seen: Seen, label: str, gap: Figure, *, should: Estimate, is_: Estimate, over: str = "strength"
) -> Pair:
    """Return a row; ``over`` is the tone where more was found than should be."""
    if gap.value is None:
        return Pair(label, should, is_, shown="–", remark=seen.reason(gap.reason))
    shown = seen.numerals.signed(gap.value)
    remark = f"n = {seen.numerals.count(gap.n)}"
    tone = tone_of(gap)
    tone = over if tone == "strength" else tone
    return Pair(label, should, is_, shown=shown, remark=remark, tone=tone)


def _level(found: Surveyed, side: str, dimension: str) -> Estimate:
    levels = found.sides.get(side)
    return levels.dimensions.get(dimension, _NOTHING) if levels else _NOTHING


def worth_telling(one: GapEstimate) -> bool:
    """Tell whether two voices differ beyond chance, and by more than a negligible size."""
    size = one.d_av
    return tone_of(one) != "mark" and (size is None or abs(size) >= NEGLIGIBLE)


def _title(seen: Seen, gap: int, found: Surveyed) -> str:
    """Return the finding: where the two sides differ beyond chance, and which way."""
    known = {name: one for name, one in found.dimensions.items() if worth_telling(one)}
    if all(one.value is None for one in found.dimensions.values()):
        return seen.tell("voices.untold")
    if not known:
        return seen.tell(f"voices.alike.{gap}")
    widest = max(known, key=lambda name: abs(known[name].value or 0.0))
    value = known[widest].value or 0.0
    way = "over" if value > 0 else "under"
    shown = seen.numerals.signed(value)
    return seen.tell(f"voices.{way}.{gap}", name=seen.dimension(widest).name, value=shown)


def axis(seen: Seen) -> str:
    """Return what the axis shows, and that it is a cut of the whole scale."""
    battery = seen.instrument.batteries[0]
    return seen.tell("axis.points", low=battery.minimum, high=battery.maximum)


def _table(seen: Seen, gap: int, found: Surveyed) -> Table:
    heads: Heads = (
        ("dimension", "name"), ("surveyed", "signed"), ("n", "count"), ("p_holm", "p"),
        *((side, "mean") for side in SIDES[gap]),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for name in seen.dimensions:
        figure = seen.shielded(found.dimensions.get(name, _NOTHING), VOICES[gap])
        one = found.dimensions.get(name)
        levels = [seen.shielded(_level(found, side, name), side) for side in SIDES[gap]]
        p = None if one is None else one.p_adjusted
        rows.append((seen.dimension(name), figure, figure.n, p, *levels))
    note = seen.tell(f"sign.{gap}")
    return seen.table(f"gap{gap}_dimensions", seen.tell("table.gap", gap=gap), heads, rows, note)


def knowledge(seen: Seen) -> list[Block]:
    """Return what gap 1 has besides levels: census or sample, 100 points, rank agreement."""
    gap = seen.measured.gaps.gap1
    numerals = seen.numerals
    asked = seen.numerals.count(seen.measured.asked.get("managers", 0))
    blocks: list[Block] = [
        Paragraph(seen.tell("gap1.census" if gap.census else "gap1.sample", n=asked))
    ]
    agreement = gap.rank_agreement
    if agreement.value is None:
        why = seen.reason(agreement.reason)
        blocks.append(Paragraph(seen.tell("gap1.no_ranks", reason=why)))
    else:
        span = ""
        if agreement.low is not None and agreement.high is not None:
            span = numerals.span(agreement.low, agreement.high, 2, "coefficient")
        blocks.append(
            Paragraph(
                seen.tell(
                    "gap1.ranks",
                    value=numerals.coefficient(agreement.value),
                    span=span or seen.words.say("phrases.no_interval"),
                    n=agreement.n,
                )
            )
        )
    blocks += _points(seen)
    return blocks


def _points(seen: Seen) -> list[Block]:
    """Return the 100 points of both sides: managers' are customers' and the difference."""
    differences = seen.measured.gaps.gap1.weights
    scores = seen.measured.gaps.gap5.surveyed
    rows: list[tuple[Cell, ...]] = []
    drawn: list[Pair] = []
    for name, label in seen.dimensions.items():
        difference = differences.get(name, _NOTHING)
        theirs = _NOTHING
        if isinstance(scores, CustomerScores) and name in scores.dimensions:
            theirs = scores.dimensions[name].weight
        ours = _NOTHING
        if theirs.value is not None and difference.value is not None:
            value = theirs.value + difference.value
            ours = Estimate(value, None, None, difference.n - theirs.n, "")
        drawn.append(_pair(seen, label, difference, should=theirs, is_=ours, over="middle"))
        rows.append((seen.dimension(name), ours.value, theirs, theirs.n, difference, difference.n))
    heads: Heads = (
        ("dimension", "name"), ("points_managers", "mean"), ("points_customers", "mean"),
        ("n", "count"), ("points_difference", "signed"), ("n_measured", "count"),
    )  # fmt: skip
    table = seen.table("gap1_points", seen.tell("table.points"), heads, rows)
    if all(one.value is None for one in differences.values()):
        return []
    chart = pair_chart(
        seen,
        "gap1-points",
        drawn,
        table,
        title=_points_title(seen),
        subtitle=seen.tell("gap1.points_subtitle"),
        axis=seen.tell("axis.points_of_100"),
        voices=(seen.tell("voices.should.1"), seen.tell("gap1.points_managers")),
        heading=seen.tell("voices.heading"),
    )
    return [chart or table]


def _points_title(seen: Seen) -> str:
    known = {
        name: one for name, one in seen.measured.gaps.gap1.weights.items() if worth_telling(one)
    }
    if not known:
        return seen.tell("gap1.points_alike")
    widest = max(known, key=lambda name: abs(known[name].value or 0.0))
    value = known[widest].value or 0.0
    way = "over" if value > 0 else "under"
    return seen.tell(
        f"gap1.points_{way}",
        name=seen.dimension(widest).name,
        value=seen.numerals.number(abs(value), 1),
    )


def customers(seen: Seen) -> list[Block]:
    """Return gap 5: expectation and perception by dimension."""
    scores = seen.measured.gaps.gap5.surveyed
    rows: list[tuple[Cell, ...]] = [
        (seen.dimension(name), one.expectation, one.perception, one.gap, one.gap.n)
        for name, one in scores.dimensions.items()
    ]
    heads: Heads = (
        ("dimension", "name"), ("expectation", "mean"), ("perception", "mean"),
        ("gap", "signed"), ("n", "count"),
    )  # fmt: skip
    table = seen.table(
        "gap5_dimensions", seen.tell("table.gap", gap=5), heads, rows, seen.tell("sign.5")
    )
    drawn = [
        _pair(seen, seen.dimension(name).name, one.gap, should=one.expectation, is_=one.perception)
        for name, one in scores.dimensions.items()
    ]
    chart: Chart | None = pair_chart(
        seen,
        "gap5",
        drawn,
        table,
        title=_customers_title(seen),
        subtitle=seen.tell("voices.subtitle.5", n=seen.numerals.count(_most(rows))),
        axis=axis(seen),
        voices=(seen.tell("voices.should.5"), seen.tell("voices.is.5")),
        heading=seen.tell("voices.heading"),
    )
    return [chart or table]


def _most(rows: list[tuple[Cell, ...]]) -> int:
    return max((cell for row in rows for cell in row if isinstance(cell, int)), default=0)


def _customers_title(seen: Seen) -> str:
    known = {
        name: one.gap.value
        for name, one in seen.measured.gaps.gap5.surveyed.dimensions.items()
        if one.gap.value is not None
    }
    if not known:
        return seen.tell("voices.untold")
    widest = min(known, key=lambda name: known[name])
    value = known[widest]
    way = "under" if value < 0 else "over"
    shown = seen.numerals.signed(value)
    return seen.tell(f"voices.{way}.5", name=seen.dimension(widest).name, value=shown)
