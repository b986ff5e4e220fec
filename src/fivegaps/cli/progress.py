"""A progress bar on standard error, shown only to a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int], None]
Start = Callable[[str, int | None], Advance]


@contextmanager
def progress(*, wanted: bool = True) -> Iterator[Start]:
    """Yield a function that starts a bar and returns what moves it on.

    Usage::

        with progress() as start:
            advance = start("Counting answers", rows)
            for block in blocks:
                advance(len(block.rows))

    A bar whose total is None only tells that work goes on. Nothing is shown
    when standard error is a file or a pipe, or when ``wanted`` is False.
    """
    if not (wanted and sys.stderr.isatty()):
        yield _silent
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bars:

        def start(text: str, total: int | None) -> Advance:
            task = bars.add_task(text, total=total)
            return lambda amount: bars.advance(task, amount)

        yield start


def _silent(_text: str, _total: int | None) -> Advance:
    return lambda _amount: None
