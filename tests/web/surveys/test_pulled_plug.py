"""The plug is pulled under load: every acknowledged answer is there, once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from running_office import RunningOffice, running_office

pytestmark = pytest.mark.postgres
CLIENTS = 8


@pytest.fixture
def office(tmp_path):
    with running_office(tmp_path / "office") as office:
        yield office


def send(office: RunningOffice, link: str, form: dict[str, str]) -> tuple[int, str]:
    """Return status and destination; 0 when no answer came."""
    line = HTTPConnection("127.0.0.1", office.port, timeout=20)
    try:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", link, urlencode(form), kind)
        answer = line.getresponse()
        return answer.status, answer.headers.get("Location", "")
    except (OSError, HTTPException):
        return 0, ""
    finally:
        line.close()


def under_load(office: RunningOffice, link: str, columns: list[str], *, kills: int) -> None:
    """Send forms, each until it is acknowledged, while the office is killed and started."""
    done = threading.Event()
    acknowledged: dict[str, str] = {}

    def customer(number: int) -> None:
        while not done.is_set():
            form = dict.fromkeys(columns, str(number % 7 + 1))
            form |= {"submission_id": str(uuid4()), "lang": "en"}
            status = 0
            while status == 0 and not done.is_set():
                status, _ = send(office, link, form)
                if status == 0:
                    done.wait(0.05)
            if status == 303:
                acknowledged[form["submission_id"]] = form[columns[0]]
            assert status in {0, 303}

    with ThreadPoolExecutor(CLIENTS) as pool:
        customers = [pool.submit(customer, number) for number in range(CLIENTS)]
        try:
            for kill in range(kills):
                before = len(acknowledged)
                while len(acknowledged) < before + 10 and not any(one.done() for one in customers):
                    done.wait(0.02)
                if kill % 5:
                    office.kill_serving()
                else:
                    office.kill()
                    office.start()
        finally:
            done.set()
        for one in customers:
            one.result()

    sent = office.rows()["sent"]
    stored = {row["id"]: str(row["codes"][0]) for row in sent}
    assert len(stored) == len(sent)
    assert {name: stored.get(name) for name in acknowledged} == acknowledged
    assert len(acknowledged) >= 10 * kills


def test_every_acknowledged_answer_is_there_once_after_fifty_kills(office) -> None:
    survey = office.survey()

    under_load(office, survey["link"], survey["columns"], kills=50)


@pytest.mark.soak
def test_every_acknowledged_answer_is_there_once_after_a_thousand_kills(office) -> None:
    survey = office.survey()

    under_load(office, survey["link"], survey["columns"], kills=1000)
