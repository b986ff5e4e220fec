"""What openapi.json says is what the calls do, whatever is sent to them (schemathesis)."""

from __future__ import annotations

import pytest
import schemathesis
from api_maker import issued, made_survey
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import negative_data_rejection, positive_data_acceptance

pytestmark = pytest.mark.postgres
FEW = settings(
    max_examples=20,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CALLS = [
    "GET /api/v1/surveys",
    "GET /api/v1/surveys/{survey_id}/waves",
    "GET /api/v1/surveys/{survey_id}/results",
    "POST /api/v1/surveys/{survey_id}/responses",
    "POST /api/v1/surveys/{survey_id}/events",
]
# Whoever fits the description may still name a column or a unit that is not there.
EXCLUDED = [positive_data_acceptance]


@pytest.fixture
def survey(office):
    return made_survey()


@pytest.fixture
def connected():
    """Requests leave the connection open, in whose transaction the test is."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def described(survey, connected):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def test_every_call_is_tried(described) -> None:
    found = [one.ok().label for one in described.get_all_operations()]

    assert sorted(found) == sorted(CALLS)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", CALLS)
def test_call_does_what_its_description_says(described, survey, label, mode) -> None:
    operation = next(one.ok() for one in described.get_all_operations() if one.ok().label == label)
    headers = {"Authorization": f"Bearer {issued()}"}

    @FEW
    @given(operation.as_strategy(generation_mode=mode), st.booleans())
    def tried(case, is_ours: bool) -> None:
        if is_ours and "survey_id" in case.path_parameters:
            case.path_parameters["survey_id"] = str(survey.id)
        # With the id of our survey a case that was wrong in its id alone is right.
        excluded = [*EXCLUDED, negative_data_rejection] if is_ours else EXCLUDED
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    tried()


def test_description_is_public_and_fetches_nothing(db) -> None:
    told = Client().get("/api/v1/openapi.json")

    assert told.status_code == 200
    assert told.json()["openapi"].startswith("3.1")
    assert Client().get("/api/v1/docs").status_code == 404
    assert Client().get("/api/v1/").status_code == 404
