"""Whether a place's results may be shown: one answer for pages, exports and calls."""

from __future__ import annotations

from fivegaps.web.dashboards.selectors import Counted, Place, is_protected
from fivegaps.web.dashboards.small_groups import FEWEST
from fivegaps.web.surveys.models import Survey


class Withheld(Exception):
    """Figures that could be traced to a person; the message tells why."""


def check(survey: Survey, place: Place, known: Counted) -> None:
    """Let the figures of a place of a customers' survey pass.

    Raises:
        Withheld: They could be traced to a person.
    """
    if is_protected(survey):
        raise Withheld("Answers of this survey are protected: the office shows what may be shown.")
    if place.group not in known.shown:
        few = known.of(place) < FEWEST
        told = f"fewer than {FEWEST} answered" if few else "others could be worked out from it"
        raise Withheld(f"The figures of this place are withheld: {told}.")
