"""A released copy checks clean, keeps the answers, and names nobody."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest
from company_folders import SETTINGS, customer, employee, manager, whole, write_folder

from fivegaps.errors import CompanyRefused, OptionRefused, OutputExists
from fivegaps.io.company.read import read_company
from fivegaps.io.company.sharing import share_company
from fivegaps.io.company.small_cells import WITHHELD, hidden_labels, merged_units, small_labels
from fivegaps.stats.lattice import Lattice, Limits

NAME = "Qwxzjk"


def large():
    """Return a company with branches of 12, 6 and 2 customers, and staff alike."""
    files = whole()
    sizes = {"riga": 12, "oslo": 6, "tiny": 2}
    files["units"] = [
        {"unit": "bank", "parent": "", "name": NAME, "kind": NAME},
        *({"unit": unit, "parent": "bank", "name": NAME} for unit in sizes),
    ]
    branches = [unit for unit, size in sizes.items() for _ in range(size)]
    files["customers"] = [customer(n, unit=unit) for n, unit in enumerate(branches)]
    files["employees"] = [employee(n) | {"unit": unit} for n, unit in enumerate(branches)]
    files["managers"] = [manager(n) | {"unit": unit} for n, unit in enumerate(branches)]
    return files


def released(tmp_path, files, *, key=None, kind="csv", settings=SETTINGS):
    """Return the company that a released copy describes, its folder and what was removed."""
    folder = write_folder(tmp_path / "bank", files, kind=kind, settings=settings)
    shared = share_company(folder, tmp_path / "shared", key=key)
    return read_company(tmp_path / "shared"), tmp_path / "shared", shared


def sizes_of(company, table):
    """Return the sizes of the units, largest first."""
    return sorted(Counter(company.unit_ids[place] for place in table.unit).values(), reverse=True)


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_the_copy_checks_clean(kind, tmp_path):
    company, folder, _ = released(tmp_path, large(), kind=kind)

    assert company.notices == ()
    assert company.everybody.n == 20
    assert (folder / "manifest.json").is_file()


def test_no_name_or_text_is_left(tmp_path):
    files = large()
    texts = {
        "standards": ("text", "touchpoint", "measure", "unit_of_measure", "source", "owner"),
        "policies": ("text", "purpose"), "promises": ("text", "medium", "campaign"),
        "ideas": ("decision",), "competitors": ("competitor", "source"), "cases": ("channel",),
        "employees": ("problem", "first_change", "support_unit"), "managers": ("x_s0-10",),
        "customers": ("channel", "phone number"), "facts": ("fact",), "actions": ("cause",),
    }  # fmt: skip
    for file, columns in texts.items():
        for number, row in enumerate(files[file]):
            row.update(dict.fromkeys(columns, f"{NAME} {number}"))
    for file, column in (("cases", "case"), ("ideas", "idea"), ("decisions", "decision")):
        for number, row in enumerate(files[file]):
            row[column] = f"{NAME}{number}"
    settings = SETTINGS.replace("Example bank", NAME)

    _, folder, _ = released(tmp_path, files, settings=settings)

    words = (NAME, "riga", "oslo", "tiny", "safe", "2025-05-02")
    left = [
        (path.name, word)
        for path in folder.iterdir()
        for word in words
        if word in path.read_text(encoding="utf-8").split("removed")[0]
    ]
    assert left == []


def test_respondents_ids_are_random_and_rows_shuffled(tmp_path):
    files = large()
    for number, row in enumerate(files["customers"]):
        row["respondent"] = f"zz{number:02d}"

    first, folder, _ = released(tmp_path, files)
    share_company(tmp_path / "bank", tmp_path / "again")
    second = (tmp_path / "again" / "customers.csv").read_text(encoding="utf-8")

    assert "zz0" not in second
    assert (folder / "customers.csv").read_text(encoding="utf-8") != second
    ids = first.everybody.others["respondent"].to_pylist()
    assert len(set(ids)) == 20


def test_small_units_stand_under_a_larger_one(tmp_path):
    company, _, shared = released(tmp_path, large())

    assert sizes_of(company, company.everybody) == [12, 8]  # oslo's 6 would tell tiny's 2
    assert min(sizes_of(company, company.employees)) >= 5
    assert min(sizes_of(company, company.managers)) >= 3
    assert shared.merged["customers"] == 8


def test_answers_stay_what_they_were(tmp_path):
    files = large()

    company, _, _ = released(tmp_path, files)

    before = read_company(tmp_path / "bank")
    assert np.array_equal(
        np.sort(company.everybody.codes, axis=1), np.sort(before.everybody.codes, axis=1)
    )
    assert company.managers.scores["commitment"].mean() == 5
    assert np.nanmax(company.observations.met) == 8
    assert {promise.level for promise in company.promises} == {6.5, 7}


def test_references_between_files_hold(tmp_path):
    files = large()
    files["actions"][0]["metric"] = "observation.answer"
    files["actions"][1]["metric"] = "kept.fast"

    company, _, _ = released(tmp_path, files)

    standard = next(one for one in company.standards if one.target == 20)
    promise = next(one for one in company.promises if one.level == 6.5)
    subjects = {action.metric.kind: action.metric.subject for action in company.actions}
    assert subjects == {"observation": standard.id, "kept": promise.id}
    assert promise.standard == standard.id
    assert {policy.conflicts_with for policy in company.policies} == {
        (standard.id, "customer"), (),
    }  # fmt: skip


def test_a_key_gives_the_same_pseudonyms_again(tmp_path):
    folder = write_folder(tmp_path / "bank", large())

    for out, key in (("a", "key"), ("b", "key"), ("c", "other"), ("d", None)):
        share_company(folder, tmp_path / out, key=key)

    units = {out: tuple(sorted(read_company(tmp_path / out).unit_ids)) for out in "abcd"}
    assert units["a"] == units["b"]
    assert len({units["a"], units["c"], units["d"]}) == 3


def test_a_smaller_minimum_for_employees_does_not_count(tmp_path):
    settings = SETTINGS.replace("employees = 5", "employees = 1")

    company, _, _ = released(tmp_path, large(), settings=settings)

    assert sizes_of(company, company.employees) == [12, 8]


def test_role_is_blank_where_it_singles_out(tmp_path):
    files = large()
    files["employees"][0]["role"] = "support"

    company, _, _ = released(tmp_path, files)

    assert set(company.employees.role.codes.tolist()) == {-1, 0}


def test_support_units_that_few_rate_are_left_out(tmp_path):
    files = large()
    for number in (0, 1, 2):
        files["employees"].append(
            {"respondent": f"s{number}", "wave": "2025", "support_unit": "legal", "i_empathy": 2}
        )

    company, _, _ = released(tmp_path, files)

    assert len(company.internal_service.support_unit.values) == 1
    assert company.internal_service.n == 20
    assert company.employees.n == 20


def test_further_support_units_stay_with_their_rater(tmp_path):
    files = large()
    for number in range(12):
        files["employees"].append(
            {"respondent": f"s{number}", "wave": "2025", "support_unit": "hr", "i_empathy": 2}
        )

    company, _, _ = released(tmp_path, files)

    assert (company.employees.n, company.internal_service.n) == (20, 32)


def test_a_wave_with_few_people_is_withheld(tmp_path):
    files = large()
    files["customers"] += [customer(n, "2024") for n in range(4)]
    files["cases"] = whole()["cases"]

    company, _, shared = released(tmp_path, files)

    assert company.customers("2024").rows == 0
    assert shared.withheld["customers"] == 4
    assert shared.withheld["cases"] == 2
    assert company.cases.n == 0


def test_dates_are_coarsened_to_the_month(tmp_path):
    company, _, _ = released(tmp_path, large())

    assert {str(day)[8:] for day in company.observations.date} == {"01"}
    assert [wave.date.day for wave in company.waves] == [1, 1]
    assert {action.started.day for action in company.actions if action.started} == {1}


def test_the_manifest_says_what_was_removed(tmp_path):
    _, folder, _ = released(tmp_path, large())

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    assert manifest["schema"] == "fivegaps.share/1"
    assert manifest["people_moved_to_a_larger_unit"]["customers"] == 8
    assert any("free texts" in what for what in manifest["removed"])


def test_an_own_instrument_travels_without_its_words(tmp_path):
    settings = 'name = "Own"\ninstrument = "own.toml"\n[[wave]]\nid = "w"\ndate = 2025-01-01\n'
    rows = [{"respondent": f"c{n}", "p_care": 1 + n % 5} for n in range(8)]
    folder = write_folder(tmp_path / "own", {"customers": rows}, settings=settings)
    (folder / "own.toml").write_text(
        f'id = "own"\nversion = "1"\nlang = ["en"]\ntitle = {{ en = "{NAME}" }}\n'
        '[[battery]]\nid = "perception"\nminimum = 1\nmaximum = 5\n'
        f'[[item]]\nid = "care"\ntext = {{ en = {{ perception = "{NAME}" }} }}\n',
        encoding="utf-8",
    )

    share_company(folder, tmp_path / "shared")

    assert read_company(tmp_path / "shared").everybody.n == 8
    assert NAME not in (tmp_path / "shared" / "instrument.toml").read_text(encoding="utf-8")


def test_too_few_customers_are_not_shared(tmp_path):
    folder = write_folder(tmp_path / "bank", {"customers": [customer(1), customer(2)]})

    with pytest.raises(OptionRefused, match="nothing that may be shared"):
        share_company(folder, tmp_path / "shared")

    assert not (tmp_path / "shared").exists()


def test_a_folder_with_faults_is_not_shared(tmp_path):
    files = large()
    files["customers"][0]["unit"] = "nowhere"

    with pytest.raises(CompanyRefused):
        share_company(write_folder(tmp_path / "bank", files), tmp_path / "shared")

    assert not (tmp_path / "shared").exists()


def test_the_copy_is_written_beside_the_folder_and_over_nothing(tmp_path):
    folder = write_folder(tmp_path / "bank", large())
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(OptionRefused):
        share_company(folder, folder / "shared")
    with pytest.raises(OutputExists):
        share_company(folder, tmp_path / "full")


def test_no_cell_is_small_after_merging():
    generator = np.random.default_rng(5)
    for _ in range(200):
        units = int(generator.integers(1, 12))
        above = [generator.integers(-1, place) if place else -1 for place in range(units)]
        parents = np.array(above, dtype=np.int32)
        people = int(generator.integers(1, 60))
        unit = generator.integers(-1, units, people).astype(np.int32)
        wave = generator.integers(0, 2, people).astype(np.int32)

        told = merged_units(unit, wave, parents, fewest=5)

        rows = told != WITHHELD
        cells = Counter(zip(told[rows].tolist(), wave[rows].tolist(), strict=True))
        assert all(count >= 5 for count in cells.values())


def test_the_copy_tells_the_blocks_that_the_report_is_made_of():
    """Who holds both copy and report learns no unit from one that the other withholds."""
    generator = np.random.default_rng(8)
    parents = np.array([-1, 0, 0, 0, -1, 4, 4], dtype=np.int32)
    unit = generator.choice(7, 60, p=[0.02, 0.3, 0.1, 0.04, 0.04, 0.4, 0.1]).astype(np.int32)
    lattice = Lattice.of(parents)
    shown = lattice.release(np.arange(60.0)[:, None], unit, Limits(5))[:, 0]

    told = merged_units(unit, np.zeros(60, dtype=np.int32), parents, fewest=5)

    blocks = lattice.blocks(shown)[unit]
    assert np.array_equal(np.where(blocks == 7, -1, blocks), np.where(told == 7, -1, told))


def test_those_without_a_label_are_not_few_either():
    """One of a unit without a role would be the one whose role few share."""
    unit = np.repeat([0, 1], [12, 6]).astype(np.int32)
    label = np.array([0] * 11 + [1] + [0] * 6, dtype=np.int32)

    hidden = hidden_labels((unit,), label, fewest=5)

    assert hidden.tolist() == [True] * 12 + [False] * 6


def test_the_next_smallest_label_is_left_out_with_a_small_one():
    label = np.repeat([0, 1, 2], [12, 6, 2]).astype(np.int32)

    hidden = hidden_labels((np.zeros(20, dtype=np.int32),), label, fewest=5)

    assert hidden.tolist() == [False] * 12 + [True] * 8


def test_small_labels_are_found_by_cell():
    unit = np.array([0, 0, 0, 1, 1], dtype=np.int32)
    label = np.array([0, 0, 1, 1, 1], dtype=np.int32)

    assert small_labels((unit, label), fewest=2).tolist() == [False, False, True, False, False]


def test_facts_about_merged_units_are_left_out(tmp_path):
    """Two units merged into one would say the same fact twice."""
    files = large()
    files["facts"] = [
        {"unit": unit, "wave": "2025", "fact": "staff", "value": place}
        for place, unit in enumerate(("bank", "riga", "oslo", "tiny"))
    ]

    company, _, shared = released(tmp_path, files)

    assert sorted(fact.value for fact in company.facts) == [0, 1, 2]
    assert shared.withheld["facts"] == 1
