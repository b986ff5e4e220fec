"""The coverage matrix: what customers expect, and whether a standard works for it.

Every expectation is asked five questions in order; the first "no" is its state.
Shapes carry the answers, so that the matrix survives grey print: a tick, a
cross, a question mark for what could not be looked at, a dash for what was not
asked any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fivegaps.diagnosis.gap_results import CoveredItem, CustomerScores
from fivegaps.report.charts.chart import NARROW, Chart, drawn
from fivegaps.report.diagnosis.seen import Figure, Heads, Seen
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.lettering import fitted, shortened
from fivegaps.report.tables import Cell, Table
from fivegaps.stats.estimate import Estimate

# The states that a question rules out, in the order in which they are asked.
QUESTIONS = ("uncovered", "vague", "unmeasured", "looser", "unknown_to_staff")
_LABEL, _EXPECTED, _CELL, _ROW, _GROUP = 212.0, 46.0, 62.0, 26.0, 30.0


@dataclass(frozen=True, slots=True)
class Line:
    """An expectation with what is known of it; ``answers`` are yes, no, unknown or after."""

    id: str
    label: str
    dimension: str
    expectation: Figure
    weight: Figure
    covered: CoveredItem
    answers: tuple[str, ...]


def answers_of(covered: CoveredItem) -> tuple[str, ...]:
    """Return the answers to the five questions: all before the state are yes."""
    open_ = covered.state != "covered"
    failed = QUESTIONS.index(covered.state) if open_ else len(QUESTIONS)
    return tuple(
        "no" if place == failed
        else "after" if place > failed
        else "unknown" if question in covered.unchecked
        else "yes"
        for place, question in enumerate(QUESTIONS)
    )  # fmt: skip


def lines_of(seen: Seen) -> list[Line]:
    """Return the expectations: the heaviest dimension first, in it the highest expectation."""
    scores = seen.measured.gaps.gap5.surveyed
    absent = Estimate.cannot("not_asked")
    found: list[Line] = []
    for item, covered in seen.measured.gaps.gap2.coverage.items():
        dimension = seen.dimension_of(item)
        expectation: Figure = absent
        weight: Figure = absent
        if isinstance(scores, CustomerScores):
            expectation = scores.items[item].expectation if item in scores.items else absent
            weight = (
                scores.dimensions[dimension].weight if dimension in scores.dimensions else (absent)
            )
        found.append(
            Line(
                item, seen.item(item).name, dimension, expectation, weight, covered,
                answers_of(covered),
            )
        )  # fmt: skip
    return sorted(
        found,
        key=lambda one: (-(one.weight.value or 0.0), one.dimension, -(one.expectation.value or 0)),
    )


def coverage_matrix(seen: Seen) -> Chart | None:
    """Return the matrix as a picture with its table; None without a register of standards."""
    lines = lines_of(seen)
    if not lines:
        return None
    working = sum(line.covered.state == "covered" for line in lines)

    def draw(width: float) -> Canvas:
        return _narrow(seen, lines, width) if width <= NARROW else _wide(seen, lines, width)

    wide, narrow = drawn(draw)
    if working == len(lines):
        title = seen.tell("matrix.title_all", items=len(lines))
    else:
        first = next(line for line in lines if line.covered.state != "covered")
        title = seen.tell(
            "matrix.title", open=len(lines) - working, items=len(lines), name=first.label
        )
    told = "; ".join(f"{one.label}: {seen.tell(f'covered.{one.covered.state}')}" for one in lines)
    return Chart(
        name="coverage-matrix",
        lang=seen.lang,
        title=title,
        subtitle=seen.tell("matrix.subtitle", n=seen.numerals.count(_asked(lines))),
        alt=f"{told}.",
        wide=wide,
        narrow=narrow,
        table=_table(seen, lines),
        note=seen.tell("matrix.note"),
    )


def _asked(lines: Sequence[Line]) -> int:
    return max((line.expectation.n for line in lines), default=0)


def _table(seen: Seen, lines: Sequence[Line]) -> Table:
    """Return a row for each expectation and standard, with how often that standard is met."""
    delivered = seen.measured.gaps.gap3.measured.standards
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        state = seen.tell(f"covered.{line.covered.state}")
        unchecked = ", ".join(seen.tell(f"covered.{name}") for name in line.covered.unchecked)
        for standard in line.covered.standards or ("",):
            met = delivered[standard].conformance if standard in delivered else None
            name = seen.standard(standard) if standard else "–"
            row: tuple[Cell, ...] = (
                seen.item(line.id), line.expectation, line.expectation.n, state, unchecked or "–",
                name, met, met.n if met else None,
            )  # fmt: skip
            rows.append(row)
    heads: Heads = (
        ("item", "name"), ("expectation", "mean"), ("n", "count"), ("state", "text"),
        ("unchecked", "text"), ("standard", "name"), ("conformance", "share"),
        ("n_measured", "count"),
    )  # fmt: skip
    return seen.table("coverage_matrix", seen.tell("table.coverage"), heads, rows)


def _groups(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        grouped.setdefault(line.dimension, []).append(line)
    return list(grouped.items())


def _heading(seen: Seen, dimension: str, weight: Figure) -> str:
    name = seen.dimension(dimension).name
    if weight.value is None:
        return name
    return seen.tell("matrix.group", name=name, points=seen.numerals.number(weight.value, 0))


def _heads(canvas: Canvas, seen: Seen, left: float, cell: float, foot: float) -> None:
    for place, question in enumerate(QUESTIONS):
        text = fitted(seen.tell(f"matrix.ask.{question}"), 11.5, cell - 4, 3)
        x = left + cell * (place + 0.5)
        for number, line in enumerate(text):
            y = foot - 14 * (len(text) - 1 - number)
            canvas.text((x, y), line, size=11.5, fill="muted", anchor="middle")


def _wide(seen: Seen, lines: Sequence[Line], width: float) -> Canvas:
    canvas = Canvas(width)
    cells, names = _LABEL + _EXPECTED, _LABEL + _EXPECTED + 5 * _CELL + 14
    foot = 44.0
    head = fitted(seen.tell("matrix.expected"), 11.5, _EXPECTED + 10, 3)
    for number, text in enumerate(head):
        y = foot - 14 * (len(head) - 1 - number)
        canvas.text((cells - 12, y), text, size=11.5, fill="muted", anchor="end")
    _heads(canvas, seen, cells, _CELL, foot)
    canvas.text((names, foot), seen.tell("column.standards"), size=11.5, fill="muted")
    y = foot + 8
    for dimension, group in _groups(lines):
        y += _GROUP
        canvas.text((0, y - 9), _heading(seen, dimension, group[0].weight), size=12.5, bold=True)
        canvas.line((0, y - 2), (width, y - 2), stroke="rule")
        for line in group:
            middle = y + _ROW / 2
            canvas.lines((0, middle), [shortened(line.label, 12.5, _LABEL - 8)], size=12.5)
            if line.expectation.value is not None:
                shown = seen.numerals.number(line.expectation.value, 1)
                canvas.lines((cells - 12, middle), [shown], size=12.5, anchor="end", fill="muted")
            for place, answer in enumerate(line.answers):
                _cell(canvas, cells + _CELL * place, y, _CELL, answer)
            _standards(canvas, seen, line, left=names, middle=middle, room=width - names)
            y += _ROW
            canvas.line((0, y), (width, y), stroke="grid")
    canvas.height = y + 6
    return canvas


def _narrow(seen: Seen, lines: Sequence[Line], width: float) -> Canvas:
    canvas = Canvas(width)
    cell, foot = width / 5, 38.0
    _heads(canvas, seen, 0.0, cell, foot)
    y = foot + 4
    for dimension, group in _groups(lines):
        y += _GROUP
        canvas.text((0, y - 9), _heading(seen, dimension, group[0].weight), size=12.5, bold=True)
        canvas.line((0, y - 2), (width, y - 2), stroke="rule")
        for line in group:
            room = width - 34
            canvas.text((0, y + 17), shortened(line.label, 12.5, room), size=12.5)
            if line.expectation.value is not None:
                shown = seen.numerals.number(line.expectation.value, 1)
                canvas.text((width, y + 17), shown, size=12.5, anchor="end", fill="muted")
            for place, answer in enumerate(line.answers):
                _cell(canvas, cell * place, y + 22, cell, answer)
            y += _ROW + 26
            canvas.line((0, y), (width, y), stroke="grid")
    canvas.height = y + 6
    return canvas


def _cell(canvas: Canvas, left: float, top: float, wide: float, answer: str) -> None:
    x, y = left + wide / 2, top + _ROW / 2
    corner, opposite = (left + 3, top + 3), (left + wide - 3, top + _ROW - 3)
    if answer == "yes":
        canvas.box(corner, opposite, fill="strength-wash", round_by=4)
        canvas.trace(((x - 6, y), (x - 2, y + 4.5), (x + 6, y - 5)), stroke="strength", width=2.2)
    elif answer == "no":
        canvas.box(corner, opposite, fill="trouble-wash", stroke="trouble", round_by=4)
        for way in (1, -1):
            ends = (x - 5, y - 5 * way), (x + 5, y + 5 * way)
            canvas.line(*ends, stroke="trouble", width=2.4)
    elif answer == "unknown":
        canvas.lines((x, y), ["?"], size=14, fill="muted", anchor="middle", bold=True)
    else:
        canvas.line((x - 4, y), (x + 4, y), stroke="mark-soft", width=1.5)


def _standards(
    canvas: Canvas, seen: Seen, line: Line, *, left: float, middle: float, room: float
) -> None:
    state = line.covered.state
    names = ", ".join(seen.standard(name).name for name in line.covered.standards)
    if state == "covered":
        canvas.lines((left, middle), [shortened(names, 12, room)], size=12, fill="muted")
        return
    told = seen.tell(f"covered.{state}")
    text = f"{told}: {names}" if names else told
    canvas.lines((left, middle), [shortened(text, 12, room)], size=12, fill="trouble", bold=True)
