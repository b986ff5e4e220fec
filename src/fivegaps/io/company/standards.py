"""Read the registers of standards, policies and promises."""

from __future__ import annotations

import numpy as np

from fivegaps.io.company.names import Names
from fivegaps.io.company.values import day_or_none, flag_or_none, number_or_none
from fivegaps.model.company.registers import Comparison, Policy, Promise, Standard

_COMPARISONS: tuple[Comparison, ...] = ("at_least", "at_most")


def read_standards(names: Names) -> tuple[Standard, ...]:
    """Return the register of standards; their ids are then known to ``names``."""
    reading = names.open("standards")
    if reading.sheet is None:
        return ()
    ids = reading.ids("standard")
    items = reading.lists("items", names.judge_item)
    comparison = reading.choices("comparison", _COMPARISONS)
    target = reading.numbers("target", what="a number: a target is a number or empty")
    reading.refuse_rows(
        ~np.isnan(target) & (comparison.codes < 0) & (reading.column("comparison").spots < 0),
        "comparison",
        "is empty, and there is a target.",
        "Write at_least or at_most.",
    )
    tolerance = reading.numbers("tolerance", 0.0)
    level = reading.numbers("level", *names.scale)
    accepted = reading.shares("accepted")
    flags = {
        name: reading.flags(name)
        for name in ("written_with_staff", "result_fixed", "method_free", "committed")
    }
    texts = {
        name: reading.texts(name)
        for name in ("text", "touchpoint", "measure", "unit_of_measure", "source", "owner")
    }
    names.standards = tuple(ids)
    names.close(reading)
    return tuple(
        Standard(
            id=name,
            items=items[place],
            comparison=(
                "" if comparison.codes[place] < 0 else _COMPARISONS[comparison.codes[place]]
            ),
            target=number_or_none(target[place]),
            tolerance=number_or_none(tolerance[place]),
            level=number_or_none(level[place]),
            accepted=number_or_none(accepted[place]),
            written_with_staff=flag_or_none(flags["written_with_staff"][place]),
            result_fixed=flag_or_none(flags["result_fixed"][place]),
            method_free=flag_or_none(flags["method_free"][place]),
            committed=flag_or_none(flags["committed"][place]),
            row=int(reading.row[place]),
            **{key: column[place] for key, column in texts.items()},
        )
        for place, name in enumerate(ids)
    )


def read_policies(names: Names) -> tuple[Policy, ...]:
    """Return the register of policies."""
    reading = names.open("policies")
    if reading.sheet is None:
        return ()
    ids = reading.ids("policy")
    judge = names.judge_of("standard", "standards", (*names.standards, "customer"))
    conflicts = reading.lists("conflicts_with", judge)
    resisted = reading.shares("resisted")
    explained = reading.dates("explained_on")
    texts, purposes = reading.texts("text"), reading.texts("purpose")
    names.close(reading)
    return tuple(
        Policy(
            id=name,
            text=texts[place],
            purpose=purposes[place],
            conflicts_with=conflicts[place],
            resisted=number_or_none(resisted[place]),
            explained_on=day_or_none(explained[place]),
            row=int(reading.row[place]),
        )
        for place, name in enumerate(ids)
    )


def read_promises(names: Names) -> tuple[Promise, ...]:
    """Return the register of promises; their ids are then known to ``names``."""
    reading = names.open("promises")
    if reading.sheet is None:
        return ()
    ids = reading.ids("promise")
    reading.require("items")
    items = reading.lists("items", names.judge_item)
    if reading.has("items"):
        reading.refuse_rows(
            np.array([not one for one in items], dtype=np.bool_)
            & (reading.column("items").spots < 0),
            "items",
            "is empty: a promise without items cannot be held against what customers say.",
            "Name the items that it is about, joined by ;",
        )
    start, until = reading.dates("from"), reading.dates("until")
    reading.refuse_backwards("from", "until")
    level = reading.numbers("level", *names.scale)
    standards = reading.lists("standard", names.judge_of("standard", "standards", names.standards))
    signed = reading.dates("signed_by_delivery")
    previewed = reading.flags("previewed_by_staff")
    texts = {name: reading.texts(name) for name in ("text", "medium", "campaign")}
    names.promises = tuple(ids)
    names.close(reading)
    return tuple(
        Promise(
            id=name,
            items=items[place],
            start=day_or_none(start[place]),
            until=day_or_none(until[place]),
            level=number_or_none(level[place]),
            standard=";".join(standards[place]),
            signed_by_delivery=day_or_none(signed[place]),
            previewed_by_staff=flag_or_none(previewed[place]),
            row=int(reading.row[place]),
            **{key: column[place] for key, column in texts.items()},
        )
        for place, name in enumerate(ids)
    )
