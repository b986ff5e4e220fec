"""The ``fivegaps`` command: finds the command that was asked for, and turns errors into messages.

Every command lives in a file of its own, ``cli/<name>.py``, which exports ``command``.
A file is imported only when its command (or the list of commands) is asked for, and
imports the core only inside the command, so ``fivegaps --help`` answers at once.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence

import click

from fivegaps.errors import FivegapsError

COMMANDS = (
    "analyze",
    "backup",
    "bounces",
    "check",
    "compare",
    "demo",
    "diagnose",
    "doctor",
    "init",
    "inspect",
    "instruments",
    "knowledge",
    "plan",
    "restore",
    "serve",
    "share",
    "simulate",
    "upgrade",
    "verify",
    "worker",
)

OK = 0
REFUSED = 2
INTERNAL = 70
SYSTEM = 74
INTERRUPTED = 130
PIPE_CLOSED = 141

EXIT_CODES = {
    OK: "done",
    REFUSED: "refused: a file, an instrument or an option cannot be used; nothing was written",
    INTERNAL: "a fault of fivegaps; --debug shows where",
    SYSTEM: "the system would not read or write, for instance because the disk is full",
    INTERRUPTED: "stopped with Ctrl-C",
    PIPE_CLOSED: "the reader of the output went away",
}


class LazyGroup(click.Group):
    """A group that imports a command's file only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"fivegaps.cli.{cmd_name}")
        command = module.command
        return command if isinstance(command, click.Command) else None


def _exit_codes() -> str:
    lines = [f"{code:>4}  {meaning}" for code, meaning in EXIT_CODES.items()]
    return "\b\nExit codes:\n" + "\n".join(lines)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_exit_codes(),
)
@click.version_option(package_name="fivegaps", prog_name="fivegaps")
@click.option(
    "--debug",
    is_flag=True,
    envvar="FIVEGAPS_DEBUG",
    help="Show where in the code an error arose (also: FIVEGAPS_DEBUG=1).",
)
@click.pass_context
def fivegaps_command(context: click.Context, *, debug: bool) -> None:
    """Measure service quality with RATER/SERVQUAL and find which gap is open.

    Start with: fivegaps analyze FILE
    """
    context.obj = {"debug": debug}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; never lets a traceback through.

    Args:
        arguments: The words after ``fivegaps``; those of the process when None.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        answer = fivegaps_command.main(words, prog_name="fivegaps", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _hush_stdout()
        return PIPE_CLOSED
    except SystemExit:  # click's own answer to a closed pipe
        return PIPE_CLOSED
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the one place where every error ends
        return _explained(error, debug=_debugging(words))
    return answer if isinstance(answer, int) else OK


def _explained(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    if isinstance(error, FivegapsError):
        click.echo(f"fivegaps: {error}", err=True)
        return REFUSED
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename is not None else ""
        click.echo(f"fivegaps: {place}{error.strerror or error}", err=True)
        return REFUSED if _about_a_path(error) else SYSTEM
    if isinstance(error, MemoryError):
        click.echo("fivegaps: not enough memory for this; nothing more was written", err=True)
        return SYSTEM
    click.echo(
        f"fivegaps: this is a fault of fivegaps, not yours ({type(error).__name__}: {error}).\n"
        "Please report it with the command that you gave and the output of the same command\n"
        "after `fivegaps --debug`; leave the answers out.",
        err=True,
    )
    return INTERNAL


def _about_a_path(error: OSError) -> bool:
    kinds = (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError)
    return isinstance(error, (*kinds, FileExistsError))


def _debugging(words: Sequence[str]) -> bool:
    # The context is gone when an error arrives here, so the words are looked at again.
    own = next((place for place, word in enumerate(words) if word in COMMANDS), len(words))
    asked = os.environ.get("FIVEGAPS_DEBUG", "").lower() not in {"", "0", "false", "no", "off"}
    return asked or "--debug" in words[:own]


def _hush_stdout() -> None:
    # Python flushes stdout once more when it ends, and would complain there.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
