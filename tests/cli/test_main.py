"""The command line turns every error into a message and an exit code, never a traceback."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from fivegaps.cli import main as entry
from fivegaps.errors import CannotCompute, Fault, FileRefused, OptionRefused


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """A command `fail` that raises what the test puts into the list."""
    to_raise: list[BaseException] = []

    @click.command("fail")
    def fail() -> None:
        raise to_raise[0]

    monkeypatch.setitem(entry.fivegaps_command.commands, "fail", fail)
    monkeypatch.setattr(entry.LazyGroup, "get_command", click.Group.get_command)
    return iter([to_raise])


def run_failing(failing: Iterator[list[BaseException]], error: BaseException, *before: str) -> int:
    next(failing).append(error)
    return entry.main([*before, "fail"])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OptionRefused("--n", "must be at least 50"), 2),
        (FileRefused("a.csv", Fault("is empty")), 2),
        (CannotCompute("too_few", "2 answers"), 2),
        (click.UsageError("no such option"), 2),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "a.csv"), 2),
        (PermissionError(errno.EACCES, "Permission denied", "out"), 2),
        (OSError(errno.ENOSPC, "No space left on device", "out/results.json"), 74),
        (MemoryError(), 74),
        (ZeroDivisionError("division by zero"), 70),
        (KeyboardInterrupt(), 130),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_error_becomes_exit_code(
    failing: Iterator[list[BaseException]],
    error: BaseException,
    code: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = run_failing(failing, error)

    shown = capsys.readouterr()
    assert (answer, shown.out, "Traceback" in shown.err) == (code, "", False)


def test_refusal_is_shown_as_it_was_worded(
    failing: Iterator[list[BaseException]], capsys: pytest.CaptureFixture[str]
) -> None:
    run_failing(failing, OptionRefused("--n", "must be at least 50"))

    assert capsys.readouterr().err == "fivegaps: --n: must be at least 50\n"


def test_unforeseen_error_says_how_to_report(
    failing: Iterator[list[BaseException]], capsys: pytest.CaptureFixture[str]
) -> None:
    run_failing(failing, ZeroDivisionError("division by zero"))

    assert "Please report it" in capsys.readouterr().err


def test_debug_shows_the_traceback(
    failing: Iterator[list[BaseException]], capsys: pytest.CaptureFixture[str]
) -> None:
    run_failing(failing, ZeroDivisionError("division by zero"), "--debug")

    assert "Traceback" in capsys.readouterr().err


def test_environment_asks_for_the_traceback(
    failing: Iterator[list[BaseException]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FIVEGAPS_DEBUG", "1")

    run_failing(failing, ZeroDivisionError("division by zero"))

    assert "Traceback" in capsys.readouterr().err


def test_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    answer = entry.main(["analise"])

    assert (answer, "No such command 'analise'" in capsys.readouterr().err) == (2, True)


def test_no_words_show_the_help_and_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    answer = entry.main([])

    shown = capsys.readouterr()
    assert (answer, "Commands:" in shown.out + shown.err) == (2, True)


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    from importlib.metadata import version

    answer = entry.main(["--version"])

    assert (answer, capsys.readouterr().out) == (0, f"fivegaps, version {version('fivegaps')}\n")


@pytest.mark.parametrize("command", entry.COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = entry.main([command, "--help"])

    assert (answer, "Usage: fivegaps" in capsys.readouterr().out) == (0, True)


def test_module_runs_as_the_command_does() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "fivegaps", "--help"], capture_output=True, text=True, check=False
    )

    assert (answer.returncode, "Exit codes:" in answer.stdout) == (0, True)


def test_closed_pipe_is_quiet() -> None:
    reading, writing = os.pipe()
    os.close(reading)

    answer = subprocess.run(
        [sys.executable, "-m", "fivegaps", "--help"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )

    os.close(writing)
    assert (answer.returncode, answer.stderr) == (141, b"")
