"""Tables of what a soak of companies found, and whether it keeps the promises made."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from companies import CLAIMED_SIZE, NOTHING_PLANTED, Found
from scipy.stats import binom

from fivegaps.simulation.company.planted import plantable
from fivegaps.stats.intervals import wilson

# Chance of any false alarm, over all bounds of a run together.
FAMILY = 0.001
LEVEL = 0.95
FIRST_OR_SECOND, NOTHING_CLAIMED, BETTER, IDLE_BETTER = 0.8, 0.9, 0.8, 0.05
VERDICTS = ("better", "equivalent", "worse", "cannot_tell")
Rows = Sequence[Found]


def broken(found: Rows) -> list[str]:
    """Return the promises that a run refutes: counts beyond what chance allows.

    Every bound is binomial; the family of all of them is kept at 99.9 %.
    """
    covered = _by_figure(found)
    alarm = FAMILY / (len(covered) + 8)
    told = []
    for name, (held, n) in covered.items():
        low, high = binom.ppf(alarm / 2, n, LEVEL), binom.isf(alarm / 2, n, LEVEL)
        if not low <= held <= high:
            told.append(f"{name}: {held} of {n} intervals hold the truth, not {LEVEL:.0%}")
    for what, least, rows, holds in _promises(found):
        count = sum(map(holds, rows))
        if count < binom.ppf(alarm, len(rows), least):
            told.append(f"{what}: {count} of {len(rows)}, less than {least:.0%}")
    return told


def tables(found: Rows) -> Iterator[str]:
    """Yield the page's lines: what was run, and every table."""
    yield f"{len(found):,} companies were simulated for these tables."
    yield ""
    yield from _promised(found)
    yield from _ranks(found)
    yield from _false_claims(found)
    yield from _coverage(found)
    yield from _verdicts(found)
    yield from _causes(found)


def _promises(found: Rows) -> Iterator[tuple[str, float, list[Found], Callable[[Found], bool]]]:
    claimed = [one for one in _planted(found) if _size(one) == CLAIMED_SIZE]
    yield (
        "planted cause first or second (1 SD, 20 units, 160 staff)",
        FIRST_OR_SECOND,
        claimed,
        lambda one: one.rank <= 2,
    )
    for kind in NOTHING_PLANTED:
        yield (
            f"nothing claimed ({NAMES[kind]})",
            NOTHING_CLAIMED,
            [one for one in found if one.kind == kind],
            lambda one: not one.others,
        )
    actions = [one for one in found if one.kind == "actions"]
    yield (
        "action of half an SD called better (10 units an arm)",
        BETTER,
        actions,
        lambda one: one.verdicts["action-1"] == "better",
    )
    yield (
        "idle action not called better",
        1 - IDLE_BETTER,
        actions,
        lambda one: one.verdicts["action-2"] != "better",
    )


NAMES = {
    "null": "nothing planted",
    "gap": "a gap opened without cause",
    "sour": "sour staff",
    "kind": "kind staff",
}


def _promised(found: Rows) -> Iterator[str]:
    yield "### What must hold"
    yield ""
    yield "| what | promised | found | n | 95 % interval |"
    yield "|---|---|---|---|---|"
    for what, least, rows, holds in _promises(found):
        yield f"| {what} | ≥ {least:.0%} | {_share(rows, holds)} |"
    yield ""


def _ranks(found: Rows) -> Iterator[str]:
    yield "### Planted causes: rank and claim"
    yield ""
    yield "| effect | units | staff | first | first or second | claimed | others claimed | n |"
    yield "|---|---|---|---|---|---|---|---|"
    sizes = sorted({_size(one) for one in _planted(found)})
    for size in sizes:
        rows = [one for one in _planted(found) if _size(one) == size]
        cells = (
            _percent(rows, lambda one: one.rank == 1),
            _percent(rows, lambda one: one.rank <= 2),
            _percent(rows, lambda one: one.claimed),
            _percent(rows, lambda one: bool(one.others)),
        )
        effect, units, staff = size
        yield f"| {effect} SD | {units} | {units * staff} | {' | '.join(cells)} | {len(rows)} |"
    yield ""


def _false_claims(found: Rows) -> Iterator[str]:
    yield "### Companies without a planted cause: how often any cause is claimed"
    yield ""
    yield "| kind | units | claimed | n | 95 % interval |"
    yield "|---|---|---|---|---|"
    for kind in NOTHING_PLANTED:
        for units in sorted({one.units for one in found if one.kind == kind}):
            rows = [one for one in found if one.kind == kind and one.units == units]
            yield f"| {NAMES[kind]} | {units} | {_share(rows, lambda one: bool(one.others))} |"
    yield ""


def _coverage(found: Rows) -> Iterator[str]:
    covered = _by_figure(found)
    yield "### Intervals of 95 % that hold the truth"
    yield ""
    yield "| gap | overall | tangibles | reliability | responsiveness | assurance | empathy | n |"
    yield "|---|---|---|---|---|---|---|---|"
    names = ("overall", "tangibles", "reliability", "responsiveness", "assurance", "empathy")
    for gap in range(1, 6):
        pairs = [covered[f"gap{gap}.{name}"] for name in names if f"gap{gap}.{name}" in covered]
        if pairs:
            shares = " | ".join(f"{held / n:.1%}" for held, n in pairs)
            yield f"| {gap} | {shares} | {pairs[0][1]} |"
    if covered:
        n = max(of for _, of in covered.values())
        alarm = FAMILY / (len(covered) + 8)
        ends = (binom.ppf(alarm / 2, n, LEVEL) / n, binom.isf(alarm / 2, n, LEVEL) / n)
        yield ""
        yield f"Bounds at 99.9 % for the family, n = {n}: {ends[0]:.1%} to {ends[1]:.1%}."
    yield ""


def _verdicts(found: Rows) -> Iterator[str]:
    rows = [one for one in found if one.kind == "actions"]
    yield "### Verdicts on actions (10 units an arm, 30 customers a unit and wave)"
    yield ""
    yield "| action | better | equivalent | worse | cannot tell | n |"
    yield "|---|---|---|---|---|---|"
    for action, what in (("action-1", "raises by half an SD"), ("action-2", "does nothing")):
        told = Counter(one.verdicts[action] for one in rows)
        cells = [f"{told[said] / max(len(rows), 1):.0%}" for said in VERDICTS]
        yield f"| {what} | {' | '.join(cells)} | {len(rows)} |"
    yield ""


def _causes(found: Rows) -> Iterator[str]:
    yield "### Each cause at 1 SD and 20 units or more"
    yield ""
    yield "| cause | first or second | claimed | n |"
    yield "|---|---|---|---|"
    for cause in plantable():
        rows = [
            one
            for one in _planted(found)
            if one.cause == cause and one.effect == 1.0 and one.units >= CLAIMED_SIZE[1]
        ]
        if rows:
            second = sum(one.rank <= 2 for one in rows)
            yield f"| {cause} | {second} | {sum(one.claimed for one in rows)} | {len(rows)} |"
    yield ""


def _planted(found: Rows) -> list[Found]:
    return [one for one in found if one.kind == "planted"]


def _size(one: Found) -> tuple[float, int, int]:
    return one.effect, one.units, one.staff


def _by_figure(found: Rows) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for one in found:
        for name, holds in one.covered.items():
            held, n = counts.get(name, (0, 0))
            counts[name] = (held + holds, n + 1)
    return counts


def _percent(rows: Rows, holds: Callable[[Found], bool]) -> str:
    return f"{sum(map(holds, rows)) / len(rows):.0%}" if rows else "–"


def _share(rows: Rows, holds: Callable[[Found], bool]) -> str:
    """Return share, n and Wilson's interval as cells."""
    if not rows:
        return "– | 0 | –"
    count, n = sum(map(holds, rows)), len(rows)
    low, high = wilson(count, n)
    if math.isclose(low, high):
        return f"{count / n:.1%} | {n} | –"
    return f"{count / n:.1%} | {n} | {low:.1%} to {high:.1%}"
