"""What managers and employees answer: beliefs, ratings, constructs, words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fivegaps.knowledge.constructs import judged_constructs
from fivegaps.model.company.constructs import Construct, Voice
from fivegaps.simulation.company.customers import allocations
from fivegaps.simulation.company.options import DIMENSIONS
from fivegaps.simulation.company.plan import EXPECTED_SD, Plan
from fivegaps.simulation.company.scale import Floats, answered, stream, true_mean

Places = NDArray[np.intp]
# SDs in scale points. A person's state: what he feels about everything, about this;
# units differ in both; a single statement has its own; agreeing is a habit as well.
PERSON, OWN, UNIT, UNIT_OWN, STATEMENT, AGREEING = 0.6, 0.8, 0.15, 0.12, 0.8, 0.3
STATE_SD = (PERSON**2 + OWN**2) ** 0.5
AGREEING_MEAN = 0.2
# Constructs differ without any cause: some statements are easier to agree with.
DECOYS = 0.2
BASE, SOURNESS = 5.0, 0.8
# Part of a planted cause that colours everything else that these people say.
SPILL = 0.1
RATING_SD, NONE = 1.0, 0.05
# What is rated differs by gap: how formal standards are, what staff can do and keep.
RATED, RATINGS_DIFFER = 5.4, 0.3
# Points by which a cause of 1 SD lowers what staff think that customers expect, and how
# well support units serve; and the part of the weights that managers turn round.
BELIEVED, SERVED, WEIGHED_WRONG = 0.6, 1.0, 0.4
QUESTIONS = tuple(f"s0-{number:02d}" for number in range(7, 28) if number != 10)
PHRASES = {
    "tools": "old computers and slow software",
    "staffing": "too few staff",
    "rules": "too many rules",
    "training": "not enough training",
    "communication": "poor communication",
    "goals": "unclear goals",
    "leadership": "the manager is never there",
    "pay": "low pay",
    "promises": "advertising promises too much",
    "facilities": "the office is cold",
}


def managers_columns(plan: Plan) -> tuple[dict[str, object], dict[str, object]]:
    """Return the columns of ``managers`` and what is true of them."""
    columns: dict[str, object] = {}
    true: dict[str, object] = {}
    unit = np.arange(plan.options.managers) % plan.options.units
    wrong = WEIGHED_WRONG * plan.world.of("beliefs.weights")
    for wave_id in plan.wave_ids:
        chance = stream(plan.options.seed, f"managers {wave_id}")
        n = len(unit)
        mood = (
            PERSON * chance.normal(size=n) + (UNIT * chance.normal(size=plan.options.units))[unit]
        )
        believed = plan.expected + plan.shift[0][plan.dimension_of]
        beliefs = _answered(plan, chance, _around(chance, believed, 0.5 * mood, EXPECTED_SD, n))
        part: dict[str, object] = {
            "respondent": [f"m{number:04d}" for number in range(1, n + 1)],
            "wave": [wave_id] * n,
            "unit": [plan.unit_ids[place] for place in unit],
            "level": [1.0 if number < max(1, n // 10) else 2.0 for number in range(n)],
            **_named("e", plan.item_ids, beliefs),
            **_named("w", DIMENSIONS, allocations(chance, n, wrong=wrong)),
        }
        ratings, levels = _rated(plan, chance, mood, 2)
        part |= _with_none("s", chance, ratings)
        answers, means = _constructs(plan, chance, "managers", unit=unit, mood=mood)
        part |= answers
        questions = np.array([-plan.world.of(f"audit.{question}") for question in QUESTIONS])
        questions += plan.world.of("audit.kind")
        usual = BASE + chance.normal(0, DECOYS, len(QUESTIONS)) + questions
        audit = _answered(plan, chance, _around(chance, usual, mood, 1.0, n))
        part |= _named("x", QUESTIONS, audit)
        _extend(columns, part)
        true[wave_id] = {
            "beliefs": plan.spread(
                _true_mean(plan, believed, _sd(0.5 * PERSON, 0.5 * UNIT, EXPECTED_SD))
            ),
            "answered": plan.spread(np.nanmean(beliefs, axis=0)),
            "standards": levels,
            "constructs": means,
        }
    return columns, true


def employees_columns(plan: Plan) -> tuple[dict[str, object], dict[str, object]]:
    """Return the columns of ``employees`` and what is true of them."""
    columns: dict[str, object] = {}
    true: dict[str, object] = {}
    options = plan.options
    unit = np.repeat(np.arange(options.units), options.staff)
    for wave_id in plan.wave_ids:
        chance = stream(options.seed, f"employees {wave_id}")
        n = len(unit)
        sour = SOURNESS * (options.kind - options.sour)
        in_unit = (UNIT * chance.normal(size=options.units))[unit]
        mood = PERSON * chance.normal(size=n) + in_unit
        able, able_means = _rated(plan, chance, mood, 3, sour)
        keeps, keeps_means = _rated(plan, chance, mood, 4, sour)
        answers, means = _constructs(plan, chance, "employees", unit=unit, mood=mood, sour=sour)
        part: dict[str, object] = {
            "respondent": [f"s{number:05d}" for number in range(1, n + 1)],
            "wave": [wave_id] * n,
            "unit": [plan.unit_ids[place] for place in unit],
            "role": np.where(chance.random(n) < 0.85, "contact", "support"),
            **_with_none("d", chance, able),
            **_named("c", DIMENSIONS, keeps),
        }
        for letter in "em":
            believed = plan.expected - BELIEVED * (letter == "e") * plan.world.of("beliefs.staff")
            beliefs = _around(chance, believed, 0.3 * mood, EXPECTED_SD, n)
            part |= _named(letter, plan.item_ids, _answered(plan, chance, beliefs))
        part |= answers
        part |= {"problem": _words(plan, chance, n), "first_change": _words(plan, chance, n)}
        worse = np.array([plan.world.of(f"served.{name}") for name in DIMENSIONS])
        served = _around(chance, BASE + sour - SERVED * worse, mood, RATING_SD, n)
        part["support_unit"] = np.where(chance.random(n) < 0.5, "it", "back office")
        part |= _named("i", DIMENSIONS, _answered(plan, chance, served))
        _extend(columns, part)
        true[wave_id] = {"able": able_means, "keeps": keeps_means, "constructs": means}
    return columns, true


def _constructs(
    plan: Plan,
    chance: np.random.Generator,
    voice: Voice,
    *,
    unit: Places,
    mood: Floats,
    sour: float = 0.0,
) -> tuple[dict[str, object], dict[str, float]]:
    """Return the statements' columns, and the true mean of each construct's score."""
    asked = judged_constructs(voice)
    fixed = stream(plan.options.seed, f"decoys {voice}")
    usual = fixed.normal(0, DECOYS, len(asked))
    moved = [STATE_SD * plan.world.of(f"{voice}.{one.id}") for one in asked]
    habit = AGREEING_MEAN + AGREEING * chance.normal(size=len(mood))
    latent, names, means = [], [], {}
    for one, base, worse in zip(asked, usual, moved, strict=True):
        level = BASE + float(base) - worse - SPILL * (sum(moved) - worse) + sour
        own = OWN * chance.normal(size=len(mood))
        own += (UNIT_OWN * chance.normal(size=plan.options.units))[unit]
        state = level + mood + own
        turned = _turned(one)
        for number, turn in enumerate(turned, start=1):
            said = 8 - state if turn else state
            latent.append(said + habit + STATEMENT * chance.normal(size=len(mood)))
            names.append(f"{one.id}_{number}{'r' if turn != one.bad else ''}")
        means[one.id] = _score(plan, one, level, turned)
    answers = _answered(plan, chance, np.column_stack(latent))
    return _named("a", names, answers), means


def _turned(construct: Construct) -> list[bool]:
    """Return of each statement whether agreeing to it is bad news; every third one is reversed."""
    reversed_ones = [number % 3 == 2 for number in range(1, construct.statements + 1)]
    return [one != construct.bad for one in reversed_ones]


def _score(plan: Plan, construct: Construct, level: float, turned: list[bool]) -> float:
    """Return the true mean of the score, as the construct is keyed."""
    sd = _sd(STATE_SD, UNIT, UNIT_OWN, STATEMENT, AGREEING)
    means = []
    for turn in turned:
        said = float(_true_mean(plan, (8 - level if turn else level) + AGREEING_MEAN, sd))
        means.append(8 - said if turn != construct.bad else said)
    return float(np.mean(means))


def _rated(
    plan: Plan, chance: np.random.Generator, mood: Floats, gap: int, sour: float = 0.0
) -> tuple[Floats, dict[str, float]]:
    """Return ratings (n, 5) of the dimensions for one of gaps 2 to 4, and their true means."""
    fixed = stream(plan.options.seed, f"ratings {gap}")
    level = RATED + fixed.normal(0, RATINGS_DIFFER) + fixed.normal(0, DECOYS, 5)
    level = level + plan.shift[gap - 1] + sour
    means = _true_mean(plan, level, _sd(PERSON, UNIT, RATING_SD))
    true = dict(zip(DIMENSIONS, map(float, means), strict=True)) | {"overall": float(means.mean())}
    return _answered(plan, chance, _around(chance, level, mood, RATING_SD, len(mood))), true


def _answered(plan: Plan, chance: np.random.Generator, latent: Floats) -> Floats:
    options = plan.options
    return answered(chance, latent, careless=options.careless, missing=options.missing)


def _true_mean(plan: Plan, mean: Floats | float, sd: float) -> Floats:
    return true_mean(mean, sd, careless=plan.options.careless)


def _around(chance: np.random.Generator, level: Floats, mood: Floats, sd: float, n: int) -> Floats:
    return np.asarray(level + mood[:, None] + sd * chance.normal(size=(n, len(level))))


def _words(plan: Plan, chance: np.random.Generator, n: int) -> list[str]:
    """Return what each of n people names first; "" of most."""
    texts = [""] * n
    for theme, phrase in PHRASES.items():
        for person in np.flatnonzero(chance.random(n) < plan.world.share(f"words.{theme}")):
            texts[person] = f"{texts[person]}, {phrase}" if texts[person] else phrase
    return texts


def _with_none(letter: str, chance: np.random.Generator, ratings: Floats) -> dict[str, object]:
    """Return ratings as cells in which some say that there is no standard."""
    columns: dict[str, object] = {}
    for name, column in zip(DIMENSIONS, ratings.T, strict=True):
        none = chance.random(len(column)) < NONE
        columns[f"{letter}_{name}"] = [
            "none" if no else "" if np.isnan(value) else str(int(value))
            for no, value in zip(none, column, strict=True)
        ]
    return columns


def _named(letter: str, names: tuple[str, ...] | list[str], answers: Floats) -> dict[str, object]:
    return {f"{letter}_{name}": column for name, column in zip(names, answers.T, strict=True)}


def _extend(columns: dict[str, object], part: dict[str, object]) -> None:
    for name, values in part.items():
        before = columns.get(name)
        columns[name] = values if before is None else np.concatenate([before, values])


def _sd(*parts: float) -> float:
    return float(np.sqrt(sum(part**2 for part in parts)))
