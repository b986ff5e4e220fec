"""Chart files: SVG as it is, PNG painted by vl-convert's renderer, without a browser."""

from __future__ import annotations

from fivegaps.report.charts.chart import Chart, as_file
from fivegaps.report.drawing.canvas import fonts

_SCALE = 2.0
# The renderer honours the first font of a list only, so it must be one that is there.
_PAINTED_FONTS = {"zh-hans": "Noto Sans CJK SC", "zh-hant": "Noto Sans CJK TC"}
_LATIN = "Liberation Sans"


def svg(chart: Chart) -> str:
    """Return a chart as an SVG file of its own, in light colours."""
    return as_file(chart)


def png(chart: Chart) -> bytes:
    """Return a chart as a PNG of twice the size in pixels."""
    # Heavy, and needed for --png alone.
    import vl_convert

    painted = as_file(chart).replace(
        f'font-family="{fonts(chart.lang)}"',
        f'font-family="{_PAINTED_FONTS.get(chart.lang, _LATIN)}"',
        1,
    )
    return bytes(vl_convert.svg_to_png(painted, scale=_SCALE))
