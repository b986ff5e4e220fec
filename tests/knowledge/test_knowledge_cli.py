"""``fivegaps knowledge`` from the outside."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fivegaps.cli.main import main
from fivegaps.errors import Fault
from fivegaps.knowledge import knowledge_checking


def run(capsys, *words: str) -> tuple[int, str, str]:
    code = main(["knowledge", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_list_names_causes_and_remedies(capsys):
    code, out, _ = run(capsys, "list")

    assert code == 0
    assert "gap1-no-listening" in out
    assert "customer-panel" in out


def test_list_keeps_to_the_gap_and_the_mission_line(capsys):
    _, out, _ = run(capsys, "list", "causes", "--gap", "1", "--mission", "S2.10")

    assert "gap1-no-listening" in out
    assert "gap1-too-many-levels" not in out


def test_list_says_titles_in_the_language_asked_for(capsys):
    _, out, _ = run(capsys, "list", "causes", "--mission", "S2.11", "--lang", "nl")

    assert "lagen" in out


@pytest.mark.parametrize(
    ("kind", "named"),
    [("measures", "voiced-share"), ("sources", "zeithaml-1988"), ("mission", "S3.1a")],
)
def test_list_shows_other_kinds(capsys, kind, named):
    code, out, _ = run(capsys, "list", kind)

    assert code == 0
    assert named in out


def test_list_refuses_a_line_that_the_mission_lacks(capsys):
    code, _, err = run(capsys, "list", "--mission", "S9.9")

    assert code == 2
    assert "no line 'S9.9'" in err


def test_show_tells_a_cause_in_vietnamese(capsys):
    code, out, _ = run(capsys, "show", "gap1-no-listening", "--lang", "vi")

    assert code == 0
    assert "Điều tuyến đầu biết không lên tới cấp trên" in out
    assert "Ý tưởng chưa được trả lời: trên 0.3" in out
    assert "upward-channel" in out


def test_show_tells_both_sides_of_a_contradiction(capsys):
    _, out, _ = run(capsys, "show", "reward-quality")

    assert "Pulls the other way" in out
    assert "protect-good-faith-calls" in out
    assert "never one survey" in " ".join(out.split())


def test_show_says_when_a_text_is_not_translated(capsys):
    _, out, _ = run(capsys, "show", "customer-panel", "--lang", "nl")

    assert "not translated yet" in " ".join(out.split())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("zeithaml-1988", "Named by"),
        ("voiced-share", "gap1-complaints-unvoiced"),
        ("S1.15", "needs the office"),
    ],
)
def test_show_opens_other_records(capsys, name, told):
    code, out, _ = run(capsys, "show", name)

    assert code == 0
    assert told in " ".join(out.split())


def test_show_refuses_an_unknown_id_with_the_nearest(capsys):
    code, _, err = run(capsys, "show", "customer-pannel")

    assert code == 2
    assert "Did you mean 'customer-panel'?" in err


def test_check_sums_up_when_all_is_well(capsys):
    code, out, _ = run(capsys, "check")

    assert code == 0
    assert "No fault found in" in out


def test_check_names_every_fault(capsys, monkeypatch):
    faults = {"causes/x.toml": (Fault("no sign is named."), Fault("no source is named."))}
    monkeypatch.setattr(knowledge_checking, "check_knowledge", lambda: faults)

    code, _, err = run(capsys, "check")

    assert code == 2
    assert "causes/x.toml: no sign is named." in err
    assert "causes/x.toml: no source is named." in err


def test_the_knowledge_is_read_without_numeric_libraries():
    script = (
        "import sys; from fivegaps.knowledge.knowledge_checking import check_knowledge;"
        "check_knowledge(); print([name for name in ('numpy', 'pyarrow') if name in sys.modules])"
    )

    ended = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert ended.stdout.strip() == "[]"
