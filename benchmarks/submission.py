"""What the respondent's form costs beside a bare one: pairs of form and submission a second.

Both are served by one gunicorn process of eight threads on SQLite with a write-ahead log and
synchronous=FULL. The bare view renders the same fields from a template and does one insert.
Each of 32 clients asks for the form, reads the id in it and sends the form back.

    python -m benchmarks.submission [--seconds 10] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

CLIENTS = 32
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ID = re.compile(rb'name="submission_id" value="([^"]{36})"')

# The bare view runs without any middleware: the least that Django can do for a form.
BARE = '''
import os
from uuid import uuid4
from fivegaps.web.config.wsgi import application as office_application
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.test.utils import override_settings
from django.urls import path
import fivegaps.web.config.urls as office

SOURCE = """<!DOCTYPE html><html lang="en"><head><title>Form</title></head><body>
<form method="post"><input type="hidden" name="submission_id" value="{{ id }}">
{% for column in columns %}<fieldset><legend>{{ column }}</legend>{% for point in points %}
<label><input type="radio" name="{{ column }}" value="{{ point }}"> {{ point }}</label>
{% endfor %}</fieldset>{% endfor %}<button>Send</button></form></body></html>"""
COLUMNS = os.environ["BENCH_COLUMNS"].split(",")
INSERT = "INSERT INTO bare (id, answers) VALUES (%s, %s)"

def bare(request):
    if request.method == "GET":
        template = engines["django"].from_string(SOURCE) if not made else made[0]
        made[:] = [template]
        words = {"id": uuid4(), "columns": COLUMNS, "points": [1, 2, 3, 4, 5, 6, 7, "none"]}
        return HttpResponse(template.render(words, request))
    answers = ",".join(request.POST.get(column, "") for column in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [request.POST["submission_id"], answers])
    return HttpResponseRedirect("/bare/thanks/")

made = []
office.urlpatterns.insert(0, path("bare/", bare))
with override_settings(MIDDLEWARE=[]):
    bare_application = WSGIHandler()

def application(environ, start_response):
    is_bare = environ["PATH_INFO"].startswith("/bare/")
    return (bare_application if is_bare else office_application)(environ, start_response)
'''
SET_UP = """
import django; django.setup()
import json
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from fivegaps.web.people.models import Organisation
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.services.programmes import create_survey, move_wave
from fivegaps.web.surveys.models import Link
Organisation.objects.create(id=1, name="Example")
now = timezone.now()
survey = create_survey(actor=None, title="Bench", pack="rater-22", profile="",
    identification="confidential", languages=["en"], outcomes=[], points=False, wave="1", at=now)
wave = selectors.waves_of(survey)[0]
move_wave(actor=None, wave=wave, verb="open", at=now)
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE bare (id TEXT PRIMARY KEY, answers TEXT NOT NULL)")
print(json.dumps({"token": Link.objects.get().token,
    "columns": [one.name for one in selectors.fields_in(wave).items]}))
"""


def pairs_a_second(port: int, path: str, columns: list[str], seconds: float) -> float:
    """Return how many forms were fetched and taken a second."""
    end = time.monotonic() + seconds
    body = dict.fromkeys(columns, "5") | {"lang": "en"}

    def client(_: int) -> int:
        taken = 0
        line = HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < end:
            try:
                line.request("GET", path)
                found = ID.search(line.getresponse().read())
                name = found[1].decode() if found else str(uuid4())
                line.request("POST", path, urlencode(body | {"submission_id": name}), FORM)
                answer = line.getresponse()
                answer.read()
                if answer.status not in {302, 303}:
                    raise SystemExit(f"{path} answered {answer.status}")
                taken += 1
            except (OSError, HTTPException):
                line.close()
        line.close()
        return taken

    started = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        taken = sum(pool.map(client, range(CLIENTS)))
    return taken / (time.monotonic() - started)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=float, default=10.0)
    words.add_argument("--rounds", type=int, default=3)
    chosen, _ = words.parse_known_args()
    with tempfile.TemporaryDirectory() as home:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = {
            **os.environ,
            "FIVEGAPS_HOME": home,
            "SECRET_KEY": "only-for-benchmarks-" + "0" * 32,
            "DJANGO_SETTINGS_MODULE": "fivegaps.web.config.settings",
            "PYTHONPATH": home,
            "PORT": str(port),
        }
        run = [sys.executable, "-c", SET_UP]
        told = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
        if told.returncode:
            raise SystemExit(told.stderr)
        made = json.loads(told.stdout)
        (Path(home) / "bench_application.py").write_text(BARE)
        environment["BENCH_COLUMNS"] = ",".join(made["columns"])
        serve = ["-b", f"127.0.0.1:{port}", "--threads", "8", "--log-level", "error"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *serve, "bench_application"], env=environment
        )
        try:
            _wait(port)
            paths = {"ours": f"/s/{made['token']}/", "bare": "/bare/"}
            rates: dict[str, list[float]] = {name: [] for name in paths}
            for path in paths.values():
                pairs_a_second(port, path, made["columns"], 1.0)
            for _ in range(chosen.rounds):
                for name, path in paths.items():
                    rates[name].append(pairs_a_second(port, path, made["columns"], chosen.seconds))
        finally:
            server.terminate()
            server.wait()
    ours, bare = (statistics.median(rates[name]) for name in ("ours", "bare"))
    print("| form and submission, 32 clients, SQLite FULL | pairs/s | of the bare form |")
    print("|---|---|---|")
    print(f"| bare Django view | {bare:.0f} | 1 |")
    print(f"| respondent's form | {ours:.0f} | {ours / bare:.2f} |", flush=True)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not start")


if __name__ == "__main__":
    main()
