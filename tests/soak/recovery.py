"""Simulated surveys with known truth, and whether the analysis' intervals hold it.

Each scenario simulates one survey, analyses it and yields a verdict for every
figure: does the 95 % interval cover the true value? Over many files the share
of covered figures must be 95 %, figure by figure and pooled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr
from scipy.stats import binom, norm

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.options import Options
from fivegaps.analysis.results import Results
from fivegaps.model.instrument import Battery, Dimension, Instrument, Item, Outcome
from fivegaps.simulation.population import population
from fivegaps.simulation.simulate import Simulated, simulate
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.weights import Margin

LEVEL = 0.95
FAMILY = 0.001  # chance of any false alarm, over all figures together
SPREAD = 0.5

Interval = Estimate | GapEstimate
Figures = dict[str, tuple[Interval, float]]


def build(batteries: tuple[str, ...], points: int) -> Instrument:
    """Two dimensions of four items, and one item in none."""
    items = [
        Item(
            f"{dimension[:3]}{place}",
            dimension,
            {battery: f"{battery[0]}_{dimension[:3]}{place}" for battery in batteries},
            reversed=place == 4,
        )
        for dimension in ("reliability", "empathy")
        for place in (1, 2, 3, 4)
    ]
    items.append(Item("extra", None, {battery: f"{battery[0]}_extra" for battery in batteries}))
    return Instrument(
        id="recovery",
        version="1",
        languages=("en",),
        title={"en": "Recovery"},
        batteries=tuple(Battery(battery, 1, points) for battery in batteries),
        dimensions=(Dimension("reliability"), Dimension("empathy")),
        items=tuple(items),
        outcomes=(Outcome("satisfaction", ("o1", "o2"), 1, 7),),
        weights={"reliability": "w_rel", "empathy": "w_emp"},
    )


TWO = build(("expectation", "perception"), 7)
ZONE = build(("adequate", "desired", "perception"), 9)
FAST = 100  # bootstrap replicates; no bootstrap interval is judged here


@dataclass(frozen=True)
class Verdict:
    """Whether one figure's interval covered the truth in one file."""

    figure: str
    covered: bool


def plain(seed: int) -> Figures:
    """Complete answers."""
    made = simulate(TWO, n=250, seed=seed)
    results = analyze(made.answers, Options(replicates=FAST))
    return {**common(made, results), **reliability(made, results), **associations(made, results)}


def holed(seed: int) -> Figures:
    """Answers of which 8 % are missing."""
    made = simulate(TWO, n=250, seed=seed, missing=0.08)
    return common(made, analyze(made.answers, Options(replicates=FAST)))


def small(seed: int) -> Figures:
    """Fifty answers only."""
    made = simulate(TWO, n=50, seed=seed)
    figures = common(made, analyze(made.answers, Options(replicates=FAST)))
    # At n = 50 an interval for a skewed item mean or a share is only approximate.
    return {name: pair for name, pair in figures.items() if not name.startswith("items.")}


def segmented(seed: int) -> Figures:
    """Two branches, one of them worse."""
    made = simulate(
        TWO, n=300, seed=seed, segments="branch=Riga;Oslo", shifts=["Riga.reliability=-0.8"]
    )
    results = analyze(made.answers, Options(replicates=FAST, by=("branch",)))
    figures = common(made, results)
    for value, segment in results.segments["branch"].values.items():
        truth = made.truth.segments["branch"][value]
        assert truth.overall is not None
        figures[f"segment.{value}.overall"] = (segment.overall, truth.overall)
        for name, dimension in segment.dimensions.items():
            figures[f"segment.{value}.{name}"] = (dimension.gap, truth.dimensions[name]["gap"])
    return figures


def raked(seed: int) -> Figures:
    """A sample with too few phone customers, raked to the shares in the population."""
    made = simulate(
        TWO, n=400, seed=seed, segments="channel=phone:.3;counter:.7", shifts=["phone=0.8"]
    )
    margin = Margin("channel", {"phone": 0.6, "counter": 0.4})
    results = analyze(made.answers, Options(replicates=FAST, margins=(margin,)))
    channels = made.truth.segments["channel"]
    shares = {"phone": 0.6, "counter": 0.4}
    figures: Figures = {}
    for name, dimension in results.dimensions.items():
        for figure in ("expectation", "perception", "gap"):
            true = sum(shares[c] * channels[c].dimensions[name][figure] for c in shares)
            figures[f"raked.{name}.{figure}"] = (getattr(dimension, figure), true)
    true = sum(shares[c] * (channels[c].overall or 0.0) for c in shares)
    figures["raked.overall"] = (results.overall.mean_of_dimensions, true)
    return figures


def clustered(seed: int) -> Figures:
    """Sixty sampled branches that differ; the truth is that of all branches there might be."""
    made = simulate(TWO, n=900, seed=seed, segments="branch=60", spread=[f"branch={SPREAD}"])
    results = analyze(made.answers, Options(replicates=FAST, cluster="branch"))
    means = over_all_branches()
    figures: Figures = {}
    for name, dimension in results.dimensions.items():
        members = [item.id for item in TWO.items_of(name)]
        perceived = float(np.mean([means[f"perception.{item}"] for item in members]))
        expected = float(np.mean([means[f"expectation.{item}"] for item in members]))
        figures[f"clustered.{name}.perception"] = (dimension.perception, perceived)
        figures[f"clustered.{name}.gap"] = (dimension.gap, perceived - expected)
    return figures


def zone(seed: int) -> Figures:
    """Three columns."""
    made = simulate(ZONE, n=250, seed=seed)
    results = analyze(made.answers, Options(replicates=FAST))
    assert results.zone is not None
    figures: Figures = {}
    for kind, found in (("dimensions", results.zone.dimensions), ("items", results.zone.items)):
        for name, tolerance in found.items():
            true = made.truth.zone[kind][name]
            figures[f"zone.{name}.adequacy"] = (tolerance.adequacy, true.adequacy)
            figures[f"zone.{name}.superiority"] = (tolerance.superiority, true.superiority)
            figures[f"zone.{name}.width"] = (tolerance.width, true.width)
    return figures


SCENARIOS: tuple[Callable[[int], Figures], ...] = (
    plain,
    holed,
    small,
    segmented,
    raked,
    clustered,
    zone,
)


def common(made: Simulated, results: Results) -> Figures:
    """Means, gaps, ceilings and overall figures of any two-column survey."""
    truth = made.truth
    figures: Figures = {}
    for name, dimension in results.dimensions.items():
        true = truth.dimensions[name]
        assert true.gap is not None
        assert true.weight is not None
        figures[f"{name}.expectation"] = (dimension.expectation, true.means["expectation"])
        figures[f"{name}.perception"] = (dimension.perception, true.means["perception"])
        figures[f"{name}.gap"] = (dimension.gap, true.gap)
        figures[f"{name}.weight"] = (dimension.weight, true.weight)
    for name, item in results.items.items():
        known = truth.items[name]
        assert known.gap is not None
        figures[f"items.{name}.expectation"] = (item.expectation, known.means["expectation"])
        figures[f"items.{name}.perception"] = (item.perception, known.means["perception"])
        figures[f"items.{name}.gap"] = (item.gap, known.gap)
        for battery, ceiling in item.ceiling.items():
            figures[f"items.{name}.ceiling.{battery}"] = (ceiling, known.ceilings[battery])
    overall, told = results.overall, truth.overall
    for form in ("mean_of_dimensions", "mean_of_items", "weighted", "servperf"):
        figures[f"overall.{form}"] = (getattr(overall, form), getattr(told, form))
    return figures


def reliability(made: Simulated, results: Results) -> Figures:
    """Feldt's intervals for alpha of each battery and of the gaps."""
    return {
        f"{name}.alpha.{battery}": (found.alpha, made.truth.dimensions[name].alpha[battery])
        for name, dimension in results.dimensions.items()
        for battery, found in dimension.reliability.items()
    }


def associations(made: Simulated, results: Results) -> Figures:
    """Correlations of the dimensions with the outcome."""
    assert results.drivers is not None
    assert made.truth.drivers is not None
    return {
        f"{name}.r": (predictor.r, made.truth.drivers.r[name])
        for name, predictor in results.drivers.predictors.items()
    }


def over_all_branches() -> Mapping[str, float]:
    """True means when branches' shifts are normal: z then has variance 1 + (SPREAD / sd)²."""
    model = population(TWO)
    means = {}
    for v, item in enumerate(model.items):
        wider = np.sqrt(1.0 + (SPREAD / model.sd[v]) ** 2) if item.battery == "perception" else 1.0
        means[item.key] = float(item.minimum + ndtr(-model.thresholds(v) / wider).sum())
    return means


def verdicts(number: int) -> list[Verdict]:
    """Simulate and analyse file ``number``; scenarios take turns."""
    scenario = SCENARIOS[number % len(SCENARIOS)]
    found = []
    for figure, (estimate, true) in scenario(1_000_000 + number).items():
        assert estimate.low is not None, f"{scenario.__name__}: {figure} has no interval"
        assert estimate.high is not None
        found.append(Verdict(figure, estimate.low <= true <= estimate.high))
    return found


@dataclass(frozen=True)
class Coverage:
    """How often a figure's interval covered the truth, of how many files."""

    figure: str
    covered: int
    files: int

    def p(self) -> float:
        """Two-sided probability of a count as far from 95 % as this, if 95 % is right."""
        low = binom.cdf(self.covered, self.files, LEVEL)
        high = binom.sf(self.covered - 1, self.files, LEVEL)
        return float(min(1.0, 2 * min(low, high)))


def coverages(files: list[list[Verdict]]) -> list[Coverage]:
    """Count the verdicts figure by figure."""
    counts: dict[str, list[int]] = {}
    for file in files:
        for verdict in file:
            covered, seen = counts.setdefault(verdict.figure, [0, 0])
            counts[verdict.figure] = [covered + verdict.covered, seen + 1]
    return [Coverage(figure, *pair) for figure, pair in sorted(counts.items())]


def outside(found: list[Coverage]) -> list[Coverage]:
    """Return the figures outside the binomial bounds of the family (Bonferroni)."""
    return [coverage for coverage in found if coverage.p() < FAMILY / (len(found) + 1)]


def pooled_z(files: list[list[Verdict]]) -> float:
    """Standardised distance of the pooled coverage from 95 %.

    Figures of one file are not independent, so the error is that of the files'
    own shares, and not less than the binomial one of as many files.
    """
    shares = np.array([np.mean([verdict.covered for verdict in file]) for file in files])
    error = shares.std(ddof=1) / np.sqrt(len(shares))
    return float((shares.mean() - LEVEL) / error)


def summary(files: list[list[Verdict]], found: list[Coverage]) -> Iterator[str]:
    """Tell coverage and power: what would have been noticed with probability .8."""
    shares = [float(np.mean([verdict.covered for verdict in file])) for file in files]
    limit = float(norm.isf(FAMILY / (len(found) + 1) / 2))
    worst = min(found, key=Coverage.p)
    most = max(coverage.files for coverage in found)
    yield (
        f"{len(files)} files, {len(found)} figures, pooled coverage {np.mean(shares):.4f} "
        f"(z {pooled_z(files):+.2f}, limit {limit:.2f})"
    )
    yield f"furthest: {worst.figure} {worst.covered}/{worst.files}, p {worst.p():.2g}"
    pooled = LEVEL - (limit + float(norm.isf(0.2))) * float(np.std(shares)) / len(files) ** 0.5
    yield (
        f"power .8: a figure in {most} files is noticed at coverage {noticed(most, limit):.3f} "
        f"or less, the pooled one at {pooled:.4f} or less"
    )


def noticed(files: int, limit: float) -> float:
    """Return the highest coverage below 95 % that is found out with probability .8."""
    bound = binom.ppf(norm.sf(limit), files, LEVEL)
    grid = np.linspace(0.5, LEVEL, 901)
    power = binom.cdf(bound - 1, files, grid)
    return float(grid[power >= 0.8].max(initial=0.0))
