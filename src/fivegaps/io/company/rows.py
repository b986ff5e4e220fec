"""The large tables of a company, held column by column.

All arrays of one table have n entries along their first axis, one a row of the
file (for managers and employees: one a respondent and wave). ``unit``, ``wave``,
``standard`` and ``promise`` are places in ``company.units``, ``company.waves``,
``company.standards`` and ``company.promises``; −1 is not given. Numbers that are
not given are NaN, dates NaT; yes/no are 1.0, 0.0 or NaN. A file that is missing
is a table with n = 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.answers import Categories

Floats: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int32]
Dates: TypeAlias = NDArray[np.datetime64]
Marks: TypeAlias = NDArray[np.bool_]

CAUSE_SIDES = ("company", "customer", "misunderstanding", "other")
JUSTICES = ("distributive", "procedural", "interactional")
ROLES = ("contact", "support")


@dataclass(frozen=True, slots=True)
class Rows:
    """n rows; ``row`` (n,) are their rows in the file as a spreadsheet shows them."""

    row: NDArray[np.int64]

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.row)

    def chosen(self, mask: Marks) -> Self:
        """Return the table with those rows only for which ``mask`` (n,) holds."""
        kept = {field.name: _cut(getattr(self, field.name), mask) for field in fields(self)}
        return replace(self, **kept)  # type: ignore[arg-type]  # each keeps its type


@dataclass(frozen=True, slots=True)
class Voice(Rows):
    """Answers of managers or employees, one row a respondent and wave.

    ``expectation`` (n, items): what they believe customers expect, in the order
    of ``company.instrument.items``, reversed items recoded. ``statements`` maps
    a construct to (n, statements), reversed statements recoded; ``scores`` to
    (n,), the mean of at least half of its statements, 1 to 7, not turned round
    for bad constructs. A construct that was not asked is in neither.
    """

    respondent: Categories
    wave: Places
    unit: Places
    expectation: Floats
    statements: Mapping[str, Floats]
    scores: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Managers(Voice):
    """Managers' answers.

    ``level`` (n,): 1 is the top. ``weights`` (n, dimensions): 100 points.
    ``standards`` (n, dimensions): how far formal standards exist, 1 to 7;
    ``no_standard`` (n, dimensions): the mark "none" (the rating is then NaN).
    ``audit`` maps a question (``s0-07``) to (n,), ``audit_by_channel`` a
    question and channel to (n,), 7 is good; ``audit_text`` (n) holds s0-10.
    """

    level: Floats
    weights: Floats
    standards: Floats
    no_standard: Marks
    audit: Mapping[str, Floats]
    audit_by_channel: Mapping[tuple[str, str], Floats]
    audit_text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Employees(Voice):
    """Employees' answers; ``role`` is coded by :data:`ROLES`.

    ``delivery`` (n, dimensions): able to meet the standards, ``no_standard``
    the mark "none"; ``promises`` (n, dimensions): able to live up to what is
    promised; ``manager_expectation`` (n, items): what they think managers
    believe; ``problem`` and ``first_change`` (n): own words, "" when none.
    """

    role: Categories
    delivery: Floats
    no_standard: Marks
    promises: Floats
    manager_expectation: Floats
    problem: tuple[str, ...]
    first_change: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InternalService(Rows):
    """Support units as employees rate them: one row an employee and support unit.

    ``ratings`` (n, dimensions), 1 to 7; ``unit`` is the rater's own.
    """

    respondent: Categories
    wave: Places
    unit: Places
    support_unit: Categories
    ratings: Floats


@dataclass(frozen=True, slots=True)
class Observations(Rows):
    """Measurements of standards: ``value``, or ``met`` of ``n_judged`` already judged."""

    standard: Places
    unit: Places
    wave: Places
    date: Dates
    value: Floats
    met: Floats
    n_judged: Floats


@dataclass(frozen=True, slots=True)
class PromiseOutcomes(Rows):
    """How often a promise was kept: ``kept`` and ``customer_caused`` of ``n_given``."""

    promise: Places
    unit: Places
    date: Dates
    kept: Floats
    n_given: Floats
    customer_caused: Floats


@dataclass(frozen=True, slots=True)
class Cases(Rows):
    """Complaints: ``items`` (n, items) marks the items a case is about.

    ``cause_side`` is coded by :data:`CAUSE_SIDES`; ``justice`` (n, 3) is 1 to 7
    in the order of :data:`JUSTICES`.
    """

    id: Categories
    unit: Places
    channel: Categories
    opened: Dates
    closed: Dates
    items: Marks
    contacts: Floats
    handlers: Floats
    first_contact_solved: Floats
    reopened: Floats
    contradicted: Floats
    cause_side: Categories
    justice: Floats


@dataclass(frozen=True, slots=True)
class Decisions(Rows):
    """What staff decided for customers; ``overridden`` by somebody above."""

    id: Categories
    unit: Places
    date: Dates
    amount: Floats
    within_limit: Floats
    good_faith: Floats
    overridden: Floats


def _cut(value: object, mask: Marks) -> object:
    if isinstance(value, np.ndarray):
        return value[mask]
    if isinstance(value, Categories):
        return Categories(value.codes[mask], value.values)
    if isinstance(value, tuple):
        return tuple(one for one, kept in zip(value, mask, strict=True) if kept)
    if isinstance(value, Mapping):
        return {key: _cut(one, mask) for key, one in value.items()}
    raise TypeError(type(value).__name__)
