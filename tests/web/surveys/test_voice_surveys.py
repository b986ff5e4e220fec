"""Surveys of managers and employees: chosen, frozen, asked; never with a name."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from survey_maker import address, filled, made_survey

from fivegaps.knowledge.voices import questionnaire
from fivegaps.web.surveys.models import Response, Survey
from fivegaps.web.surveys.questionnaire import read_frozen
from fivegaps.web.surveys.selectors import extras_in, waves_of
from fivegaps.web.surveys.voices import freeze_voice, voice_packs

FORM = {
    "title": "Managers 2026",
    "pack": "managers-on-customers",
    "profile": "bank",
    "languages": ["en", "vi"],
    "identification": "confidential",
    "wave": "2026",
}


def of_managers(**changed: object) -> Survey:
    return made_survey(**({"voice": "managers", "pack": "managers-on-customers"} | changed))


@pytest.mark.parametrize("voice", ["managers", "employees"])
@pytest.mark.parametrize("profile", ["", "bank"])
def test_every_offered_questionnaire_is_frozen_with_all_its_columns(voice, profile) -> None:
    for pack in voice_packs(voice, "en"):
        toml, extras = freeze_voice(pack.id, voice=voice, profile=profile, languages=["en"])
        on_scale = {name for one in read_frozen(toml).items for name in one.columns.values()}
        asked = {
            one.column
            for section in questionnaire(pack.id, profile=profile or None).sections
            if section.id not in {"support-unit", "internal-service"}
            for one in section.prompts
        }

        assert on_scale | set(extras.filed.values()) == asked


def test_page_offers_whom_to_ask_and_only_their_questionnaires(quality_manager, as_member) -> None:
    client = as_member(quality_manager)

    page = client.get("/surveys/add/").content.decode()
    managers = client.get("/surveys/add/managers/").content.decode()

    assert "/surveys/add/employees/" in page
    assert "managers-on-standards" in managers
    assert "contact-employees" not in managers
    assert "third-party-assessor" not in managers
    assert client.get("/surveys/add/directors/").status_code == 404


def test_quality_manager_adds_a_survey_of_managers(quality_manager, as_member) -> None:
    answer = as_member(quality_manager).post("/surveys/add/managers/", FORM)

    survey = Survey.objects.get()
    assert answer.status_code == 302
    assert survey.voice == "managers"
    assert extras_in(waves_of(survey)[0]).sections[0].id == "customers-expect"


def test_staff_is_never_asked_for_a_name(quality_manager, as_member) -> None:
    answer = as_member(quality_manager).post(
        "/surveys/add/managers/", FORM | {"identification": "identified"}
    )

    assert answer.status_code == 200
    assert not Survey.objects.exists()
    with pytest.raises(ValidationError):
        of_managers(identification="identified")


def test_questionnaire_of_another_voice_is_refused(quality_manager, as_member) -> None:
    client = as_member(quality_manager)

    client.post("/surveys/add/managers/", FORM | {"pack": "employees"})

    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    ("lang", "pack", "told"),
    [
        ("en", "managers-on-customers", "fewer than 3 managers"),
        ("vi", "managers-on-customers", "dưới 3 quản lý"),
        ("zh-hans", "employee-pulse", "少于 5 人"),
        ("zh-hant", "employee-pulse", "少於 5 人"),
        ("nl", "employee-pulse", "minder dan 5 mensen"),
    ],
)
def test_form_tells_how_many_protect_each_other(client, office, lang, pack, told) -> None:
    survey = made_survey(voice=questionnaire(pack).voice, pack=pack)

    page = client.get(f"{address(survey)}?lang={lang}").content.decode()

    assert told in page


def test_each_section_has_its_own_words_and_scale(client, office) -> None:
    survey = of_managers(pack="managers-on-standards")

    page = client.get(address(survey)).content.decode()

    assert "Formal standards" in page
    assert "How we set standards" in page
    assert "no standard" in page
    assert not re.search(r"\{(customers|company|provider)\}", page)


def test_answers_are_taken_with_level_points_and_no_standard(client, office) -> None:
    survey = of_managers(pack="managers")
    points = {"x_w_reliability": "60", "x_w_tangibles": "40"}
    form = filled(survey, x_level="2", s_empathy="none", do="send", **points)

    answer = client.post(address(survey), form)

    stored = Response.objects.get()
    assert answer.status_code == 303
    assert stored.other["x_level"] == "2"
    assert stored.other["x_w_reliability"] == 60
    assert stored.other["not_applicable"] == ["s_empathy"]


def test_thanks_speak_of_colleagues(client, office) -> None:
    survey = of_managers()

    answer = client.post(address(survey), filled(survey, do="send"), follow=True)

    assert "your colleagues" in answer.content.decode()


def test_staff_has_no_kiosk_and_no_past_customers(quality_manager, as_member, office) -> None:
    survey = of_managers()

    page = as_member(quality_manager).get(f"/surveys/{survey.id}/").content.decode()

    assert f"/surveys/{survey.id}/posters/" in page
    assert f"/surveys/{survey.id}/kiosks/" not in page
    assert f"/surveys/{survey.id}/past/" not in page
