"""Judge one sign of a cause: how far on its bad side, how sure, and in which words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import stdtr, stdtrit

from fivegaps.diagnosis.evidence.dossier import Reading
from fivegaps.diagnosis.evidence.vocabulary import Part, part_of
from fivegaps.knowledge.measures import measure as known_measure
from fivegaps.model.knowledge import Sign

# A threshold is a convention: another firm would draw it elsewhere. SD of that, in SD
# of answers; it keeps large registers from claiming what lies a little beyond a line.
USUAL_DOUBT = 0.2
# How high a scale is used differs more between companies than what can be counted.
DOUBT_OF_MEANS = 0.3
DOUBT_DF = 30.0
# A distance that speaks for a cause: small effects begin at .2 SD (cohen-1988). A line is
# drawn where a measure begins to speak, so what lies on the line is that far already.
SPEAKS = 0.2
# Distances are held here, so that no single register outweighs everything else.
FARTHEST = 3.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sign looked at.

    ``distance`` is positive on the bad side, in SD; ``error`` is its standard error
    with ``df``; ``p`` is one-sided, of a distance of 0.
    """

    sign: Sign
    reading: Reading
    distance: float
    error: float
    df: float

    @property
    def part(self) -> Part:
        """Whether it leads, only supports, or is the gap itself."""
        return part_of(self.reading.measure)

    @property
    def carries(self) -> bool:
        """Whether it may carry a claim: a leading sign in what people answered.

        What is usual in a record is not known, and so neither is how often chance
        alone would take it so far.
        """
        return self.part == "lead" and self.reading.standing is not None

    @property
    def p(self) -> float:
        """One-sided probability of such a distance without a cause."""
        if self.error == 0:
            return 0.5
        return float(stdtr(self.df, -self.distance / self.error))

    def ends(self, confidence: float = 0.95) -> tuple[float, float]:
        """Return the interval of the distance."""
        reach = float(stdtrit(self.df, (1 + confidence) / 2)) * self.error
        return self.distance - reach, self.distance + reach

    @property
    def denies(self) -> bool:
        """Whether a count or record is surely on the good side of its line.

        What other people say differently does not deny a cause: voices that clash
        are a finding of their own.
        """
        return self.reading.standing is None and self.ends()[1] < 0

    @property
    def speaks(self) -> bool:
        """Whether the sign is there: a small distance at least, and more than one error."""
        return self.distance >= SPEAKS and self.distance > self.error


def judged(sign: Sign, reading: Reading) -> Judgement | None:
    """Return the sign judged on what was read; None when nothing was."""
    if not reading.known or reading.estimate.value is None:
        return None
    standing = reading.standing
    if standing is not None:
        return Judgement(sign, reading, _held(standing.distance), standing.error, standing.df)
    value = reading.estimate.value
    kind = known_measure(reading.measure)
    threshold, side = _threshold(sign)
    if kind is not None and kind.kind == "share":
        distance = side * (_angle(value) - _angle(threshold))
        sampling = 1 / math.sqrt(max(reading.n_effective, 1.0))
        # Half a person less: the arcsine is too sure of itself where few were counted.
        distance -= min(_correction(value, reading.n_effective), abs(distance))
    elif kind is not None and kind.kind == "count":
        doubled = max(value, 1e-9) / max(threshold, 1e-9)
        distance, sampling = side * math.log2(max(doubled, 1e-9)), 0.0
    else:
        unit = reading.sd or max(abs(threshold), 1.0)
        distance, sampling = side * (value - threshold) / unit, reading.error / unit
    if sign.bad is None:
        distance += SPEAKS
    of_scale = kind is not None and kind.kind in {"mean", "difference"}
    error = math.hypot(sampling, DOUBT_OF_MEANS if of_scale else USUAL_DOUBT)
    return Judgement(sign, reading, _held(distance), error, DOUBT_DF)


def _threshold(sign: Sign) -> tuple[float, float]:
    """Return the line and the side of it that speaks for the cause, +1 above."""
    if sign.above is not None:
        return sign.above, 1.0
    if sign.below is not None:
        return sign.below, -1.0
    return 0.0, 1.0 if sign.bad == "high" else -1.0


def _angle(share: float) -> float:
    return 2 * math.asin(math.sqrt(min(max(share, 0.0), 1.0)))


def _correction(share: float, n: float) -> float:
    inside = min(max(share, 0.5 / n), 1 - 0.5 / n) if n >= 1 else 0.5
    towards = inside - 0.5 / n if inside > 0.5 else inside + 0.5 / n
    return abs(_angle(share) - _angle(min(max(towards, 0.0), 1.0)))


def _held(distance: float) -> float:
    return min(max(distance, -FARTHEST), FARTHEST)
