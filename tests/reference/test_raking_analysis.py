"""Raked answers through the analysis' own sums, against R's survey package.

Origin: method.md 5, T10: R 4.2.2, survey 4.1-1, ``apiclus1`` as independent answers
without fpc; ``rake`` with margins of stype and sch.wide until 1e-6, ``svymean(~api00)``.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from fivegaps.analysis.counting import count, plan_scan, silent
from fivegaps.analysis.options import Options
from fivegaps.analysis.samples import Weighing
from fivegaps.engines.survey import SurveyCounts
from fivegaps.io.answers import Categories, MemoryAnswers, Numbers
from fivegaps.model.instrument import Battery, Instrument, Item, Outcome
from fivegaps.stats.intervals import Sample
from fivegaps.stats.weights import Margin

SCHOOLS = Path(__file__).parents[1] / "data" / "reference" / "apiclus1.csv"
TYPE = Margin("stype", {"E": 4421, "M": 1018, "H": 755})
WIDE = Margin("sch.wide", {"No": 1072, "Yes": 5122})
INSTRUMENT = Instrument(
    id="schools",
    version="1",
    languages=("en",),
    title={},
    batteries=(Battery("perception", 1, 7),),
    dimensions=(),
    items=(Item("x", None, {"perception": "x"}),),
    outcomes=(Outcome("api", ("api00",), 200, 1000),),
)


def schools() -> MemoryAnswers:
    with SCHOOLS.open(newline="") as file:
        rows = list(csv.DictReader(file))

    def labels(name: str) -> Categories:
        given = [row[name] for row in rows]
        values = sorted(set(given))
        codes = np.array([values.index(value) for value in given], dtype=np.int32)
        return Categories(codes, tuple(values))

    return MemoryAnswers(
        INSTRUMENT,
        np.ones((1, len(rows)), dtype=np.uint8),
        columns={
            "api00": Numbers(np.array([float(row["api00"]) for row in rows])),
            **{name: labels(name) for name in ("stype", "sch.wide", "dnum")},
        },
        part_rows=50,
    )


def weighed(*margins: Margin, cluster: str | None = None) -> tuple[Weighing, SurveyCounts]:
    plan, _ = plan_scan(schools(), Options(margins=margins, cluster=cluster))
    counts = count(schools(), plan, start=silent).counts
    return Weighing(plan.layout, counts, margins=margins, weight=None), counts


def mean_of(*margins: Margin, cluster: str | None = None) -> Sample:
    weighing, counts = weighed(*margins, cluster=cluster)
    return weighing.whole(counts).mean({"outcome:api": 1.0})


def test_raking_gives_rs_weights():
    raking = weighed(TYPE, WIDE)[0].raking

    assert raking is not None
    assert raking.by_cell() == {
        ("E", "No"): pytest.approx(39.83924, abs=1e-4),
        ("E", "Yes"): pytest.approx(29.87068, abs=1e-4),
        ("H", "No"): pytest.approx(67.12553, abs=1e-4),
        ("H", "Yes"): pytest.approx(50.32940, abs=1e-4),
        ("M", "No"): pytest.approx(49.06907, abs=1e-4),
        ("M", "Yes"): pytest.approx(36.79102, abs=1e-4),
    }


def test_the_design_effect_is_kishs():
    weights = weighed(TYPE, WIDE)[0].describe()

    assert weights is not None
    assert weights.deff == pytest.approx(1.051657, abs=1e-6)
    assert weights.n_effective == pytest.approx(183 / 1.051657, rel=1e-6)


def test_the_raked_mean_has_the_error_of_raking_residuals():
    sample = mean_of(TYPE, WIDE)

    assert sample.mean == pytest.approx(641.23, abs=0.005)
    assert sample.standard_error == pytest.approx(7.7788, abs=5e-5)


def test_one_margin_is_post_stratification():
    sample = mean_of(TYPE)

    assert sample.mean == pytest.approx(642.31, abs=0.005)
    assert sample.standard_error == pytest.approx(7.8418, abs=5e-5)


def test_clusters_keep_the_raked_mean_and_widen_its_error():
    sample = mean_of(TYPE, WIDE, cluster="dnum")

    assert sample.mean == pytest.approx(641.23, abs=0.005)
    assert sample.standard_error > 15
    assert sample.df == 14
