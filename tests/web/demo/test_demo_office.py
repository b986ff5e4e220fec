"""The demo is one invented bank: whole, marked, repeatable, with the figures of its file."""

from __future__ import annotations

import json
import re
import stat
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from fivegaps.web.dashboards.analyses import scored
from fivegaps.web.demo.bank import invented_bank
from fivegaps.web.demo.filling import NotTheDemo
from fivegaps.web.demo.opening import Demo, open_demo
from fivegaps.web.people.models import Employee, Organisation, Unit
from fivegaps.web.people.rights import Role
from fivegaps.web.surveys.answers import answers_of
from fivegaps.web.surveys.models import Identification, Response, Rhythm, State, Survey, Wave

NOW = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)
URL = "http://127.0.0.1:8000"
INVENTED = "this organisation and every answer in it are invented"


def signed_in(demo: Demo, role: str) -> Client:
    """Return the browser of somebody who signed in with the password of the demo."""
    one = next(user for user in demo.users if user.role == role)
    client = Client()
    answer = client.post("/account/login/", {"login": one.email, "password": one.password})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return client


def test_the_notes_are_the_contract_and_for_their_owner_alone(demo: Demo, demo_file: Path) -> None:
    notes = json.loads(demo_file.read_text())

    assert set(notes) == {"url", "api_token", "users", "surveys"}
    assert notes["url"] == URL
    assert {user["role"] for user in notes["users"]} == set(Role.values)
    assert all(set(user) == {"role", "email", "password"} for user in notes["users"])
    assert set(notes["surveys"][0]) == {"id", "title", "link", "instrument"}
    assert notes["surveys"][0]["instrument"] == "rater-22"
    assert stat.S_IMODE(demo_file.stat().st_mode) == 0o600


def test_the_first_survey_is_identified_and_open_after_a_closed_wave(demo: Demo) -> None:
    waves = {wave.name: wave for wave in Wave.objects.filter(survey_id=demo.surveys[0]["id"])}

    assert waves["2025"].state == State.CLOSED
    assert waves["2026"].state == State.OPEN
    assert waves["2025"].version_id == waves["2026"].version_id
    assert waves["2026"].survey.identification == Identification.IDENTIFIED


@pytest.mark.parametrize("wave", ["2025", "2026"])
def test_figures_are_those_of_the_bank_s_own_file(demo: Demo, wave: str) -> None:
    from_office = scored(answers_of(Wave.objects.get(name=wave)))
    from_file = scored(invented_bank().customers(wave))

    assert from_office.n == from_file.n == 960
    assert asdict(from_office)["dimensions"] == asdict(from_file)["dimensions"]
    assert from_office.items == from_file.items
    assert from_office.overall == from_file.overall


def test_every_answer_came_through_the_link_of_its_unit(demo: Demo) -> None:
    rows = Response.objects.select_related("link", "unit", "channel")

    assert all(row.link is not None and row.link.unit_id == row.unit_id for row in rows)
    assert {row.channel.code for row in rows if row.channel} == {"counter", "phone", "web"}
    assert Unit.objects.filter(parent=None).count() == 1
    assert Employee.objects.count() == 72


def test_sign_in_opens_on_the_results_with_figures(demo: Demo) -> None:
    browser = signed_in(demo, "quality-manager")

    page = browser.get("/", follow=True)

    assert page.request["PATH_INFO"].startswith("/results/")
    told = page.content.decode()
    assert "960" in told
    assert "−1.52" in told


@pytest.mark.parametrize("role", Role.values)
def test_every_role_signs_in_and_is_told_that_all_is_invented(demo: Demo, role: str) -> None:
    page = signed_in(demo, role).get("/", follow=True)

    assert page.status_code == 200
    assert INVENTED in page.content.decode()


def test_unit_manager_sees_the_own_branch_alone(demo: Demo) -> None:
    page = signed_in(demo, "unit-manager").get("/", follow=True).content.decode()

    assert "Harbour" in page
    assert "Summit Road" not in page


def test_sign_in_and_form_and_thanks_say_that_all_is_invented(demo: Demo) -> None:
    path = demo.surveys[0]["link"].removeprefix(URL)
    customer = Client(headers={"accept-language": "en"})
    form = customer.get(path).content.decode()
    submission = re.search(r'name="submission_id" value="([^"]+)"', form)
    assert submission is not None

    thanks = customer.post(
        path,
        {"submission_id": submission[1], "lang": "en", "p_tan1": "5", "do": "send"},
        follow=True,
    )

    assert "Thank you" in thanks.content.decode()
    for page in (form, thanks.content.decode(), Client().get("/account/login/").content.decode()):
        assert INVENTED in page


def test_the_token_sends_an_answer_to_the_first_survey(demo: Demo) -> None:
    body = {
        "submission_id": "7d9f6a4e-9df8-4f5f-8e56-2b7dd4b0a6a1",
        "lang": "en",
        "unit": "harbour",
        "channel": "counter",
        "employee": "harbour-1",
        "answers": {"e_rel1": 7, "p_rel1": 4},
    }

    answer = Client().post(
        f"/api/v1/surveys/{demo.surveys[0]['id']}/responses",
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {demo.api_token}"},
    )

    assert answer.status_code == 201, answer.content


def test_run_again_everything_is_kept(demo: Demo, demo_file: Path) -> None:
    before = Response.objects.count(), demo_file.read_text()

    again = open_demo(demo_file, public_url=URL, at=NOW)

    assert not again.is_new
    assert again.users == demo.users
    assert (Response.objects.count(), demo_file.read_text()) == before


def test_lost_notes_are_written_anew_with_passwords_that_work(demo: Demo, tmp_path: Path) -> None:
    again = open_demo(tmp_path / "demo.json", public_url=URL, at=NOW)

    assert again.users != demo.users
    assert signed_in(again, "auditor").get("/", follow=True).status_code == 200


@pytest.mark.parametrize("text", ["", "[]", '{"users": 3}', '{"users": [{"email": 1}]}'])
def test_spoilt_notes_are_written_anew(demo: Demo, tmp_path: Path, text: str) -> None:
    file = tmp_path / "demo.json"
    file.write_text(text)

    again = open_demo(file, public_url=URL, at=NOW)

    assert len(json.loads(file.read_text())["users"]) == len(again.users) == len(Role.values)


def test_office_of_somebody_s_own_is_refused(demo: Demo, demo_file: Path) -> None:
    Organisation.objects.update(is_invented=False)

    with pytest.raises(NotTheDemo, match="in use"):
        open_demo(demo_file, public_url=URL, at=NOW)


def test_survey_after_a_visit_shows_own_questions_and_its_touchpoint(demo: Demo) -> None:
    survey = Survey.objects.get(rhythm=Rhythm.CONTINUOUS)
    wave = Wave.objects.get(survey=survey)
    rows = Response.objects.filter(survey=survey).select_related("touchpoint", "unit")

    page = signed_in(demo, "quality-manager").get(f"/results/{wave.id}/").content.decode()

    assert demo.surveys[1]["id"] == str(survey.id)
    assert wave.state == State.OPEN
    assert {row.touchpoint.code for row in rows if row.touchpoint} == {"counter-visit"}
    assert len({row.unit.code for row in rows if row.unit}) == 6
    assert "recommend our bank" in page
    assert "Net promoter score" in page
