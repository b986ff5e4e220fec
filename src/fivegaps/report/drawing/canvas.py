"""A canvas that remembers shapes and writes them as SVG, for a page or for a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from fivegaps.report.drawing.palette import LIGHT

FONTS: dict[str, str] = {
    "zh-hans": "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif",
    "zh-hant": "'Noto Sans CJK TC','Noto Sans TC','PingFang TC','Microsoft JhengHei',sans-serif",
}
LATIN = "Inter,'Segoe UI','Helvetica Neue',Arial,'Liberation Sans','Noto Sans',sans-serif"

Point = tuple[float, float]


def fonts(lang: str) -> str:
    """Return the font list for a language, as CSS and SVG take it."""
    return FONTS.get(lang, LATIN)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class _Shape:
    tag: str
    geometry: str
    fill: str | None = None
    stroke: str | None = None
    content: str | None = None

    def svg(self, *, on_page: bool) -> str:
        if on_page:
            names = [f"f-{self.fill}"] if self.fill else []
            names += [f"s-{self.stroke}"] if self.stroke else []
            colour = f' class="{" ".join(names)}"' if names else ""
        else:
            colour = f' fill="{LIGHT[self.fill]}"' if self.fill else ""
            colour += f' stroke="{LIGHT[self.stroke]}"' if self.stroke else ""
        if not self.fill and self.tag != "line":
            colour += ' fill="none"'
        body = f"<{self.tag} {self.geometry}{colour}"
        return body + ("/>" if self.content is None else f">{escape(self.content)}</{self.tag}>")


@dataclass(slots=True)
class Canvas:
    """A picture of a given width; colours are parts of the palette, sizes are pixels."""

    width: float
    height: float = 0.0
    _shapes: list[_Shape] = field(default_factory=list)

    def line(
        self, start: Point, end: Point, *, stroke: str, width: float = 1.0, dash: str = ""
    ) -> None:
        """Draw a straight line."""
        ends = "".join(
            f'{name}="{_number(value)}" '
            for name, value in zip(("x1", "y1", "x2", "y2"), (*start, *end), strict=True)
        )
        more = f' stroke-dasharray="{dash}"' if dash else ""
        self._shapes.append(
            _Shape("line", f'{ends}stroke-width="{_number(width)}"{more}', stroke=stroke)
        )

    def bar(self, start: Point, end: Point, *, fill: str, thick: float) -> None:
        """Draw a horizontal bar with round ends, centred on the line between two points."""
        self.box(
            (start[0], start[1] - thick / 2), (end[0], end[1] + thick / 2), fill=fill, round_by=99
        )

    def box(
        self,
        corner: Point,
        opposite: Point,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        round_by: float = 0.0,
    ) -> None:
        """Draw a rectangle between two corners."""
        left, right = sorted((corner[0], opposite[0]))
        top, bottom = sorted((corner[1], opposite[1]))
        radius = min(round_by, (bottom - top) / 2, max((right - left) / 2, 0.0))
        curve = f' rx="{_number(radius)}"' if radius else ""
        place = f'x="{_number(left)}" y="{_number(top)}"'
        size = f'width="{_number(right - left)}" height="{_number(bottom - top)}"'
        self._shapes.append(_Shape("rect", f"{place} {size}{curve}", fill=fill, stroke=stroke))

    def disc(
        self,
        centre: Point,
        radius: float,
        *,
        fill: str,
        stroke: str | None = None,
        width: float = 2,
    ) -> None:
        """Draw a circle."""
        place = f'cx="{_number(centre[0])}" cy="{_number(centre[1])}" r="{_number(radius)}"'
        edge = f' stroke-width="{_number(width)}"' if stroke else ""
        self._shapes.append(_Shape("circle", place + edge, fill=fill, stroke=stroke))

    def polygon(self, points: Sequence[Point], *, fill: str) -> None:
        """Draw a filled shape through the points."""
        listed = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._shapes.append(_Shape("polygon", f'points="{listed}"', fill=fill))

    def trace(
        self, points: Sequence[Point], *, stroke: str, width: float = 2.0, dash: str = ""
    ) -> None:
        """Draw a line through the points."""
        listed = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        more = f' stroke-dasharray="{dash}"' if dash else ""
        form = f'points="{listed}" stroke-width="{_number(width)}" stroke-linejoin="round"{more}'
        self._shapes.append(_Shape("polyline", form, stroke=stroke))

    def mark(self, centre: Point, kind: str, *, radius: float = 5.5) -> None:
        """Draw the mark of a finding: trouble ▼, strength ▲, anything else a disc."""
        x, y = centre
        reach = radius * 1.15
        if kind == "trouble":
            shape = [(x - reach, y - radius * 0.8), (x + reach, y - radius * 0.8), (x, y + reach)]
            self.polygon(shape, fill="trouble")
        elif kind == "strength":
            shape = [(x - reach, y + radius * 0.8), (x + reach, y + radius * 0.8), (x, y - reach)]
            self.polygon(shape, fill="strength")
        else:
            self.disc(centre, radius, fill=kind)

    def text(
        self,
        at: Point,
        content: str,
        *,
        size: float = 13.0,
        fill: str = "ink",
        anchor: str = "start",
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """Write a line of text; ``at`` is its baseline, ``anchor`` start, middle or end.

        A ``halo`` in the colour of the paper keeps the letters readable on lines.
        """
        place = f'x="{_number(at[0])}" y="{_number(at[1])}" font-size="{_number(size)}"'
        if anchor != "start":
            place += f' text-anchor="{anchor}"'
        if bold:
            place += ' font-weight="600"'
        if halo:
            place += ' stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        stroke = "paper" if halo else None
        self._shapes.append(_Shape("text", place, fill=fill, stroke=stroke, content=content))

    def lines(
        self,
        at: Point,
        content: Sequence[str],
        *,
        size: float = 13.0,
        fill: str = "ink",
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Write several lines, centred on the middle of the first line's letters at ``at``."""
        leading = size * 1.25
        first = at[1] + size * 0.36 - leading * (len(content) - 1) / 2
        for index, line in enumerate(content):
            place = (at[0], first + index * leading)
            self.text(place, line, size=size, fill=fill, anchor=anchor, bold=bold)

    def body(self, *, on_page: bool) -> str:
        """Return the shapes as SVG, without the outer element."""
        return "".join(shape.svg(on_page=on_page) for shape in self._shapes)
