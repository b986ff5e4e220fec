"""Run the soak of companies: ``python tests/soak/company_soak.py --companies 2000``.

Prints the tables, writes them into a page between its markers, and ends with exit
code 1 when a promise is refuted. Results are kept as they come, so that a run that
was broken off goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

from companies import Found, found
from company_tables import broken, tables

BEGIN, END = "<!-- soak: begin -->", "<!-- soak: end -->"


def main() -> int:
    """Run, tell, write."""
    parser = argparse.ArgumentParser(description="Simulate companies and diagnose them.")
    parser.add_argument("--companies", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--page", type=Path, default=Path("docs/diagnosis.md"))
    parser.add_argument("--kept", type=Path, default=Path("out/soak/companies.jsonl"))
    asked = parser.parse_args()
    made = run(asked.companies, asked.workers, asked.kept)
    lines = list(tables(made))
    sys.stdout.write("\n".join(lines) + "\n")
    write(asked.page, lines)
    refuted = broken(made)
    for line in refuted:
        sys.stderr.write(f"refuted: {line}\n")
    return 1 if refuted else 0


def run(companies: int, workers: int, kept: Path) -> list[Found]:
    """Return what was found in companies 0 to ``companies`` − 1; those kept are not run again."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = read(kept) if kept.exists() else {}
    left = [number for number in range(companies) if number not in made]
    fresh = multiprocessing.get_context("spawn")
    with (
        kept.open("a", encoding="utf-8") as file,
        ProcessPoolExecutor(max_workers=workers, mp_context=fresh) as pool,
    ):
        for number, one in zip(left, pool.map(found, left, chunksize=5), strict=True):
            file.write(json.dumps({"number": number, **asdict(one)}) + "\n")
            file.flush()
            made[number] = one
    return [made[number] for number in range(companies)]


def read(kept: Path) -> dict[int, Found]:
    """Return what an earlier run kept, by number."""
    made = {}
    for line in kept.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        number = row.pop("number")
        made[number] = Found(**{**row, "others": tuple(row["others"])})
    return made


def write(page: Path, lines: Iterable[str]) -> None:
    """Put the lines between the page's markers."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    inside = "\n".join(lines).rstrip()
    page.write_text(f"{before}{BEGIN}\n\n{inside}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
