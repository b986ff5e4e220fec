"""Who is asked what: show-if rules and items drawn by lot, decided on the server."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fivegaps.io.answers import item_columns
from fivegaps.model.instrument import Instrument
from fivegaps.web.surveys.own_questions import Condition, Extras, OwnQuestion, Sampling


def drawn(items: Sequence[str], sampling: Sampling, submission_id: UUID) -> frozenset[str]:
    """Return the ids of the items that one form asks: the same whenever it is opened again.

    Args:
        items: Ids of all items.
        sampling: Which are asked of everybody, and how many of the rest.
        submission_id: The form; it is what the lot depends on.
    """
    rest = [item for item in items if item not in sampling.linking]
    by_lot = sorted(rest, key=lambda item: _lot(submission_id, item))
    return frozenset(sampling.linking) & set(items) | set(by_lot[: sampling.k])


def _lot(submission_id: UUID, item: str) -> bytes:
    return hashlib.sha256(submission_id.bytes + item.encode()).digest()


def error_factor(m: int, k: int) -> float:
    """Return by how much the standard errors of m items grow when each is asked of k/m.

    Each item is then answered by n·k/m of n people, and a standard error goes with 1/√n.
    """
    return 1.0 if k >= m else math.sqrt(m / k)


@dataclass(frozen=True, slots=True)
class Asked:
    """The order of a form's columns and what decides whether each is asked."""

    order: tuple[str, ...]
    rules: Mapping[str, Condition]
    items: Mapping[str, str]
    sampling: Sampling | None
    multiple: frozenset[str]

    def hidden(self, values: Mapping[str, str], submission_id: UUID | None) -> frozenset[str]:
        """Return the columns that are not asked of whoever gave these answers.

        Args:
            values: Field to text.
            submission_id: The form; None where all items are asked, as on paper.
        """
        found: set[str] = set()
        if self.sampling is not None and submission_id is not None:
            ids = list(dict.fromkeys(self.items.values()))
            chosen = drawn(ids, self.sampling, submission_id)
            found = {column for column, item in self.items.items() if item not in chosen}
        for column in self.order:
            rule = self.rules.get(column)
            if rule is not None and not self._holds(rule, values, found):
                found.add(column)
        return frozenset(found)

    def _holds(self, rule: Condition, values: Mapping[str, str], hidden: set[str]) -> bool:
        if rule.field in hidden:
            return False
        if rule.field in self.multiple:
            begin = f"{rule.field}_"
            ticked = {name for name, text in values.items() if name.startswith(begin) and text}
            return bool(ticked) and (begin + rule.value in ticked) == (rule.test == "is")
        return passes(rule.test, values.get(rule.field, ""), rule.value)


def passes(test: str, given: str, value: str) -> bool:
    """Return whether an answer passes a test; no answer passes none."""
    if given in {"", "none"}:
        return False
    if test in {"is", "not"}:
        return (given == value) == (test == "is")
    number, bound = as_number(given), as_number(value)
    if number is None or bound is None:
        return False
    return number >= bound if test == "least" else number <= bound


def as_number(text: str) -> float | None:
    """Return a number that is written in plain digits, None for anything else."""
    whole, dot, part = text.removeprefix("-").partition(".")
    plain = text.isascii() and whole.isdigit() and len(text) <= 16
    return float(text) if plain and (not dot or part.isdigit()) else None


def targets_of(instrument: Instrument, own: Sequence[OwnQuestion]) -> dict[str, tuple[str, ...]]:
    """Return what a rule may hide: its id, and its columns."""
    found: dict[str, tuple[str, ...]] = {}
    for item in instrument.items:
        found[f"item.{item.id}"] = tuple(item.columns.values())
    for outcome in instrument.outcomes:
        found[f"outcome.{outcome.id}"] = outcome.columns
    return found | {f"own.{one.id}": (one.column,) for one in own}


def order_of(instrument: Instrument, own: Sequence[OwnQuestion]) -> tuple[str, ...]:
    """Return every column in the order in which it is asked."""
    outcomes = [column for one in instrument.outcomes for column in one.columns]
    items = (one.name for one in item_columns(instrument))
    return (*items, *outcomes, *(one.column for one in own))


def asked_of(instrument: Instrument, extras: Extras) -> Asked:
    """Return what decides on each column; rules about what is gone are left out."""
    order = order_of(instrument, extras.own)
    place = {column: number for number, column in enumerate(order)}
    rules = {
        column: extras.rules[target]
        for target, columns in targets_of(instrument, extras.own).items()
        if target in extras.rules
        for column in columns
        if place.get(extras.rules[target].field, len(order)) < place[column]
    }
    items = {column: item.id for item in instrument.items for column in item.columns.values()}
    many = frozenset(one.column for one in extras.own if one.kind == "multiple")
    return Asked(order, rules, items, extras.sampling, many)
