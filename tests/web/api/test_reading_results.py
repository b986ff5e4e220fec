"""Results as another system reads them: the shape of the file, the gate of the pages."""

from __future__ import annotations

import json
from importlib import resources

import jsonschema
import pytest
from api_maker import asking, body_of, issued, made_survey, responses, send
from django.utils import timezone

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.encoding import results_object
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.answers import answers_of
from fivegaps.web.surveys.models import Identification, Reach, Survey

pytestmark = pytest.mark.postgres


def filled(survey, token, n: int, **changed: object) -> None:
    columns = list(body_of(survey)["answers"])
    for number in range(n):
        answers = {
            name: 1 + (3 * number + 5 * place + number * place) % 7
            for place, name in enumerate(columns)
        }
        sent = send(token, responses(survey), body_of(survey, answers=answers, **changed))
        assert sent.status_code == 201


@pytest.fixture
def survey(office) -> Survey:
    return made_survey()


@pytest.fixture
def token(survey) -> str:
    return issued(survey)


def results(survey) -> str:
    return f"/api/v1/surveys/{survey.id}/results"


def schema() -> dict[str, object]:
    folder = resources.files("fivegaps.analysis") / "schemas"
    return json.loads((folder / "results-1.schema.json").read_text())


def test_results_are_those_of_analyze(survey, token) -> None:
    filled(survey, token, 30, unit="riga")

    found = asking(token, results(survey)).json()

    wave = selectors.waves_of(survey)[0]
    whole = json.loads(json.dumps(results_object(analyze(answers_of(wave)))))
    for told in (found, whole):
        del told["segments"], told["segment_spread"], told["provenance"]
    assert found == whole


def test_results_fit_the_schema_of_the_file(survey, token) -> None:
    filled(survey, token, 12, unit="riga")

    found = asking(token, f"{results(survey)}?measurement=false").json()

    jsonschema.validate(found, schema())
    assert found["schema"] == "fivegaps.results/1"
    assert found["n"] == 12
    assert found["factors"] == {}


def test_unit_below_is_a_segment_and_a_small_one_is_withheld(survey, token) -> None:
    for unit, n in (("riga", 9), ("tartu", 7), ("vilnius", 3), (None, 8)):
        filled(survey, token, n, unit=unit)

    whole = asking(token, f"{results(survey)}?measurement=false").json()
    north = asking(token, f"{results(survey)}?measurement=false&unit=north").json()

    south = whole["segments"]["unit"]["south"]
    assert (south["n"], south["overall"]["reason"]) == (3, "small_cell")
    jsonschema.validate(whole, schema())
    assert whole["segments"]["unit"]["north"]["n"] == 16
    assert whole["segment_spread"] == {}
    assert {code: one["n"] for code, one in north["segments"]["unit"].items()} == {
        "riga": 9,
        "tartu": 7,
    }
    assert north["n"] == 16


@pytest.mark.parametrize(("n", "unit"), [(0, ""), (4, ""), (4, "vilnius")])
def test_what_could_be_traced_is_withheld(survey, token, n, unit) -> None:
    filled(survey, token, n, unit="vilnius")
    if unit:
        filled(survey, token, 9, unit="riga")

    told = asking(token, f"{results(survey)}?unit={unit}")

    assert told.status_code == 403
    assert told.json()["type"] == "urn:fivegaps:withheld"


@pytest.mark.parametrize(
    "changed",
    [{"voice": "employees"}, {"voice": "managers"}, {"identification": Identification.ANONYMOUS}],
    ids=str,
)
def test_protected_surveys_are_not_read_here(survey, token, changed) -> None:
    filled(survey, token, 8)
    Survey.objects.update(**changed)

    assert asking(token, results(survey)).status_code == 403


@pytest.mark.parametrize(
    "words", ["wave=2027", "wave=%00", "unit=nowhere", "unit=%00", "wave=" + "x" * 61]
)
def test_wave_or_unit_that_is_not_there_is_named(survey, token, words) -> None:
    told = asking(token, f"{results(survey)}?{words}")

    assert told.status_code == 422
    assert told.json()["errors"][0]["field"] == words.partition("=")[0]


def test_wave_is_found_by_name_and_by_id(survey, token) -> None:
    filled(survey, token, 6)
    wave = selectors.waves_of(survey)[0]

    for name in (wave.name, wave.id):
        told = asking(token, f"{results(survey)}?wave={name}&measurement=false")
        assert told.json()["n"] == 6


def test_surveys_and_waves_are_those_of_the_token(survey, token) -> None:
    other = made_survey(title="Another")

    assert [one["id"] for one in asking(token, "/api/v1/surveys").json()["surveys"]] == [
        str(survey.id)
    ]
    assert len(asking(issued(), "/api/v1/surveys").json()["surveys"]) == 2
    waves = asking(token, f"/api/v1/surveys/{survey.id}/waves").json()["waves"]
    assert [(one["name"], one["state"]) for one in waves] == [("2026", "open")]
    assert asking(token, f"/api/v1/surveys/{other.id}/waves").status_code == 403


def test_token_that_sends_reads_nothing(survey) -> None:
    token = issued(survey, scopes=["submit", "events"])

    for address in (results(survey), "/api/v1/surveys", f"/api/v1/surveys/{survey.id}/waves"):
        assert asking(token, address).status_code == 403


def told_event(**changed: object) -> dict[str, object]:
    now = timezone.now().isoformat()
    return {"key": "sale-1", "happened_at": now, "unit": "riga", "channel": "counter"} | changed


def events(survey) -> str:
    return f"/api/v1/surveys/{survey.id}/events"


def test_transaction_is_counted_once(survey, token) -> None:
    first = send(token, events(survey), told_event(email="a@example.org"))
    again = send(token, events(survey), told_event(email="a@example.org"))

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Reach.objects.get().all_served == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"key": ""}, "key"),
        ({"key": "a\x00b"}, "key"),
        ({"key": " a"}, "key"),
        ({"happened_at": "2999-01-01T00:00:00Z"}, "happened_at"),
        ({"happened_at": "yesterday"}, "happened_at"),
        ({"unit": "nowhere"}, "unit"),
        ({"employee": "nobody"}, "employee"),
        ({"touchpoint": "nothing"}, "touchpoint"),
        ({"email": "nobody"}, "email"),
        ({"email": "a\x00@example.org"}, "email"),
        ({"email": "\ud800@example.org"}, "email"),
        ({"name": "\x00", "email": "a@example.org"}, "name"),
    ],
    ids=str,
)
def test_transaction_that_makes_no_sense_is_refused(survey, token, changed, field) -> None:
    told = send(token, events(survey), told_event(**changed))

    assert told.status_code == 422
    assert told.json()["errors"][0]["field"] in {field, "body"}


def test_survey_without_open_wave_counts_no_transaction(office) -> None:
    survey = made_survey("closed")

    assert send(issued(), events(survey), told_event()).status_code == 410
