"""How a plan is told: the answer first, then a table, then what it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from fivegaps.stats.item_sampling import SamplingPlan
    from fivegaps.stats.planning import Plan

SCHEMA = "fivegaps.plan/1"
WIDTH = 78


def show_plan(plan: Plan, *, others: Sequence[Plan] = (), as_json: bool) -> None:
    """Print a plan, with what other margins would need beside it."""
    if as_json:
        alternatives = [{"margin": other.margin, "n": other.n} for other in others]
        _print_json({**asdict(plan), "alternatives": alternatives})
        return
    _print(_headline(plan), bold=True)
    if others:
        every = sorted((plan, *others), key=lambda one: one.margin or 0.0)
        rows = [
            (
                f"± {_amount(one)}{'  ← asked for' if one is plan else ''}",
                f"{one.n:,}",
                *(() if one.invited is None else (f"{one.invited:,}",)),
            )
            for one in every
        ]
        _print_table(("margin", "answers", "to invite")[: len(rows[0])], rows)
    if plan.n0 is not None:
        _print(f"Before rounding and corrections: {plan.n0:,.2f}")
    _print(f"Method: {plan.method}")
    _print_list("It takes for granted that", plan.assumptions)


def show_sampling(plan: SamplingPlan, *, as_json: bool) -> None:
    """Print what item sampling costs, beside asking everybody everything."""
    if as_json:
        _print_json({"question": "sampling", **asdict(plan)})
        return
    _print(
        f"With {plan.asked} of {plan.items} items each, {plan.n:,} people tell an item"
        f" to ± {plan.margin_item:.3f} and the mean over items to ± {plan.margin_mean:.3f}.",
        bold=True,
    )
    n = f"{plan.n:,}"
    linked = [("answers to a linking item", n, n)] if plan.linking else []
    rows = [
        *linked,
        (f"answers to {'any other' if linked else 'an'} item", n, f"{plan.answers_per_item:,.0f}"),
        ("people who answer both of two such items", n, f"{plan.answers_per_pair:,.0f}"),
        ("margin of such an item", f"± {plan.margin_item_all:.3f}", f"± {plan.margin_item:.3f}"),
        ("margin of the mean", f"± {plan.margin_mean_all:.3f}", f"± {plan.margin_mean:.3f}"),
        ("people for an item as sure as with all", n, f"{plan.same_item_n:,}"),
        ("people for a mean as sure as with all", n, f"{plan.same_mean_n:,}"),
    ]
    _print_table(("", f"all {plan.items} asked", f"{plan.asked} asked"), rows)
    _print(f"Method: {plan.method}")
    _print_list("What follows", plan.findings)
    _print_list("It takes for granted that", plan.assumptions)


def _headline(plan: Plan) -> str:
    """Return the answer in one sentence."""
    answers = f"{plan.n:,} answers"
    invited = "" if plan.invited is None else f" (invite {plan.invited:,})"
    if plan.question == "compare":
        return (
            f"{answers} in each group{invited} find a difference of"
            f" {plan.inputs['difference']:g} points with {plan.inputs['power']:.0%} chance."
        )
    if plan.question == "reliability":
        return f"{answers} for each unit give a mean of reliability {plan.inputs['reliability']:g}."
    what = "mean gap" if plan.question == "gap" else "share"
    sure = f"{plan.inputs['confidence']:.4g}"
    return f"{answers}{invited} tell a {what} to ± {_amount(plan)} (confidence {sure})."


def _amount(plan: Plan) -> str:
    margin = plan.margin or 0.0
    if plan.question == "share":
        return f"{100 * margin:.3g} percentage points"
    return f"{margin:.3g} scale points"


def _print_json(content: dict[str, object]) -> None:
    click.echo(json.dumps({"schema": SCHEMA, **content}, ensure_ascii=False, indent=2))


def _print(text: str, *, bold: bool = False) -> None:
    from rich.text import Text

    _console().print(Text(text, style="bold" if bold else ""))


def _print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place else "left")
    for row in rows:
        table.add_row(*row)
    _console().print(table)


def _print_list(title: str, points: Iterable[str]) -> None:
    from rich.table import Table

    _print(f"{title}:")
    grid = Table.grid(padding=(0, 1))
    for point in points:
        lines: tuple[RenderableType, ...] = (" –", point)
        grid.add_row(*lines)
    _console().print(grid)


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.width = min(WIDTH, console.width)
    return console
