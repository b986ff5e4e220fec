"""From what could not be used to faults a person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fivegaps.errors import Fault
from fivegaps.io.coding import Offence

MOST_COLUMNS = 25
_MOST_VALUES = 8
_MOST_SIGNS = 60


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one column could not use, and the scale it was held against.

    ``battery`` is empty for an outcome, a Kano question or a weight; ``whole``
    tells whether fractions are refused.
    """

    column: str
    minimum: float
    maximum: float
    offences: Mapping[str, Offence]
    battery: str = ""


def faults_of(judgements: Iterable[Judgement]) -> list[Fault]:
    """Return one fault a column and kind, with the table of its values; at most 25 and a total."""
    faults: list[Fault] = []
    left_columns = left_cells = 0
    for judgement in judgements:
        by_kind: dict[str, dict[str, Offence]] = {}
        for text, offence in judgement.offences.items():
            by_kind.setdefault(offence.why, {})[text] = offence
        for why, offences in sorted(by_kind.items(), key=_first_row):
            if len(faults) < MOST_COLUMNS:
                faults.append(_fault(judgement, why, offences))
            else:
                left_columns += 1
                left_cells += sum(offence.count for offence in offences.values())
    if left_columns:
        faults.append(
            Fault(f"and {left_columns:,} more such lines, {left_cells:,} cells, are not shown.")
        )
    return faults


def _first_row(kind: tuple[str, Mapping[str, Offence]]) -> int:
    return min(offence.first for offence in kind[1].values())


def _fault(judgement: Judgement, why: str, offences: Mapping[str, Offence]) -> Fault:
    first = min(offences, key=lambda text: offences[text].first)
    scale = f"{judgement.minimum:g} to {judgement.maximum:g}"
    if why == "off":
        what = f"is off the scale {scale}."
        advice = _about_codes(judgement, offences)
    elif why == "fraction":
        what = f"is no whole number; the scale is {scale}."
        advice = "An item holds one answer, not a mean of answers."
    else:
        what = f"is text where a number from {scale} is expected."
        advice = (
            "If it means no answer, empty the cell; if it is a scale point in words, add it to"
            " the battery's anchors, or put the number before it (5 - agree)."
            if judgement.battery
            else "If it means no answer, empty the cell."
        )
    return Fault(
        f"{what} {_table(offences)}",
        advice,
        row=offences[first].first,
        column=judgement.column,
        value=_short(first),
    )


def _table(offences: Mapping[str, Offence]) -> str:
    """Return "In this column: 9 (12 times), 0 (once)."."""
    ranked = sorted(offences.items(), key=lambda pair: (-pair[1].count, pair[0]))
    shown = ", ".join(
        f"{_short(text)} ({_times(offence.count)})" for text, offence in ranked[:_MOST_VALUES]
    )
    left = ranked[_MOST_VALUES:]
    more = (
        f", and {len(left):,} other values ({_times(sum(offence.count for _, offence in left))})"
        if left
        else ""
    )
    return f"In this column: {shown}{more}."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SIGNS else text[: _MOST_SIGNS - 1] + "…"


def _about_codes(judgement: Judgement, offences: Mapping[str, Offence]) -> str:
    codes = sorted(offences, key=lambda text: -offences[text].count)[:3]
    if not judgement.battery:
        return "Correct the values, or the outcome's minimum and maximum in the instrument."
    listed = ", ".join(codes)
    return (
        f"If {' or '.join(codes)} means no answer, write missing = [{listed}] under battery"
        f" {judgement.battery!r} in the instrument; if the scale is another, set its minimum and"
        " maximum."
    )
