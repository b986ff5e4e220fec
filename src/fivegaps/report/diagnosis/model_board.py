"""The gaps model as a picture: what was measured, where it stands in the model, how large it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from fivegaps.diagnosis.gap_results import CustomerScores
from fivegaps.report.charts.chart import NARROW, Chart, drawn
from fivegaps.report.diagnosis.seen import Figure, Seen, as_estimate
from fivegaps.report.drawing.canvas import Canvas, Point
from fivegaps.report.drawing.lettering import fitted, width_of
from fivegaps.report.tables import Cell, Named

LINES = ((0.2, "negligible"), (0.5, "small"), (0.8, "medium"))
TONES = {"negligible": "strength", "small": "strength", "medium": "middle", "large": "trouble"}
WASHES = {
    "strength": "strength-wash", "middle": "middle-wash", "trouble": "trouble-wash",
    "mark": "small",
}  # fmt: skip
BOXES = (
    "word_of_mouth", "needs", "experience", "expected", "perceived", "delivery",
    "communications", "specifications", "perceptions",
)  # fmt: skip
# A board of small gaps has no full circle: that takes at least this size in SD.
_FULL = 1.5


@dataclass(frozen=True, slots=True)
class Sized:
    """A gap of the board: its figure, the mean size of its dimensions in SD, and a remark."""

    gap: int
    figure: Figure
    standardised: float | None
    remark: str = ""

    @property
    def size(self) -> str:
        """negligible, small, medium, large, or "" without a size."""
        if self.standardised is None:
            return ""
        return next((name for end, name in LINES if self.standardised < end), "large")

    @property
    def tone(self) -> str:
        """The part of the palette that the gap is drawn in."""
        return TONES.get(self.size, "mark")

    def radius(self, largest: float, full: float) -> float:
        """Return the circle's radius: its area grows evenly up to ``largest`` at size ``full``."""
        part = (self.standardised or 0.0) / full
        return largest * math.sqrt(0.3 + 0.7 * part)


def sized_gaps(seen: Seen) -> tuple[Sized, ...]:
    """Return gaps 1 to 5 of the last wave as the board shows them."""
    gaps = seen.measured.gaps
    scores = gaps.gap5.surveyed
    customers = (
        scores.overall.mean_of_dimensions if isinstance(scores, CustomerScores) else scores.overall
    )
    observed, kept = gaps.gap3.measured.overall.value, gaps.gap4.measured.overall.value
    share = seen.numerals.share
    remarks = {
        3: "" if observed is None else seen.tell("board.met", share=share(1 + observed)),
        4: "" if kept is None else seen.tell("board.kept", share=share(1 + kept)),
    }
    figures: tuple[Figure, ...] = (
        gaps.gap1.surveyed.overall,
        as_estimate(gaps.gap2.self_rated.overall),
        as_estimate(gaps.gap3.self_rated.overall),
        as_estimate(gaps.gap4.self_rated.overall),
        customers,
    )
    return tuple(
        Sized(gap, figure, _mean_size(seen, gap), remarks.get(gap, ""))
        for gap, figure in enumerate(figures, start=1)
    )


def _mean_size(seen: Seen, gap: int) -> float | None:
    """Return the mean size of a gap's dimensions in SD: overall is the mean of dimensions."""
    known = seen.diagnosis.worst if gap == 5 else seen.diagnosis.largest
    sizes = [abs(one.standardised) for one in known if one.gap == gap and one.wave == seen.wave]
    return sum(sizes) / len(sizes) if sizes else None


def headline(seen: Seen) -> str:
    """Return what the board shows: the largest provider gap, or those that tie for it."""
    located = [one for one in seen.diagnosis.largest if one.wave == seen.wave]
    if not located:
        return seen.tell("headline.none")
    tied = sorted({located[0].gap, *(int(name[3]) for name in located[0].tied_with)})
    if len(tied) == 1:
        return seen.tell(f"headline.{tied[0]}")
    return seen.tell("headline.tied", gaps=seen.numerals.listed([str(gap) for gap in tied]))


def board(seen: Seen) -> Chart:
    """Return the model board with its table."""
    gaps = sized_gaps(seen)

    def draw(width: float) -> Canvas:
        plan = _narrow() if width <= NARROW else _wide()
        return _drawn(seen, gaps, plan)

    wide, narrow = drawn(draw)
    rows: list[tuple[Cell, ...]] = [
        (
            Named(f"gap{one.gap}", seen.gap_name(one.gap)),
            one.figure,
            one.figure.n,
            one.standardised,
            seen.tell(f"size.{one.size}") if one.size else seen.tell("board.unsized"),
            one.remark,
        )
        for one in gaps
    ]
    return Chart(
        name="model-board",
        lang=seen.lang,
        title=headline(seen),
        subtitle=seen.tell("board.subtitle", wave=seen.wave),
        alt=seen.tell("board.alt", told=" ".join(_told(seen, one) for one in gaps)),
        wide=wide,
        narrow=narrow,
        note=seen.tell("board.note"),
        table=seen.table(
            "chart_model_board",
            seen.tell("table.board"),
            (
                ("gap_of_model", "name"), ("value", "signed"), ("n", "count"),
                ("standardised", "statistic"), ("size", "text"), ("measured", "text"),
            ),
            rows,
        ),
    )  # fmt: skip


def _told(seen: Seen, one: Sized) -> str:
    value, remark = _label(seen, one)
    size = seen.tell(f"size.{one.size}") if one.size else seen.tell("board.unsized")
    name = seen.tell(f"gap.{one.gap}")
    shown = value.partition(" · ")[0]
    return seen.tell("board.alt_row", gap=one.gap, name=name, value=shown, size=size, n=remark)


def _label(seen: Seen, one: Sized) -> tuple[str, str]:
    """Return the bold line and the small one beside a circle."""
    if one.figure.value is None:
        return seen.tell("board.untold"), seen.reason(one.figure.reason)
    value = seen.numerals.signed(one.figure.value)
    size = seen.tell(f"size.{one.size}" if one.size else "board.unsized")
    remark = f"n = {seen.numerals.count(one.figure.n)}"
    return f"{value} · {size}", f"{remark} · {one.remark}" if one.remark else remark


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a gap's connector runs, where its circle stands, and where its words begin."""

    path: tuple[Point, ...]
    circle: Point
    words: Point
    room: float
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class _Plan:
    """One layout: boxes as (left, top, right, bottom), arrows as paths, gaps 1 to 5."""

    width: float
    height: float
    boxes: dict[str, tuple[float, float, float, float]]
    arrows: tuple[tuple[Point, ...], ...]
    marks: dict[int, _Mark]
    visibility: float
    circle: float
    letters: float = 13.5
    small: float = 12.0
    sides: tuple[str, str] = field(default=("customer", "provider"))


def _wide() -> _Plan:
    boxes = {
        "word_of_mouth": (0.0, 2.0, 160.0, 46.0), "needs": (190.0, 2.0, 350.0, 46.0),
        "experience": (380.0, 2.0, 540.0, 46.0), "expected": (190.0, 88.0, 420.0, 138.0),
        "perceived": (190.0, 216.0, 420.0, 266.0), "delivery": (190.0, 334.0, 420.0, 384.0),
        "communications": (610.0, 334.0, 838.0, 384.0),
        "specifications": (190.0, 504.0, 420.0, 554.0),
        "perceptions": (190.0, 634.0, 420.0, 684.0),
    }  # fmt: skip
    arrows: tuple[tuple[Point, ...], ...] = (
        ((80, 46), (80, 67), (265, 67), (265, 88)),
        ((270, 46), (270, 60), (305, 60), (305, 88)),
        ((460, 46), (460, 67), (345, 67), (345, 88)),
        ((305, 334), (305, 266)),
        ((690, 334), (690, 241), (420, 241)),
    )
    rail: tuple[Point, ...] = ((190, 113), (30, 113), (30, 659), (190, 659))
    marks = {
        1: _Mark(rail, (30, 460), (68, 460), 190),
        2: _Mark(((305, 554), (305, 634)), (305, 594), (344, 594), 480),
        3: _Mark(((305, 384), (305, 504)), (305, 462), (344, 462), 480),
        4: _Mark(((420, 359), (610, 359)), (515, 359), (515, 408), 320, "middle"),
        5: _Mark(((305, 138), (305, 216)), (305, 177), (344, 177), 480),
    }
    return _Plan(840.0, 688.0, boxes, arrows, marks, 300.0, 30.0)


def _narrow() -> _Plan:
    boxes = {
        "word_of_mouth": (0.0, 2.0, 102.0, 46.0), "needs": (113.0, 2.0, 215.0, 46.0),
        "experience": (226.0, 2.0, 328.0, 46.0), "expected": (40.0, 78.0, 328.0, 118.0),
        "perceived": (40.0, 204.0, 328.0, 244.0), "delivery": (40.0, 322.0, 172.0, 370.0),
        "communications": (220.0, 322.0, 328.0, 370.0),
        "specifications": (40.0, 510.0, 328.0, 550.0),
        "perceptions": (40.0, 636.0, 328.0, 676.0),
    }  # fmt: skip
    arrows: tuple[tuple[Point, ...], ...] = (
        ((70, 46), (70, 78)),
        ((164, 46), (164, 78)),
        ((277, 46), (277, 78)),
        ((106, 322), (106, 244)),
        ((230, 322), (230, 244)),
    )
    rail: tuple[Point, ...] = ((40, 98), (12, 98), (12, 728), (106, 728), (106, 676))
    marks = {
        1: _Mark(rail, (56, 728), (122, 728), 206),
        2: _Mark(((106, 550), (106, 636)), (106, 593), (138, 593), 190),
        3: _Mark(((106, 370), (106, 510)), (106, 468), (138, 468), 190),
        4: _Mark(((172, 346), (220, 346)), (196, 346), (328, 398), 200, "end"),
        5: _Mark(((106, 118), (106, 204)), (106, 161), (138, 161), 190),
    }
    return _Plan(328.0, 756.0, boxes, arrows, marks, 283.0, 22.0, 12.5, 11.5)


def _drawn(seen: Seen, gaps: Sequence[Sized], plan: _Plan) -> Canvas:
    canvas = Canvas(plan.width, plan.height)
    start, end = (0.0, plan.visibility), (plan.width, plan.visibility)
    canvas.line(start, end, stroke="rule", dash="5 4")
    for side, below in zip(plan.sides, (-7.0, 17.0), strict=True):
        at = (plan.width, plan.visibility + below)
        canvas.text(at, seen.tell(f"board.{side}"), size=11, fill="muted", anchor="end", halo=True)
    for path in plan.arrows:
        _arrow(canvas, path)
    for one in gaps:
        path = plan.marks[one.gap].path
        canvas.trace(path, stroke=one.tone, width=2.2, dash="7 4")
    for name in BOXES:
        _box(canvas, plan.boxes[name], seen.tell(f"board.{name}"), plan.letters)
    full = max(_FULL, *(one.standardised or 0.0 for one in gaps))
    for one in gaps:
        _circle(canvas, seen, one, plan, full)
    return canvas


def _arrow(canvas: Canvas, path: tuple[Point, ...]) -> None:
    (x0, y0), (x, y) = path[-2], path[-1]
    dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
    tip, back = (x - 2 * dx, y - 2 * dy), (x - 12 * dx, y - 12 * dy)
    canvas.trace((*path[:-1], back), stroke="rule", width=1.6)
    wings = [(back[0] - 5 * dy, back[1] - 5 * dx), (back[0] + 5 * dy, back[1] + 5 * dx)]
    canvas.polygon([tip, *wings], fill="rule")


def _box(canvas: Canvas, at: tuple[float, float, float, float], text: str, size: float) -> None:
    left, top, right, bottom = at
    canvas.box((left, top), (right, bottom), fill="paper", stroke="rule", round_by=7)
    room = right - left - 10
    while size > 10 and width_of(max(text.split(), key=len), size) > room:
        size -= 0.5
    middle = ((left + right) / 2, (top + bottom) / 2)
    canvas.lines(middle, fitted(text, size, room), size=size, anchor="middle")


def _circle(canvas: Canvas, seen: Seen, one: Sized, plan: _Plan, full: float) -> None:
    mark = plan.marks[one.gap]
    x, y = mark.circle
    canvas.disc(
        (x, y), one.radius(plan.circle, full), fill=WASHES[one.tone], stroke=one.tone, width=2.5
    )
    canvas.text(
        (x, y + plan.letters * 0.38), str(one.gap), size=plan.letters + 1, fill=one.tone,
        anchor="middle", bold=True,
    )  # fmt: skip
    value, remark = _label(seen, one)
    small = fitted(f"{seen.tell(f'gap.{one.gap}')}, {remark}", plan.small, mark.room)
    at_x, at_y = mark.words
    first = at_y - 4 if mark.anchor == "start" else at_y
    canvas.text(
        (at_x, first - 3 * (len(small) - 1)), value, size=plan.letters + 0.5, fill=one.tone,
        anchor=mark.anchor, bold=True, halo=True,
    )  # fmt: skip
    for number, line in enumerate(small):
        below = (at_x, first + 16 + number * 15 - 3 * (len(small) - 1))
        canvas.text(below, line, size=plan.small, fill="muted", anchor=mark.anchor, halo=True)
