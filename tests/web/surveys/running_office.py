"""A whole office as its owner runs it: a process of its own, reached over the network."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

HERE = Path(__file__).parent
SURVEY = """
import django; django.setup()
import json
from fivegaps.web.people.models import Organisation
from survey_maker import link_of, made_survey
Organisation.objects.get_or_create(id=1, defaults={"name": "Baltic Service Bank"})
survey = made_survey(**json.loads(input()))
from fivegaps.web.surveys import selectors
fields = selectors.fields_in(selectors.waves_of(survey)[0])
columns = [one.name for one in fields.items]
print(json.dumps({"link": f"/s/{link_of(survey).token}/", "columns": columns}))
"""
ROWS = """
import django; django.setup()
import json
from fivegaps.web.surveys.models import Draft, Response
rows = Response.objects.order_by("id")
print(json.dumps({"drafts": Draft.objects.count(), "sent": [
    {"id": str(row.submission_id), "receipt": row.receipt, "codes": list(bytes(row.codes)),
     "other": row.other, "lang": row.lang} for row in rows]}))
"""


class RunningOffice:
    """One office: its environment, its process, its address."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "FIVEGAPS_HOME": str(home),
            "SECRET_KEY": "only-for-tests-" + "0" * 32,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "fivegaps.web.config.settings",
            "PYTHONPATH": str(HERE),
        }
        if os.environ.get("DATABASE_URL", "").startswith("postgres"):
            self.environment["DATABASE_URL"] = _new_database(os.environ["DATABASE_URL"])
        self.log = home / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and return when it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fivegaps", "serve"],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        for _ in range(600):
            if self._answers():
                return
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def _answers(self) -> bool:
        line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/readyz")
            return line.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def kill(self) -> None:
        """Pull the plug: every process of the office ends at once, unasked."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def kill_serving(self) -> None:
        """Kill the processes that serve; the one that watches over them starts others."""
        assert self.process is not None
        pid = self.process.pid
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
        self._wait()

    def run(self, program: str, given: object = None) -> dict[str, object]:
        """Return what a program inside the office prints."""
        ended = subprocess.run(  # noqa: S603
            [sys.executable, "-c", program],
            env=self.environment,
            input=json.dumps(given) + "\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    def survey(self, **changed: object) -> dict[str, object]:
        """Return the link and the item columns of a new, open survey."""
        return self.run(SURVEY, changed)

    def rows(self) -> dict[str, object]:
        """Return what the database holds."""
        return self.run(ROWS)


@contextmanager
def running_office(home: Path) -> Iterator[RunningOffice]:
    """Serve an empty office, and end it."""
    home.mkdir(parents=True, exist_ok=True)
    office = RunningOffice(home)
    office.start()
    try:
        yield office
    finally:
        office.kill()


def _new_database(url: str) -> str:
    import psycopg

    name = f"office_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))
