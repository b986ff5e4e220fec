"""Read what happened: observations, promises kept or not, cases, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from fivegaps.io.answers import Notice
from fivegaps.io.company.names import Names
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.rows import (
    CAUSE_SIDES,
    JUSTICES,
    Cases,
    Decisions,
    Marks,
    Observations,
    Places,
    PromiseOutcomes,
)

R = TypeVar("R", Observations, PromiseOutcomes)


def read_observations(names: Names) -> Observations:
    """Return the observations; none when there is no register of standards to judge them by."""
    reading = names.open("observations")
    _required(reading, "standard")
    value = reading.numbers("value")
    met = reading.numbers("met", 0.0, whole=True, what="a whole number: met is a count")
    given = reading.numbers("n", 0.0, whole=True, what="a whole number: n is a count")
    reading.refuse_rows(
        met > given, "met", "is more than n.", "met counts those of the n that met the standard."
    )
    reading.refuse_rows(
        ~np.isnan(met) & np.isnan(given) & (reading.column("n").spots < 0),
        "met", "stands without n.", "Fill in of how many.",
    )  # fmt: skip
    reading.refuse_rows(
        np.isnan(met) & ~np.isnan(given) & (reading.column("met").spots < 0),
        "n", "stands without met.", "Fill in how many met the standard.",
    )  # fmt: skip
    reading.refuse_rows(
        ~np.isnan(value) & ~np.isnan(met), "value", "stands beside met and n.",
        "Give one measurement, or counts that are judged already; not both.",
    )  # fmt: skip
    empty = (reading.column("value").spots < 0) & (reading.column("met").spots < 0)
    reading.refuse_rows(
        empty & (reading.column("n").spots < 0), "value",
        "is empty, and so are met and n.", "Fill in what was observed, or leave the row out.",
    )  # fmt: skip
    found = Observations(
        row=reading.row,
        standard=_register(names, reading, "standard", "standards", names.standards),
        unit=names.unit_column(reading),
        wave=names.wave_reference(reading, "wave"),
        date=reading.dates("date"),
        value=value,
        met=met,
        n_judged=given,
    )
    names.close(reading)
    return _resolved(names, "observations", "standards", found)


def read_promise_outcomes(names: Names) -> PromiseOutcomes:
    """Return how often promises were kept; none when there is no register of promises."""
    reading = names.open("promise_outcomes")
    _required(reading, "promise", "kept", "n")
    kept = reading.numbers("kept", 0.0, whole=True, what="a whole number: kept is a count")
    given = reading.numbers("n", 0.0, whole=True, what="a whole number: n is a count")
    customer = reading.numbers("customer_caused", 0.0, whole=True, what="a whole number")
    reading.refuse_rows(
        kept > given, "kept", "is more than n.", "kept counts those of the n that were kept."
    )
    reading.refuse_rows(
        (kept <= given) & (customer > given - kept), "customer_caused", "is more than n − kept.",
        "It counts those not kept whose cause lay with the customer.",
    )  # fmt: skip
    found = PromiseOutcomes(
        row=reading.row,
        promise=_register(names, reading, "promise", "promises", names.promises),
        unit=names.unit_column(reading),
        date=reading.dates("date"),
        kept=kept,
        n_given=given,
        customer_caused=customer,
    )
    names.close(reading)
    return _resolved(names, "promise_outcomes", "promises", found)


def read_cases(names: Names) -> Cases:
    """Return the complaints, from opening to closure."""
    reading = names.open("cases")
    if reading.sheet is not None:
        reading.ids("case")
    lists = reading.lists("items", names.judge_item)
    opened, closed = reading.dates("opened"), reading.dates("closed")
    reading.refuse_backwards("opened", "closed")
    justice = [reading.numbers(f"justice_{kind}", 1.0, 7.0) for kind in JUSTICES]
    found = Cases(
        row=reading.row,
        id=reading.categories("case"),
        unit=names.unit_column(reading),
        channel=reading.categories("channel"),
        opened=opened,
        closed=closed,
        items=_marked(lists, names.items),
        contacts=reading.numbers("contacts", 0.0, whole=True),
        handlers=reading.numbers("handlers", 0.0, whole=True),
        first_contact_solved=reading.flags("first_contact_solved"),
        reopened=reading.flags("reopened"),
        contradicted=reading.flags("contradicted"),
        cause_side=reading.choices("cause_side", CAUSE_SIDES),
        justice=np.column_stack(justice),
    )
    names.close(reading)
    return found


def read_decisions(names: Names) -> Decisions:
    """Return what staff decided for customers."""
    reading = names.open("decisions")
    if reading.sheet is not None:
        reading.ids("decision")
    found = Decisions(
        row=reading.row,
        id=reading.categories("decision"),
        unit=names.unit_column(reading),
        date=reading.dates("date"),
        amount=reading.numbers("amount"),
        within_limit=reading.flags("within_limit"),
        good_faith=reading.flags("good_faith"),
        overridden=reading.flags("overridden"),
    )
    names.close(reading)
    return found


def _required(reading: Reading, *columns: str) -> None:
    if reading.sheet is not None:
        reading.require(*columns)
        reading.filled(*columns)


def _register(
    names: Names, reading: Reading, column: str, file: str, known: Sequence[str]
) -> Places:
    if not names.has(file):
        reading.has(column)
        return np.full(reading.rows, -1, dtype=np.int32)
    return reading.references(column, known, kind=column, where=file)


def _resolved(names: Names, file: str, register: str, found: R) -> R:
    """Return the records; none, with a notice, when their register is not there."""
    if names.has(register) or not found.n:
        return found
    text = f"{file} names {register}, and there is no register of them: {file} is left aside"
    names.notices.append(Notice("no_register", text, about=(file, register)))
    return found.chosen(np.zeros(found.n, dtype=np.bool_))


def _marked(lists: Sequence[Sequence[str]], items: Sequence[str]) -> Marks:
    """Return (n, items): which items each list names."""
    place = {item: number for number, item in enumerate(items)}
    marks = np.zeros((len(lists), len(items)), dtype=np.bool_)
    for row, named in enumerate(lists):
        for item in named:
            marks[row, place[item]] = True
    return marks
