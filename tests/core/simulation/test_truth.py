"""The truth against large samples, and against what must hold of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from fivegaps.model.instrument import Instrument
from fivegaps.simulation.options import SimulationOptions, parse_segments, parse_shift
from fivegaps.simulation.simulate import Simulation, prepare, simulate
from fivegaps.simulation.truth import TruthMaker
from fivegaps.simulation.truths import Truth

N = 120_000


@dataclass(frozen=True)
class Sample:
    order: Simulation
    truth: Truth
    maker: TruthMaker
    values: np.ndarray
    branch: np.ndarray


@pytest.fixture(scope="module")
def sample(two_columns: Instrument) -> Sample:
    segments = parse_segments("branch=Riga:.25;Oslo:.75,channel=3")
    shifts = tuple(
        parse_shift(text, segments, ["reliability", "empathy"])
        for text in ("Riga.reliability=-1", "channel-02=0.5")
    )
    options = SimulationOptions(n=N, seed=11, segments=segments, shifts=shifts)
    order = prepare(two_columns, options)
    draws = list(order.draws())
    items = np.concatenate([draw.codes for draw in draws], axis=1).astype(float)
    outcomes = np.concatenate([np.array(list(draw.outcomes.values())) for draw in draws], axis=1)
    return Sample(
        order,
        order.truth(),
        TruthMaker(order.model, order.options, order.cells),
        np.concatenate([items, outcomes]),
        np.concatenate([draw.segments["branch"] for draw in draws]),
    )


def test_means_are_those_of_a_large_sample(sample: Sample) -> None:
    moments = sample.maker.moments

    errors = np.sqrt(np.diag(moments.covariance) / N)

    assert np.abs((sample.values.mean(axis=1) - moments.means) / errors).max() < 5


def test_covariances_are_those_of_a_large_sample(sample: Sample) -> None:
    true = sample.maker.moments.covariance
    sd = np.sqrt(np.diag(true))

    difference = (np.cov(sample.values) - true) / np.outer(sd, sd) * np.sqrt(N)

    assert np.abs(difference).max() < 7


def test_gap_of_a_segment_is_that_of_its_rows(sample: Sample) -> None:
    names = [item.key for item in sample.order.model.items]
    riga = sample.values[:, sample.branch == 0]
    gaps = [
        riga[names.index(f"perception.rel{k}")] - riga[names.index(f"expectation.rel{k}")]
        for k in (1, 2, 3)
    ]

    found = np.mean(gaps)

    error = np.mean(gaps, axis=0).std() / np.sqrt(riga.shape[1])
    true = sample.truth.segments["branch"]["Riga"].dimensions["reliability"]["gap"]
    assert abs(found - true) < 5 * error


def test_segments_mix_to_the_whole(sample: Sample) -> None:
    for values in sample.truth.segments.values():
        mixed = sum(segment.share * (segment.overall or 0.0) for segment in values.values())

        assert mixed == pytest.approx(sample.truth.overall.mean_of_dimensions)


def test_shift_touches_its_dimension_only(sample: Sample) -> None:
    branch = sample.truth.segments["branch"]

    empathy = {value: segment.dimensions["empathy"]["gap"] for value, segment in branch.items()}

    assert empathy["Riga"] == pytest.approx(empathy["Oslo"])
    assert branch["Riga"].dimensions["reliability"]["gap"] < (
        branch["Oslo"].dimensions["reliability"]["gap"] - 0.5
    )


def test_expectations_do_not_shift(sample: Sample) -> None:
    values = sample.truth.segments["branch"].values()

    assert len({round(s.dimensions["reliability"]["expectation"], 12) for s in values}) == 1


def test_alpha_is_that_of_the_covariances(sample: Sample) -> None:
    names = [item.key for item in sample.order.model.items]
    rows = sample.values[[names.index(f"perception.rel{k}") for k in (1, 2, 3)]]

    alpha = 1.5 * (1 - rows.var(axis=1).sum() / rows.sum(axis=0).var())

    true = sample.truth.dimensions["reliability"].alpha["perception"]
    assert alpha == pytest.approx(true, abs=0.01)


def test_lmg_shares_add_up_to_r2(sample: Sample) -> None:
    drivers = sample.truth.drivers

    assert drivers is not None
    assert sum(drivers.lmg.values()) == pytest.approx(drivers.r2, rel=1e-12)


def test_r2_is_that_of_a_large_sample(sample: Sample) -> None:
    names = [item.key for item in sample.order.model.items]
    x = np.array(
        [
            sample.values[[names.index(f"perception.{short}{k}") for k in (1, 2, 3)]].mean(axis=0)
            for short in ("rel", "emp")
        ]
    )
    y = sample.values[-2:].mean(axis=0)

    x_centred, y_centred = x - x.mean(axis=1, keepdims=True), y - y.mean()
    beta = np.linalg.solve(x_centred @ x_centred.T, x_centred @ y_centred)
    r2 = 1 - (y_centred - beta @ x_centred).var() / y_centred.var()

    assert sample.truth.drivers is not None
    assert r2 == pytest.approx(sample.truth.drivers.r2, abs=0.01)


def test_weighted_overall_weighs_the_dimensions(two_columns: Instrument) -> None:
    truth = simulate(two_columns, n=50).truth

    weights = {name: dimension.weight or 0.0 for name, dimension in truth.dimensions.items()}
    gaps = {name: dimension.gap or 0.0 for name, dimension in truth.dimensions.items()}
    assert sum(weights.values()) == pytest.approx(100)
    assert truth.overall.weighted == pytest.approx(
        sum(weights[name] * gaps[name] for name in gaps) / 100
    )


def test_item_without_dimension_counts_in_the_mean_of_items_only(two_columns: Instrument) -> None:
    truth = simulate(two_columns, n=50).truth

    assert truth.items["extra"].dimension is None
    assert truth.overall.mean_of_items == pytest.approx(
        np.mean([item.gap for item in truth.items.values()])
    )
    assert truth.overall.mean_of_dimensions == pytest.approx(
        np.mean([dimension.gap for dimension in truth.dimensions.values()])
    )


def test_zone_is_told_where_three_columns_are_asked(zone: Instrument) -> None:
    truth = simulate(zone, n=50).truth

    reliability = truth.zone["dimensions"]["reliability"]
    assert reliability.adequacy - reliability.superiority == pytest.approx(reliability.width)
    assert truth.overall.mean_of_dimensions is None


def test_performance_alone_has_no_gap(performance: Instrument) -> None:
    truth = simulate(performance, n=50).truth

    assert truth.dimensions["reliability"].gap is None
    assert truth.overall.servperf == pytest.approx(
        np.mean([d.means["perception"] for d in truth.dimensions.values()])
    )


def test_careless_answers_pull_the_gap_towards_nothing(two_columns: Instrument) -> None:
    truth = simulate(two_columns, n=50, careless=0.25).truth

    gap = truth.dimensions["reliability"].gap
    assert truth.with_careless["reliability"] == pytest.approx(0.75 * (gap or 0.0))


def test_spread_makes_units_differ(two_columns: Instrument) -> None:
    truth = simulate(two_columns, n=50, segments="branch=30", spread=["branch=0.4"]).truth

    overall = [segment.overall for segment in truth.segments["branch"].values()]
    assert 0.1 < np.std([value for value in overall if value is not None]) < 0.6


def test_kano_shares_are_those_of_the_table(two_columns: Instrument) -> None:
    truth = simulate(two_columns, n=50).truth

    assert set(truth.kano) == {"rel1", "wifi"}
    assert all(sum(shares.values()) == pytest.approx(1) for shares in truth.kano.values())
