"""Make the example bank anew: a simulated company in the words of a bank.

Everything is invented. The simulator draws the figures (and plants the story); this file
gives them a bank's units, standards, promises and rules. The same options give the same
files:

    python examples/bank/make.py examples/bank
"""

from __future__ import annotations

import csv
import sys
import tempfile
import tomllib
from pathlib import Path

from fivegaps.simulation.company.options import CompanyOptions, OpenedGap
from fivegaps.simulation.company.simulate import write_company

HERE = Path(__file__).parent
WORDS = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
OPTIONS = CompanyOptions(
    units=24,
    customers=40,
    staff=8,
    managers=36,
    waves=2,
    plants=("gap4-plans-apart",),
    gaps=(OpenedGap(4, "reliability", -1.0),),
    effect=1.5,
    seed=2010,
)
# The simulator's measurements are drawn round this target, with this tolerance.
SIMULATED_TARGET = 60.0
Row = dict[str, str]


def main(folder: Path) -> None:
    """Write the bank's files into a folder; other files there stay."""
    with tempfile.TemporaryDirectory() as temporary:
        drawn, truth = write_company(OPTIONS, Path(temporary) / "bank")
        names = _names()
        standards = _standards(_rows(drawn, "standards"))
        files = {file.stem: _rows(drawn, file.stem) for file in sorted(drawn.glob("*.csv"))}
        files["units"] = _units(names)
        files["standards"] = standards
        files["observations"] = _observations(files["observations"], standards)
        files["promises"] = [row | WORDS["promise"][row["items"]] for row in files["promises"]]
        files["policies"] = [
            row | words for row, words in zip(files["policies"], WORDS["policy"], strict=True)
        ]
        files["actions"] = _actions(files["actions"], _worst(files["customers"]))
        for file, rows in files.items():
            _write(folder / f"{file}.csv", [_renamed(row, names) for row in rows])
        (folder / "company.toml").write_text(WORDS["company"], encoding="utf-8")
        known = truth.read_text(encoding="utf-8")
        for words, drawn_one in zip(files["actions"], _rows(drawn, "actions"), strict=False):
            names[drawn_one["action"]] = words["action"]
        for drawn_name, name in names.items():
            known = known.replace(f'"{drawn_name}"', f'"{name}"')
        (folder / "bank.truth.json").write_text(known, encoding="utf-8")


def _names() -> dict[str, str]:
    """Return the simulator's unit to the branch that takes its place."""
    branches = [name for region in WORDS["region"].values() for name in region["branches"]]
    return {f"unit-{place:02d}": name for place, name in enumerate(branches, start=1)}


def _units(names: dict[str, str]) -> list[Row]:
    bank = {"unit": "bank", "parent": "", "name": "The whole bank", "kind": "company"}
    rows = [bank | {"opened": "", "closed": ""}]
    for region, of_region in WORDS["region"].items():
        rows.append(bank | {"unit": region, "parent": "bank", "name": of_region["name"]})
        rows[-1] |= {"kind": "region", "opened": "", "closed": ""}
        for branch in of_region["branches"]:
            title = branch.replace("-", " ").title()
            rows.append({"unit": branch, "parent": region, "name": title, "kind": "branch"})
            rows[-1] |= {"opened": "", "closed": ""}
    known = {row["unit"] for row in rows}
    if missing := set(names.values()) - known:
        raise SystemExit(f"no region for {missing}")
    return rows


def _standards(drawn: list[Row]) -> list[Row]:
    """Return the standards in the bank's words, with targets in their own units."""
    used: dict[str, int] = {}
    rows = []
    for row in drawn:
        place = used[row["items"]] = used.get(row["items"], -1) + 1
        at_most, at_least = WORDS["standard"][row["items"]]
        text, target, unit = at_most if row["comparison"] == "at_most" else at_least
        again = " (on the phone and on the web)" if place and _same(row, rows) else ""
        changed = {"text": text + again, "measure": unit, "unit_of_measure": unit}
        if row["target"]:
            scale = target / SIMULATED_TARGET
            changed |= {
                "target": f"{target:g}",
                "tolerance": f"{float(row['tolerance']) * scale:.3g}",
            }
        rows.append(row | changed)
    return rows


def _same(row: Row, rows: list[Row]) -> bool:
    return any(
        one["items"] == row["items"] and one["comparison"] == row["comparison"] for one in rows
    )


def _observations(drawn: list[Row], standards: list[Row]) -> list[Row]:
    """Return measurements in the unit of their standard; counts stay."""
    targets = {row["standard"]: row["target"] for row in standards}
    rows = []
    for row in drawn:
        changed = {}
        if row["value"]:
            scale = float(targets[row["standard"]]) / SIMULATED_TARGET
            changed = {"value": f"{max(0.0, float(row['value'])) * scale:.4g}"}
        rows.append(row | changed)
    return rows


def _actions(drawn: list[Row], worst: list[str]) -> list[Row]:
    """Return the drawn actions as the bank calls them, and one for the worst branches alone."""
    rows = [row | words for row, words in zip(drawn, WORDS["action"], strict=False)]
    return [*rows, rows[0] | WORDS["action"][-1] | {"units": ";".join(worst)}]


def _worst(customers: list[Row]) -> list[str]:
    """Return the three units with the lowest perception of tangibles in the first wave."""
    answers: dict[str, list[float]] = {}
    for row in customers:
        if row["wave"] == customers[0]["wave"]:
            given = [float(row[f"p_tan{k}"]) for k in range(1, 5) if row[f"p_tan{k}"]]
            answers.setdefault(row["unit"], []).extend(given)
    return sorted(answers, key=lambda unit: sum(answers[unit]) / len(answers[unit]))[:3]


def _renamed(row: Row, names: dict[str, str]) -> Row:
    return {
        column: ";".join(names.get(one, one) for one in value.split(";"))
        if column in {"unit", "units", "comparison_units"}
        else value
        for column, value in row.items()
    }


def _rows(folder: Path, file: str) -> list[Row]:
    with (folder / f"{file}.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _write(path: Path, rows: list[Row]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as text:
        out = csv.DictWriter(text, columns, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
