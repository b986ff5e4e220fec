"""Where boxes, connectors and circles of the model board lie: wide, narrow and small."""

from __future__ import annotations

from dataclasses import dataclass

from fivegaps.report.drawing.canvas import Point


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a gap's connector runs, where its circle stands, and where its words begin."""

    path: tuple[Point, ...]
    circle: Point
    words: Point
    room: float
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Plan:
    """One layout: boxes as (left, top, right, bottom), arrows as paths, gaps 1 to 5."""

    width: float
    height: float
    boxes: dict[str, tuple[float, float, float, float]]
    arrows: tuple[tuple[Point, ...], ...]
    marks: dict[int, Mark]
    visibility: float
    circle: float
    letters: float = 13.5
    small: float = 12.0
    leading: float = 15.0


def wide() -> Plan:
    """Return the layout for a page."""
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
        1: Mark(rail, (30, 460), (68, 460), 190),
        2: Mark(((305, 554), (305, 634)), (305, 594), (344, 594), 480),
        3: Mark(((305, 384), (305, 504)), (305, 462), (344, 462), 480),
        4: Mark(((420, 359), (610, 359)), (515, 359), (515, 408), 400, "middle"),
        5: Mark(((305, 138), (305, 216)), (305, 177), (344, 177), 480),
    }
    return Plan(840.0, 688.0, boxes, arrows, marks, 300.0, 30.0)


def narrow() -> Plan:
    """Return the layout for a phone."""
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
        1: Mark(rail, (56, 728), (122, 728), 206),
        2: Mark(((106, 550), (106, 636)), (106, 593), (138, 593), 190),
        3: Mark(((106, 370), (106, 510)), (106, 468), (138, 468), 190),
        4: Mark(((172, 346), (220, 346)), (196, 346), (328, 398), 200, "end"),
        5: Mark(((106, 118), (106, 204)), (106, 161), (138, 161), 190),
    }
    return Plan(328.0, 756.0, boxes, arrows, marks, 283.0, 22.0, 12.5, 11.5)


def small() -> Plan:
    """Return the layout for a board paper: no sources of expectation, less air."""
    boxes = {
        "expected": (152.0, 1.0, 334.0, 29.0), "perceived": (152.0, 81.0, 334.0, 109.0),
        "delivery": (152.0, 149.0, 288.0, 179.0), "communications": (346.0, 149.0, 439.0, 179.0),
        "specifications": (152.0, 271.0, 334.0, 299.0), "perceptions": (152.0, 349.0, 334.0, 377.0),
    }  # fmt: skip
    arrows: tuple[tuple[Point, ...], ...] = (
        ((220, 149), (220, 109)),
        ((362, 149), (362, 95), (334, 95)),
    )
    rail: tuple[Point, ...] = ((152, 15), (18, 15), (18, 363), (152, 363))
    marks = {
        1: Mark(rail, (18, 225), (40, 225), 118),
        2: Mark(((220, 299), (220, 349)), (220, 324), (244, 324), 192),
        3: Mark(((220, 179), (220, 271)), (220, 240), (244, 243), 192),
        4: Mark(((288, 164), (346, 164)), (317, 164), (439, 194), 205, "end"),
        5: Mark(((220, 29), (220, 81)), (220, 55), (244, 55), 192),
    }
    return Plan(440.0, 380.0, boxes, arrows, marks, 129.0, 16.0, 11.0, 10.0, leading=12.5)
