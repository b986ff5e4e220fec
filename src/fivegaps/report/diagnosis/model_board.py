"""The gaps model as a picture: what was measured, where it stands in the model, how large it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fivegaps.diagnosis.gap_results import CustomerScores
from fivegaps.report.charts.chart import NARROW, Chart, drawn
from fivegaps.report.diagnosis.board_plans import Plan, narrow, small, wide
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
        return _drawn(seen, gaps, narrow() if width <= NARROW else wide())

    on_page, on_phone = drawn(draw)
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
        alt=told(seen),
        wide=on_page,
        narrow=on_phone,
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


def small_boards(seen: Seen) -> tuple[Canvas, Canvas]:
    """Return the board drawn small, for a board paper, and drawn for a phone."""
    gaps = sized_gaps(seen)
    return _drawn(seen, gaps, small()), _drawn(seen, gaps, narrow())


def told(seen: Seen) -> str:
    """Return the board in words, for those who cannot see it."""
    return seen.tell("board.alt", told=" ".join(_told(seen, one) for one in sized_gaps(seen)))


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
    figure, numerals = one.figure, seen.numerals
    value = numerals.signed(one.figure.value)
    size = seen.tell(f"size.{one.size}" if one.size else "board.unsized")
    remark = f"n = {numerals.count(figure.n)}"
    if figure.low is not None and figure.high is not None and figure.low < figure.high:
        remark = f"{numerals.span(figure.low, figure.high, 2, 'signed')}, {remark}"
    # An interval or "n = 40" broken over two lines is hard to read.
    remark = remark.replace(" ", "\N{NO-BREAK SPACE}").replace(",\N{NO-BREAK SPACE}n", ", n")
    return f"{value} · {size}", f"{remark} · {one.remark}" if one.remark else remark


def _drawn(seen: Seen, gaps: Sequence[Sized], plan: Plan) -> Canvas:
    canvas = Canvas(plan.width, plan.height)
    start, end = (0.0, plan.visibility), (plan.width, plan.visibility)
    canvas.line(start, end, stroke="rule", dash="5 4")
    for side, below in zip(("customer", "provider"), (-7.0, 17.0), strict=True):
        at = (plan.width, plan.visibility + below)
        canvas.text(
            at,
            seen.tell(f"board.{side}"),
            size=min(11, plan.small),
            fill="muted",
            anchor="end",
            halo=True,
        )
    for path in plan.arrows:
        _arrow(canvas, path)
    for one in gaps:
        path = plan.marks[one.gap].path
        canvas.trace(path, stroke=one.tone, width=2.2, dash="7 4")
    for name in BOXES:
        if name not in plan.boxes:
            continue
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


def _circle(canvas: Canvas, seen: Seen, one: Sized, plan: Plan, full: float) -> None:
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
    lines = fitted(f"{seen.tell(f'gap.{one.gap}')}, {remark}", plan.small, mark.room, 3)
    at_x, at_y = mark.words
    first = at_y - 4 if mark.anchor == "start" else at_y
    first -= (plan.leading / 2 - 4.5) * (len(lines) - 1)
    canvas.text(
        (at_x, first), value, size=plan.letters + 0.5, fill=one.tone, anchor=mark.anchor,
        bold=True, halo=True,
    )  # fmt: skip
    for number, line in enumerate(lines, start=1):
        below = (at_x, first + 1 + number * plan.leading)
        canvas.text(below, line, size=plan.small, fill="muted", anchor=mark.anchor, halo=True)
