"""Gap 2: ratings of standards, levels of standards, and what they cover."""

from __future__ import annotations

import numpy as np
import pytest
from measured_companies import answers, company, dimensions, items
from scipy import stats

from fivegaps.diagnosis.waves import measure_wave
from fivegaps.stats.intervals import wilson


def gap2(found):
    return measure_wave(found, "2025").gaps.gaps.gap2


def customers():
    return items("e", answers(np.random.default_rng(0), 10, 6))


def test_a_rating_is_the_mean_less_seven_with_a_t_interval(tmp_path):
    rated = [(3, 5, "none", 7, 7), (4, 6, "none", 7, 7), (2, 5, 3, 7, 7), (3, 7, 1, 6, 7)]

    found = gap2(
        company(tmp_path, customers=customers(), managers=dimensions("s", rated))
    ).self_rated

    tangibles = found.dimensions["tangibles"]
    reach = stats.t.ppf(0.975, 3) * np.std([3, 4, 2, 3], ddof=1) / 2
    assert tangibles.value == pytest.approx(3 - 7)
    assert (tangibles.low, tangibles.high) == pytest.approx((-4 - reach, -4 + reach))


def test_the_interval_stays_inside_the_scale(tmp_path):
    rated = [(1, 7, 7, 7, 7), (1, 7, 7, 7, 7), (2, 6, 7, 7, 7), (1, 7, 7, 7, 7)]

    found = gap2(
        company(tmp_path, customers=customers(), managers=dimensions("s", rated))
    ).self_rated

    assert found.dimensions["tangibles"].low == -6
    assert found.dimensions["reliability"].high == 0


def test_no_standard_is_a_share_and_not_in_the_mean(tmp_path):
    rated = [("none", 5, 5, 5, 5), ("none", 5, 5, 5, 5), (4, 5, 5, 5, 5), (3, 5, 5, 5, 5),
             (2, 5, 5, 5, 5)]  # fmt: skip
    told = dimensions("s", rated)

    found = gap2(company(tmp_path, census=True, customers=customers(), managers=told)).self_rated

    tangibles = found.dimensions["tangibles"]
    assert tangibles.value == pytest.approx(3 - 7)
    assert tangibles.n == 3
    assert (tangibles.none_share.low, tangibles.none_share.high) == pytest.approx(wilson(2, 5))
    assert found.dimensions["empathy"].none_share.value == 0


def test_a_level_is_held_against_what_managers_believe(tmp_path):
    managers = answers(np.random.default_rng(1), 8, 6.0)
    standards = {
        "standard": ["quick", "late", "vague"],
        "text": ["a", "b", "c"],
        "items": ["rel1;rel2", "rel2", "rel3"],
        "comparison": ["at_least"] * 3,
        "target": [1, 2, None],
        "level": [5, 6, 7],
    }

    found = gap2(
        company(tmp_path, customers=customers(), managers=items("e", managers), standards=standards)
    ).measured

    assert found.items["rel1"].value == pytest.approx(5 - managers[:, 2].mean())
    assert found.items["rel2"].value == pytest.approx(5.5 - managers[:, 3].mean())
    assert found.items["rel3"].reason == "no_level"
    each = 5.25 - managers[:, 2:4].mean(axis=1)
    reach = stats.t.ppf(0.975, 7) * each.std(ddof=1) / np.sqrt(8)
    reliability = found.dimensions["reliability"]
    assert reliability.value == pytest.approx(each.mean())
    assert reliability.high - reliability.value == pytest.approx(reach)


def test_a_census_of_managers_has_no_sampling_error(tmp_path):
    managers = answers(np.random.default_rng(1), 8, 6.0)
    standards = {"standard": ["s"], "text": ["a"], "items": ["rel1"], "target": [1], "level": [5],
                 "comparison": ["at_least"]}  # fmt: skip

    found = gap2(
        company(
            tmp_path,
            census=True,
            customers=customers(),
            managers=items("e", managers),
            standards=standards,
        )
    ).measured.items["rel1"]

    assert found.low == found.value == found.high


STANDARDS = {
    "standard": ["vague", "unmeasured", "loose", "met"],
    "text": ["a", "b", "c", "d"],
    "items": ["tan2", "rel1", "rel2;res1", "rel3;res1"],
    "comparison": ["at_least"] * 4,
    "target": [None, 1, 1, 1],
    "level": [7, 7, 2, 7],
}
SEEN = {"standard": ["vague", "loose", "met"], "wave": ["2025"] * 3, "value": [1, 1, 1]}


def covered(tmp_path, clear):
    staff = {f"a_standards-clear_{one}": [clear - 1, clear + 1] * 3 for one in (1, 2, 3)}
    managers = items("e", np.repeat([[5.0], [7.0]], 2, axis=0) * np.ones(8))
    return gap2(
        company(
            tmp_path,
            customers=customers(),
            managers=managers,
            employees=staff,
            standards=STANDARDS,
            observations=SEEN,
        )
    ).coverage


def test_coverage_is_the_first_state_that_holds(tmp_path):
    found = covered(tmp_path, clear=6)

    assert {item: one.state for item, one in found.items()} == {
        "tan1": "uncovered", "tan2": "vague", "rel1": "unmeasured", "rel2": "looser",
        "rel3": "covered", "res1": "covered", "ass1": "uncovered", "emp1": "uncovered",
    }  # fmt: skip
    assert found["res1"].standards == ("loose", "met")


def test_standards_that_staff_find_unclear_are_unknown_to_them(tmp_path):
    found = covered(tmp_path, clear=3)

    assert found["rel3"].state == "unknown_to_staff"
    assert found["rel2"].state == "looser"


def test_what_could_not_be_looked_at_is_named(tmp_path):
    found = gap2(
        company(tmp_path, customers=customers(), standards=STANDARDS, observations=SEEN)
    ).coverage

    assert found["rel3"].state == "covered"
    assert found["rel3"].unchecked == ("looser", "unknown_to_staff")


def test_without_a_register_nothing_is_called_uncovered(tmp_path):
    assert gap2(company(tmp_path, customers=customers())).coverage == {}


def test_a_dimension_is_told_though_one_manager_left_an_item_out(tmp_path):
    """The item would tell of that manager; the dimension's scores do not."""
    managers = answers(np.random.default_rng(1), 8, 6.0)
    managers[0, 3] = np.nan
    names = ["rel1", "rel2", "rel3"]
    standards = {"standard": names, "text": names, "items": names, "target": [1] * 3,
                 "level": [5] * 3, "comparison": ["at_least"] * 3}  # fmt: skip
    given = items("e", managers)

    found = gap2(company(tmp_path, customers=customers(), managers=given, standards=standards))

    scores = np.nanmean(managers[:, 2:5], axis=1)
    assert "small_cell" in {one.reason for one in found.measured.items.values()}
    assert found.measured.dimensions["reliability"].value == pytest.approx(5 - scores.mean())
