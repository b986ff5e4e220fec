"""Plausible factor models and Kano counts for tests of the report."""

from __future__ import annotations

import numpy as np

from fivegaps.model.instrument import Instrument
from fivegaps.psychometrics.results import (
    Alternatives,
    Bartlett,
    Cfa,
    Exploratory,
    Factors,
    Finding,
    Fit,
    FornellLarcker,
    Kmo,
    Loading,
    MaximumLikelihood,
    ModificationIndex,
    Parallel,
    ParallelSeries,
    RobustMaximumLikelihood,
    ScaledIndices,
)
from fivegaps.scoring.results import KanoElement
from fivegaps.stats.estimate import Estimate

_CHI2 = 302.55


def _model(n: int, chi2: float = _CHI2, cfi: float = 0.898) -> dict[str, object]:
    return {
        "n": n,
        "converged": True,
        "chi2": chi2,
        "df": 155,
        "p": 1e-11,
        "cfi": cfi,
        "tli": 0.875,
        "rmsea": 0.070,
        "rmsea_low": 0.0583,
        "rmsea_high": 0.0817,
        "p_close": 0.003,
        "srmr": 0.0655,
        "aic": 9876.5,
        "bic": 10020.1,
    }


def factors(members: dict[str, list[int]], instrument: Instrument, answers: np.ndarray) -> Factors:
    """Return a factor structure: eigenvalues from the answers, the model made up."""
    random = np.random.default_rng(3)
    n = len(answers)
    items = [instrument.items[at].id for d in members.values() for at in d]
    columns = [at for d in members.values() for at in d]
    observed = np.sort(np.linalg.eigvalsh(np.corrcoef(answers[:, columns].T)))[::-1]
    noise = np.sort(
        np.linalg.eigvalsh(np.corrcoef(random.normal(size=(len(columns), max(n, 30)))))
    )[::-1]
    kept = int((observed > noise).sum())
    pairs = [f"{a}|{b}" for i, a in enumerate(members) for b in list(members)[i + 1 :]]
    shown = {
        item: float(x)
        for item, x in zip(items, random.uniform(0.42, 0.88, len(items)), strict=True)
    }
    loads = {item: Loading(x * 1.1, 0.08, x, 0.05) for item, x in shown.items()}
    count = min(3, len(items))
    return Factors(
        n=n,
        kmo=Kmo(0.861, {item: float(random.uniform(0.7, 0.93)) for item in items}),
        bartlett=Bartlett(1810.3, 190, 1e-200),
        parallel=Parallel(
            ParallelSeries(tuple(observed.tolist()), tuple(noise.tolist()), kept),
            ParallelSeries(
                tuple((observed - 0.7).tolist()), tuple((noise - 0.8).tolist()), kept + 1
            ),
            100,
            0.95,
        ),
        efa=Exploratory(
            "minres",
            "oblimin",
            count,
            {item: tuple(random.uniform(-0.2, 0.8, count).tolist()) for item in items},
            communalities=shown,
            factor_correlations=tuple(map(tuple, (np.eye(count) * 0.7 + 0.3).tolist())),
            variance_explained=(0.2, 0.15, 0.1)[:count],
        ),
        cfa=Cfa(
            MaximumLikelihood(
                **_model(n),
                loadings=loads,
                factor_correlations={
                    p: Estimate(float(x), x - 0.15, min(1, x + 0.15), n, "ML")
                    for p, x in zip(
                        pairs, random.uniform(0.2, 0.7, len(pairs)).tolist(), strict=True
                    )
                },
                modification_indices=tuple(
                    ModificationIndex(
                        "cross_loading", next(iter(members)), item, 25.0 - k, 0.31, 0.2
                    )
                    for k, item in enumerate(items[:12])
                ),
            ),
            RobustMaximumLikelihood(
                n,
                252.932,
                155,
                1e-6,
                1.19617,
                ScaledIndices(0.903, 0.881, 0.057, 0.046, 0.068),
                ScaledIndices(0.91603, 0.897, 0.06242, 0.05, 0.075),
                loads,
            ),
        ),
        htmt={p: Estimate(0.6, 0.5, 0.7, n, "bootstrap") for p in pairs},
        fornell_larcker={p: FornellLarcker(0.6, 0.593, holds=False) for p in pairs},
        alternatives=Alternatives(
            Fit(**_model(n, 702.1, 0.62)), Fit(**_model(n, 330.2, 0.88)), Fit(reason="not_needed")
        ),
        verdict="not_confirmed",
        findings=(
            Finding("poor_fit", (), {"cfi": 0.898}),
            Finding("inseparable_factors", tuple(list(members)[:2]), {"correlation": 0.96}),
        ),
    )


def kano_elements(instrument: Instrument, n: int) -> dict[str, KanoElement]:
    """Return Kano counts drawn at random, with category and coefficients computed."""
    random = np.random.default_rng(11)
    found = {}
    for item in instrument.items:
        draws = random.multinomial(n, random.dirichlet([1.2, 1.2, 1.2, 1.2, 0.05, 0.02]))
        counts = dict(zip("AOMIRQ", map(int, draws), strict=True))
        base = sum(counts[c] for c in "AOMI")
        better = (counts["A"] + counts["O"]) / base
        worse = -(counts["O"] + counts["M"]) / base
        first, second = sorted(counts.values(), reverse=True)[:2]
        found[item.id] = KanoElement(
            counts,
            max("MOAIRQ", key=lambda c: counts[c]),
            Estimate(better, better - 0.07, better + 0.07, n, "Wilson"),
            Estimate(worse, worse - 0.07, worse + 0.07, n, "Wilson"),
            n,
            (first - second) / (first + second) ** 0.5,
        )
    return found
