"""The worker is killed while it sends: nobody is left out, and each double is in the log."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from invitations_maker import PostOffice, post_office
from running_office import RunningOffice

pytestmark = pytest.mark.postgres
MAILS = 2  # that a worker sends before it is killed
SETUP = """
import django; django.setup()
import json
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from fivegaps.web.collecting.lists import read_pasted
from fivegaps.web.collecting.models import MailRules
from fivegaps.web.collecting.services import campaigns, listing
from fivegaps.web.accounts.models import User
from fivegaps.web.people.members import member_for
from fivegaps.web.people.models import Organisation
from fivegaps.web.surveys import selectors
from survey_maker import made_survey
now = timezone.now()
Organisation.objects.create(id=1, name="Bank")
MailRules.objects.create(id=1, quiet_from="08:00", quiet_until="08:00", a_minute=10000)
user = User.objects.create(email="m@bank.example", name="M", created_at=now)
survey = made_survey()
wave = selectors.waves_of(survey)[0]
rows = read_pasted("\\n".join(json.loads(input())))
staged = listing.stage(actor=member_for(user), survey=survey, name="x", rows=rows, at=now)
listing.add(actor=member_for(user), staged=staged, wave=wave, at=now)
campaigns.start(actor=None, wave=wave, at=now)
print("{}")
"""
WORKERS = """
import django; django.setup()
import os, sys, threading
from datetime import timedelta
from fivegaps.web.shared.outbox import services, worker
services.LEASE = timedelta(seconds=0.3)
# What a mail needs is loaded once, so that a worker is at work as soon as it is begun.
from django.urls import reverse
reverse("home")
for _line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        worker.work_until(threading.Event())
        os._exit(1)
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("over", flush=True)
"""
LEFT = """
import django; django.setup()
import json
from fivegaps.web.collecting.models import Recipient
from fivegaps.web.shared.outbox.models import Attempt, Errand
broken = Attempt.objects.filter(outcome="").values_list("errand__payload", flat=True)
print(json.dumps({
    "waiting": Errand.objects.filter(done_at=None).count(),
    "outcomes": sorted(set(Recipient.objects.values_list("outcome", flat=True))),
    "broken": [str(Recipient.objects.get(id=one["recipient"]).address) for one in broken],
}))
"""


class Workers:
    """One worker after the other, each a process of its own that is begun without delay."""

    def __init__(self, office: RunningOffice) -> None:
        with office.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", WORKERS],
                env=office.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.pid = 0

    def begin(self) -> None:
        """Begin a worker."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.pid = int(self.process.stdout.readline())

    def kill(self) -> None:
        """Kill the worker."""
        os.kill(self.pid, signal.SIGKILL)
        assert self.process.stdout.readline() == "over\n"

    def end(self) -> None:
        """Let the last one go."""
        self.process.stdin.close()
        self.process.stdout.close()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def workers_of(office: RunningOffice) -> Iterator[Workers]:
    """Give an office workers, and end them whatever happens."""
    workers = Workers(office)
    try:
        yield workers
    finally:
        workers.end()


def wait_for(post: PostOffice, n: int) -> None:
    for _ in range(30_000):
        if len(post.taken) >= n:
            return
        time.sleep(0.001)
    raise AssertionError(f"{len(post.taken)} mails of {n}")


def under_fire(folder: Path, *, kills: int) -> None:
    """Send mails while the worker is killed, each time as the server has just taken one."""
    office = RunningOffice(folder)
    office.environment["PYTHONPATH"] += f":{Path(__file__).parent}"
    people = [f"p{number:04}@example.org" for number in range(MAILS * kills + 25)]
    with post_office() as post:
        office.environment["SMTP_URL"] = f"smtp://127.0.0.1:{post.port}"
        office.run(SETUP, people)

        with workers_of(office) as workers:
            for _ in range(kills):
                workers.begin()
                wait_for(post, len(post.taken) + MAILS)
                workers.kill()
            workers.begin()
            wait_for(post, len(people))
            for _ in range(200):
                left = office.run(LEFT)
                if left["waiting"] == 0:
                    break
                time.sleep(0.2)

        taken = Counter(post.addresses)
        assert left["outcomes"] == ["sent"]
        assert set(taken) == set(people)
        doubles = {address for address, n in taken.items() if n > 1}
        assert doubles <= set(left["broken"])
        assert sum(taken.values()) - len(people) <= len(left["broken"]) <= kills
        ids = {str(one["To"]): str(one["Message-ID"]) for one in post.taken}
        assert len({str(one["Message-ID"]) for one in post.taken}) == len(ids)


def test_worker_killed_fifty_times_loses_nobody_and_logs_each_double(tmp_path: Path) -> None:
    under_fire(tmp_path, kills=50)


@pytest.mark.soak
def test_worker_killed_a_thousand_times_loses_nobody_and_logs_each_double(
    tmp_path: Path,
) -> None:
    under_fire(tmp_path, kills=1000)
