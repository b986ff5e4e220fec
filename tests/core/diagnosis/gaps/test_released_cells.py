"""Cells of managers and staff in a measured wave: which are shown, and what is told instead."""

from __future__ import annotations

import numpy as np
import pytest
from measured_companies import answers, company, dimensions, items

from fivegaps.diagnosis.cells import ReleaseGate, Rules
from fivegaps.diagnosis.diagnose import diagnose
from fivegaps.diagnosis.encoding import diagnosis_object
from fivegaps.diagnosis.verdicts.metrics import Metrics
from fivegaps.diagnosis.waves import measure_wave
from fivegaps.io.company.read import read_company
from fivegaps.model.company.action import Metric
from fivegaps.stats.lattice import Lattice


def rng(seed=0):
    return np.random.default_rng(seed)


def customers():
    return items("e", answers(rng(), 10, 6))


def staffed(tmp_path, sizes, *, parents=None, **columns):
    """Return a company whose units have so many employees who rate delivery and teamwork."""
    unit = [name for name, size in sizes.items() for _ in range(size)]
    rated = rng(1).integers(1, 8, (len(unit), 5)).tolist()
    return company(
        tmp_path,
        customers=customers(),
        units={"unit": list(parents or sizes), "parent": list((parents or {}).values())}
        if parents
        else {"unit": list(sizes)},
        employees={
            "unit": unit,
            **dimensions("d", rated),
            **{f"a_teamwork_{one}": [1 + n % 7 for n in range(len(unit))] for one in range(1, 6)},
            **columns,
        },
    )


def shown(found):
    """Return the units whose ratings of delivery are shown."""
    units = measure_wave(found, "2025").gaps.units
    return {
        name
        for name, unit in units.items()
        if unit.gaps.gap3.self_rated.dimensions["empathy"].value is not None
    }


def test_a_unit_that_would_give_away_another_is_withheld(tmp_path):
    found = staffed(tmp_path, {"large": 12, "middle": 7, "small": 2})

    measured = measure_wave(found, "2025").gaps

    assert shown(found) == {"large"}
    middle = measured.units["middle"]
    assert middle.gaps.gap3.self_rated.dimensions["empathy"].reason == "small_cell"
    assert middle.gaps.gap3.self_rated.dimensions["empathy"].n == 0
    assert middle.constructs["employees.teamwork"].reason == "small_cell"
    assert measured.gaps.gap3.self_rated.dimensions["empathy"].n == 21


def test_regions_are_kept_and_their_smallest_branch_is_withheld(tmp_path):
    parents = {"north": "", "south": "", "n1": "north", "n2": "north", "n3": "north", "s1": "south"}

    found = staffed(tmp_path, {"n1": 8, "n2": 6, "n3": 1, "s1": 9}, parents=parents)

    assert shown(found) == {"north", "n1", "south", "s1"}


def test_a_unit_of_one_mind_is_withheld(tmp_path):
    alike = [5] * 6 + [1, 7] * 7
    found = staffed(
        tmp_path, {"a": 6, "b": 6, "c": 8}, **{f"a_teamwork_{one}": alike for one in range(1, 6)}
    )

    units = measure_wave(found, "2025").gaps.units

    told = {name: unit.constructs["employees.teamwork"].value for name, unit in units.items()}
    assert told == {"a": None, "b": None, "c": 4}


def test_the_whole_is_withheld_of_staff_who_are_of_one_mind(tmp_path):
    found = company(
        tmp_path,
        customers=customers(),
        employees={f"a_no-fear_{one}": [2] * 30 for one in (1, 2, 3)},
    )

    told = measure_wave(found, "2025").gaps.constructs["employees.no-fear"]

    assert (told.value, told.n, told.reason) == (None, 0, "small_cell")


@pytest.mark.parametrize(("census", "value"), [(True, 0), (False, None)])
def test_managers_of_one_mind_are_shown_in_a_census_that_they_were_told_of(tmp_path, census, value):
    found = company(
        tmp_path,
        census=census,
        customers=customers(),
        managers=dimensions("s", [(7, 6, 5, 4, 3)] * 2 + [(7, 5, 6, 5, 4)] * 2),
    )

    rated = measure_wave(found, "2025").gaps.gaps.gap2.self_rated

    assert rated.dimensions["tangibles"].value == value
    assert (rated.overall.value is None) == (value is None)
    assert rated.dimensions["empathy"].value == -3.5


def test_the_smallest_cell_is_never_smaller_than_the_products_own(tmp_path):
    staffed(tmp_path / "a", {"a": 4})
    settings = tmp_path / "a" / "company.toml"
    settings.write_text(settings.read_text().replace("employees = 5", "employees = 2"))

    found = read_company(tmp_path / "a")

    assert shown(found) == set()


def test_an_item_that_gives_away_who_left_it_out_is_withheld(tmp_path):
    """One of nine leaves out rel2: the dimension less its items would tell his answers."""
    believed = answers(rng(3), 9, 5)
    believed[0, 3] = np.nan
    found = company(
        tmp_path,
        customers={**customers(), "unit": ["a"] * 10},
        managers={**items("e", believed), "unit": ["a"] * 9},
    )

    measured = measure_wave(found, "2025").gaps

    whole = measured.gaps.gap1.surveyed
    assert whole.dimensions["reliability"].value is not None
    assert [name for name, one in whole.items.items() if one.value is None] == ["rel2"]
    inside = measured.units["a"].gaps.gap1.surveyed
    withheld = [name for name, one in inside.items.items() if one.value is None]
    assert withheld == ["rel1", "rel2", "rel3"]


def test_intervals_over_units_do_not_tell_units_that_are_hidden():
    """The error over clusters holds their squares: two hidden units would follow from it."""
    gate = ReleaseGate(Lattice.of(np.full(8, -1)), Rules(minimum={"employees": 5}))
    unit = np.repeat(np.arange(8), [9, 3, 6, 9, 9, 8, 9, 9])
    values = rng(7).integers(1, 8, (len(unit), 2)).astype(float)
    hidden = np.isin(unit, [1, 2])
    exchanged = values.copy()
    exchanged[hidden] = values[hidden][::-1]

    cells = gate.cells("employees", values, unit)
    before = (*cells.samples(values, unit), cells.mean(values, unit))
    after = (*cells.samples(exchanged, unit), cells.mean(exchanged, unit))

    assert [one.df for one in before] == [6] * 3  # seven clusters
    errors = [[one.standard_error for one in side] for side in (before, after)]
    assert errors[0] == pytest.approx(errors[1])


def test_many_small_units_stay_clusters():
    gate = ReleaseGate(Lattice.of(np.full(8, -1)), Rules(minimum={"employees": 5}))
    unit = np.repeat(np.arange(8), 3)
    values = rng(7).integers(1, 8, (len(unit), 1)).astype(float)

    found = gate.cells("employees", values, unit).samples(values, unit)[0]

    assert found.df == 7


def test_verdicts_count_people_of_hidden_units_with_the_unit_above(tmp_path):
    found = staffed(tmp_path, {"large": 12, "middle": 7, "small": 2})
    metric = Metric.of("construct.employees.teamwork")

    cells = Metrics(found, (metric,)).cells(metric, "2025")

    assert {name: cell.n for name, cell in cells.cells.items()} == {
        "large": 12, "whole company": 9,
    }  # fmt: skip


def test_gap_1_of_an_action_is_of_units_whose_managers_are_shown(tmp_path):
    rows = answers(rng(4), 9, 5)
    unit = ["a"] * 5 + ["b"] * 2 + ["c"] * 2
    found = company(
        tmp_path,
        customers={
            **items("e", answers(rng(5), 30, 6)),
            **items("p", answers(rng(6), 30, 5)),
            "unit": ["a", "b", "c"] * 10,
        },
        managers={**items("e", rows), "unit": unit},
    )
    metric = Metric.of("gap1.reliability")

    cells = Metrics(found, (metric,)).cells(metric, "2025")

    assert set(cells.known()) == {"a", "whole company"}
    wanted = measure_wave(found, "2025").gaps.units["a"].gaps.gap1.surveyed
    assert cells.sample("a").mean == pytest.approx(wanted.dimensions["reliability"].value)


def test_withheld_cells_are_null_with_their_reason(tmp_path):
    told = diagnosis_object(diagnose(staffed(tmp_path, {"large": 12, "small": 2})))

    cell = told["waves"]["2025"]["units"]["small"]["gaps"]["gap3"]["self_rated"]["overall"]
    assert cell["value"] is None
    assert cell["reason"] == "small_cell"
    assert not cell.get("n")
