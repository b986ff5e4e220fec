"""Means and errors of linear functions of score columns, from sums alone."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from fivegaps.engines.scores import EVERYONE, ScoreColumn
from fivegaps.scoring.gaps import frequencies, interval_name, mean_of, paired_gap, terms
from fivegaps.scoring.sums import Cells, Sums, whole

N = 50
RNG = np.random.default_rng(1)
PERCEPTION = RNG.integers(1, 8, N)
EXPECTATION = RNG.integers(1, 8, N)
ANSWERED = RNG.random(N) > 0.2
WEIGHTS = RNG.random(N) + 0.1
COLUMNS = (
    ScoreColumn("perception:item:x", "item:x", 2.0, 10.0),
    ScoreColumn("expectation:item:x", "item:x", 2.0, 10.0),
)
MASKS = (EVERYONE, "item:x")
Z = np.array(
    [PERCEPTION * ANSWERED, EXPECTATION * ANSWERED, np.ones(N), ANSWERED], dtype=np.float64
)
GAP = {"perception:item:x": 1.0, "expectation:item:x": -1.0}
SCORES = (PERCEPTION / 2 + 10)[ANSWERED]


def plain() -> Sums:
    return whole(COLUMNS, MASKS, (Z @ Z.T).astype(np.int64))


def weighted() -> Sums:
    return dataclasses.replace(plain(), once=(Z * WEIGHTS) @ Z.T, twice=(Z * WEIGHTS**2) @ Z.T)


def test_a_score_is_its_units_and_shift():
    sample = plain().mean({"perception:item:x": 1.0})

    assert sample.n == ANSWERED.sum()
    assert sample.mean == pytest.approx(SCORES.mean(), rel=1e-13)
    assert sample.variance == pytest.approx(SCORES.var(ddof=1), rel=1e-12)


def test_a_linear_function_is_that_of_each_person():
    gaps = ((PERCEPTION - EXPECTATION) / 2)[ANSWERED]

    sample = plain().mean(GAP)

    assert sample.mean == pytest.approx(gaps.mean(), rel=1e-12)
    assert sample.standard_error == pytest.approx(gaps.std(ddof=1) / gaps.size**0.5, rel=1e-12)


def test_covariances_are_those_of_persons():
    found = plain().covariance({"perception:item:x": 1.0}, {"expectation:item:x": 1.0})

    pairs = np.cov(PERCEPTION[ANSWERED] / 2, EXPECTATION[ANSWERED] / 2)
    assert found == pytest.approx(pairs[0, 1], rel=1e-12)


def test_a_column_that_is_not_there_has_no_mean():
    assert plain().mean({"perception:item:y": 1.0}).mean is None
    assert plain().covariance(GAP, {"perception:item:y": 1.0}) is None
    assert plain().place("perception:item:y") is None


def test_nobody_answered_has_no_mean():
    nobody = whole(COLUMNS, MASKS, np.zeros((4, 4), dtype=np.int64))

    assert (nobody.mean(GAP).n, nobody.mean(GAP).mean) == (0, None)


def test_one_answer_has_a_mean_and_no_error():
    one = Z[:, np.flatnonzero(ANSWERED)[:1]]

    sample = whole(COLUMNS, MASKS, (one @ one.T).astype(np.int64)).mean(GAP)

    assert (sample.n, sample.variance, sample.standard_error) == (1, None, None)
    assert sample.mean is not None
    assert whole(COLUMNS, MASKS, (one @ one.T).astype(np.int64)).covariance(GAP, GAP) is None


def test_weights_give_the_ratio_mean_and_its_linearised_error():
    weights = WEIGHTS[ANSWERED]
    mean = np.average(SCORES, weights=weights)
    influence = weights * (SCORES - mean) / weights.sum()

    sample = weighted().mean({"perception:item:x": 1.0})

    n = weights.size
    assert sample.mean == pytest.approx(mean, rel=1e-12)
    assert sample.standard_error == pytest.approx(
        np.sqrt(n / (n - 1) * np.sum(influence**2)), rel=1e-10
    )


def test_a_single_cluster_has_no_degrees_of_freedom():
    sums = dataclasses.replace(plain(), clusters=Z.sum(axis=1)[None, :])

    assert (sums.mean(GAP).standard_error, sums.mean(GAP).df) == (0.0, 0)


@pytest.mark.parametrize("level", [1, 7, 99, 101])
def test_a_constant_has_exactly_no_variance(level):
    same = np.array([np.full(77, level), np.full(77, 3), np.ones(77), np.ones(77)]) * 1.0
    weights = np.random.default_rng(2).random(77)
    gram = same @ same.T
    sums = Sums(COLUMNS, MASKS, gram, (same * weights) @ same.T, (same * weights**2) @ same.T)

    assert (sums.mean(GAP).variance, sums.mean(GAP).standard_error) == (0.0, 0.0)


def test_one_different_answer_among_ten_million_still_varies():
    n = 10_000_000
    counts = np.array(
        [[36 * n + 13, 6 * n + 1, 6 * n + 1, 6 * n + 1], [0, n, n, n], [0, 0, n, n], [0, 0, 0, n]]
    )
    gram = np.triu(counts) + np.triu(counts, 1).T

    sample = whole(COLUMNS, MASKS, gram).mean({"perception:item:x": 1.0})

    assert sample.variance == pytest.approx(1e-7 / 4, rel=1e-3)


def test_the_interval_is_named_after_how_the_error_was_found():
    cells = Cells(np.zeros((1, 4, 4)), np.ones(1), np.ones((1, 1)))

    names = [
        interval_name(sums)
        for sums in (
            plain(),
            weighted(),
            dataclasses.replace(weighted(), cells=cells),
            dataclasses.replace(weighted(), clusters=np.zeros((2, 4))),
        )
    ]

    assert names == [
        "t interval",
        "linearised interval",
        "linearised interval with raking residuals",
        "linearised interval over clusters",
    ]


def test_means_that_were_not_asked_say_so():
    found = mean_of(plain(), {"importance:x": 1.0}, method="mean", confidence=0.95)

    assert (found.value, found.reason) == (None, "not_asked")


@pytest.mark.parametrize(
    ("sums", "reason"), [(plain(), "not_counted"), (weighted(), "not_independent")]
)
def test_a_gap_without_frequencies_says_why_it_has_no_rank_test(sums, reason):
    gap = paired_gap(sums, ("item:x",), method="gap", confidence=0.95)

    assert gap.wilcoxon.reason == reason
    assert gap.t is not None


def test_frequencies_are_read_from_a_centred_table():
    values, counts = frequencies(np.array([0, 4, 0, 2, 1]))

    assert (values.tolist(), counts.tolist()) == ([-1, 1, 2], [4, 2, 1])
    assert frequencies(None) is None


def test_terms_share_alike():
    assert terms("perception", ("a", "b")) == {"perception:a": 0.5, "perception:b": 0.5}
