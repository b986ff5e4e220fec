"""Constructs as managers and employees score them, and support units as staff rate them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.between import OVERALL, voice_gap, voice_mean
from fivegaps.diagnosis.cells import HIDDEN, Cells, ReleaseGate, Rules, VoiceName
from fivegaps.diagnosis.gap_results import Commitment, ConstructScore, InternalService
from fivegaps.diagnosis.sampling import NOBODY, Floats, Places, column_samples, mean_sample
from fivegaps.io.company.rows import InternalService as Ratings
from fivegaps.io.company.rows import Voice
from fivegaps.knowledge.constructs import constructs
from fivegaps.model.company.constructs import Voice as Asked
from fivegaps.stats.intervals import Sample
from fivegaps.stats.lattice import Lattice

METHOD = "mean of respondents' construct scores"
COMMITMENT, COMMITMENT_SEEN = "commitment", "commitment-seen"
LEADS, LED = "leads-by-serving", "served-by-leaders"


@dataclass(frozen=True, slots=True)
class ConstructAnswers:
    """One voice's construct scores: ``values`` (n, constructs), NaN is not given.

    ``cells`` tells which may be shown.
    """

    voice: VoiceName
    names: tuple[str, ...]
    bad: tuple[bool, ...]
    values: Floats
    unit: Places
    cells: Cells

    @classmethod
    def of(cls, voice: Asked, answers: Voice, *, gate: ReleaseGate) -> ConstructAnswers:
        """Put the scores side by side; a construct that was not asked is all NaN.

        A further construct is there only where somebody answered it: nobody needs to hear
        what he has not asked beyond the questions that every diagnosis rests on.
        """
        answered = {name for name, own in answers.scores.items() if not np.isnan(own).all()}
        asked = [one for one in constructs(voice) if not one.further or one.id in answered]
        nothing = np.full(answers.n, np.nan)
        columns = [answers.scores.get(one.id, nothing)[:, None] for one in asked]
        values = np.concatenate([np.empty((answers.n, 0)), *columns], axis=1)
        return cls(
            voice=voice,
            names=tuple(one.id for one in asked),
            bad=tuple(one.bad for one in asked),
            values=values,
            unit=answers.unit,
            cells=gate.cells(voice, values, answers.unit),
        )

    def chosen(self, mask: NDArray[np.bool_], at: int) -> ConstructAnswers:
        """Return the scores of the unit at a place, for whose people ``mask`` (n,) holds."""
        return replace(
            self, values=self.values[mask], unit=self.unit[mask], cells=self.cells.under(at)
        )

    def samples(self) -> tuple[Sample, ...]:
        """Return the mean of each construct, as far as it may be shown."""
        return self.cells.samples(self.values, self.unit)

    def sample(self, construct: str) -> Sample:
        """Return the mean of one construct, as far as it may be shown; nobody's if not there."""
        if construct not in self.names:
            return NOBODY
        return self.cells.sample(self.values, self.unit, self.names.index(construct))


def construct_scores(
    answers: Sequence[ConstructAnswers], rules: Rules
) -> dict[str, ConstructScore]:
    """Return every construct's mean, by ``managers.<id>`` and ``employees.<id>``.

    Units are clusters where there are several. A construct that nobody was asked
    has the reason ``not_asked``.
    """
    found = {}
    for voice in answers:
        for name, bad, sample in zip(voice.names, voice.bad, voice.samples(), strict=True):
            mean = voice_mean(voice.voice, sample, rules, method=METHOD)
            variance = sample.variance if mean.value is not None else None
            found[f"{voice.voice}.{name}"] = ConstructScore(
                value=mean.value,
                low=mean.low,
                high=mean.high,
                n=mean.n,
                method=mean.method,
                reason=mean.reason,
                sd=None if variance is None else math.sqrt(max(variance, 0.0)),
                bad=bad,
            )
    return found


def commitment(managers: ConstructAnswers, employees: ConstructAnswers, rules: Rules) -> Commitment:
    """Return commitment to quality as managers state it and as staff see it."""
    return _two_sides(managers.sample(COMMITMENT), employees.sample(COMMITMENT_SEEN), rules)


def leadership(managers: ConstructAnswers, employees: ConstructAnswers, rules: Rules) -> Commitment:
    """Return how managers say that they serve their staff, and how staff say it."""
    return _two_sides(managers.sample(LEADS), employees.sample(LED), rules)


def _two_sides(own: Sample, seen: Sample, rules: Rules) -> Commitment:
    return Commitment(
        managers=voice_mean("managers", own, rules, method=METHOD),
        staff=voice_mean("employees", seen, rules, method=METHOD),
        difference=voice_gap(("managers", own), ("employees", seen), rules),
    )


def services_shown(rated: Ratings, rules: Rules) -> NDArray[np.bool_]:
    """Return which support units' ratings (support units, dimensions) may be shown."""
    gate = ReleaseGate(Lattice.of(np.empty(0, dtype=np.intp)), rules)
    subject, people = rated.support_unit.codes, rated.respondent.codes
    return gate.subjects("employees", rated.ratings, subject, people)


def told_services(ratings: Ratings, rules: Rules) -> Ratings:
    """Return the ratings of those support units alone that may be shown; others are NaN."""
    rated = ratings.chosen(ratings.support_unit.codes >= 0)
    shown = services_shown(rated, rules)[rated.support_unit.codes]
    return replace(rated, ratings=np.where(shown, rated.ratings, np.nan))


def internal_services(
    ratings: Ratings, dimensions: Sequence[str], rules: Rules
) -> dict[str, InternalService]:
    """Return each support unit's ratings by the staff whom it serves, 1 to 7."""
    voice: VoiceName = "employees"
    found = {}
    rated = ratings.chosen(ratings.support_unit.codes >= 0)
    shown = services_shown(rated, rules)
    for code, name in enumerate(ratings.support_unit.values):
        some = rated.chosen(rated.support_unit.codes == code)
        if some.n == 0:
            continue
        told = shown[code] | np.isnan(some.ratings).all(axis=0)
        samples = column_samples(some.ratings, some.unit)
        found[name] = InternalService(
            raters=0 if rules.withheld(voice, some.n) else some.n,
            overall=voice_mean(
                voice,
                mean_sample(some.ratings, some.unit) if told.all() else HIDDEN,
                rules,
                method=f"{OVERALL}: mean",
            ),
            dimensions={
                dimension: voice_mean(voice, sample if seen else HIDDEN, rules)
                for dimension, sample, seen in zip(dimensions, samples, told.tolist(), strict=True)
            },
        )
    return found
