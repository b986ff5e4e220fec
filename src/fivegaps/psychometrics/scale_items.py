"""The items of one dimension in one battery: those that vary, with covariances and n."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats import consistency
from fivegaps.stats.counts.moments import Moments
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.resampling import Resamples

PAIRWISE = "pairwise covariances"
LEFT_OUT = "items without variation left out"

_NO_VARIANCE = 1e-12


@dataclass(frozen=True, slots=True)
class ScaleItems:
    """The k items of a scale that vary; ``pairs`` (k, k) counts answers to both of two.

    ``unanswered`` and ``constant`` name the items that were left out.
    """

    names: tuple[str, ...]
    covariance: NDArray[np.float64]
    pairs: NDArray[np.int64]
    most: int
    unanswered: frozenset[str]
    constant: frozenset[str]

    @classmethod
    def of(cls, moments: Moments) -> ScaleItems:
        """Return the items of these counts, those that do not vary left out."""
        names = moments.columns.names
        variances = np.diag(moments.covariance())
        answers = np.diag(moments.pairs)
        # Below two answers there is no variance to speak of, and no item to keep.
        varying = [
            name
            for name, variance in zip(names, variances, strict=True)
            if np.isfinite(variance) and variance > _NO_VARIANCE
        ]
        few = {name for name, n in zip(names, answers, strict=True) if n < 2}
        part = moments.select(varying)
        return cls(
            names=tuple(varying),
            covariance=part.covariance(),
            pairs=part.pairs,
            most=int(answers.max()),
            unanswered=frozenset(few),
            constant=frozenset(names) - few - frozenset(varying),
        )

    @property
    def reason(self) -> str | None:
        """Why fewer than two items are left, or None when there are enough."""
        if len(self.names) >= 2:
            return None
        if self.constant:
            return "constant"
        return "too_few" if self.unanswered else "single_item"

    def alpha(self, confidence: float) -> Estimate:
        """Return Cronbach's alpha of the items that vary."""
        if self.reason is not None:
            return Estimate.cannot(self.reason, n=self.most, method=consistency.ALPHA)
        return self.noted(consistency.alpha(self.covariance, self.most, confidence=confidence))

    def mean_inter_item_r(self, resamples: Resamples | None, confidence: float) -> Estimate:
        """Return the mean correlation among the items; n is that of the rarest pair."""
        if self.reason is not None:
            return Estimate.cannot(self.reason, n=self.most, method=consistency.MEAN_R)
        chosen = None if resamples is None else resamples.select(self.names)
        found = consistency.mean_inter_item_r(
            self.covariance, int(self.pairs.min()), resamples=chosen, confidence=confidence
        )
        return self.noted(found)

    def item_rest(self, name: str, confidence: float) -> Estimate:
        """Return the correlation of one item with the sum of the others that vary."""
        reason = self._why_not(name) or self.reason
        if reason is not None:
            return Estimate.cannot(reason, n=self.most, method=consistency.ITEM_REST)
        found = consistency.item_rest(
            self.covariance, self.pairs.min(axis=1), confidence=confidence
        )
        return self.noted(found[self.names.index(name)])

    def alpha_if_dropped(self, name: str, confidence: float) -> Estimate:
        """Return alpha without one item; dropping one that does not vary changes nothing."""
        if name not in self.names or self.reason is not None:
            return self.alpha(confidence)
        dropped = consistency.alpha_if_dropped(self.covariance, self.most, confidence=confidence)
        return self.noted(dropped[self.names.index(name)])

    def noted(self, estimate: Estimate) -> Estimate:
        """Return the estimate whose method tells how missing and constant items were taken."""
        notes = [estimate.method]
        if self.pairs.min() < self.most:
            notes.append(PAIRWISE)
        if self.constant or self.unanswered:
            notes.append(LEFT_OUT)
        return replace(estimate, method="; ".join(notes))

    def _why_not(self, name: str) -> str | None:
        if name in self.constant:
            return "constant"
        return "too_few" if name in self.unanswered else None
