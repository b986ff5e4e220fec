"""An estimate: a figure with its interval, its n and the name of its method."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that a person may see: never without n, interval and method.

    ``value`` is None when the figure cannot be had, with ``reason`` a code
    (too_few, constant, not_asked, not_converged, not_positive_definite, …).
    ``low`` and ``high`` are None where no interval exists, and then ``method``
    says why.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    method: str
    reason: str | None = None

    @classmethod
    def cannot(cls, reason: str, *, n: int = 0, method: str = "") -> Estimate:
        """Return the estimate that says why there is no figure."""
        return cls(value=None, low=None, high=None, n=n, method=method, reason=reason)


@dataclass(frozen=True, slots=True)
class SignedRank:
    """Wilcoxon's signed-rank test; ``v`` is the sum of positive ranks."""

    v: float | None
    n_nonzero: int
    p: float | None
    rank_biserial: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class GapEstimate:
    """A paired difference (what is − what should be) with its tests."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    method: str
    reason: str | None = None
    sd: float | None = None
    t: float | None = None
    df: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    d_z: float | None = None
    d_av: float | None = None
    wilcoxon: SignedRank | None = None

    @classmethod
    def cannot(cls, reason: str, *, n: int = 0, method: str = "") -> GapEstimate:
        """Return the estimate that says why there is no figure."""
        return cls(value=None, low=None, high=None, n=n, method=method, reason=reason)

    def with_adjusted(self, p_adjusted: float | None) -> GapEstimate:
        """Return the same estimate with its p-value adjusted for the tests beside it."""
        # Not dataclasses.replace: a company with 500 units has a quarter of a million of them.
        return GapEstimate(
            self.value,
            self.low,
            self.high,
            self.n,
            self.method,
            self.reason,
            self.sd,
            self.t,
            self.df,
            self.p,
            p_adjusted,
            self.d_z,
            self.d_av,
            self.wilcoxon,
        )
