"""The client of the examples, against a running office."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from api_maker import body_of, issued, made_survey
from django.utils import timezone

from fivegaps.web.surveys.models import Response

CLIENT = Path(__file__).parents[3] / "examples/api_client.py"


@pytest.fixture(scope="module")
def client_module():
    spec = importlib.util.spec_from_file_location("api_client", CLIENT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["api_client"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def survey(transactional_db, office):
    return made_survey()


def test_client_sends_reads_and_tells(client_module, live_server, survey) -> None:
    ours = client_module.Office(live_server.url, issued(survey))

    receipts = {
        ours.send_answers(str(survey.id), body_of(survey)["answers"], unit="riga") for _ in range(6)
    }
    event = ours.tell_event(str(survey.id), "sale-1", timezone.now().isoformat(), unit="riga")

    assert len(receipts) == Response.objects.count() == 6
    assert event
    assert [one["title"] for one in ours.surveys()] == [survey.title]
    assert ours.results(str(survey.id))["n"] == 6


def test_client_tells_why_it_was_refused(client_module, live_server, survey) -> None:
    ours = client_module.Office(live_server.url, issued(survey))

    with pytest.raises(client_module.Refused, match=r"422 .*p_tan1: Only whole numbers") as caught:
        ours.send_answers(str(survey.id), {"p_tan1": 99})

    assert caught.value.problem["errors"][0]["field"] == "p_tan1"


def test_example_runs_as_its_first_lines_say(client_module, live_server, survey, capsys) -> None:
    client_module.main(live_server.url, issued(survey), str(survey.id))

    told = capsys.readouterr().out
    assert told.startswith("receipt ")
    assert "no results yet: The figures of this place are withheld" in told
