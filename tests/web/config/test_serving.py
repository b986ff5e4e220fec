"""The office as a process of its own: an empty folder becomes a serving office."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

FIVEGAPS = Path(sys.executable).parent / "fivegaps"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(home: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    return {**kept, "FIVEGAPS_HOME": str(home), "PORT": str(port), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str, dict[str, str]]]:
    """A serving office, the link that sets it up, and its settings."""
    environment = environment_of(tmp_path / "home", free_port())
    process = subprocess.Popen(  # noqa: S603
        [FIVEGAPS, "serve"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
    )
    told = ""
    assert process.stdout is not None
    for line in process.stdout:
        told += line
        if found := re.search(r"http://\S+/set-up/\S+", told):
            yield process, found[0], environment
            break
    else:
        pytest.fail(f"the office did not start: {told}")
    process.terminate()
    process.communicate(timeout=30)


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def run(word: str, *options: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [FIVEGAPS, word, *options], env=env, capture_output=True, text=True, check=False
    )


def test_empty_folder_becomes_an_office_that_serves_and_stops(served) -> None:
    process, link, environment = served
    base = f"http://127.0.0.1:{environment['PORT']}"

    assert status(link) == 200
    assert status(f"{base}/healthz") == 200
    assert status(f"{base}/readyz") == 200
    page = urllib.request.urlopen(link, timeout=20).read().decode()  # noqa: S310
    styles = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert [status(base + style) for style in styles] == [200, 200, 200]
    doctor = run("doctor", "--audit", env=environment)
    assert (doctor.returncode, doctor.stderr) == (0, "")
    assert "audit log: 0 deeds, whole" in doctor.stdout

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=30) == 0


def test_upgrade_makes_the_tables_once(tmp_path: Path) -> None:
    environment = environment_of(tmp_path / "home", free_port())

    first = run("upgrade", env=environment)
    second = run("upgrade", env=environment)

    assert (first.returncode, second.returncode) == (0, 0)
    assert "up to date" in second.stdout
    assert not (tmp_path / "home/backups").exists()


def test_unsafe_setting_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    environment = environment_of(tmp_path / "home", free_port()) | {
        "DEBUG": "1",
        "ALLOWED_HOSTS": "quality.example",
    }

    ended = run("serve", env=environment)

    assert ended.returncode == 2
    assert ended.stderr.startswith("fivegaps: DEBUG: shows the insides")
    assert not (tmp_path / "home/secret.key").exists()
