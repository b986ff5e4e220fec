"""Where to write the names of points so that they neither collide nor leave the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fivegaps.report.drawing.lettering import width_of


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, frame: Box) -> bool:
        """Tell whether the box lies within a frame."""
        return (
            self.left >= frame.left
            and self.right <= frame.right
            and self.top >= frame.top
            and self.bottom <= frame.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name to be written by a point; a higher ``rank`` is placed first."""

    x: float
    y: float
    text: str
    rank: float = 0.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a name is written: its baseline and anchor, and whether it needs a leader line."""

    x: float
    y: float
    anchor: str
    leader: bool = False


def _spots(label: Label, width: float, size: float, away: float) -> list[tuple[Box, str]]:
    """Return boxes to try, best first: beside, above, below, then farther out."""
    spots: list[tuple[Box, str]] = []
    half = size * 0.62
    for distance in (away, away + size * 0.9, away + size * 1.9):
        for rise in (0.0, -size * 0.75, size * 0.75, -size * 1.5, size * 1.5):
            if distance == away and abs(rise) > size:
                continue
            y = label.y + rise
            right = Box(label.x + distance, y - half, label.x + distance + width, y + half)
            left = Box(label.x - distance - width, y - half, label.x - distance, y + half)
            spots += [(right, "start"), (left, "end")]
        for y in (label.y - distance - half, label.y + distance + half):
            middle = Box(label.x - width / 2, y - half, label.x + width / 2, y + half)
            spots.append((middle, "middle"))
    return spots


def placed(
    labels: Sequence[Label],
    frame: Box,
    *,
    size: float,
    taken: Sequence[Box] = (),
    radius: float = 5.0,
) -> list[Placed | None]:
    """Return a place for each name, None where every place would collide.

    Each name is tried at about forty places around its point; a place is good
    when it stays in the frame and touches no point, no name placed before and
    none of the boxes already ``taken``.
    """
    reach = radius + 1.0
    busy = [Box(at.x - reach, at.y - reach, at.x + reach, at.y + reach) for at in labels]
    busy += taken
    result: list[Placed | None] = [None] * len(labels)
    order = sorted(range(len(labels)), key=lambda index: -labels[index].rank)
    for index in order:
        label = labels[index]
        width = width_of(label.text, size, bold=label.bold)
        own = busy[index]
        for box, anchor in _spots(label, width, size, radius + 4.0):
            if not box.inside(frame):
                continue
            if any(box.meets(other) for other in busy if other is not own):
                continue
            x = {"start": box.left, "end": box.right, "middle": (box.left + box.right) / 2}[anchor]
            gap = max(box.left - label.x, label.x - box.right, 0.0)
            drop = max(box.top - label.y, label.y - box.bottom, 0.0)
            result[index] = Placed(
                x, (box.top + box.bottom) / 2 + size * 0.35, anchor, leader=max(gap, drop) > size
            )
            busy.append(box)
            break
    return result
