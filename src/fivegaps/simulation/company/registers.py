"""Registers of what the company sets itself and promises, and how it keeps to it."""

from __future__ import annotations

import datetime as dt

import numpy as np
from scipy.special import ndtr, ndtri

from fivegaps.simulation.company.options import DIMENSIONS
from fivegaps.simulation.company.plan import Plan
from fivegaps.simulation.company.scale import stream

Row = dict[str, object]
STANDARDS_AN_ITEM, PROMISES, POLICIES = 2, 15, 15
# Shares in a company without planted causes; units differ by so many normal SD.
CONFORMING, UNITS_DIFFER = 0.9, 0.15
JUDGED, MEASURED, TIMES = 20, 6, 20
# A scale point of gap 3 or 4 lowers conformance or kept promises by so many normal SD.
A_POINT = 0.8
TARGET, TOLERANCE, MEASURED_SD = 60.0, 5.0, 10.0


def standards_rows(plan: Plan) -> list[Row]:
    """Return the standards, some vague or without owner, as the world has it."""
    chance, share = stream(plan.options.seed, "standards"), plan.world.share
    covered = chance.random(len(plan.item_ids)) >= share("standards.uncovered")
    covered[0] = True
    rows: list[Row] = []
    for place in np.flatnonzero(covered):
        for _ in range(STANDARDS_AN_ITEM):
            number = len(rows) + 1
            vague = chance.random() < share("standards.vague")
            least = chance.random() < 0.5
            rows.append({
                "standard": f"standard-{number:03d}",
                "text": f"Standard {number}",
                "touchpoint": ("counter", "phone", "web")[number % 3],
                "items": plan.item_ids[place],
                "measure": "points" if least else "minutes",
                "comparison": "at_least" if least else "at_most",
                "target": "" if vague else TARGET,
                "unit_of_measure": "points" if least else "minutes",
                "tolerance": "" if vague else TOLERANCE,
                "level": 6.5,
                "source": "customer survey",
                "owner": "" if chance.random() < share("standards.without_owner") else "operations",
                "written_with_staff": _no(chance, share("standards.without_staff")),
                "result_fixed": "yes",
                "method_free": _no(chance, share("standards.method_fixed")),
                "accepted": round(1 - _near(chance, share("standards.not_accepted")), 3),
                "committed": _no(chance, share("standards.not_committed")),
            })  # fmt: skip
    return rows


def observations_rows(plan: Plan, standards: list[Row]) -> tuple[list[Row], dict[str, float]]:
    """Return observations, and the true conformance of each standard in the last wave."""
    chance = stream(plan.options.seed, "observations")
    rows: list[Row] = []
    true: dict[str, float] = {}
    for standard in standards:
        own = 0.15 * chance.normal()
        if chance.random() < plan.world.share("standards.unmeasured"):
            continue
        name, item = str(standard["standard"]), str(standard["items"])
        dimension = plan.dimension_of[plan.item_ids.index(item)]
        level = ndtri(CONFORMING) + own + A_POINT * plan.shift[2][dimension]
        by_value = standard["target"] != "" and chance.random() < 1 / 3
        kept = ndtr(level + UNITS_DIFFER * chance.normal(size=plan.options.units))
        true[name] = float(kept.mean())
        for wave_id, date in zip(plan.wave_ids, plan.wave_dates, strict=True):
            for unit, rate in zip(plan.unit_ids, kept, strict=True):
                seen = {"standard": name, "unit": unit, "wave": wave_id}
                if by_value:
                    values = _values(chance, float(rate), least=standard["measure"] == "points")
                    rows += [
                        {**seen, "date": _before(chance, date, 90), "value": round(value, 3)}
                        for value in values
                    ]
                else:
                    met = int(chance.binomial(JUDGED, rate))
                    rows.append(
                        {**seen, "date": _before(chance, date, 90), "met": met, "n": JUDGED}
                    )
    return rows, true


def policies_rows(plan: Plan) -> list[Row]:
    """Return rules of the house, some against customers."""
    chance, share = stream(plan.options.seed, "policies"), plan.world.share
    return [
        {
            "policy": f"policy-{number:02d}",
            "text": f"Rule {number}",
            "purpose": "safety",
            "conflicts_with": "customer" if chance.random() < share("policies.conflict") else "",
            "resisted": round(_near(chance, share("policies.resisted")), 3),
            "explained_on": ""
            if chance.random() < share("policies.unexplained")
            else _before(chance, plan.wave_dates[0], 300),
        }
        for number in range(1, POLICIES + 1)
    ]


def promises_rows(plan: Plan, standards: list[Row]) -> list[Row]:
    """Return what customers are told; some of it beyond what is delivered."""
    chance, share = stream(plan.options.seed, "promises"), plan.world.share
    level = plan.perceived[-1].mean(axis=0)
    start = plan.wave_dates[0] - dt.timedelta(days=360)
    rows: list[Row] = []
    for number in range(1, PROMISES + 1):
        place = (number * 3) % len(plan.item_ids)
        standard = next(
            (row["standard"] for row in standards if row["items"] == plan.item_ids[place]), ""
        )
        claimed = 1.2 if chance.random() < share("promises.overclaimed") else -0.3
        without = chance.random() < share("promises.without_standard")
        unsigned = chance.random() < share("promises.unsigned")
        rows.append({
            "promise": f"promise-{number:02d}",
            "text": f"Promise {number}",
            "medium": ("press", "web", "counter")[number % 3],
            "campaign": f"campaign-{1 + number % 4}",
            "from": start.isoformat(),
            "until": plan.wave_dates[-1].isoformat(),
            "items": plan.item_ids[place],
            "level": round(float(np.clip(level[place] + claimed, 1, 7)), 1),
            "standard": "" if without else standard,
            "signed_by_delivery": "" if unsigned else _before(chance, start, 60),
            "previewed_by_staff": _no(chance, share("promises.unpreviewed")),
        })  # fmt: skip
    return rows


def outcomes_rows(plan: Plan, promises: list[Row]) -> tuple[list[Row], dict[str, float]]:
    """Return how often promises were kept, and the true share of each in every wave."""
    chance, share = stream(plan.options.seed, "promise outcomes"), plan.world.share
    rows: list[Row] = []
    true: dict[str, float] = {}
    for promise in promises:
        dimension = plan.dimension_of[plan.item_ids.index(str(promise["items"]))]
        level = ndtri(1 - share("promises.broken")) + 0.15 * chance.normal()
        level += A_POINT * plan.shift[3][dimension]
        kept = ndtr(level + UNITS_DIFFER * chance.normal(size=plan.options.units))
        true[str(promise["promise"])] = float(kept.mean())
        for date in plan.wave_dates:
            for unit, rate in zip(plan.unit_ids, kept, strict=True):
                times = int(chance.binomial(TIMES, rate))
                rows.append({
                    "promise": promise["promise"],
                    "unit": unit,
                    "date": _before(chance, date, 90),
                    "kept": times,
                    "n": TIMES,
                    "customer_caused": int(
                        chance.binomial(TIMES - times, share("promises.customer_caused"))
                    ),
                })  # fmt: skip
    return rows, true


def competitors_rows(plan: Plan) -> list[Row]:
    """Return what two rivals' customers perceive."""
    chance = stream(plan.options.seed, "competitors")
    return [
        {
            "competitor": rival,
            "wave": wave,
            "dimension": dimension,
            "mean": round(float(5.5 + 0.15 * chance.normal()), 2),
            "sd": 1.0,
            "n": 200,
            "source": "panel",
        }
        for rival in ("rival-a", "rival-b")
        for wave in plan.wave_ids
        for dimension in DIMENSIONS
    ]


def _values(chance: np.random.Generator, rate: float, *, least: bool) -> list[float]:
    """Return measurements that keep to target and tolerance with a probability of ``rate``."""
    inside = MEASURED_SD * (ndtri(rate) + chance.normal(size=MEASURED))
    values = TARGET - TOLERANCE + inside if least else TARGET + TOLERANCE - inside
    return [float(value) for value in values]


def _no(chance: np.random.Generator, share: float) -> str:
    return "no" if chance.random() < share else "yes"


def _near(chance: np.random.Generator, share: float) -> float:
    return float(chance.beta(10 * share, 10 * (1 - share)))


def _before(chance: np.random.Generator, date: dt.date, days: int) -> str:
    return (date - dt.timedelta(days=int(chance.integers(0, days)))).isoformat()
