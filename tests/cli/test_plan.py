import json

import pytest
from click.testing import CliRunner

from fivegaps.cli.main import main
from fivegaps.cli.plan import command


def _run(*words: str) -> str:
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 0, result.output
    return result.output


def _json(*words: str) -> dict:
    return json.loads(_run(*words, "--json"))


def test_a_gap_is_planned_in_words_and_a_table():
    told = _run("gap", "--margin", ".1", "--sd", "1.2")

    assert told.startswith("556 answers tell a mean gap to ± 0.1 scale points")
    assert "2,216" in told
    assert "t interval" in told


def test_a_share_is_planned_in_json():
    plan = _json("share", "--margin", "5%")

    assert (plan["schema"], plan["question"], plan["n"]) == ("fivegaps.plan/1", "share", 385)
    assert plan["n0"] == pytest.approx(384.16, rel=1e-4)
    assert plan["method"]
    assert plan["assumptions"]


def test_a_share_may_be_written_as_a_number():
    assert _json("share", "--margin", "0.05") == _json("share", "--margin", "5%")


def test_a_small_population_and_a_response_rate_are_taken_into_account():
    plan = _json("share", "--margin", "5%", "--population", "1000", "--response-rate", "20%")

    assert (plan["n"], plan["invited"]) == (278, 1390)


def test_a_design_effect_is_taken_into_account():
    assert _json("gap", "--margin", "0.1", "--deff", "2")["n"] == 1112


@pytest.mark.parametrize("question", ["gap", "share"])
def test_answers_that_are_there_have_a_margin(question):
    assert "400 answers tell a" in _run(question, "--answers", "400")


def test_a_comparison_is_planned_for_each_group():
    told = _run("compare", "--difference", ".3", "--sd", "1.1", "--power", ".8")

    assert told.startswith("213 answers in each group find a difference of 0.3 points")


@pytest.mark.parametrize(("icc", "n"), [("0.061", 139), ("0.034", 256)])
def test_reliability_is_planned_for_each_unit(icc, n):
    assert _json("reliability", "--icc", icc, "--reliability", "0.9")["n"] == n


def test_reliability_is_told_in_words():
    assert _run("reliability", "--icc", "6.1%").startswith("139 answers for each unit")


def test_item_sampling_is_told_beside_asking_everything():
    told = _run("sampling", "--items", "22", "--asked", "10", "--linking", "2")

    assert "answers to a linking item" in told
    assert "1,000" in told
    assert "confirmatory factor model" in told


def test_item_sampling_is_planned_in_json():
    plan = _json("sampling", "--items", "22", "--asked", "10", "--answers", "500")

    assert plan["question"] == "sampling"
    assert plan["same_item_n"] == 1100


@pytest.mark.parametrize(
    "words",
    [
        ("gap", "--margin", "0.123456", "--sd", "1.2", "--response-rate", "1%"),
        ("share", "--margin", "0.1%", "--population", "123456789"),
        ("compare", "--difference", "0.001", "--sd-other", "2", "--response-rate", "1%"),
        ("reliability", "--icc", "0.1%"),
        ("sampling", "--items", "22", "--asked", "1", "--answers", "1000000"),
    ],
)
def test_every_plan_fits_into_eighty_columns(words):
    assert max(map(len, _run(*words).splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("gap",), "either --margin or --answers"),
        (("gap", "--margin", "1", "--answers", "5"), "either --margin or --answers"),
        (("gap", "--margin", "-1"), "--margin"),
        (("gap", "--answers", "1"), "at least 2"),
        (("share", "--margin", "5"), "write 0.05 or 5%"),
        (("share", "--margin", "five"), "write 0.05 or 5%"),
        (("share", "--answers", "90", "--population", "50"), "cannot give 90 answers"),
        (("compare",), "--difference"),
        (("reliability", "--icc", "0"), "--icc"),
        (("sampling", "--items", "5", "--asked", "6"), "6 of 5 items"),
        (("sampling", "--items", "5", "--asked", "3", "--linking", "3"), "never asked"),
    ],
)
def test_what_makes_no_sense_is_refused_with_exit_code_2(words, message, capsys):
    code = main(["plan", *words])

    assert code == 2
    assert message in capsys.readouterr().err
