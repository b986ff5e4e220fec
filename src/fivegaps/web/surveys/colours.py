"""Whether words in a colour can be read on white (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

FEWEST_CONTRAST = 4.5


def contrast_with_white(colour: str) -> float:
    """Return the contrast of a colour such as #15629f with white, 1 to 21."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (_linear(part) for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
