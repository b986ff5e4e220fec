"""What reading may import: half a second of pandas is not needed for a CSV."""

import subprocess
import sys


def test_reading_delimited_text_imports_no_heavy_library(save):
    path = save("E1,P1,E2,P2\n1,2,NA,4\n5,6,7,1\n")
    program = (
        "import sys; from fivegaps.io.recognise import recognised_answers\n"
        f"answers = recognised_answers({str(path)!r}, where='E1 >= 1')\n"
        "block = answers.read(answers.parts()[0], {'E1': 'categories'})\n"
        "print(sorted({'pandas', 'polars', 'pyreadstat', 'numba', 'rich', 'scipy', 'narwhals',"
        " 'xlsxwriter'} & set(sys.modules)))"
    )

    result = subprocess.run(  # noqa: S603  # our own interpreter and program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert result.stdout == "[]\n"
