"""Results made by hand from answers, for tests of the report: plain NumPy, plausible models.

Means, gaps, alphas and segments are computed here in the shortest way; what a
factor model or a bootstrap would give is filled in with plausible figures, since
the report only has to show them.
"""

from __future__ import annotations

import numpy as np
from made_models import factors, kano_elements
from reported_answers import Asked
from scipy import stats as st

from fivegaps.analysis.results import (
    SCHEMA,
    Provenance,
    Quality,
    Results,
    SourceFile,
    UsedInstrument,
    Warned,
    WithoutFlagged,
)
from fivegaps.psychometrics.results import (
    Direct,
    Drivers,
    ItemReliability,
    PenaltyReward,
    Predictor,
    Reliability,
    Validity,
)
from fivegaps.scoring.results import (
    Consistency,
    Crosshairs,
    DimensionScores,
    ImportancePerformance,
    ItemPriority,
    ItemScores,
    Overall,
    Segment,
    SegmentDimension,
    Segments,
    SegmentSpread,
    Tolerance,
    Zone,
)
from fivegaps.stats.estimate import Estimate, GapEstimate, SignedRank
from fivegaps.stats.funnel import funnel
from fivegaps.stats.intervals import Sample

NOT_ASKED = Estimate.cannot("not_asked")
NO_GAP = GapEstimate.cannot("not_asked")
T_MEAN = "mean, t interval"


def about(low: float, value: float, high: float, n: int = 194) -> Estimate:
    return Estimate(value, low, high, n, "bootstrap, percentile interval")


def mean(values: np.ndarray, method: str = T_MEAN) -> Estimate:
    """Return the mean with its t interval."""
    if len(values) < 2:
        return Estimate.cannot("too_few", n=len(values))
    reach = st.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / len(values) ** 0.5
    centre = float(values.mean())
    return Estimate(centre, centre - float(reach), centre + float(reach), len(values), method)


def gap(p: np.ndarray, e: np.ndarray) -> GapEstimate:
    """Return the paired difference with its tests."""
    d = p - e
    if len(d) < 2:
        return GapEstimate.cannot("too_few", n=len(d))
    one, sd = mean(d), float(d.std(ddof=1))
    if sd == 0:
        return GapEstimate.cannot("constant", n=len(d))
    t = float(d.mean()) / (sd / len(d) ** 0.5)
    chance = float(2 * st.t.sf(abs(t), len(d) - 1))
    ranks = st.rankdata(np.abs(d[d != 0]))
    return GapEstimate(
        one.value,
        one.low,
        one.high,
        len(d),
        "mean of paired differences, t interval",
        sd=sd,
        t=t,
        df=len(d) - 1.0,
        p=chance,
        p_adjusted=min(1.0, 5 * chance),
        d_z=float(d.mean()) / sd,
        d_av=float(d.mean()) / ((float(p.std(ddof=1)) + float(e.std(ddof=1))) / 2 or 1.0),
        wilcoxon=SignedRank(float(ranks[d[d != 0] > 0].sum()), len(ranks), chance, 0.0),
    )


def share(hits: np.ndarray) -> Estimate:
    """Return a share; the interval is rough."""
    value = float(hits.mean())
    return Estimate(value, max(0.0, value - 0.06), min(1.0, value + 0.06), len(hits), "Wilson")


def alpha(block: np.ndarray) -> float:
    """Return Cronbach's alpha of (n, k) answers."""
    k = block.shape[1]
    whole = block.sum(axis=1).var(ddof=1)
    return float(k / (k - 1) * (1 - block.var(axis=0, ddof=1).sum() / whole))


def reliability(block: np.ndarray) -> Reliability:
    """Return alpha, omega and mean r of one dimension."""
    n = len(block)
    if block.shape[1] < 2 or n < 3:
        why = Estimate.cannot("one_item" if n >= 3 else "too_few", n=n)
        return Reliability(why, why, why)
    if (block.var(axis=0) == 0).any():
        why = Estimate.cannot("constant", n=n)
        return Reliability(why, why, why)
    value = alpha(block)
    r = float(np.corrcoef(block.T)[np.triu_indices(block.shape[1], 1)].mean())
    return Reliability(
        about(value - 0.05, value, value + 0.04, n),
        Estimate(value + 0.008, None, None, n, "omega, no interval"),
        Estimate(r, None, None, n, "no interval"),
    )


def scores(asked: Asked, battery: str, items: list[int]) -> np.ndarray | None:
    """Return each person's mean over the items of a battery; None when not asked."""
    block = asked.batteries.get(battery)
    return None if block is None else block[:, items].mean(axis=1)


def dimension_scores(asked: Asked, items: list[int]) -> DimensionScores:
    p, e = scores(asked, "perception", items), scores(asked, "expectation", items)
    both = {name: asked.batteries[name][:, items] for name in asked.batteries}
    maximum = asked.instrument.batteries[0].maximum
    reliabilities = {name: reliability(b) for name, b in both.items() if name in _SCALES}
    if p is not None and e is not None:
        reliabilities["gap"] = reliability(both["perception"] - both["expectation"])
    n = len(next(iter(both.values())))
    return DimensionScores(
        items=tuple(asked.instrument.items[at].id for at in items),
        expectation=NOT_ASKED if e is None else mean(e),
        perception=NOT_ASKED if p is None else mean(p),
        gap=NO_GAP if p is None or e is None else gap(p, e),
        weight=NOT_ASKED,
        ceiling={name: share(b == maximum) for name, b in both.items()},
        difference_reliability=NOT_ASKED if e is None else about(0.4, 0.51, 0.6, n),
        reliability=reliabilities,
        validity={
            name: Validity(about(0.4, 0.51, 0.6, n), about(0.7, 0.79, 0.85, n))
            for name in reliabilities
            if name in _SCALES
        },
    )


_SCALES = ("expectation", "perception")


def item_scores(asked: Asked, at: int) -> ItemScores:
    item = asked.instrument.items[at]
    columns = {name: block[:, at] for name, block in asked.batteries.items()}
    p, e = columns.get("perception"), columns.get("expectation")
    maximum = asked.instrument.batteries[0].maximum
    return ItemScores(
        dimension=item.dimension,
        expectation=NOT_ASKED if e is None else mean(e),
        perception=NOT_ASKED if p is None else mean(p),
        gap=NO_GAP if p is None or e is None else gap(p, e),
        ceiling={name: share(c == maximum) for name, c in columns.items()},
        missing={name: share(c < 0) for name, c in columns.items()},
        reliability={
            name: ItemReliability(about(0.4, 0.5, 0.6), about(0.6, 0.7, 0.8))
            for name in columns
            if name in _SCALES and item.dimension
        },
    )


def segments(asked: Asked, column: str, members: dict[str, list[int]]) -> Segments:
    units = asked.units[column]
    values: dict[str, Segment] = {}
    samples = []
    for name in dict.fromkeys(units.tolist()):
        mine = Asked(
            asked.instrument, {b: block[units == name] for b, block in asked.batteries.items()}
        )
        by = {d: dimension_scores(mine, items) for d, items in members.items()}
        gaps = [
            (scores(mine, "perception", i), scores(mine, "expectation", i))
            for i in members.values()
        ]
        overall = NO_GAP
        if all(p is not None and e is not None for p, e in gaps):
            overall = gap(
                np.mean([p for p, _ in gaps], axis=0), np.mean([e for _, e in gaps], axis=0)
            )
        samples.append(
            Sample(
                n=overall.n,
                mean=overall.value,
                variance=None if overall.sd is None else overall.sd**2,
            )
        )
        values[name] = Segment(
            n=len(next(iter(mine.batteries.values()))),
            overall=overall,
            dimensions={
                d: SegmentDimension(one.expectation, one.perception, one.gap)
                for d, one in by.items()
            },
            outlying=None,
            p=0.2,
            p_adjusted=0.5,
        )
    spread = SegmentSpread(
        told_apart=False, q=22.4, df=len(values) - 1, p=0.26, tau=0.08, range=0.7
    )
    placed = funnel(samples)
    placed_values = {
        name: Segment(one.n, one.overall, one.dimensions, unit.place, unit.p, unit.p)
        for (name, one), unit in zip(values.items(), placed.units, strict=True)
    }
    ends = list(values)
    return Segments(
        placed_values, spread, {d: Consistency(spread, ends[0], ends[-1]) for d in members}
    )


def zone_of(asked: Asked, items: list[int]) -> Tolerance:
    """Return the zone of tolerance over some items."""
    p, a, d = (scores(asked, name, items) for name in ("perception", "adequate", "desired"))
    return Tolerance(
        adequacy=gap(p, a),
        superiority=gap(p, d),
        width=mean(d - a),
        position=about(0.3, 0.45, 0.6),
        inversions=3,
        inversion_share=about(0.01, 0.02, 0.04),
        adequate=mean(a),
        desired=mean(d),
        perceived=mean(p),
    )


def overall_of(asked: Asked, members: dict[str, list[int]]) -> Overall:
    everything = list(range(len(asked.instrument.items)))
    p, e = scores(asked, "perception", everything), scores(asked, "expectation", everything)
    listed = list(members.values())
    return Overall(
        mean_of_dimensions=NO_GAP
        if e is None or not listed
        else gap(
            np.mean([scores(asked, "perception", i) for i in listed], axis=0),
            np.mean([scores(asked, "expectation", i) for i in listed], axis=0),
        ),
        mean_of_items=NO_GAP if e is None else gap(p, e),
        weighted=NO_GAP,
        servperf=NOT_ASKED if p is None else mean(p),
        servperf_weighted=NOT_ASKED,
    )


def priorities(asked: Asked) -> ImportancePerformance | None:
    """Return the importance-performance grid from stated importance and made-up derived one."""
    stated = asked.batteries.get("importance")
    name = "satisfaction" if "satisfaction" in asked.batteries else "perception"
    performance = asked.batteries.get(name)
    if performance is None or (stated is None and asked.outcome is None):
        return None
    x = performance.mean(axis=0)
    y = stated.mean(axis=0) if stated is not None else np.full(len(x), np.nan)
    z = (
        np.array([np.corrcoef(c, asked.outcome)[0, 1] for c in performance.T])
        if asked.outcome is not None
        else np.full(len(x), np.nan)
    )

    def quadrant(at: int, importance: np.ndarray) -> str | None:
        if np.isnan(importance[at]):
            return None
        high, good = importance[at] >= importance.mean(), x[at] >= x.mean()
        return {(1, 0): "concentrate", (1, 1): "keep", (0, 0): "low", (0, 1): "overkill"}[
            high, good
        ]

    return ImportancePerformance(
        Crosshairs(
            float(x.mean()),
            None if np.isnan(y).any() else float(y.mean()),
            None if np.isnan(z).any() else float(z.mean()),
        ),
        name,
        {
            item.id: ItemPriority(
                mean(performance[:, at]),
                NOT_ASKED if stated is None else mean(stated[:, at]),
                NOT_ASKED if np.isnan(z[at]) else about(z[at] - 0.1, float(z[at]), z[at] + 0.1),
                quadrant(at, y),
                quadrant(at, z),
            )
            for at, item in enumerate(asked.instrument.items)
        },
    )


def drivers_of(asked: Asked, members: dict[str, list[int]]) -> Drivers | None:
    """Return drivers with shares that fall off; None without an outcome."""
    if asked.outcome is None or not members:
        return None
    n = len(asked.outcome)
    shares = [0.17, 0.086, 0.036, 0.033, 0.032, 0.029, *[0.01] * 20]
    parts = dict(zip(members, shares, strict=False))
    return Drivers(
        outcome="satisfaction",
        battery="perception",
        n=n,
        r2=sum(parts.values()),
        predictors={
            d: Predictor(
                about(x * 0.5, x, x * 1.6, n),
                about(x * 0.5, x * 0.97, x * 1.6, n),
                about(0.0, 0.2, 0.4, n),
                about(0.2, 0.4, 0.5, n),
            )
            for d, x in parts.items()
        },
        direct=Direct(
            n, -0.05123, -0.2, 0.1, 0.59153, 0.4, 0.7, 26.64, 1, n - 3, 6.1e-7, 0.33114, 0.23785
        )
        if "expectation" in asked.batteries
        else None,
        penalty_reward={
            d: PenaltyReward(about(-0.5, -0.3, -0.1), about(0.0, 0.1, 0.2), "cannot_tell")
            for d in members
        },
    )


def results(asked: Asked, **changes: object) -> Results:
    """Return the whole tree for some answers; ``changes`` replace fields of it."""
    instrument = asked.instrument
    members = {
        d.id: [at for at, item in enumerate(instrument.items) if item.dimension == d.id]
        for d in instrument.dimensions
    }
    dimensions = {d: dimension_scores(asked, items) for d, items in members.items()}
    whole = overall_of(asked, members)
    n = len(next(iter(asked.batteries.values())))
    zone = None
    if "adequate" in asked.batteries:
        zone = Zone(
            {d: zone_of(asked, items) for d, items in members.items()},
            {item.id: zone_of(asked, [at]) for at, item in enumerate(instrument.items)},
        )
    made = {
        "schema": SCHEMA,
        "n": n,
        "instrument": instrument.id,
        "batteries": tuple(asked.batteries),
        "warnings": (Warned("independent_answers", "answers count as independent"),),
        "overall": whole,
        "dimensions": dimensions,
        "items": {item.id: item_scores(asked, at) for at, item in enumerate(instrument.items)},
        "zone": zone,
        "factors": {
            name: factors(members, instrument, asked.batteries[name])
            for name in asked.batteries
            if name in _SCALES and len(members) > 1 and n > 50
        },
        "drivers": drivers_of(asked, members),
        "importance_performance": priorities(asked),
        "kano": kano_elements(instrument, n) if "importance" in asked.batteries else {},
        "segments": {column: segments(asked, column, members) for column in asked.units},
        "weights": None,
        "quality": Quality(
            n + 3,
            n,
            {"long_run_perception": 4, "expectation_equals_perception": 2},
            5,
            WithoutFlagged(
                n - 5, whole.mean_of_dimensions, {d: o.gap for d, o in dimensions.items()}
            ),
        ),
        "provenance": Provenance(
            "0.1.0",
            SourceFile("kiosk.csv", "c0ffee" * 10 + "abcd", n + 3),
            UsedInstrument(instrument.id, instrument.version, "beef" * 16),
            {"missing": "pairwise", "confidence": 0.95, "lang": "en"},
            20260101,
            "2026-03-14T10:00:00+00:00",
            "fivegaps analyze kiosk.csv --instrument kiosk.toml --seed 20260101",
        ),
    }
    return Results(**{**made, **changes})
