"""Every engine and source gives the counts that NumPy gives, whatever the threads."""

import numpy as np
import pytest
from sources import MONTHS, SOURCES, UNITS, survey

from fivegaps.engines.local import (
    counted_columns,
    merge,
    run,
    scan,
    scan_histograms,
    scan_moments,
    scan_units,
)
from fivegaps.stats.counts import ColumnsDiffer, Gaps, Histograms, Moments, Tables

every_source = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
every_threads = pytest.mark.parametrize("threads", [1, 2])
every_path = pytest.mark.parametrize("path", ["numba", "numpy"])


@pytest.fixture(scope="module")
def answered():
    return survey(3001)


def rows_by_segment(answered, *, months=False):
    """Return each segment's key and which rows are in it."""
    units = np.array([*UNITS, ""])[answered.units]
    keys = list(zip(units, np.array(MONTHS)[answered.months], strict=True))
    if not months:
        keys = [(unit,) for unit in units]
    return {key: np.array([own == key for own in keys]) for key in sorted(map(tuple, set(keys)))}


@every_source
@every_threads
def test_the_whole_is_counted(source, threads, answered, tmp_path):
    answers = source(answered, tmp_path)

    found = scan(answers, threads=threads)

    assert found == {(): Tables.of(counted_columns(answers), answered.codes)}


@every_source
@every_threads
@every_path
def test_every_unit_is_counted(source, threads, path, answered, tmp_path):
    answers = source(answered, tmp_path)

    found = scan(answers, by=("unit",), threads=threads, path=path)

    columns = counted_columns(answers)
    assert found == {
        key: Tables.of(columns, answered.codes[:, rows])
        for key, rows in rows_by_segment(answered).items()
    }
    assert list(found) == sorted(found)


@every_source
@every_path
def test_cells_of_two_columns_are_counted(source, path, answered, tmp_path):
    answers = source(answered, tmp_path)
    gaps = Gaps(counted_columns(answers), (("gap.e", "expectation.i1", "expectation.i3"),))

    moments = scan_moments(answers, ("unit", "month"), gaps=gaps, path=path)
    histograms = scan_histograms(answers, ("unit", "month"), gaps=gaps, path=path)

    codes = gaps.appended(answered.codes)
    cells = rows_by_segment(answered, months=True)
    assert moments == {k: Moments.of(gaps.all_columns, codes[:, r]) for k, r in cells.items()}
    assert histograms == {k: Histograms.of(gaps.all_columns, codes[:, r]) for k, r in cells.items()}


@every_source
def test_units_add_up_to_the_whole(source, answered, tmp_path):
    answers = source(answered, tmp_path)

    whole, units = scan_units(answers, ("unit",))

    assert whole == scan(answers)[()] == merge(scan(answers, ("unit",)).values())
    assert merge(units.values()) == whole.moments()
    assert scan_histograms(answers)[()] == whole.histograms()


@every_source
def test_rows_are_numbered_as_in_the_file(source, answered, tmp_path):
    answers = source(answered, tmp_path)

    rows = [answers.read(part).rows for part in answers.parts()]

    assert np.concatenate(rows).tolist() == list(range(3001))
    assert answers.rows == 3001


class Ordered:
    """A state that shows in which order it was added up."""

    def __init__(self, *firsts):
        self.firsts = firsts

    def __add__(self, other):
        return Ordered(*self.firsts, *other.firsts)


@every_source
@every_threads
def test_states_are_added_in_the_order_of_the_file(source, threads, answered, tmp_path):
    answers = source(answered, tmp_path)

    found = run(answers, lambda block: Ordered(block.rows[0]), threads=threads, block_rows=128)

    assert list(found.firsts) == sorted(found.firsts)
    assert len(found.firsts) >= 24


@every_source
@pytest.mark.parametrize("n", [0, 1])
def test_no_rows_and_one_row_are_counted(source, n, tmp_path):
    answered = survey(n)
    answers = source(answered, tmp_path)

    found = scan(answers)[()]

    assert found == Tables.of(counted_columns(answers), answered.codes)
    assert run(answers, lambda block: block.codes.shape[1]) == n
    assert sum(units.n for units in scan(answers, ("unit",)).values()) == n


def test_rare_segments_are_counted_row_by_row(tmp_path):
    answered = survey(150)
    answers = SOURCES["int8"](answered, tmp_path)

    found = scan(answers, ("unit",), path="numba")

    assert found == scan(answers, ("unit",), path="numpy")


def test_nothing_merges_to_nothing():
    with pytest.raises(ValueError, match="at least one count"):
        merge([])


def test_counts_of_other_items_do_not_merge(answered, tmp_path):
    whole = scan(SOURCES["memory"](answered, tmp_path))[()]

    with pytest.raises(ColumnsDiffer):
        merge([whole, whole.select(["expectation.i1"])])


def test_a_failing_reduction_is_told(answered, tmp_path):
    answers = SOURCES["memory"](answered, tmp_path)

    def refuse(block):
        raise ZeroDivisionError(len(block.rows))

    with pytest.raises(ZeroDivisionError):
        run(answers, refuse)
