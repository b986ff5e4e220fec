"""Segments: each is what an analysis of its rows alone finds, and never changes the whole."""

from __future__ import annotations

import numpy as np
import pytest
from made_answers import kept_rows, labels, numbers, questionnaire, random_codes, scored
from rowwise import Rows

from fivegaps.errors import OptionRefused
from fivegaps.io.answers import MemoryAnswers
from fivegaps.stats.weights import Margin

INSTRUMENT = questionnaire(sizes=(3, 2))
N = 200
RNG = np.random.default_rng(4)
BRANCH = RNG.integers(-1, 4, N)
CHANNEL = RNG.integers(-1, 2, N)
GROUP = RNG.integers(0, 8, N)
CODES = random_codes(INSTRUMENT, N, seed=31, missing=0.1)
COLUMNS = {
    "branch": labels(BRANCH, ("Riga", "Vilnius", "Tartu", "10")),
    "channel": labels(CHANNEL, ("phone", "desk")),
    "group": labels(GROUP, tuple("abcdefgh")),
    "weight": numbers(RNG.gamma(2, 1, N)),
}


def answers() -> MemoryAnswers:
    return MemoryAnswers(INSTRUMENT, CODES, columns=COLUMNS, part_rows=37)


@pytest.fixture(scope="module")
def found():
    return scored(answers(), by=("branch", "channel"))


def same(segment, alone) -> bool:
    """A segment's figures are those of an analysis of its rows."""
    pairs = [(segment.overall, alone.overall.mean_of_dimensions)]
    for name, dimension in segment.dimensions.items():
        own = alone.dimensions[name]
        pairs += [
            (dimension.gap, own.gap),
            (dimension.expectation, own.expectation),
            (dimension.perception, own.perception),
        ]
    return all(
        (one.n, one.value, one.low, one.high)
        == (
            other.n,
            pytest.approx(other.value, abs=1e-12),
            pytest.approx(other.low, rel=1e-9),
            pytest.approx(other.high, rel=1e-9),
        )
        for one, other in pairs
    )


@pytest.mark.parametrize(("code", "name"), list(enumerate(("Riga", "Vilnius", "Tartu", "10"))))
def test_a_segment_is_the_analysis_of_its_rows(found, code, name):
    alone = scored(kept_rows(INSTRUMENT, CODES, COLUMNS, code == BRANCH))

    assert same(found.segments["branch"].values[name], alone)
    assert found.segments["branch"].values[name].n == np.count_nonzero(code == BRANCH)


def test_a_pair_of_columns_is_the_analysis_of_rows_with_both(found):
    mask = (BRANCH == 1) & (CHANNEL == 0)

    alone = scored(kept_rows(INSTRUMENT, CODES, COLUMNS, mask))

    assert same(found.segments["branch|channel"].values["Vilnius|phone"], alone)


def test_segments_tell_their_t_test_too(found):
    column = Rows(INSTRUMENT, np.ascontiguousarray(CODES[:, BRANCH == 0]))

    gap = found.segments["branch"].values["Riga"].dimensions["d0"].gap

    expected = column.mean(column.gap(column.items("d0")))
    assert gap.t == pytest.approx(expected.value / expected.error, rel=1e-9)
    assert gap.d_z == pytest.approx(expected.value / expected.sd, rel=1e-9)


def test_numbers_come_before_words_and_missing_labels_are_no_segment(found):
    assert list(found.segments["branch"].values) == ["10", "Riga", "Tartu", "Vilnius"]
    total = sum(segment.n for segment in found.segments["branch"].values.values())
    assert total == np.count_nonzero(BRANCH >= 0)


def test_splitting_never_changes_the_whole(found):
    plain = scored(answers())

    assert (found.overall, found.dimensions, found.items) == (
        plain.overall,
        plain.dimensions,
        plain.items,
    )


def test_a_weighted_segment_is_the_weighted_analysis_of_its_rows():
    split = scored(answers(), by=("branch",), weight="weight")

    alone = scored(kept_rows(INSTRUMENT, CODES, COLUMNS, BRANCH == 2), weight="weight")

    assert same(split.segments["branch"].values["Tartu"], alone)


def test_a_clustered_segment_is_the_clustered_analysis_of_its_rows():
    split = scored(answers(), by=("branch",), cluster="group", weight="weight")

    alone = scored(
        kept_rows(INSTRUMENT, CODES, COLUMNS, BRANCH == 2), cluster="group", weight="weight"
    )

    assert same(split.segments["branch"].values["Tartu"], alone)


def test_a_raked_segment_has_the_means_of_the_whole_rakings_weights():
    margins = (Margin("group", dict.fromkeys("abcdefgh", 1 / 8)),)
    weights = (N / 8 / np.bincount(GROUP))[GROUP]
    rows = Rows(INSTRUMENT, CODES, weights=np.where(BRANCH == 1, weights, 0.0))

    split = scored(answers(), by=("branch",), margins=margins)

    expected = rows.mean(rows.gap(rows.items("d1")))
    gap = split.segments["branch"].values["Vilnius"].dimensions["d1"].gap
    assert gap.value == pytest.approx(expected.value, rel=1e-9)


def test_one_answer_in_each_of_500_segments_gives_no_figure_and_no_fault():
    columns = {"person": labels(np.arange(500), tuple(f"p{i}" for i in range(500)))}
    codes = random_codes(INSTRUMENT, 500, missing=0.1)

    split = scored(MemoryAnswers(INSTRUMENT, codes, columns=columns), by=("person",))

    assert len(split.segments["person"].values) == 500
    assert {s.overall.reason for s in split.segments["person"].values.values()} == {"too_few"}
    assert {s.outlying for s in split.segments["person"].values.values()} == {None}


def test_a_column_of_thousands_of_values_is_no_segment():
    n = 5100
    columns = {"person": labels(np.arange(n), tuple(map(str, range(n))))}
    codes = np.full((12, n), 3, dtype=np.uint8)

    with pytest.raises(OptionRefused, match="person has more than"):
        scored(MemoryAnswers(INSTRUMENT, codes, columns=columns), by=("person",))


def test_performance_alone_is_compared_between_segments():
    instrument = questionnaire(("perception",), sizes=(3, 2))
    rows = Rows(instrument, random_codes(instrument, N, seed=6))
    columns = {"branch": COLUMNS["branch"]}

    split = scored(MemoryAnswers(instrument, rows.codes, columns=columns), by=("branch",))

    only = Rows(instrument, np.ascontiguousarray(rows.codes[:, BRANCH == 0]))
    scores = [only.scores(("perception",), only.items(d), half=True) for d in ("d0", "d1")]
    expected = only.mean(*(score["perception"] for score in scores))
    assert split.segments["branch"].values["Riga"].overall.value == pytest.approx(expected.value)
