"""``fivegaps demo``: an office with an invented bank in it, to look at and to try."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fivegaps.web.config.environment import Environment
    from fivegaps.web.demo.opening import Demo


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("out/demo.json"),
    show_default=True,
    help="Where address, sign-ins, token and surveys are written, for your eyes alone.",
)
@click.option("--serve", "then_serve", is_flag=True, help="Serve the office then, until Ctrl-C.")
def command(*, out: Path, then_serve: bool) -> int:
    """Fill an empty office with an invented bank: places, people of every role, two waves.

    The office lies in the folder that FIVEGAPS_HOME names (./office when it names none). Run
    again, it keeps what is there, passwords too. An office that is somebody's own is refused.
    Every page says that the bank is invented.
    """
    from fivegaps.cli.main import OK
    from fivegaps.web.config import running

    environment = running.begin()
    if not then_serve:
        demo = _opened(environment, out)
        begun = "The office is filled with an invented bank" if demo.is_new else "The demo is there"
        _tell(f"{begun}; `fivegaps serve` opens it at {demo.url}", demo, out)
        return OK
    from fivegaps.web.config.serving import held, serve

    with held(environment):
        demo = _opened(environment, out)
        title = f"The office of an invented bank is open: {demo.url}  (Ctrl-C ends it)"
        return serve(environment, when_ready=lambda: _tell(title, demo, out))


def _opened(environment: Environment, out: Path) -> Demo:
    from datetime import UTC, datetime

    from fivegaps.web.config import running
    from fivegaps.web.demo.opening import open_demo

    now = datetime.now(UTC)
    running.bring_up_to_date(environment, at=now)
    return open_demo(out, public_url=environment.public_url, at=now)


def _tell(title: str, demo: Demo, out: Path) -> None:
    click.echo("\n".join([title, "", *_table(demo), "", *_doors(demo), f"Also in {out}"]))


def _table(demo: Demo) -> Iterator[str]:
    rows = [("Sign in as", "with", "password")]
    rows += [(one.role, one.email, one.password) for one in demo.users]
    widths = [max(len(row[place]) for row in rows) for place in range(2)]
    for role, email, password in rows:
        yield f"  {role:<{widths[0]}}  {email:<{widths[1]}}  {password}"


def _doors(demo: Demo) -> Iterator[str]:
    for survey in demo.surveys:
        yield f"Answer as a customer: {survey['link']}"
