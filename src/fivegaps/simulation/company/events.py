"""What happened day by day: complaints, ideas, decisions; facts; and actions."""

from __future__ import annotations

import datetime as dt

import numpy as np

from fivegaps.simulation.company.customers import CHANNELS
from fivegaps.simulation.company.plan import IDLE, WORKING, Plan
from fivegaps.simulation.company.registers import Row
from fivegaps.simulation.company.scale import cut, stream

CASES_A_UNIT, IDEAS_A_UNIT, DECISIONS_A_UNIT = 10, 4, 4
JUSTICES = {
    "distributive": "cases.unfair",
    "procedural": "cases.slow",
    "interactional": "cases.rude",
}
JUST, JUST_SD = 5.3, 1.1
DAYS_TO_CLOSE, DAYS_TO_ANSWER, DAYS_WITHOUT_CONTACT, LAYERS = 3.0, 12.0, 20.0, 3.0
EARLIEST, LATEST = 330, 30


def cases_rows(plan: Plan) -> list[Row]:
    """Return complaints of the year before each wave, by unit."""
    chance, share = stream(plan.options.seed, "cases"), plan.world.share
    rows: list[Row] = []
    for date in plan.wave_dates:
        for unit in plan.unit_ids:
            item = str(chance.choice(plan.item_ids))
            days = np.sort(chance.integers(LATEST, EARLIEST, CASES_A_UNIT))[::-1]
            for back in days:
                if chance.random() >= share("cases.repeated"):
                    item = str(chance.choice(plan.item_ids))
                opened = date - dt.timedelta(days=int(back))
                rows.append({
                    "case": f"case-{len(rows) + 1:06d}",
                    "unit": unit,
                    "channel": str(chance.choice(CHANNELS)),
                    "opened": opened.isoformat(),
                    "closed": _closed(plan, chance, opened, date),
                    "items": item,
                    "contacts": 3 if chance.random() < share("cases.many_contacts") else 1,
                    "handlers": 2 if chance.random() < share("cases.many_handlers") else 1,
                    "first_contact_solved": _yes(chance, 1 - share("cases.not_first")),
                    "reopened": _yes(chance, share("cases.reopened")),
                    "contradicted": _yes(chance, share("cases.contradicted")),
                    "cause_side": _side(plan, chance),
                    **_justices(plan, chance),
                })  # fmt: skip
    return rows


def ideas_rows(plan: Plan) -> list[Row]:
    """Return suggestions of staff and customers, some never answered."""
    chance, share = stream(plan.options.seed, "ideas"), plan.world.share
    slower = 2 ** plan.world.of("ideas.unanswered")
    rows: list[Row] = []
    for date in plan.wave_dates:
        for unit in plan.unit_ids:
            for back in chance.integers(120, EARLIEST, IDEAS_A_UNIT):
                submitted = date - dt.timedelta(days=int(back))
                wait = dt.timedelta(days=int(min(100, chance.exponential(DAYS_TO_ANSWER * slower))))
                silent = chance.random() < share("ideas.unanswered")
                costly = chance.random() < share("ideas.cost")
                taken = chance.random() < 0.6
                rows.append({
                    "idea": f"idea-{len(rows) + 1:05d}",
                    "unit": unit,
                    "from": "staff" if chance.random() < 0.7 else "customer",
                    "submitted": submitted.isoformat(),
                    "answered": "" if silent else (submitted + wait).isoformat(),
                    "decision": ""
                    if silent
                    else "rejected: cost"
                    if costly
                    else ("accepted" if taken else "rejected: other plans"),
                    "cost_change": round(float(chance.normal(0, 100)), 2),
                    "satisfaction_change": round(float(chance.normal(0.1, 0.1)), 3),
                })  # fmt: skip
    return rows


def decisions_rows(plan: Plan) -> list[Row]:
    """Return decisions of staff for customers, some overridden."""
    chance = stream(plan.options.seed, "decisions")
    overridden = plan.world.share("decisions.overridden")
    return [
        {
            "decision": f"decision-{number:05d}",
            "unit": unit,
            "date": (date - dt.timedelta(days=int(chance.integers(0, EARLIEST)))).isoformat(),
            "amount": round(float(chance.gamma(2, 40)), 2),
            "within_limit": _yes(chance, 0.95),
            "good_faith": _yes(chance, 0.97),
            "overridden": _yes(chance, overridden),
        }
        for number, (date, unit) in enumerate(
            (
                (date, unit)
                for date in plan.wave_dates
                for unit in plan.unit_ids
                for _ in range(DECISIONS_A_UNIT)
            ),
            start=1,
        )
    ]


def facts_rows(plan: Plan) -> list[Row]:
    """Return layers of management, days since the top met customers, and staff of each unit."""
    layers = LAYERS + round(2 * plan.world.of("facts.layers"))
    days = round(DAYS_WITHOUT_CONTACT * 4 ** plan.world.of("facts.days"))
    rows: list[Row] = []
    for wave in plan.wave_ids:
        rows.append({"unit": "", "wave": wave, "fact": "management_layers", "value": layers})
        rows.append({"wave": wave, "fact": "days_since_executive_contact", "value": days})
        rows += [
            {"unit": unit, "wave": wave, "fact": "staff", "value": plan.options.staff}
            for unit in plan.unit_ids
        ]
    return rows


def actions_rows(plan: Plan) -> list[Row]:
    """Return two registered actions between the last waves: one works, one does nothing."""
    if not plan.treated:
        return []
    treated = [plan.unit_ids[place] for place in plan.treated]
    others = [unit for unit in plan.unit_ids if unit not in treated]
    before = plan.wave_dates[-2]
    return [
        {
            "action": f"action-{number}",
            "metric": f"perception.{dimension}",
            "target": 6.0,
            "margin": 0.25,
            "units": ";".join(treated),
            "comparison_units": ";".join(others),
            "chosen_for_being_worst": "no",
            "wave_before": plan.wave_ids[-2],
            "wave_after": plan.wave_ids[-1],
            "registered": (before + dt.timedelta(days=10)).isoformat(),
            "started": (before + dt.timedelta(days=30)).isoformat(),
            "due": plan.wave_dates[-1].isoformat(),
        }
        for number, dimension in enumerate((WORKING, IDLE), start=1)
    ]


def _closed(plan: Plan, chance: np.random.Generator, opened: dt.date, date: dt.date) -> str:
    slower = 4 ** plan.world.of("cases.slow")
    closed = opened + dt.timedelta(days=round(chance.exponential(DAYS_TO_CLOSE * slower)))
    return min(closed, date).isoformat()


def _side(plan: Plan, chance: np.random.Generator) -> str:
    customer, misread = (
        plan.world.share(f"cases.{one}") for one in ("customer", "misunderstanding")
    )
    shares = np.array([customer, misread, 0.1, max(0.9 - customer - misread, 0.05)])
    sides = ("customer", "misunderstanding", "other", "company")
    return str(chance.choice(sides, p=shares / shares.sum()))


def _justices(plan: Plan, chance: np.random.Generator) -> Row:
    fair = 0.6 * chance.normal()
    return {
        f"justice_{name}": int(
            cut(np.array(JUST + JUST_SD * (fair + 0.8 * chance.normal() - plan.world.of(habit))))
        )
        for name, habit in JUSTICES.items()
    }


def _yes(chance: np.random.Generator, share: float) -> str:
    return "yes" if chance.random() < share else "no"
