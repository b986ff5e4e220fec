"""fivegaps analyze and compare, end to end as processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FIVEGAPS = Path(sys.executable).parent / "fivegaps"
KIOSK = Path("examples/kiosk/kiosk.csv").resolve()
INSTRUMENT = Path("examples/kiosk/kiosk.toml").resolve()


def fivegaps(*words, folder):
    """Run the command in a folder and return what came of it."""
    return subprocess.run(  # noqa: S603 - our own command
        [FIVEGAPS, *map(str, words)], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def two_waves(tmp_path_factory):
    """Two simulated files of 120 answers; the second has 0.8 points less reliability in Riga."""
    folder = tmp_path_factory.mktemp("waves")
    base = ["simulate", "--instrument", "rater-22", "--n", 120, "--segments", "branch=Riga;Hue"]
    for name, seed in (("first", 1), ("second", 2)):
        done = fivegaps(*base, "--seed", seed, "--out", f"{name}.csv", folder=folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kiosk")
    done = fivegaps(
        "analyze", KIOSK, "--instrument", INSTRUMENT, "--by", "sex", "--out", "out", "--png",
        "--lang", "vi", folder=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder, done


def test_every_file_is_written(analysed):
    folder, _ = analysed

    names = {path.name for path in (folder / "out").iterdir()}

    assert {"report.html", "results.json", "tables.xlsx", "charts"} <= names
    assert (folder / "out/charts/dimensions.svg").stat().st_size > 1000
    assert (folder / "out/charts/dimensions.png").stat().st_size > 1000


def test_the_summary_speaks_the_language_asked_for(analysed):
    _, done = analysed

    assert "Bảo mật" in done.stdout
    assert "−1,81" in done.stdout


def test_the_results_tell_how_to_get_them_again(analysed):
    folder, _ = analysed
    results = json.loads((folder / "out/results.json").read_text(encoding="utf-8"))

    assert results["provenance"]["command"].startswith("fivegaps analyze ")
    assert results["provenance"]["file"]["rows"] == 194
    assert results["segments"]["sex"]["f"]["n"] == 142


def test_a_folder_with_an_analysis_is_kept(analysed):
    folder, _ = analysed
    before = (folder / "out/results.json").read_bytes()

    again = fivegaps("analyze", KIOSK, "--instrument", INSTRUMENT, "--out", "out", folder=folder)

    assert again.returncode == 2
    assert "--overwrite" in again.stderr
    assert (folder / "out/results.json").read_bytes() == before


def test_json_alone_writes_nothing(two_waves, tmp_path):
    done = fivegaps("analyze", two_waves / "first.csv", "--json", folder=tmp_path)

    results = json.loads(done.stdout)
    assert results["instrument"] == "rater-22"
    assert any(warned["code"] == "assumed_instrument" for warned in results["warnings"])
    assert list(tmp_path.iterdir()) == []


def test_a_row_filter_keeps_those_rows_alone(two_waves, tmp_path):
    words = ["analyze", two_waves / "first.csv", "--instrument", "rater-22", "--json"]

    whole = json.loads(fivegaps(*words, "--by", "branch", folder=tmp_path).stdout)
    riga = json.loads(fivegaps(*words, "--where", "branch = Riga", folder=tmp_path).stdout)

    assert riga["n"] == whole["segments"]["branch"]["Riga"]["n"]
    assert riga["overall"]["mean_of_dimensions"]["value"] == pytest.approx(
        whole["segments"]["branch"]["Riga"]["overall"]["value"]
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--by", "branch1"], "did you mean branch?"),
        (["--confidence", "1.5"], "--confidence"),
        (["--outcome", "joy"], "joy"),
        (["--where", "branch = Paris"], "no row"),
        (["--weight", "branch"], "branch"),
    ],
)
def test_a_refused_option_is_named_and_nothing_is_written(two_waves, tmp_path, words, told):
    done = fivegaps(
        "analyze", two_waves / "first.csv", "--instrument", "rater-22", "--out", "out", *words,
        folder=tmp_path,
    )  # fmt: skip

    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_two_waves_are_compared_in_a_table(two_waves):
    done = fivegaps(
        "compare", "first.csv", "second.csv", "--instrument", "rater-22", folder=two_waves
    )

    assert done.returncode == 0, done.stderr
    assert "second.csv (n = 120) against first.csv (n = 120)" in done.stdout
    assert "Overall (mean of dimensions)" in done.stdout


def test_two_waves_are_compared_as_json(two_waves):
    done = fivegaps(
        "compare", "first.csv", "second.csv", "--instrument", "rater-22", "--json",
        folder=two_waves,
    )  # fmt: skip

    compared = json.loads(done.stdout)
    assert compared["schema"] == "fivegaps.compare/1"
    assert compared["refused"] == []
    assert compared["dimensions"]["reliability"]["p_adjusted"] is not None


def test_an_item_of_another_wording_is_refused_by_name(two_waves):
    other = two_waves / "other.toml"
    exported = fivegaps(
        "instruments", "export", "rater-22", "--format", "toml", "--out", other, folder=two_waves
    )
    assert exported.returncode == 0, exported.stderr
    shown = other.read_text(encoding="utf-8")
    first_item = shown.index("[[item]]")
    wording = shown.index('expectation = "', shown.index("text", first_item))
    place = wording + len('expectation = "')
    other.write_text(shown[:place] + "Changed: " + shown[place:], encoding="utf-8")

    done = fivegaps(
        "compare", "first.csv", "second.csv", "--instrument", "rater-22",
        "--instrument-second", "other.toml", folder=two_waves,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "tan1 is not compared: its wording changed" in done.stdout
