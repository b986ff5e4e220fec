"""Hours of a day as people write them: 9-12, 13:00–17:30."""

from __future__ import annotations

import re

from fivegaps.model.hours import Span, Spans, in_order

_TIME = r"(\d{1,2})(?:[:.：h](\d{2}))?h?"
_STRETCH = re.compile(rf"\s*{_TIME}\s*[-–—~～]\s*{_TIME}\s*", re.ASCII)
_PAUSE = re.compile(r"[,;，、；/]|\s+(?=\d)")


class NoHours(ValueError):
    """A text that tells no hours of a day."""


def hours_in(text: str) -> Spans:
    """Return the open stretches that a text tells; none when it is empty.

    Raises:
        NoHours: It tells something else, or stretches that are none.
    """
    tight = re.sub(r"\s*([-–—~～])\s*", r"\1", text.strip())
    found = []
    for part in filter(None, _PAUSE.split(tight)):
        match = _STRETCH.fullmatch(part)
        if match is None:
            raise NoHours(text)
        opens, closes = _minute(match[1], match[2]), _minute(match[3], match[4])
        try:
            found.append(Span(opens, closes or 1440))
        except ValueError:
            raise NoHours(text) from None
    return in_order(found)


def told(spans: Spans) -> str:
    """Return stretches as a page and the form show them; empty when closed."""
    return ", ".join(str(span) for span in spans)


def _minute(hour: str, minute: str | None) -> int:
    if int(minute or 0) > 59:
        raise NoHours(minute)
    return int(hour) * 60 + int(minute or 0)
