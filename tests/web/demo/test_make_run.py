"""`make run` is one command from nothing to an office that serves, and the examples stay near."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FIVEGAPS = Path(sys.executable).parent / "fivegaps"


def planned(target: str, **variables: str) -> str:
    """Return what make would do, without the set-up."""
    ended = subprocess.run(  # noqa: S603
        ["make", "--dry-run", "--no-print-directory", target],  # noqa: S607
        env={**os.environ, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout


def test_make_run_serves_the_demo_from_out() -> None:
    words = planned("run")

    assert "out/office" in words
    assert "fivegaps demo --serve" in words


def test_make_examples_analyses_and_diagnoses_files() -> None:
    words = planned("examples")

    assert "analyze examples/kiosk/kiosk.csv" in words
    assert "diagnose examples/bank" in words


def test_demo_is_filled_served_told_and_ended(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {
        name: text
        for name, text in os.environ.items()
        if name not in {"SECRET_KEY", "DATABASE_URL"}
    }
    process = subprocess.Popen(  # noqa: S603
        [FIVEGAPS, "demo", "--serve"],
        env={**kept, "FIVEGAPS_HOME": str(tmp_path / "office"), "PORT": str(port)},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        told = ""
        for line in process.stdout:
            told += line
            if line.startswith("Also in"):
                break
        notes = json.loads((tmp_path / "out/demo.json").read_text())

        assert f"is open: http://127.0.0.1:{port}" in told
        assert all(one["email"] in told and one["password"] in told for one in notes["users"])
        with urllib.request.urlopen(notes["surveys"][0]["link"], timeout=60) as form:  # noqa: S310
            assert form.status == 200

        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=120) == 0
    finally:
        process.kill()
        process.communicate()
