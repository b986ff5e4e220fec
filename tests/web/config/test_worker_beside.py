"""The worker lives and dies with the server: begun again when killed, never left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

FIVEGAPS = Path(sys.executable).parent / "fivegaps"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    return {**kept, "FIVEGAPS_HOME": str(home), "PORT": str(free_port()), "HOST": "127.0.0.1"}


def until(found: Callable[[], object]) -> object:
    """Return what is found first that is not nothing."""
    for _ in range(1800):
        if answer := found():
            return answer
        time.sleep(0.1)
    raise AssertionError("it did not come about")


def workers_of(home: Path) -> set[int]:
    """Return the ids of the live workers of an office, whoever their parent is."""
    found = set()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "cmdline").read_bytes()
            told = (folder / "environ").read_bytes()
        except OSError:
            continue
        if b"fivegaps.web.config.companion" in words and str(home).encode() in told:
            found.add(int(folder.name))
    return found


def answers(port: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return int(answer.status) == 200
    except OSError:
        return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path, str]]:
    """A serving office, its home and its port."""
    home = tmp_path / "home"
    environment = environment_of(home)
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([FIVEGAPS, "serve"], env=environment, stdout=log, stderr=log)  # noqa: S603
    try:
        until(lambda: process.poll() or (answers(environment["PORT"]) and workers_of(home)))
        assert process.poll() is None, (tmp_path / "log").read_text()
        yield process, home, environment["PORT"]
    finally:
        process.kill()
        process.wait()
        until(lambda: not workers_of(home))


def test_worker_that_is_killed_is_begun_again(served) -> None:
    _process, home, port = served
    (first,) = workers_of(home)

    os.kill(first, signal.SIGKILL)

    until(lambda: workers_of(home) - {first})
    assert answers(port)


@pytest.mark.parametrize("told", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_worker_ends_with_its_server_however_that_ends(served, told: signal.Signals) -> None:
    process, home, _port = served

    process.send_signal(told)

    until(lambda: not workers_of(home))
    assert process.wait(timeout=30) == (-signal.SIGKILL if told == signal.SIGKILL else 0)


def test_second_server_of_a_home_is_refused(served) -> None:
    _process, home, _port = served

    second = subprocess.run(  # noqa: S603
        [FIVEGAPS, "serve"], env=environment_of(home), capture_output=True, text=True, check=False
    )

    assert second.returncode == 2
    assert "is being served; stop that first" in second.stderr


def test_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        environment = environment_of(tmp_path / "home") | {"PORT": port}

        ended = subprocess.run(  # noqa: S603
            [FIVEGAPS, "serve"], env=environment, capture_output=True, text=True, check=False
        )

    assert ended.returncode == 2
    assert f"PORT: {port} is taken by another program" in ended.stderr
    assert not (tmp_path / "home/office.sqlite3").exists()


def test_server_without_worker_begins_none(tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = environment_of(home)
    process = subprocess.Popen(  # noqa: S603
        [FIVEGAPS, "serve", "--without-worker"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        until(lambda: answers(environment["PORT"]))

        assert not workers_of(home)
    finally:
        process.terminate()
        process.wait(timeout=30)
