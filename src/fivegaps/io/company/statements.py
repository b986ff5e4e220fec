"""Columns of managers' and employees' questionnaires: scales, marks, statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from fivegaps.errors import Fault
from fivegaps.io.company.cell_kinds import Unusable, number_judge
from fivegaps.io.company.faults import MOST_A_COLUMN, MOST_PLACES, also_in
from fivegaps.io.company.names import Names
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.rows import Floats, Marks, Places
from fivegaps.io.where import close_names
from fivegaps.knowledge.constructs import constructs
from fivegaps.model.company.constructs import Construct, Voice

LOW, HIGH = 1.0, 7.0
_NONE = "none"
_STATEMENT = re.compile(r"a_(?P<construct>.+)_(?P<number>[0-9]{1,3})(?P<turned>r?)")


def scale_columns(reading: Reading, letter: str, names: Sequence[str]) -> Floats:
    """Return answers 1 to 7 (n, k) of the columns ``<letter>_<name>``."""
    return stacked(reading, [reading.numbers(f"{letter}_{name}", LOW, HIGH) for name in names])


def marked_columns(reading: Reading, letter: str, names: Sequence[str]) -> tuple[Floats, Marks]:
    """Return answers 1 to 7 (n, k), NaN where the mark "none" stands, and the marks (n, k)."""
    on_scale = number_judge(LOW, HIGH)

    def judge(text: str) -> float | Unusable:
        if text.casefold() == _NONE:
            return np.inf
        said = on_scale(text)
        if isinstance(said, Unusable):
            return Unusable(said.what, "Write a point from 1 to 7, or none for no standard.")
        return said

    columns = [reading.judged_floats(f"{letter}_{name}", judge) for name in names]
    whole = stacked(reading, columns)
    marks = np.isinf(whole)
    return np.where(marks, np.nan, whole), marks


def item_columns_of(names: Names, reading: Reading, letter: str, battery: str) -> Floats:
    """Return answers about items (n, items) on the instrument's scale, reversed ones recoded."""
    instrument = names.instrument
    asked = battery if instrument.has(battery) else instrument.batteries[0].id
    scale = instrument.battery(asked)
    declared = {float(code) for code in scale.missing}
    on_scale = number_judge(scale.minimum, scale.maximum)

    def judge(text: str) -> float | Unusable:
        said = number_judge()(text)
        return np.nan if said in declared else on_scale(text)

    columns = []
    for item in instrument.items:
        found = reading.judged_floats(f"{letter}_{item.id}", judge)
        columns.append(scale.minimum + scale.maximum - found if item.reversed else found)
    return stacked(reading, columns)


def statement_columns(
    reading: Reading, voice: Voice
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return statements (n, statements), reversed ones recoded, and scores (n,) by construct.

    A score is the mean of at least half of a construct's statements.
    """
    known = {one.id: one for one in constructs(voice)}
    columns: dict[str, dict[int, Floats]] = {}
    for name in reading.names:
        if not name.startswith("a_"):
            continue
        reading.has(name)
        place = _statement(reading, name, voice, known)
        if place is None:
            continue
        construct, number, is_turned = place
        answers = reading.numbers(name, LOW, HIGH)
        if number in columns.setdefault(construct, {}):
            what = f"stands with and without r: statement {number} of {construct} is there twice."
            reading.fault(Fault(what, "Leave one of the columns.", row=1, column=name))
        columns[construct][number] = LOW + HIGH - answers if is_turned else answers
    statements: dict[str, Floats] = {}
    scores: dict[str, Floats] = {}
    for one in known.values():
        if one.id in columns:
            given = columns[one.id]
            empty = np.full(reading.rows, np.nan)
            whole = [given.get(number, empty) for number in range(1, one.statements + 1)]
            statements[one.id] = np.column_stack(whole)
            scores[one.id] = half_rule(statements[one.id], one.fewest)
    return statements, scores


def half_rule(answers: Floats, fewest: int) -> Floats:
    """Return the mean (n,) of answers (n, k) given; NaN with fewer than ``fewest``."""
    given = ~np.isnan(answers)
    counts = given.sum(axis=1)
    sums = np.where(given, answers, 0.0).sum(axis=1)
    return np.where(counts >= fewest, sums / np.maximum(counts, 1), np.nan)


def refuse_strangers(
    reading: Reading, prefixes: Sequence[tuple[str, Callable[[str], str | Unusable]]]
) -> None:
    """Note a fault for each column that begins like a question and asks about nothing known."""
    for name in reading.names:
        for prefix, judge in prefixes:
            if name.startswith(prefix):
                reading.has(name)
                said = judge(name.removeprefix(prefix))
                if isinstance(said, Unusable):
                    what = f"is no question here: {name.removeprefix(prefix)!r} {said.what}"
                    advice = "One folder holds one instrument, the one that company.toml names."
                    reading.fault(Fault(what, said.advice or advice, row=1, column=name))


def refuse_twice(
    reading: Reading,
    respondent: Places,
    wave: Places,
    waves: Sequence[str],
    *,
    spelt: Callable[[int], str],
) -> None:
    """Note a fault for each respondent (n,) who stands twice in one wave (n,).

    ``spelt`` returns the id that a respondent's code stands for.
    """
    named = np.flatnonzero((respondent >= 0) & (wave >= 0))
    keys = respondent[named].astype(np.int64) * (len(waves) + 1) + wave[named]
    distinct, counts = np.unique(keys, return_counts=True)
    twice = distinct[counts > 1]
    for key in twice[:MOST_A_COLUMN]:
        found = named[keys == key]
        rows = [reading.row_number(int(index)) for index in found[:MOST_PLACES]]
        reading.fault(
            Fault(
                f"stands twice in wave {waves[wave[found[0]]]}." + also_in(rows, len(found)),
                "A respondent answers once a wave; leave one of the rows.",
                row=rows[0],
                column="respondent",
                value=spelt(int(respondent[found[0]])),
            )
        )
    if len(twice) > MOST_A_COLUMN:
        left = len(twice) - MOST_A_COLUMN
        reading.fault(Fault(f"{left:,} more respondents stand twice.", column="respondent"))


def stacked(reading: Reading, columns: Sequence[Floats]) -> Floats:
    """Return columns (n,) side by side (n, k), also when there is none."""
    return np.column_stack(columns) if columns else np.empty((reading.rows, 0))


def _statement(
    reading: Reading, name: str, voice: Voice, known: dict[str, Construct]
) -> tuple[str, int, bool] | None:
    match = _STATEMENT.fullmatch(name)
    if match is None:
        what = "is no statement: columns are called a_<construct>_<number>."
        reading.fault(Fault(what, "Rename it.", row=1, column=name))
        return None
    construct, number = match["construct"], int(match["number"])
    if construct not in known:
        near = close_names(construct, known)
        what = f"asks {voice} about {construct!r}, which is no construct of theirs{near or '.'}"
        reading.fault(Fault(what, "Rename it, or leave it out.", row=1, column=name))
        return None
    if not 1 <= number <= known[construct].statements:
        total = known[construct].statements
        what = f"is statement {number} of {construct}, which has {total}."
        reading.fault(Fault(what, "Rename it, or leave it out.", row=1, column=name))
        return None
    return construct, number, bool(match["turned"])
