"""Relative measures: constructs, self-audit and ratings among the others of the same people."""

from __future__ import annotations

import math
from dataclasses import replace

from fivegaps.diagnosis.evidence.dossier import (
    NOT_ASKED,
    TOO_FEW_OTHERS,
    Dossier,
    Reading,
    unread,
)
from fivegaps.diagnosis.evidence.standing import Standing
from fivegaps.diagnosis.sampling import column_samples
from fivegaps.model.company.constructs import Voice
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import Sample, mean_estimate


def construct(dossier: Dossier, measure: str) -> Reading:
    """Return a construct's mean and how it stands among the others.

    ``measure`` is ``construct.<managers|employees>.<id>``.
    """
    _, who, name = measure.split(".")
    voice: Voice = "managers" if who == "managers" else "employees"
    rows = dossier.managers if voice == "managers" else dossier.employees
    standing = dossier.construct_standing(voice, name)
    people = dossier.measured.people
    told = people.managers.constructs if voice == "managers" else people.employees.constructs
    sample = None if rows.scores.get(name) is None else told.sample(name)
    return _relative(dossier, measure, voice, sample, standing)


def audit(dossier: Dossier, measure: str) -> Reading:
    """Return a question of the self-audit; ``measure`` is ``audit.<question>``."""
    question = measure.partition(".")[2]
    told, sample = dossier.measured.people.managers.audit, None
    if question in told.names:
        place = told.names.index(question)
        sample = told.question_cells.sample(told.questions, told.unit, place)
    standing = dossier.audit_standings.get(question)
    return _relative(dossier, measure, "managers", sample, standing)


def rating(dossier: Dossier, measure: str) -> Reading:
    """Return a dimension as staff rate it; ``measure`` is ``gap3.<dimension>`` and the like."""
    family, _, dimension = measure.partition(".")
    ids = dossier.company.dimension_ids
    if dimension not in ids:
        return unread(measure, NOT_ASKED)
    place = ids.index(dimension)
    if family == "internal-service":
        served = dossier.internal_service
        sample = column_samples(served.ratings[:, [place]], served.unit)[0]
    else:
        told = dossier.measured.people.employees
        rated = told.delivery if family == "gap3" else told.promises
        sample = rated.cells.sample(rated.values, rated.unit, place)
    standing = dossier.rated_standings[family].get(dimension)
    return _relative(dossier, measure, "employees", sample, standing)


def commitment_difference(dossier: Dossier, measure: str) -> Reading:
    """Return managers' commitment less what staff see of it, each among its own others.

    Kind managers or sour staff alone make no difference: each side is judged against
    the other constructs of the same people before they are compared.
    """
    theirs = dossier.construct_standing("managers", "commitment")
    seen = dossier.construct_standing("employees", "commitment-seen")
    difference = dossier.gaps.commitment.difference
    if difference.value is None:
        return unread(measure, difference.reason or NOT_ASKED)
    estimate = Estimate(
        difference.value, difference.low, difference.high, difference.n, difference.method
    )
    if theirs is None or seen is None:
        return unread(measure, TOO_FEW_OTHERS, n=difference.n)
    both = replace(
        seen,
        distance=seen.distance - theirs.distance,
        error=math.hypot(seen.error, theirs.error),
        df=min(seen.df, theirs.df),
        mean=seen.mean,
        others=theirs.mean,
        in_half=None,
    )
    return Reading(measure, estimate, standing=both)


def _relative(
    dossier: Dossier,
    measure: str,
    voice: Voice,
    sample: Sample | None,
    standing: Standing | None,
) -> Reading:
    if sample is None:
        return unread(measure, NOT_ASKED)
    withheld = dossier.withheld(voice, sample.n)
    if withheld is not None:
        return unread(measure, withheld, n=sample.n if withheld == "too_few" else 0)
    if standing is None:
        return unread(measure, TOO_FEW_OTHERS, n=sample.n)
    return Reading(measure, mean_estimate(sample), standing=standing)
