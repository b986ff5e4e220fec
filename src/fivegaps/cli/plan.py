"""``fivegaps plan``: how many answers a question needs, before anybody is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import click

from fivegaps.cli.plan_text import SCHEMA, show_plan, show_sampling

Function = TypeVar("Function", bound=Callable[..., object])


def _share(value: str | float) -> float:
    """Return a share written 0.05 or 5%."""
    told = str(value).strip()
    try:
        number = float(told.removesuffix("%")) / (100 if told.endswith("%") else 1)
    except ValueError:
        number = -1.0
    if not 0 < number < 1:
        raise click.BadParameter(f"{told!r} is not between 0 and 1; write 0.05 or 5%")
    return number


POSITIVE = click.FloatRange(min=0, min_open=True)


def _confidence(function: Function) -> Function:
    return click.option(
        "--confidence",
        type=_share,
        metavar="SHARE",
        default=0.95,
        show_default=True,
        help="Of the interval.",
    )(function)


def _deff(function: Function) -> Function:
    return click.option(
        "--deff",
        type=POSITIVE,
        default=1.0,
        show_default=True,
        help="Design effect of sampled branches and of weights.",
    )(function)


def _population(function: Function) -> Function:
    return click.option(
        "--population", type=click.IntRange(min=2), help="How many customers there are, if few."
    )(function)


def _response_rate(function: Function) -> Function:
    return click.option(
        "--response-rate",
        type=_share,
        metavar="SHARE",
        help="Share of the invited who answer: tells whom to invite.",
    )(function)


def _answers(function: Function) -> Function:
    return click.option(
        "--answers", type=click.IntRange(min=1), help="The other way: the margin of so many."
    )(function)


def _json(function: Function) -> Function:
    return click.option("--json", "as_json", is_flag=True, help=f"Print JSON ({SCHEMA}).")(function)


@click.group()
def command() -> None:
    """Tell how many answers are needed, and what they can show.

    \b
    fivegaps plan gap --margin 0.1 --sd 1.2         a mean gap to ± 0.1 points
    fivegaps plan share --margin 5%                 a share to ± 5 points
    fivegaps plan compare --difference 0.3 --sd 1.1 two branches, or two waves
    fivegaps plan reliability --icc 0.06            a branch's or a person's mean
    fivegaps plan sampling --items 22 --asked 10    a shorter form for each
    """  # noqa: D301 - \b is click's mark for a paragraph that keeps its lines


@command.command("gap")
@click.option("--margin", type=POSITIVE, help="± scale points that may be uncertain.")
@click.option(
    "--sd",
    type=POSITIVE,
    default=1.2,
    show_default=True,
    help="SD of P − E between people; an earlier analysis shows it.",
)
@_answers
@_confidence
@_deff
@_population
@_response_rate
@_json
def gap(
    *,
    margin: float | None,
    sd: float,
    answers: int | None,
    confidence: float,
    deff: float,
    population: int | None,
    response_rate: float | None,
    as_json: bool,
) -> None:
    """Tell the answers needed to know a mean gap to a margin."""
    from fivegaps.stats.planning import margin_of_gap, plan_gap

    _one_of(margin, answers)
    if margin is None:
        given = margin_of_gap(
            answers or 0, sd=sd, confidence=confidence, deff=deff, population=population
        )
        show_plan(given, as_json=as_json)
        return
    needed = partial(
        plan_gap,
        sd=sd,
        confidence=confidence,
        deff=deff,
        population=population,
        response_rate=response_rate,
    )
    others = [needed(margin=margin * factor) for factor in (0.5, 1.5, 2.0)]
    show_plan(needed(margin=margin), others=others, as_json=as_json)


@command.command("share")
@click.option("--margin", type=_share, metavar="SHARE", help="± that may be uncertain, 0.05 or 5%.")
@click.option(
    "--share",
    type=_share,
    metavar="SHARE",
    default=0.5,
    show_default=True,
    help="Expected; 0.5 needs most answers.",
)
@_answers
@_confidence
@_deff
@_population
@_response_rate
@_json
def share_(
    *,
    margin: float | None,
    share: float,
    answers: int | None,
    confidence: float,
    deff: float,
    population: int | None,
    response_rate: float | None,
    as_json: bool,
) -> None:
    """Tell the answers needed to know a share, for instance of the satisfied, to a margin."""
    from fivegaps.stats.planning import margin_of_share, plan_share

    _one_of(margin, answers)
    if margin is None:
        given = margin_of_share(
            answers or 0, share=share, confidence=confidence, deff=deff, population=population
        )
        show_plan(given, as_json=as_json)
        return
    needed = partial(
        plan_share,
        share=share,
        confidence=confidence,
        deff=deff,
        population=population,
        response_rate=response_rate,
    )
    others = [needed(margin=margin * factor) for factor in (0.5, 1.5, 2.0) if margin * factor < 1]
    show_plan(needed(margin=margin), others=others, as_json=as_json)


@command.command("compare")
@click.option(
    "--difference", type=POSITIVE, required=True, help="Smallest difference worth finding."
)
@click.option("--sd", type=POSITIVE, default=1.2, show_default=True, help="SD between people.")
@click.option("--sd-other", type=POSITIVE, help="SD in the second group, when it differs.")
@click.option(
    "--power",
    type=_share,
    metavar="SHARE",
    default=0.8,
    show_default=True,
    help="Chance to find it.",
)
@click.option(
    "--comparisons",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many such comparisons are made; Bonferroni.",
)
@_confidence
@_deff
@_response_rate
@_json
def compare(
    *,
    difference: float,
    sd: float,
    sd_other: float | None,
    power: float,
    comparisons: int,
    confidence: float,
    deff: float,
    response_rate: float | None,
    as_json: bool,
) -> None:
    """Tell the answers needed in each of two groups to find a difference of means."""
    from fivegaps.stats.planning import plan_comparison

    plan = plan_comparison(
        difference=difference,
        sd=sd,
        sd_other=sd_other,
        power=power,
        confidence=confidence,
        deff=deff,
        comparisons=comparisons,
        response_rate=response_rate,
    )
    show_plan(plan, as_json=as_json)


@command.command("reliability")
@click.option(
    "--icc",
    type=_share,
    metavar="SHARE",
    required=True,
    help="Share of the variance that lies between units.",
)
@click.option(
    "--reliability",
    type=_share,
    metavar="SHARE",
    default=0.9,
    show_default=True,
    help="Wanted: 0.7 to compare, 0.8 to 0.9 where anything depends on it.",
)
@_json
def reliability_(*, icc: float, reliability: float, as_json: bool) -> None:
    """Tell the answers needed for a reliable mean of a branch, team or person."""
    from fivegaps.stats.planning import plan_reliability

    show_plan(plan_reliability(icc=icc, reliability=reliability), as_json=as_json)


@command.command("sampling")
@click.option("--items", type=click.IntRange(min=2), required=True, help="Items in all.")
@click.option("--asked", type=click.IntRange(min=1), required=True, help="Items for each person.")
@click.option(
    "--linking",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Of these, items that everybody gets.",
)
@click.option(
    "--answers", type=click.IntRange(min=1), default=400, show_default=True, help="People."
)
@click.option("--sd", type=POSITIVE, default=1.2, show_default=True, help="SD of an item.")
@click.option(
    "--correlation",
    type=click.FloatRange(0, 1, max_open=True),
    default=0.4,
    show_default=True,
    help="Mean correlation between items.",
)
@_confidence
@_json
def sampling(
    *,
    items: int,
    asked: int,
    linking: int,
    answers: int,
    sd: float,
    correlation: float,
    confidence: float,
    as_json: bool,
) -> None:
    """Tell what it costs in precision to ask each person only some of the items."""
    from fivegaps.stats.item_sampling import plan_sampling

    plan = plan_sampling(
        items=items,
        asked=asked,
        n=answers,
        sd=sd,
        correlation=correlation,
        linking=linking,
        confidence=confidence,
    )
    show_sampling(plan, as_json=as_json)


def _one_of(margin: float | None, answers: int | None) -> None:
    if (margin is None) == (answers is None):
        raise click.UsageError("Give either --margin or --answers.")
