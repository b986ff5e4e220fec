"""`fivegaps --help` answers at once because nothing heavy is imported for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "numpy",
    "scipy",
    "numba",
    "pyarrow",
    "pandas",
    "polars",
    "narwhals",
    "altair",
    "vl_convert",
    "weasyprint",
    "jinja2",
    "babel",
    "rich",
    "xlsxwriter",
    "pyreadstat",
    "python_calamine",
    "charset_normalizer",
    "django",
)

SHOW_MODULES = """
import sys
from fivegaps.cli.main import main
code = main(sys.argv[1:])
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        *([command, "--help"] for command in ("analyze", "inspect", "simulate", "plan", "serve")),
    ],
    ids=" ".join,
)
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    answer = subprocess.run(  # noqa: S603
        [sys.executable, "-c", SHOW_MODULES, *words], capture_output=True, text=True, check=True
    )

    assert set(HEAVY) & set(answer.stderr.split()) == set()


def test_import_of_the_package_imports_nothing_heavy() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "import fivegaps, sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert set(HEAVY) & set(answer.stdout.split()) == set()
