"""Means of people's answers, with units as clusters where there are several.

Where five units or more answered, they count as a sample of units: the error of a
mean comes from how units differ, with one degree of freedom less than units. With
fewer units the company's units are taken as they are, and people count as
independent. People who belong to no unit (a head office) are each a cluster.

Every mean is linear in the answers: a respondent's share in the mean of column c
is (x − mean) / n_c, and in the mean of several columns the sum of these.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.intervals import Sample

Floats = NDArray[np.float64]
Places = NDArray[np.integer]

SEVERAL = 5  # with fewer, an interval over units would be too wide to say anything
ROUNDING = 1e-12  # of squares, by which a variance of nothing may miss 0
NOBODY = Sample(n=0, mean=None)


def clusters_of(unit: Places) -> NDArray[np.intp] | None:
    """Return each person's cluster (n,), or None where there are too few units for clusters.

    Args:
        unit: (n,) places of units, −1 for none.
    """
    alone = unit < 0
    named = len(np.unique(unit[~alone]))
    if named < SEVERAL:
        return None
    codes = unit.astype(np.intp)
    codes[alone] = codes.max(initial=0) + 1 + np.arange(int(alone.sum()))
    return np.unique(codes, return_inverse=True)[1].astype(np.intp)


def column_samples(values: Floats, unit: Places) -> tuple[Sample, ...]:
    """Return the mean of each column over the people who answered it.

    Args:
        values: (n, c), NaN is not given.
        unit: (n,) places of units, −1 for none.
    """
    if len(np.unique(unit[unit >= 0])) >= SEVERAL:
        return tuple(mean_sample(values[:, [place]], unit) for place in range(values.shape[1]))
    given = ~np.isnan(values)
    whole = np.where(given, values, 0.0)
    powers = [given.sum(axis=0), whole.sum(axis=0)]
    means = powers[1] / np.maximum(powers[0], 1)
    squares = (np.where(given, whole - means, 0.0) ** 2).sum(axis=0)
    return _samples(powers[0], means, squares)


def mean_sample(values: Floats, unit: Places, weights: Floats | None = None) -> Sample:
    """Return the mean over columns of their means; columns that nobody answered are left out.

    ``n`` is the fewest answers under any column. Columns may be answered by
    different people.

    Args:
        values: (n, c), NaN is not given.
        unit: (n,) places of units, −1 for none.
        weights: (c,) of the columns; equal when None. They are made to add up to 1.
    """
    given = ~np.isnan(values)
    answered = given.sum(axis=0)
    used = answered > 0
    if not used.any():
        return NOBODY
    values, given, answered = values[:, used], given[:, used], answered[used]
    share = np.ones(len(answered)) if weights is None else weights[used]
    share = share / share.sum()
    means = np.where(given, values, 0.0).sum(axis=0) / answered
    value, n = float(means @ share), int(answered.min())
    if n < 2:
        return Sample(n=n, mean=value)
    parts = np.where(given, values - means, 0.0) @ (share / answered)
    squared = float(parts @ parts) * n / (n - 1)
    sample = Sample(n=n, mean=value, variance=squared * n)
    anybody = given.any(axis=1)
    clusters = clusters_of(unit[anybody])
    if clusters is None:
        return sample
    return over_clusters(sample, np.bincount(clusters, parts[anybody]).astype(np.float64))


def samples_of_sums(sums: Floats, *, shift: float = 0.0, clustered: bool) -> tuple[Sample, ...]:
    """Return the means of c columns from sums by unit.

    Args:
        sums: (units, c, 3): n, Σx and Σx² of each unit's people.
        shift: Added to every answer.
        clustered: Whether units are clusters, where five or more have answers.
    """
    n, total, squares = (sums[:, :, power].sum(axis=0) for power in range(3))
    means = total / np.maximum(n, 1)
    about = np.maximum(squares - n * means**2, 0.0)
    about[about <= ROUNDING * squares] = 0.0
    plain = _samples(n.astype(np.int64), means + shift, about)
    if not clustered or len(sums) < SEVERAL:
        return plain
    present = sums[:, :, 0] > 0
    groups = present.sum(axis=0)
    shares = (sums[:, :, 1] - means * sums[:, :, 0]) / np.maximum(n, 1)
    return tuple(
        over_clusters(sample, shares[present[:, place], place])
        if groups[place] >= SEVERAL and sample.variance is not None
        else sample
        for place, sample in enumerate(plain)
    )


def _samples(n: NDArray[np.int64], means: Floats, about: Floats) -> tuple[Sample, ...]:
    """Return samples of columns from n, means and sums of squares about the means."""
    return tuple(
        NOBODY
        if count == 0
        else Sample(n=count, mean=mean, variance=square / (count - 1) if count > 1 else None)
        for count, mean, square in zip(n.tolist(), means.tolist(), about.tolist(), strict=True)
    )


def over_clusters(sample: Sample, shares: Floats) -> Sample:
    """Return the sample with the error of clusters.

    Args:
        sample: The mean of people who count as independent.
        shares: (g,) each cluster's share in the mean, adding up to 0.
    """
    groups = len(shares)
    squared = float(((shares - shares.mean()) ** 2).sum()) * groups / (groups - 1)
    return replace(sample, standard_error=float(np.sqrt(squared)), df=groups - 1)


def known(sample: Sample) -> Sample:
    """Return the mean of a census: it has no sampling error."""
    return replace(sample, standard_error=0.0, df=max(sample.n - 1, 1))


def shifted(sample: Sample, by: float) -> Sample:
    """Return the sample with ``by`` added to every answer."""
    return sample if sample.mean is None else replace(sample, mean=sample.mean + by)


def negated(sample: Sample) -> Sample:
    """Return the sample with the sign of every answer turned."""
    return sample if sample.mean is None else replace(sample, mean=-sample.mean)


def half_rule(values: Floats, asked: NDArray[np.bool_]) -> Floats:
    """Return each person's mean over the asked columns, NaN with fewer than half of them.

    Args:
        values: (n, c), NaN is not given.
        asked: (c,) columns that anybody was asked.
    """
    some = values[:, asked]
    given = ~np.isnan(some)
    answered = given.sum(axis=1)
    enough = (answered * 2 >= some.shape[1]) & (answered > 0)
    total = np.where(given, some, 0.0).sum(axis=1)
    scored: Floats = np.where(enough, total / np.maximum(answered, 1), np.nan)
    return scored
