"""Simulated files of every format, and the truth beside them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pyreadstat
import pytest

from fivegaps.errors import OptionRefused
from fivegaps.model.instrument import Instrument
from fivegaps.simulation.files import write
from fivegaps.simulation.options import SimulationOptions, parse_segments
from fivegaps.simulation.simulate import Simulation, prepare


@pytest.fixture(scope="module")
def order(two_columns: Instrument) -> Simulation:
    options = SimulationOptions(
        n=120, seed=3, missing=0.05, careless=0.1, segments=parse_segments("branch=Riga;Oslo")
    )
    return prepare(two_columns, options)


def by_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_holds_points_as_they_were_ticked(order: Simulation, tmp_path: Path) -> None:
    write(order, tmp_path / "answers.csv")

    (draw,) = order.draws()
    keys = [item.key for item in order.model.items]
    rows = by_csv(tmp_path / "answers.csv")
    plain = [int(row["p_rel1"] or 0) for row in rows]
    turned = [8 - int(row["p_emp2"]) if row["p_emp2"] else 0 for row in rows]
    assert plain == draw.codes[keys.index("perception.rel1")].tolist()
    assert turned == draw.codes[keys.index("perception.emp2")].tolist()


def test_csv_has_the_columns_around_the_items(order: Simulation, tmp_path: Path) -> None:
    write(order, tmp_path / "answers.csv")

    first = by_csv(tmp_path / "answers.csv")[0]
    assert (first["id"], first["branch"] in {"Riga", "Oslo"}) == ("1", True)
    assert first["day"].startswith("2026-")
    assert {"o1", "o2", "w_rel", "w_emp", "F1", "D1", "F2", "D2", "took"} <= set(first)


def test_formats_hold_the_same_answers(order: Simulation, tmp_path: Path) -> None:
    for ending in ("csv", "parquet", "xlsx", "sav"):
        write(order, tmp_path / f"answers.{ending}")

    expected = [
        int(row["e_emp1"]) if row["e_emp1"] else None for row in by_csv(tmp_path / "answers.csv")
    ]
    parquet = pq.read_table(tmp_path / "answers.parquet")["e_emp1"].to_pylist()
    sheet = openpyxl.load_workbook(tmp_path / "answers.xlsx").active
    assert sheet is not None
    cells = list(sheet.iter_rows(values_only=True))
    place = cells[0].index("e_emp1")
    frame, _ = pyreadstat.read_sav(str(tmp_path / "answers.sav"))
    spss = [None if np.isnan(value) else int(value) for value in frame["e_emp1"]]
    assert parquet == expected
    assert [row[place] for row in cells[1:]] == expected
    assert spss == expected


def test_same_order_gives_the_same_bytes(order: Simulation, tmp_path: Path) -> None:
    write(order, tmp_path / "a.csv")
    write(order, tmp_path / "b.csv")

    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_truth_is_beside_the_file(order: Simulation, tmp_path: Path) -> None:
    _, truth = write(order, tmp_path / "answers.csv")

    document = json.loads(truth.read_text(encoding="utf-8"))

    assert truth == tmp_path / "answers.truth.json"
    assert (document["schema"], document["seed"], document["n"]) == ("fivegaps.truth/1", 3, 120)
    assert document["options"]["missing"] == 0.05
    assert document["dimensions"]["reliability"]["gap"] == pytest.approx(
        document["dimensions"]["reliability"]["perception"]
        - document["dimensions"]["reliability"]["expectation"]
    )


def test_truth_tells_effects_and_careless_rows(two_columns: Instrument, tmp_path: Path) -> None:
    from fivegaps.simulation.options import Shift

    options = SimulationOptions(
        n=5_000,
        careless=0.1,
        segments=parse_segments("branch=Riga;Oslo"),
        shifts=(Shift("branch", "Riga", "reliability", -1.0),),
    )
    _, truth = write(prepare(two_columns, options), tmp_path / "answers.csv")

    document = json.loads(truth.read_text(encoding="utf-8"))

    riga = document["effects"]["branch"]["Riga"]
    assert riga["reliability"]["shift"] == -1.0
    assert -1.0 < riga["reliability"]["difference"] < 0.0
    assert riga["empathy"]["difference"] == pytest.approx(0.0)
    assert 350 < document["careless"]["straight"] + document["careless"]["random"] < 650


def test_zone_has_its_truth(zone: Instrument, tmp_path: Path) -> None:
    _, truth = write(prepare(zone, SimulationOptions(n=60)), tmp_path / "zone.csv")

    document = json.loads(truth.read_text(encoding="utf-8"))

    assert set(document["zone"]) == {"dimensions", "items"}


def test_long_file_is_written_in_parts(performance: Instrument, tmp_path: Path) -> None:
    moved: list[int] = []
    order = prepare(performance, SimulationOptions(n=150_000))

    write(order, tmp_path / "long.parquet", advance=moved.append)

    assert pq.read_metadata(tmp_path / "long.parquet").num_rows == 150_000
    assert (sum(moved), max(moved)) == (150_000, 8_192)


@pytest.mark.parametrize("name", ["answers.doc", "answers"])
def test_unknown_ending_is_refused(order: Simulation, tmp_path: Path, name: str) -> None:
    with pytest.raises(OptionRefused, match="--out"):
        write(order, tmp_path / name)

    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_holds_are_refused(performance: Instrument, tmp_path: Path) -> None:
    order = prepare(performance, SimulationOptions(n=2_000_000))

    with pytest.raises(OptionRefused, match="at most 1,048,575 rows"):
        write(order, tmp_path / "answers.xlsx")
