"""Reading what people typed: each answer strictly, each slip told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from fivegaps.web.shared.text import has_unseen_signs, tidy, tidy_lines

ALL_POINTS = 100


@dataclass(frozen=True, slots=True)
class Refusal:
    """One field that cannot be taken. ``mendable`` ones are a person's slip, told on the page."""

    field: str
    code: str
    message: str
    mendable: bool = False


def whole_number(text: str, lowest: int, highest: int, field: str, refusals: list[Refusal]) -> int:
    """Return a whole number within a range; what is none is refused, and its lowest returned."""
    # The length comes first: Python takes its time over a number of a million digits.
    if len(text) <= 3 and text.isascii() and text.isdigit() and lowest <= int(text) <= highest:
        return int(text)
    told = _("Only whole numbers from %(lowest)s to %(highest)s.")
    refusals.append(Refusal(field, "number", told % {"lowest": lowest, "highest": highest}))
    return lowest


def instant(text: str) -> datetime | None:
    """Return the instant that a browser wrote, in UTC; None when it makes no sense."""
    if not text or len(text) > 40:
        return None
    try:
        found = datetime.fromisoformat(text)
        # The last hours of the calendar lie outside of it in UTC.
        return found.astimezone(UTC) if found.tzinfo and 2000 <= found.year < 3000 else None
    except (ValueError, OverflowError):
        return None


def points(
    names: Sequence[str], values: Mapping[str, str], refusals: list[Refusal]
) -> dict[str, object]:
    """Return 100 points shared out over fields; nothing where no field is filled in."""
    texts = {name: values.get(name, "").strip() for name in names}
    if not any(texts.values()):
        return {}
    shares: dict[str, object] = {}
    total = 0
    for name, text in texts.items():
        share = whole_number(text or "0", 0, ALL_POINTS, name, refusals)
        shares[name] = share
        total += share
    if total != ALL_POINTS:
        told = _("The points add up to %(total)s; they must add up to 100.") % {"total": total}
        refusals.append(Refusal(names[0], "points", told, mendable=True))
    return shares


def one_text(name: str, raw: str, longest: int, refusals: list[Refusal], *, lines: bool) -> str:
    """Return a text in NFC; one that is too long, or has unseen signs, is refused."""
    text = (tidy_lines if lines else tidy)(raw) if len(raw) <= 4 * longest else raw
    if has_unseen_signs(text):
        refusals.append(Refusal(name, "unseen", _("Leave out signs that cannot be seen.")))
    elif len(text) > longest:
        words = _("Please shorten this to %(longest)s signs.") % {"longest": longest}
        refusals.append(Refusal(name, "long", words, mendable=True))
    return text
