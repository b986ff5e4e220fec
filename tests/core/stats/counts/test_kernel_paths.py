"""When loops are compiled, and that their machine code may stay unkept."""

import os
import subprocess
import sys

import pytest

from fivegaps.stats.counts import kernel

COUNT = """
import sys
import numpy as np
from fivegaps.stats.counts import Columns, Moments
columns = Columns(("a", "b"), (7, 7))
codes = np.full((2, {n}), 3, dtype=np.uint8)
print(Moments.of(columns, codes{path}).products[0, 1], "numba" in sys.modules)
"""


def ran(code, **environment):
    found = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.split()


def test_few_answers_are_counted_without_numba():
    assert ran(COUNT.format(n=1000, path="")) == ["9000", "False"]


def test_many_answers_are_counted_with_numba():
    sooner = "from fivegaps.stats.counts import kernel\nkernel.CELLS_BEFORE_COMPILING = 1_000_000"

    assert ran(sooner + COUNT.format(n=500_000, path="")) == ["4500000", "True"]


def test_work_done_by_numpy_is_counted_until_compiling_pays(monkeypatch):
    monkeypatch.setattr(kernel, "_effort", kernel._Effort())

    first = kernel.chosen_path(kernel.CELLS_BEFORE_COMPILING - 1)
    second = kernel.chosen_path(1)

    assert (first, second) == ("numpy", "numba")


def test_without_numba_numpy_counts(monkeypatch):
    monkeypatch.setattr(kernel, "has_numba", lambda: False)

    assert kernel.chosen_path(10 * kernel.CELLS_BEFORE_COMPILING) == "numpy"


def test_loops_work_where_machine_code_cannot_be_kept(tmp_path):
    code = """
from numba.core import caching
caching.CodeLibraryCacheImpl._locator_classes = []
caching.CacheImpl._locator_classes = []
from fivegaps.stats.counts.compiled import compiled

def after(code):
    return code + 1

print(compiled(after)(1))
"""

    found = ran(code, NUMBA_CACHE_DIR=str(tmp_path))

    assert found == ["2"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("path", ["numba", "numpy"])
def test_both_paths_have_the_same_loops(path):
    found = kernel.loops(path)

    assert all(callable(getattr(found, name)) for name in kernel.Loops.__annotations__)
