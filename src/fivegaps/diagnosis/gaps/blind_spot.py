"""The blind spot: how managers rate their own service, less what customers perceive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.between import voice_gap, voice_mean
from fivegaps.diagnosis.cells import Cells, ReleaseGate, Rules
from fivegaps.diagnosis.gap_results import BlindSpot
from fivegaps.diagnosis.sampling import NOBODY, Floats, Places, half_rule, known
from fivegaps.io.company.rows import Managers
from fivegaps.model.instrument import Instrument
from fivegaps.stats.adjust import adjusted, holm
from fivegaps.stats.estimate import GapEstimate
from fivegaps.stats.intervals import Sample

# Which questions of the self-audit ask about which dimension; s0-10 is open.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "reliability": ("s0-07", "s0-08", "s0-09"),
    "assurance": ("s0-11", "s0-12", "s0-13", "s0-14"),
    "empathy": ("s0-15", "s0-16", "s0-17", "s0-18", "s0-19", "s0-20"),
    "tangibles": ("s0-21", "s0-22", "s0-23"),
    "responsiveness": ("s0-24", "s0-25", "s0-26", "s0-27"),
}
AUDIT_SCALE = (1.0, 7.0)
METHOD = "self-audit less the customers' perception, Welch interval"


@dataclass(frozen=True, slots=True)
class Audit:
    """The self-audit of a wave's managers, scored by dimension on the customers' scale.

    ``scores`` (n, dimensions): the mean of at least half of a dimension's questions
    that were asked; ``channels`` the same where asked by channel; ``questions``
    (n, questions) single answers, 1 to 7. The cells tell which may be shown.
    """

    dimensions: tuple[str, ...]
    names: tuple[str, ...]
    scores: Floats
    questions: Floats
    channels: Mapping[str, Floats]
    unit: Places
    score_cells: Cells
    question_cells: Cells
    channel_cells: Mapping[str, Cells]

    @classmethod
    def of(cls, managers: Managers, instrument: Instrument, *, gate: ReleaseGate) -> Audit:
        """Score the dimensions; the audit is stretched where customers have another scale."""
        dimensions = tuple(dimension.id for dimension in instrument.dimensions)
        places = dict.fromkeys(channel for _, channel in managers.audit_by_channel)

        def scored(audit: Mapping[str, Floats]) -> Floats:
            columns = [_scored(audit, dimension, managers.n) for dimension in dimensions]
            return _stretched(np.stack(columns, axis=1), instrument)

        single = [values[:, None] for values in managers.audit.values()]
        questions = np.concatenate([np.empty((managers.n, 0)), *single], axis=1)
        about = {
            question: place
            for place, dimension in enumerate(dimensions)
            for question in QUESTIONS.get(dimension, ())
        }
        channels = {
            place: scored(
                {
                    question: values
                    for (question, channel), values in managers.audit_by_channel.items()
                    if channel == place
                }
            )
            for place in places
        }
        scores, unit = scored(managers.audit), managers.unit
        of_questions, of_scores = gate.linked_cells(
            "managers",
            questions,
            scores,
            unit,
            dimension=np.array([about.get(name, -1) for name in managers.audit], dtype=np.intp),
        )
        return cls(
            dimensions=dimensions,
            names=tuple(managers.audit),
            scores=scores,
            questions=questions,
            channels=channels,
            unit=unit,
            score_cells=of_scores,
            question_cells=of_questions,
            channel_cells={
                name: gate.cells("managers", values, unit) for name, values in channels.items()
            },
        )

    def chosen(self, mask: NDArray[np.bool_], at: int) -> Audit:
        """Return the audit of the unit at a place, for whose managers ``mask`` (n,) holds."""
        return replace(
            self,
            scores=self.scores[mask],
            questions=self.questions[mask],
            channels={name: scores[mask] for name, scores in self.channels.items()},
            unit=self.unit[mask],
            score_cells=self.score_cells.under(at),
            question_cells=self.question_cells.under(at),
            channel_cells={name: cells.under(at) for name, cells in self.channel_cells.items()},
        )


def blind_spot(
    audit: Audit,
    perceived: Mapping[str, Sample],
    rules: Rules,
    *,
    by_channel: Mapping[str, Mapping[str, Sample]] | None = None,
    census: bool = False,
) -> BlindSpot:
    """Return the self-audit less the customers' perception, by dimension and by channel.

    Args:
        audit: What managers say of their own service.
        perceived: The customers' perception by dimension.
        rules: Confidence and smallest cells.
        by_channel: Channel to their perception by dimension there.
        census: Whether all managers answered.
    """

    def gaps(scores: Floats, cells: Cells, others: Mapping[str, Sample]) -> dict[str, GapEstimate]:
        samples = zip(audit.dimensions, cells.samples(scores, audit.unit), strict=True)
        found = {
            dimension: voice_gap(
                ("managers", known(own) if census else own),
                ("customers", others.get(dimension, NOBODY)),
                rules,
                method=METHOD,
                census=census,
            )
            for dimension, own in samples
        }
        return adjusted(found, holm)

    there = {
        channel: gaps(scores, audit.channel_cells[channel], (by_channel or {}).get(channel, {}))
        for channel, scores in audit.channels.items()
    }
    return BlindSpot(
        dimensions=gaps(audit.scores, audit.score_cells, perceived),
        channels={
            dimension: {channel: found[dimension] for channel, found in there.items()}
            for dimension in audit.dimensions
            if there
        },
        questions={
            name: voice_mean("managers", sample, rules, census=census)
            for name, sample in zip(
                audit.names,
                audit.question_cells.samples(audit.questions, audit.unit),
                strict=True,
            )
        },
    )


def _scored(audit: Mapping[str, Floats], dimension: str, n: int) -> Floats:
    asked = [audit[question] for question in QUESTIONS.get(dimension, ()) if question in audit]
    if not asked or n == 0:
        return np.full(n, np.nan)
    values = np.stack(asked, axis=1)
    return half_rule(values, np.asarray(~np.isnan(values).all(axis=0)))


def _stretched(scores: Floats, instrument: Instrument) -> Floats:
    """Return audit scores on the customers' scale."""
    if not instrument.has("perception"):
        return scores
    battery, (low, high) = instrument.battery("perception"), AUDIT_SCALE
    wide = (battery.maximum - battery.minimum) / (high - low)
    stretched: Floats = battery.minimum + (scores - low) * wide
    return stretched
