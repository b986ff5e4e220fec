"""Read the answers of managers and employees."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from fivegaps.errors import Fault
from fivegaps.io.answers import Categories
from fivegaps.io.company.names import Names
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.rows import (
    ROLES,
    Employees,
    Floats,
    InternalService,
    Managers,
    Marks,
)
from fivegaps.io.company.statements import (
    HIGH,
    LOW,
    item_columns_of,
    marked_columns,
    refuse_strangers,
    refuse_twice,
    scale_columns,
    stacked,
    statement_columns,
)
from fivegaps.io.where import close_names

QUESTIONS = tuple(f"s0-{number:02d}" for number in range(7, 28))
OPEN_QUESTION = "s0-10"
_AUDIT = re.compile(r"x_(?P<question>[^@]+)(?:@(?P<channel>.+))?")


def read_managers(names: Names) -> Managers:
    """Return the managers' answers."""
    reading = names.open("managers")
    if reading.sheet is not None:
        reading.require("respondent")
    respondent = reading.categories("respondent")
    wave = names.wave_column(reading) if reading.sheet else np.empty(0, dtype=np.int32)
    refuse_twice(reading, respondent.codes, wave, names.waves, spelt=respondent.values.__getitem__)
    refuse_strangers(
        reading,
        [("e_", names.judge_item), ("w_", names.judge_dimension), ("s_", names.judge_dimension)],
    )
    standards, no_standard = marked_columns(reading, "s", names.dimensions)
    statements, scores = statement_columns(reading, "managers")
    audit, by_channel, text = _audit(reading)
    found = Managers(
        row=reading.row,
        respondent=respondent,
        wave=wave,
        unit=names.unit_column(reading),
        level=reading.numbers("level", 1.0, whole=True),
        expectation=item_columns_of(names, reading, "e", "expectation"),
        weights=_weights(names, reading),
        standards=standards,
        no_standard=no_standard,
        statements=statements,
        scores=scores,
        audit=audit,
        audit_by_channel=by_channel,
        audit_text=text,
    )
    names.close(reading)
    return found


def read_employees(names: Names) -> tuple[Employees, InternalService]:
    """Return the employees' answers, and the support units as they rate them.

    A respondent has one row a wave; further rows name further support units and
    hold nothing else.
    """
    reading = names.open("employees")
    if reading.sheet is not None:
        reading.require("respondent")
    respondent = reading.categories("respondent")
    wave = names.wave_column(reading) if reading.sheet else np.empty(0, dtype=np.int32)
    refuse_strangers(
        reading,
        [
            ("e_", names.judge_item),
            ("m_", names.judge_item),
            ("d_", names.judge_dimension),
            ("c_", names.judge_dimension),
            ("i_", names.judge_dimension),
        ],
    )
    unit = names.unit_column(reading)
    delivery, no_standard = marked_columns(reading, "d", names.dimensions)
    statements, scores = statement_columns(reading, "employees")
    answers = Employees(
        row=reading.row,
        respondent=respondent,
        wave=wave,
        unit=unit,
        role=reading.choices("role", ROLES),
        expectation=item_columns_of(names, reading, "e", "expectation"),
        manager_expectation=item_columns_of(names, reading, "m", "expectation"),
        delivery=delivery,
        no_standard=no_standard,
        promises=scale_columns(reading, "c", names.dimensions),
        statements=statements,
        scores=scores,
        problem=tuple(reading.texts("problem")),
        first_change=tuple(reading.texts("first_change")),
    )
    ratings = scale_columns(reading, "i", names.dimensions)
    support = reading.categories("support_unit")
    rows = _SupportRows.of(answers, support, ratings)
    _check_support(reading, rows, names.waves)
    rated = rows.rates
    internal = InternalService(
        row=reading.row[rated],
        respondent=Categories(respondent.codes[rated], respondent.values),
        wave=wave[rated],
        unit=unit[rows.main][rated],
        support_unit=Categories(support.codes[rated], support.values),
        ratings=ratings[rated],
    )
    names.close(reading)
    return answers.chosen(~rows.further), internal


@dataclass(frozen=True, slots=True)
class _SupportRows:
    """Which of n rows rate a support unit, which are further rows, and whose they are.

    ``main`` (n,) is the place of the respondent's own row: the first in the wave
    that holds anything beside support units, or else the first.
    """

    key: np.typing.NDArray[np.int64]
    support: Categories
    rates: Marks
    further: Marks
    main: np.typing.NDArray[np.int64]

    @classmethod
    def of(cls, answers: Employees, support: Categories, ratings: Floats) -> _SupportRows:
        named = answers.respondent.codes >= 0
        own = np.arange(answers.n, dtype=np.int64)
        key = np.where(
            named,
            answers.respondent.codes.astype(np.int64) * 100_000 + answers.wave,
            -1 - own,
        )
        says = _says_something(answers)
        main: dict[int, int] = {}
        for place in (*np.flatnonzero(says), *np.flatnonzero(~says)):
            main.setdefault(int(key[place]), int(place))
        mains = np.array([main[int(one)] for one in key], dtype=np.int64)
        rates = (support.codes >= 0) | ~np.isnan(ratings).all(axis=1) if answers.n else own < 0
        further = (mains != own) & ~says & (support.codes >= 0)
        return cls(key, support, rates, further, mains)


def _says_something(answers: Employees) -> Marks:
    """Return which rows (n,) hold an answer beside unit, role and support units."""
    blocks = [
        answers.expectation, answers.manager_expectation, answers.delivery, answers.promises,
        *answers.statements.values(),
    ]  # fmt: skip
    says = answers.no_standard.any(axis=1)
    for block in blocks:
        says = says | ~np.isnan(block).all(axis=1)
    words = [
        bool(one or other) for one, other in zip(answers.problem, answers.first_change, strict=True)
    ]
    return np.asarray(says | np.array(words, dtype=np.bool_))


def _check_support(reading: Reading, rows: _SupportRows, waves: tuple[str, ...]) -> None:
    own = np.arange(len(rows.key))
    respondent = reading.categories("respondent")
    own_rows = np.where(rows.further, -1, respondent.codes).astype(np.int32)
    wave = np.where(rows.key < 0, -1, rows.key % 100_000).astype(np.int32)
    refuse_twice(reading, own_rows, wave, waves, spelt=respondent.values.__getitem__)
    named = (rows.support.codes >= 0) & (rows.key >= 0)
    pairs = rows.key * (len(rows.support.values) + 1) + rows.support.codes
    seen: set[int] = set()
    twice = np.zeros(len(own), dtype=np.bool_)
    for place in np.flatnonzero(named):
        twice[place] = int(pairs[place]) in seen
        seen.add(int(pairs[place]))
    reading.refuse_rows(
        twice & rows.further,
        "support_unit",
        "is rated twice by this respondent in this wave.",
        "Leave one of the rows.",
    )
    reading.refuse_rows(
        rows.rates & (rows.support.codes < 0),
        "support_unit",
        "is empty, and a support unit is rated.",
        "Name the support unit.",
    )


def _weights(names: Names, reading: Reading) -> Floats:
    columns = [reading.numbers(f"w_{name}", 0.0, 100.0) for name in names.dimensions]
    return stacked(reading, columns)


def _audit(
    reading: Reading,
) -> tuple[dict[str, Floats], dict[tuple[str, str], Floats], tuple[str, ...]]:
    """Return the self-audit by question, by question and channel, and the open answer (n)."""
    whole: dict[str, Floats] = {}
    by_channel: dict[tuple[str, str], Floats] = {}
    text = [""] * reading.rows
    for name in reading.names:
        match = _AUDIT.fullmatch(name)
        if match is None:
            continue
        question, channel = match["question"], match["channel"]
        reading.has(name)
        if question not in QUESTIONS:
            near = close_names(question, QUESTIONS)
            what = f"is no question of the self-audit{near or '.'}"
            advice = f"They are called x_{QUESTIONS[0]} to x_{QUESTIONS[-1]}."
            reading.fault(Fault(what, advice, row=1, column=name))
        elif question == OPEN_QUESTION:
            text = [
                " ".join(filter(None, parts))
                for parts in zip(text, reading.texts(name), strict=True)
            ]
        elif channel:
            by_channel[question, channel] = reading.numbers(name, LOW, HIGH)
        else:
            whole[question] = reading.numbers(name, LOW, HIGH)
    return whole, by_channel, tuple(text)
