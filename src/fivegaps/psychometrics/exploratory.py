"""Exploratory factors of one battery: adequacy, number of factors, pattern, findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import CannotCompute
from fivegaps.psychometrics.results import (
    Bartlett,
    Exploratory,
    Finding,
    Kmo,
    Parallel,
    ParallelSeries,
)
from fivegaps.stats.factors.adequacy import LEAST_EIGENVALUE, sampling_adequacy, sphericity
from fivegaps.stats.factors.extraction import Method, enough_factors, extract, most_factors
from fivegaps.stats.factors.parallel import (
    QUANTILE,
    REPLICATES,
    Eigenvalues,
    parallel_analysis,
)
from fivegaps.stats.factors.rotation import Rotation, rotate

Floats = NDArray[np.float64]


class Exploration(NamedTuple):
    """What exploring a correlation matrix found; every block may hold a reason instead."""

    kmo: Kmo
    bartlett: Bartlett
    parallel: Parallel
    efa: Exploratory
    findings: tuple[Finding, ...]


def explore(
    correlation: Floats,
    n: int,
    names: Sequence[str],
    *,
    seed: int,
    factors: int | None = None,
    extraction: Method = "minres",
    rotation: Rotation = "oblimin",
    kaiser: bool | None = None,
    replicates: int = REPLICATES,
    quantile: float = QUANTILE,
) -> Exploration:
    """Explore the factors of p items from their correlations.

    Items that do not vary (NaN correlations with all others) are left out, with a
    finding. A matrix that is not positive definite, which pairwise correlations
    and repeated items can give, is not smoothed: the blocks hold that reason.

    Args:
        correlation: Correlations (p, p), complete or pairwise.
        n: Answers that the correlations count as.
        names: Names of the p items.
        seed: Of the random answers in parallel analysis.
        factors: How many to keep; by default as many as parallel analysis keeps
            common factors, at least one, at most what p items can identify.
        extraction: minres or ml.
        rotation: none, varimax, promax or oblimin.
        kaiser: Whether to scale rows to unit length while rotating; by default as R
            does it (varimax and promax yes, oblimin no).
        replicates: Sets of random answers in parallel analysis.
        quantile: Of the random eigenvalues, that an observed one must exceed.
    """
    kept = _answered(correlation)
    items = [name for name, keep in zip(names, kept, strict=True) if keep]
    left_out = tuple(name for name, keep in zip(names, kept, strict=True) if not keep)
    findings = [Finding("constant_item", about=left_out)] if left_out else []
    matrix = correlation[np.ix_(kept, kept)]
    finding = _unusable(matrix)
    if finding is not None:
        findings.append(finding)
    kmo = _kmo(matrix, items)
    bartlett = _bartlett(matrix, n)
    parallel = _parallel(matrix, n, seed=seed, replicates=replicates, quantile=quantile)
    wanted = factors
    if wanted is None:
        retained = 1 if parallel.factors is None else parallel.factors.retained
        wanted = min(max(1, retained), max(1, most_factors(len(items))))
    try:
        efa, more = _efa(matrix, n, items, (extraction, rotation), factors=wanted, kaiser=kaiser)
    except CannotCompute as problem:
        efa, more = Exploratory(reason=problem.reason), []
    return Exploration(kmo, bartlett, parallel, efa, tuple(findings + more))


def _answered(correlation: Floats) -> NDArray[np.bool_]:
    """Tell which items (p,) correlate with any other at all."""
    off = np.isfinite(correlation)
    np.fill_diagonal(off, val=False)
    return np.asarray(off.any(axis=1), dtype=np.bool_)


def _unusable(matrix: Floats) -> Finding | None:
    if len(matrix) < 2 or not np.isfinite(matrix).all():
        return Finding("too_few")
    smallest = float(np.linalg.eigvalsh(matrix)[0])
    if smallest > LEAST_EIGENVALUE:
        return None
    return Finding("matrix_not_positive_definite", values={"smallest_eigenvalue": smallest})


def _kmo(matrix: Floats, items: Sequence[str]) -> Kmo:
    try:
        found = sampling_adequacy(matrix)
    except CannotCompute as problem:
        return Kmo(reason=problem.reason)
    return Kmo(overall=found.overall, items=dict(zip(items, found.items.tolist(), strict=True)))


def _bartlett(matrix: Floats, n: int) -> Bartlett:
    try:
        found = sphericity(matrix, n)
    except CannotCompute as problem:
        return Bartlett(reason=problem.reason)
    return Bartlett(chi2=found.chi2, df=found.df, p=found.p)


def _parallel(matrix: Floats, n: int, *, seed: int, replicates: int, quantile: float) -> Parallel:
    try:
        found = parallel_analysis(matrix, n, seed=seed, replicates=replicates, quantile=quantile)
    except CannotCompute as problem:
        return Parallel(reason=problem.reason)
    return Parallel(
        components=_series(found.components),
        factors=_series(found.factors),
        replicates=replicates,
        quantile=quantile,
    )


def _series(eigenvalues: Eigenvalues) -> ParallelSeries:
    return ParallelSeries(
        observed=tuple(eigenvalues.observed.tolist()),
        random=tuple(eigenvalues.random.tolist()),
        retained=eigenvalues.retained,
    )


def _efa(
    matrix: Floats,
    n: int,
    items: Sequence[str],
    manner: tuple[Method, Rotation],
    *,
    factors: int,
    kaiser: bool | None,
) -> tuple[Exploratory, list[Finding]]:
    extraction, rotation = manner
    found = extract(matrix, factors, method=extraction)
    turned = rotate(found.loadings, rotation, kaiser=kaiser)
    test = enough_factors(found, matrix, n)
    findings = []
    if not found.converged or not turned.converged:
        findings.append(Finding("exploratory_not_converged"))
    heywood = tuple(item for item, bound in zip(items, found.at_bound, strict=True) if bound)
    if heywood:
        communalities = turned.communalities[found.at_bound].tolist()
        values = dict(zip(heywood, communalities, strict=True))
        findings.append(Finding("exploratory_heywood", about=heywood, values=values))
    efa = Exploratory(
        extraction=extraction,
        rotation=turned.rotation,
        retained=factors,
        loadings=_rows(items, turned.pattern),
        structure=_rows(items, turned.structure),
        communalities=dict(zip(items, turned.communalities.tolist(), strict=True)),
        factor_correlations=tuple(tuple(row) for row in turned.correlations.tolist()),
        variance_explained=tuple(turned.variance_explained.tolist()),
        chi2=test.chi2,
        df=test.df,
        p=test.p,
    )
    return efa, findings


def _rows(items: Sequence[str], matrix: Floats) -> dict[str, tuple[float, ...]]:
    return {item: tuple(row) for item, row in zip(items, matrix.tolist(), strict=True)}
