"""What a file holds and which instrument fits it, for a person who never saw it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fivegaps.errors import Fault, FileRefused, InstrumentRefused
from fivegaps.io.answers import Notice
from fivegaps.io.draft import draft_of
from fivegaps.io.observing import Observed, observe
from fivegaps.io.open_raw import open_raw
from fivegaps.io.patterns import families
from fivegaps.io.raw import Origin, RawColumn, RawTable
from fivegaps.io.recognise import Recognised, recognise
from fivegaps.io.scales import suspected_codes
from fivegaps.io.sheets import shown
from fivegaps.io.statistical import sha256_of
from fivegaps.knowledge.binding import bind
from fivegaps.knowledge.instruments import instruments

_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class InspectedColumn:
    """One column: its kind is whole, number, label, date, text or empty.

    ``missing`` are words and codes that probably mean "no answer" with their
    counts, ``declared_missing`` what the file itself declares so; ``values`` the
    commonest values; ``distinct`` is None beyond 2,000 different ones.
    """

    name: str
    label: str
    kind: str
    given: int
    empty: int
    distinct: int | None
    minimum: float | None
    maximum: float | None
    values: Mapping[str, int]
    missing: Mapping[str, int]
    declared_missing: tuple[str, ...]
    value_labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of a shipped instrument a file has, and how much of the file it takes.

    ``found`` of the ``wanted`` columns are there; ``left`` columns that look like
    battery columns have no place in it.
    """

    instrument: str
    found: int
    wanted: int
    left: int = 0

    @property
    def score(self) -> float:
        """Share of the wanted and the left columns that were found, 0 to 1."""
        return self.found / (self.wanted + self.left) if self.wanted else 0.0


@dataclass(frozen=True, slots=True)
class Inspection:
    """What :func:`inspect` found; ``draft`` is an instrument file to edit, or empty."""

    origin: Origin
    rows: int
    columns: tuple[InspectedColumn, ...]
    fits: tuple[Fit, ...]
    assumptions: tuple[str, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]
    draft: str


def inspect(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
) -> Inspection:
    """Return what a file holds; faults of its shape are listed, not raised, where possible.

    Raises:
        FileRefused: The file cannot be read at all.
        OptionRefused: An option names what there is not.
    """
    file = Path(path)
    raw = open_raw(file, encoding=encoding, delimiter=delimiter, decimal=decimal, sheet=sheet)
    faults = list(raw.faults)
    try:
        seen = observe(raw)
    except FileRefused as refused:
        faults += refused.faults
        seen = {}
    recognised = _recognised(raw, seen, faults)
    columns = tuple(_inspected(column, seen[column.name]) for column in raw.columns if seen)
    first = next(iter(seen.values()), None)
    return Inspection(
        origin=raw.origin if raw.origin.sha256 else replace(raw.origin, sha256=sha256_of(file)),
        rows=first.given + first.empty if first else 0,
        columns=columns,
        fits=_fits(raw.names),
        assumptions=recognised.assumptions if recognised else (),
        faults=tuple(faults),
        notices=raw.notices,
        draft=draft_of(raw, seen, recognised),
    )


def _recognised(
    raw: RawTable, seen: Mapping[str, Observed], faults: list[Fault]
) -> Recognised | None:
    labels = {column.name: column.label for column in raw.columns if column.label}
    try:
        return recognise(
            raw.names,
            labels=labels,
            observed=(lambda names: {name: seen[name].numbers() for name in names})
            if seen
            else None,
        )
    except InstrumentRefused as refused:
        if "unequal" in str(refused):
            faults += refused.faults
        return None


def _inspected(column: RawColumn, seen: Observed) -> InspectedColumn:
    marks = seen.marks()
    numbers = seen.numbers()
    missing = dict(marks)
    missing |= {shown(code): numbers[code] for code in suspected_codes(numbers)}
    values = {text: count for text, count in seen.texts.items() if text not in marks}
    ranked = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_SHOWN]
    kind = kind_of(seen)
    return InspectedColumn(
        name=column.name,
        label=column.label,
        kind=kind,
        given=seen.given - sum(marks.values()),
        empty=seen.empty + sum(marks.values()),
        distinct=len(values) if seen.complete else None,
        minimum=seen.minimum if kind in {"whole", "number"} else None,
        maximum=seen.maximum if kind in {"whole", "number"} else None,
        values=dict(sorted(ranked, key=_by_value) if kind == "whole" else ranked),
        missing=missing,
        declared_missing=(
            *(
                shown(low) if low == high else f"{low:g} to {high:g}"
                for low, high in column.missing
            ),
            *column.missing_words,
        ),
        value_labels={
            shown(value) if isinstance(value, float) else str(value): label
            for value, label in column.value_labels.items()
        },
    )


def kind_of(seen: Observed) -> str:
    """Return whole, number, label (a number with words), date, text or empty."""
    marks = sum(seen.marks().values())
    given = seen.given - marks
    if given <= 0:
        return "empty"
    if seen.numeric >= 0.95 * given:
        return "whole" if seen.whole == seen.numeric else "number"
    if seen.dates >= 0.95 * given:
        return "date"
    labelled = sum(seen.numbers().values())
    return "label" if seen.complete and labelled >= 0.95 * given else "text"


def _by_value(pair: tuple[str, int]) -> tuple[float, str]:
    try:
        return float(pair[0]), ""
    except ValueError:
        return float("inf"), pair[0]


def _fits(names: Sequence[str]) -> tuple[Fit, ...]:
    present = frozenset(names)
    told = max(families(names, {}), key=lambda family: family.size, default=None)
    alike = {name for own in told.columns.values() for name in own.values()} if told else set()
    fits = []
    for known in instruments():
        wanted = [column for item in bind(known, names).items for column in item.columns.values()]
        found = sum(column in present for column in wanted)
        if found:
            fits.append(Fit(known.id, found, len(wanted), len(alike.difference(wanted))))
    return tuple(sorted(fits, key=lambda fit: (-fit.score, -fit.wanted)))
