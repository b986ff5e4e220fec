"""The progress bar is for a person at a terminal, and for nobody else."""

from __future__ import annotations

import io
import sys

import pytest

from fivegaps.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    # Called in the test itself: pytest puts its own stderr back after the fixtures.
    shown = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", shown)
    return shown


def test_terminal_shows_what_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_a_terminal(monkeypatch)

    with progress() as start:
        advance = start("Counting answers", 100)
        advance(100)

    assert "Counting answers" in terminal.getvalue()


def test_work_without_a_total_is_shown_too(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_a_terminal(monkeypatch)

    with progress() as start:
        start("Writing", None)(1)

    assert "Writing" in terminal.getvalue()


def test_unwanted_bar_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_a_terminal(monkeypatch)

    with progress(wanted=False) as start:
        start("Counting answers", 100)(100)

    assert terminal.getvalue() == ""


def test_file_or_pipe_gets_no_bar(capfd: pytest.CaptureFixture[str]) -> None:
    with progress() as start:
        start("Counting answers", 100)(100)

    assert capfd.readouterr() == ("", "")
