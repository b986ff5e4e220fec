"""The summary in the terminal."""

import io

import pytest
from made_results import results
from reported_answers import kiosk, made
from rich.cells import cell_len
from rich.console import Console

from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.terminal import show


def printed(asked, lang="en", width=80, **options):
    file = io.StringIO()
    console = Console(file=file, width=width, highlight=False, **options)
    show(results(asked), asked.instrument, lang=lang, console=console, folder="out/kiosk")
    return file.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_summary_fits_eighty_columns(lang):
    lines = printed(kiosk(), lang).splitlines()

    assert max(map(cell_len, lines)) <= 80


def test_the_table_shows_gap_interval_n_and_alpha():
    line = next(line for line in printed(kiosk()).splitlines() if line.startswith("Security"))

    assert line.split() == [
        *("Security", "6.71", "4.91", "−1.81", "[−2.00,", "−1.62]", "194", ".83"),
    ]


def test_there_is_no_colour_when_piped():
    assert "\x1b" not in printed(kiosk())


def test_trouble_is_red_on_a_terminal():
    assert "\x1b[1;31m−1.81" in printed(kiosk(), force_terminal=True, color_system="standard")


def test_without_expectations_the_rating_has_the_interval():
    text = printed(made(batteries=("perception",)))

    assert "Gap" not in text


def test_the_summary_says_where_the_report_is():
    assert printed(kiosk()).rstrip().endswith("Written to out/kiosk")
