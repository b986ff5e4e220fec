"""The worker is killed while it sends: nobody is left out, and each double is in the log."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from invitations_maker import PostOffice, post_office
from running_office import RunningOffice

pytestmark = pytest.mark.postgres
PEOPLE, KILLS = 45, 3
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
WORK = """
import django; django.setup()
import threading
from datetime import timedelta
from fivegaps.web.shared.outbox import services, worker
services.LEASE = timedelta(seconds=1)
worker.work_until(threading.Event())
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


def worker(office: RunningOffice) -> subprocess.Popen[bytes]:
    with office.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", WORK], env=office.environment, stdout=log, stderr=log
        )


def wait_for(post: PostOffice, n: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(30_000):
        if len(post.taken) >= n or process.poll() is not None:
            return
        time.sleep(0.001)


def test_killed_worker_loses_nobody_and_logs_each_double(tmp_path: Path) -> None:
    office = RunningOffice(tmp_path)
    office.environment["PYTHONPATH"] += f":{Path(__file__).parent}"
    people = [f"p{number:03}@example.org" for number in range(PEOPLE)]
    with post_office() as post:
        office.environment["SMTP_URL"] = f"smtp://127.0.0.1:{post.port}"
        office.run(SETUP, people)

        for kill in range(1, KILLS + 1):
            process = worker(office)
            wait_for(post, kill * 10, process)
            assert process.poll() is None, office.log.read_text()
            process.kill()  # as the server has just taken a mail
            process.wait()
        process = worker(office)
        wait_for(post, PEOPLE, process)
        for _ in range(200):
            left = office.run(LEFT)
            if left["waiting"] == 0:
                break
            time.sleep(0.2)
        process.kill()
        process.wait()

        taken = Counter(post.addresses)
        assert left["outcomes"] == ["sent"]
        assert set(taken) == set(people)
        doubles = {address for address, n in taken.items() if n > 1}
        assert doubles <= set(left["broken"])
        assert sum(taken.values()) - PEOPLE <= len(left["broken"]) <= KILLS
        ids = {str(one["To"]): str(one["Message-ID"]) for one in post.taken}
        assert len({str(one["Message-ID"]) for one in post.taken}) == len(ids)
