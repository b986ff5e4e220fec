"""The zone of tolerance from three columns, held to plain means of complete triples."""

from __future__ import annotations

import numpy as np
import pytest
from made_answers import labels, questionnaire, random_codes, scored
from rowwise import Rows
from scipy import stats

from fivegaps.analysis.priorities import tolerance_zone
from fivegaps.io.answers import MemoryAnswers
from fivegaps.scoring.results import Zone

ZONE = ("adequate", "desired", "perception")
INSTRUMENT = questionnaire(ZONE, sizes=(3, 4), points=(1, 9))
N = 120


def codes() -> np.ndarray:
    """Answers whose desired level mostly lies above the adequate one."""
    drawn = random_codes(INSTRUMENT, N, seed=12, missing=0.2)
    items = len(INSTRUMENT.items)
    desired = drawn[items : 2 * items]
    drawn[items : 2 * items] = np.where(desired > 0, np.minimum(desired + 2, 9), 0)
    return drawn


@pytest.fixture(scope="module")
def rows() -> Rows:
    return Rows(INSTRUMENT, codes())


@pytest.fixture(scope="module")
def found(rows) -> Zone:
    zone = tolerance_zone(scored(MemoryAnswers(INSTRUMENT, rows.codes, part_rows=31)).scoring)
    assert zone is not None
    return zone


def triples(rows: Rows, items: list[str]) -> np.ndarray:
    """Return means (3, n) of who answered half the triples."""
    scores = rows.scores(ZONE, items, half=True)
    columns = np.array([scores[battery] for battery in ZONE])
    return columns[:, ~np.isnan(columns).any(axis=0)]


@pytest.mark.parametrize("dimension", ["d0", "d1"])
def test_adequacy_and_superiority_are_paired_differences(found, rows, dimension):
    adequate, desired, perceived = triples(rows, rows.items(dimension))

    tolerance = found.dimensions[dimension]

    for gap, ends in ((tolerance.adequacy, adequate), (tolerance.superiority, desired)):
        expected = stats.ttest_rel(perceived, ends)
        assert gap.n == perceived.size
        assert gap.value == pytest.approx(np.mean(perceived - ends), rel=1e-10)
        assert gap.t == pytest.approx(expected.statistic, rel=1e-9)


@pytest.mark.parametrize("dimension", ["d0", "d1"])
def test_width_and_position_are_those_of_means(found, rows, dimension):
    adequate, desired, perceived = triples(rows, rows.items(dimension)).mean(axis=1)

    tolerance = found.dimensions[dimension]

    assert tolerance.width.value == pytest.approx(desired - adequate, rel=1e-10)
    assert tolerance.position.value == pytest.approx(
        (perceived - adequate) / (desired - adequate), rel=1e-10
    )


def test_the_position_has_the_delta_methods_interval(found, rows):
    columns = triples(rows, rows.items("d0"))
    adequate, desired, perceived = columns
    position = (perceived - adequate).mean() / (desired - adequate).mean()
    residual = (perceived - adequate - position * (desired - adequate)) / np.mean(
        desired - adequate
    )

    low = found.dimensions["d0"].position.low

    error = residual.std(ddof=1) / np.sqrt(residual.size)
    assert low == pytest.approx(position - stats.t.ppf(0.975, residual.size - 1) * error, rel=1e-9)


def test_inversions_count_persons_with_adequate_above_desired(found, rows):
    adequate, desired, _ = triples(rows, rows.items("d1"))

    tolerance = found.dimensions["d1"]

    assert tolerance.inversions == np.count_nonzero(adequate > desired) > 0
    assert tolerance.inversion_share.n == adequate.size


def test_an_item_takes_who_answered_all_three(found, rows):
    adequate, desired, perceived = triples(rows, ["d1_2"])

    tolerance = found.items["d1_2"]

    assert tolerance.adequacy.n == adequate.size
    assert tolerance.adequacy.value == pytest.approx(np.mean(perceived - adequate), rel=1e-10)
    assert tolerance.desired.value == pytest.approx(desired.mean(), rel=1e-10)


def test_a_desired_level_below_the_adequate_one_has_no_position(rows):
    items = len(INSTRUMENT.items)
    turned = np.concatenate(
        [rows.codes[items : 2 * items], rows.codes[:items], rows.codes[2 * items :]]
    )

    zone = tolerance_zone(scored(MemoryAnswers(INSTRUMENT, turned)).scoring)

    assert zone.dimensions["d0"].position.reason == "inverted"
    assert zone.dimensions["d0"].adequacy.value is not None


def test_a_clustered_position_has_the_error_of_cluster_totals(rows):
    groups = np.random.default_rng(3).integers(0, 7, N)
    columns = {"branch": labels(groups, tuple("abcdefg"))}
    scores = rows.scores(ZONE, rows.items("d0"), half=True)
    kept = ~np.isnan(sum(scores.values()))
    lower, upper, level = (scores[battery][kept] for battery in ZONE)
    position = (level - lower).mean() / (upper - lower).mean()
    residual = level - lower - position * (upper - lower)
    totals = np.array([residual[groups[kept] == code].sum() for code in range(7)])

    zone = tolerance_zone(
        scored(MemoryAnswers(INSTRUMENT, rows.codes, columns=columns), cluster="branch").scoring
    )

    error = np.sqrt(7 / 6 * np.sum(totals**2)) / (upper - lower).sum()
    assert zone.dimensions["d0"].position.low == pytest.approx(
        position - stats.t.ppf(0.975, 6) * error, rel=1e-8
    )


def test_two_of_the_three_columns_make_no_zone():
    instrument = questionnaire(("desired", "perception"))
    result = scored(MemoryAnswers(instrument, random_codes(instrument, 40)))

    assert tolerance_zone(result.scoring) is None
