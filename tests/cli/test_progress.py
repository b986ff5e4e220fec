"""The progress bar is for a person at a terminal, and for nobody else."""

from __future__ import annotations

import io
import sys

import pytest

from fivegaps.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    shown = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", shown)
    return shown


def test_terminal_shows_what_goes_on(terminal: Terminal) -> None:
    with progress() as start:
        advance = start("Counting answers", 100)
        advance(100)

    assert "Counting answers" in terminal.getvalue()


def test_work_without_a_total_is_shown_too(terminal: Terminal) -> None:
    with progress() as start:
        start("Writing", None)(1)

    assert "Writing" in terminal.getvalue()


def test_unwanted_bar_is_not_shown(terminal: Terminal) -> None:
    with progress(wanted=False) as start:
        start("Counting answers", 100)(100)

    assert terminal.getvalue() == ""


def test_file_or_pipe_gets_no_bar(capfd: pytest.CaptureFixture[str]) -> None:
    with progress() as start:
        start("Counting answers", 100)(100)

    assert capfd.readouterr() == ("", "")
