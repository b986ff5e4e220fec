"""From the first rows of a table to its columns: names, labels, first row of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fivegaps.errors import Fault
from fivegaps.io.answers import Notice
from fivegaps.io.cells import is_missing_word, plain_number, tidy
from fivegaps.io.raw import RawColumn

_IMPORT_ID = '{"ImportId"'
_FEWEST_LABELLED = 3


@dataclass(frozen=True, slots=True)
class Header:
    """``rows`` header rows give these columns; ``faults`` is what is wrong with them."""

    columns: tuple[RawColumn, ...]
    rows: int
    faults: tuple[Fault, ...] = ()
    notices: tuple[Notice, ...] = ()


def header(
    first_rows: Sequence[Sequence[str]], *, expected: frozenset[str] = frozenset()
) -> Header:
    """Return the header that the first rows (about 50, texts) of a table amount to.

    Knows Qualtrics' second row (wordings) and third row (``{"ImportId": …}``).
    ``expected`` are names that an instrument asks for: a first row with one of
    them is a header whatever it looks like.
    """
    names = [tidy(cell) for cell in first_rows[0]]
    depth, labels = _depth(first_rows)
    faults = _not_a_header(names, expected) or twice(names)
    columns = []
    taken: Counter[str] = Counter()
    for place, name in enumerate(names):
        shown = name or f"column {place + 1}"
        taken[shown] += 1
        if taken[shown] > 1:
            shown = f"{shown} ({taken[shown]})"
        label = tidy(labels[place]) if place < len(labels) else ""
        columns.append(RawColumn(shown, "" if label == name else label))
    notices: tuple[Notice, ...] = ()
    if depth > 1:
        notices = (
            Notice(
                "header_rows",
                f"the first {depth} rows were read as header: names, then wordings"
                + (
                    " and import ids, as Qualtrics exports them"
                    if _has_import_ids(first_rows)
                    else ""
                ),
                values={"rows": float(depth)},
            ),
        )
    return Header(tuple(columns), depth, tuple(faults), notices)


def _depth(rows: Sequence[Sequence[str]]) -> tuple[int, Sequence[str]]:
    """Return the number of header rows and the row of wordings, if any."""
    if len(rows) > 2 and _is_import_row(rows[2]):
        return 3, rows[1]
    if len(rows) > 1 and _is_import_row(rows[1]):
        return 2, ()
    if len(rows) > 2 and _is_wording_row(rows[1], rows[2:]):
        return 2, rows[1]
    return 1, ()


def _has_import_ids(rows: Sequence[Sequence[str]]) -> bool:
    return any(_is_import_row(row) for row in rows[1:3])


def _is_import_row(row: Sequence[str]) -> bool:
    marked = sum(cell.strip().startswith(_IMPORT_ID) for cell in row)
    return marked > 0 and marked * 2 >= len(row)


def _is_wording_row(row: Sequence[str], answers: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row holds wordings: different text in every column that is numeric below.

    One text among numbers is a faulty answer; text above all numbers is a header.
    """
    texts = []
    for place, cell in enumerate(row):
        below = [answer[place] for answer in answers if place < len(answer)]
        given = [value for value in below if not is_missing_word(value)]
        if not given or any(plain_number(value) is None for value in given):
            continue
        if is_missing_word(cell) or cell.strip()[:1].isdigit():
            return False
        texts.append(tidy(cell))
    return len(texts) >= _FEWEST_LABELLED and len(set(texts)) == len(texts)


def _not_a_header(names: Sequence[str], expected: frozenset[str]) -> list[Fault]:
    given = [name for name in names if name]
    if expected.intersection(given):
        return []
    numeric = [name for name in given if plain_number(name) is not None]
    # Columns may be called 1, 2, 3, … when nobody asks for other names; a row of
    # answers repeats itself or jumps.
    counted = [float(number) for number in range(1, len(numeric) + 1)]
    is_counted = not expected and [plain_number(name) for name in numeric] == counted
    if given and len(numeric) * 2 > len(given) and not is_counted:
        return [
            Fault(
                "has no header: the first row holds answers.",
                "Put a row with the names of the columns above them.",
                row=1,
                value=", ".join(names[:6]),
            )
        ]
    return []


def twice(names: Sequence[str]) -> list[Fault]:
    """Return a fault for each name that stands more than once."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names, start=1):
        if name:
            places.setdefault(name, []).append(place)
    return [
        Fault(
            f"stands in the header {len(found)} times (columns {', '.join(map(str, found[:8]))}).",
            "Give each column a name of its own.",
            row=1,
            column=name,
        )
        for name, found in places.items()
        if len(found) > 1
    ]
