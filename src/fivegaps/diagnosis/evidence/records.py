"""Ideas, decisions of the front line, and facts about units."""

from __future__ import annotations

import datetime as dt

import numpy as np

from fivegaps.diagnosis.evidence.dossier import NO_REGISTER, NOT_RECORDED, Dossier, Reading, unread
from fivegaps.diagnosis.evidence.figures import Floats, figure, mean_of, share_of
from fivegaps.model.company.registers import Idea

# An idea has had its time when so many days have gone by.
DAYS_TO_ANSWER = 30
REFUSED = ("reject", "refus", "declin", "denied", "turned down", "no")
BY_COST = ("cost", "expens", "budget")
FACT = "median over units, as recorded"


def ideas(dossier: Dossier, measure: str) -> Reading:
    """Return how staff's and customers' ideas were answered; ``measure`` is ``ideas.<name>``."""
    register = [one for one in dossier.company.ideas if _by(dossier, one.submitted)]
    if not register:
        return unread(measure, NO_REGISTER)
    name = measure.partition(".")[2]
    place = {unit: number for number, unit in enumerate(dossier.company.unit_ids)}
    unit = np.array([place.get(one.unit, -1) for one in register])
    if name == "days-to-answer":
        return mean_of(measure, np.array([_days(one) for one in register]), unit)
    if name == "rejected-for-cost-share":
        return share_of(measure, np.array([_refused_for_cost(one) for one in register]), unit)
    day = dossier.company.waves[dossier.wave].date
    return share_of(measure, np.array([_unanswered(one, day) for one in register]), unit)


def decisions(dossier: Dossier, measure: str) -> Reading:
    """Return how often decisions of the front line were overridden."""
    rows = dossier.decisions
    if not dossier.company.has("decisions"):
        return unread(measure, NO_REGISTER)
    marks: Floats = rows.overridden
    if measure == "decisions.overridden-good-faith-share":
        marks = np.where(rows.good_faith == 1, rows.overridden, np.nan)
    return share_of(measure, marks, rows.unit)


def facts(dossier: Dossier, measure: str) -> Reading:
    """Return a fact of the company, or the median over its units."""
    name = measure.partition(".")[2]
    found = [one for one in dossier.facts if one.fact == name]
    if not found:
        return unread(measure, NOT_RECORDED)
    whole = [one.value for one in found if not one.unit]
    values = whole or [one.value for one in found]
    return figure(measure, float(np.median(values)), len(values), method=FACT)


def _by(dossier: Dossier, submitted: dt.date | None) -> bool:
    day = dossier.company.waves[dossier.wave].date
    last = dossier.wave == len(dossier.company.waves) - 1
    return last or submitted is None or submitted <= day


def _days(idea: Idea) -> float:
    if idea.answered is None or idea.submitted is None:
        return float("nan")
    return float((idea.answered - idea.submitted).days)


def _unanswered(idea: Idea, day: dt.date) -> float:
    if idea.answered is not None or idea.decision:
        return 0.0
    if idea.submitted is not None and (day - idea.submitted).days < DAYS_TO_ANSWER:
        return float("nan")
    return 1.0


def _refused_for_cost(idea: Idea) -> float:
    decision = idea.decision.casefold()
    if not decision:
        return float("nan")
    refused = decision.startswith(REFUSED) or any(word in decision for word in REFUSED[:-1])
    dear = any(word in decision for word in BY_COST) or (idea.cost_change or 0.0) > 0
    return float(refused and dear)
