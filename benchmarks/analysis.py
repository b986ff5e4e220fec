"""What an analysis costs: figures alone, the whole process, and how it grows with n.

Prints CPU seconds (all threads) and ratios measured in one run: 1,000,000 answers
against 50,000, each stage against n, and the whole process against its imports.

    python -m benchmarks.analysis [--small 50000] [--large 1000000]
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from fivegaps.analysis import analyze as analysis
from fivegaps.analysis.options import Options
from fivegaps.io.answers import Answers
from fivegaps.simulation.simulate import simulate

SEGMENTS = "branch=20,channel=phone:.3;counter:.7"
STAGES = (
    ("count", "one scan: all counts"),
    ("measurement", "factor models, with a second pass for robust errors"),
    ("outcome_drivers", "drivers"),
    ("derived_importance", "derived importance of 22 items"),
    ("segment_tables", "segments and pairs"),
    ("dimensions", "dimension scores"),
    ("items", "item scores"),
)


def simulated(n: int) -> Answers:
    return simulate(
        "rater-22", n=n, seed=3, missing=0.03, segments=SEGMENTS, spread=["branch=0.3"]
    ).answers


def timed(answers: Answers) -> dict[str, float]:
    spent: dict[str, float] = {}
    originals = {name: getattr(analysis, name) for name, _ in STAGES}

    def watched(name: str, original: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            before = time.process_time()
            found = original(*given, **named)
            spent[name] = spent.get(name, 0.0) + time.process_time() - before
            return found

        return call

    for name, original in originals.items():
        setattr(analysis, name, watched(name, original))
    before = time.process_time()
    analysis.analyze(answers, Options(by=("branch", "channel")))
    spent["all"] = time.process_time() - before
    for name, original in originals.items():
        setattr(analysis, name, original)
    return spent


def whole_process(folder: Path, n: int) -> tuple[float, float]:
    """Return CPU seconds and peak megabytes of one fivegaps analyze with report and charts."""
    command = Path(sys.executable).parent / "fivegaps"
    file = folder / f"{n}.parquet"
    simulation = ["simulate", "--n", str(n), "--instrument", "rater-22", "--seed", "3"]
    simulation += ["--missing", ".03", "--segments", SEGMENTS, "--out", str(file)]
    subprocess.run([command, *simulation], check=True, stdout=subprocess.DEVNULL)
    words = ["analyze", str(file), "--instrument", "rater-22", "--by", "branch"]
    words += ["--out", str(folder / f"report-{n}")]
    process = subprocess.Popen([command, *words], stdout=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def start_up() -> float:
    command = Path(sys.executable).parent / "fivegaps"
    spent = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([command, "--help"], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--small", type=int, default=50_000)
    words.add_argument("--large", type=int, default=1_000_000)
    chosen = words.parse_args()
    # First, while this process is small: a child's peak starts from its parent's.
    with tempfile.TemporaryDirectory() as temporary:
        print("| whole process, report and charts | CPU s | peak MB |\n|---|---|---|")
        for n in (chosen.small, chosen.large):
            seconds, megabytes = whole_process(Path(temporary), n)
            print(f"| {n:,} answers | {seconds:.1f} | {megabytes:.0f} |")
    print()
    analysis.analyze(simulated(400), Options(by=("branch", "channel")))  # compile and import
    small, large = (timed(simulated(n)) for n in (chosen.small, chosen.large))
    print(f"| stage | {chosen.small:,} answers, CPU s | {chosen.large:,} | ratio |")
    print("|---|---|---|---|")
    for name, title in (*STAGES, ("all", "**all figures**")):
        ratio = large[name] / max(small[name], 1e-3)
        print(f"| {title} | {small[name]:.2f} | {large[name]:.2f} | {ratio:.1f} |")
    print(f"\n`fivegaps --help`: {start_up():.2f} s of CPU")


if __name__ == "__main__":
    main()
