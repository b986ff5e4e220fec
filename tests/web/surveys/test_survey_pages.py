"""Staff pages of surveys: who opens them, what he sees there, what he may do."""

from __future__ import annotations

import pytest
from django.urls import reverse
from survey_maker import AT, address, filled, link_of, made_survey

from fivegaps.web.people.rights import BOUND_TO_UNIT, Role
from fivegaps.web.people.services.touchpoints import add_touchpoint
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Reach, Survey
from fivegaps.web.surveys.services.programmes import add_link

READERS = {
    Role.ADMINISTRATOR,
    Role.QUALITY_MANAGER,
    Role.UNIT_MANAGER,
    Role.ANALYST,
    Role.EXECUTIVE,
    Role.MARKETING,
    Role.AUDITOR,
}
CHANGERS = {Role.ADMINISTRATOR, Role.QUALITY_MANAGER}
READS = {"surveys", "survey", "survey_links", "preview_survey", "previewed_survey"}
CHANGES = {"add_survey", "add_link", "enter_reach", "add_wave"}


@pytest.fixture
def survey(office) -> Survey:
    """A survey with a link in riga and one without unit."""
    survey = made_survey()
    add_link(actor=None, survey=survey, unit=office.riga, channel=None, touchpoint=None, at=AT)
    return survey


def pages(survey: Survey) -> dict[str, str]:
    wave = selectors.waves_of(survey)[0]
    words: dict[str, list[object]] = {
        "surveys": [],
        "add_survey": [],
        "survey": [survey.id],
        "survey_links": [survey.id],
        "preview_survey": [survey.id],
        "previewed_survey": [survey.id, "vi"],
        "add_link": [survey.id],
        "add_wave": [survey.id],
        "enter_reach": [survey.id, wave.id],
    }
    return {name: reverse(name, args=args) for name, args in words.items()}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_role_opens_its_pages_of_surveys_and_no_other(office, survey, as_member, role) -> None:
    browser = as_member(office.member(role, office.riga if role in BOUND_TO_UNIT else None))

    answers = {name: browser.get(page).status_code for name, page in pages(survey).items()}

    opened = (READS if role in READERS else set()) | (CHANGES if role in CHANGERS else set())
    assert {name for name, status in answers.items() if status == 200} == opened


def test_stranger_must_sign_in_for_surveys(survey, client) -> None:
    for page in pages(survey).values():
        assert client.get(page).status_code == 302


def test_manager_elsewhere_finds_no_trace_of_the_survey(survey, charlie, as_member) -> None:
    browser = as_member(charlie)

    assert survey.title not in browser.get(reverse("surveys")).content.decode()
    assert browser.get(reverse("survey", args=[survey.id])).status_code == 404


def test_unit_manager_sees_counts_and_links_of_his_unit_alone(
    office, survey, riga_manager, as_member, client
) -> None:
    client.post(address(survey), filled(survey))
    own = next(one for one in selectors.links_visible_to(riga_manager, survey))
    client.post(f"/s/{own.token}/", filled(survey))
    client.post(f"/s/{own.token}/", filled(survey))

    page = as_member(riga_manager).get(reverse("survey_links", args=[survey.id])).content.decode()
    tallies = selectors.tallies(riga_manager, selectors.waves_of(survey)[0])

    assert [(one.unit, one.answered) for one in tallies] == [(office.riga, 2)]
    assert own.token in page
    assert link_of(survey).token not in page


def test_manager_builds_a_survey_and_opens_it(quality_manager, as_member) -> None:
    browser = as_member(quality_manager)

    made = browser.post(
        reverse("add_survey"),
        {
            "title": "Spring",
            "pack": "rater-10",
            "profile": "hotel",
            "languages": ["en", "nl"],
            "outcomes": ["recommend"],
            "identification": "confidential",
            "wave": "2026",
        },
    )
    survey = Survey.objects.get()
    wave = selectors.waves_of(survey)[0]
    browser.post(reverse("move_wave", args=[survey.id, wave.id]), {"verb": "open"})

    assert made["Location"] == reverse("survey", args=[survey.id])
    assert selectors.waves_of(survey)[0].state == "open"
    assert browser.get(address(survey)).status_code == 200


def test_closing_cannot_be_undone_and_a_new_wave_keeps_the_links(
    survey, quality_manager, as_member
) -> None:
    browser = as_member(quality_manager)
    wave = selectors.waves_of(survey)[0]
    move = reverse("move_wave", args=[survey.id, wave.id])

    for verb in ("close", "open"):
        browser.post(move, {"verb": verb})
    browser.post(reverse("add_wave", args=[survey.id]), {"name": "2027", "quota": "1"})
    new = selectors.waves_of(survey)[0]
    browser.post(reverse("move_wave", args=[survey.id, new.id]), {"verb": "open"})

    wave.refresh_from_db()
    sends = [browser.post(address(survey), filled(survey)).status_code for _ in range(2)]
    assert wave.state == "closed"
    assert sends == [303, 410]


def test_response_rate_is_shown_with_what_it_counts(survey, quality_manager, as_member) -> None:
    browser = as_member(quality_manager)
    browser.post(address(survey), filled(survey))
    wave = selectors.waves_of(survey)[0]

    before = browser.get(reverse("survey", args=[survey.id])).content.decode()
    browser.post(reverse("enter_reach", args=[survey.id, wave.id]), {"served": "40", "asked": "10"})
    after = browser.get(reverse("survey", args=[survey.id])).content.decode()

    assert "not known" in before
    assert "10% (1/10)" in after
    assert Reach.objects.get().unit is None


def test_what_was_set_aside_is_told_to_who_sees_all(
    survey, quality_manager, riga_manager, as_member, client
) -> None:
    form = filled(survey)
    client.post(address(survey), form)
    client.post(address(survey), form | {"p_tan1": "1", "e_tan1": "1"})

    seen = selectors.set_aside(quality_manager, survey)

    assert [one.differing for one in seen] == [2]
    assert selectors.set_aside(riga_manager, survey) == []


def test_preview_can_be_framed_here_and_nowhere_else(survey, quality_manager, as_member) -> None:
    browser = as_member(quality_manager)

    page = browser.get(reverse("preview_survey", args=[survey.id]))
    framed = browser.get(reverse("previewed_survey", args=[survey.id, "zh-hant"]))

    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "SAMEORIGIN"


def test_next_step_follows_the_wave(survey, quality_manager, as_member) -> None:
    browser = as_member(quality_manager)
    page = reverse("survey", args=[survey.id])
    wave = selectors.waves_of(survey)[0]
    results = f"{reverse('results')}?wave={wave.id}"

    shared = browser.get(page).content.decode()
    browser.post(address(survey), filled(survey))
    answered = browser.get(page).content.decode()

    assert "share the links" in shared
    assert results not in shared
    assert results in answered
    assert browser.get(results)["Location"] == reverse("wave_results", args=[wave.id])


def test_whole_organisation_stands_before_its_units(survey, quality_manager, as_member) -> None:
    page = as_member(quality_manager).get(reverse("survey", args=[survey.id])).content.decode()

    assert page.index("All units") < page.index("Riga") < page.index("without unit")


def test_link_says_touchpoint_and_channel(office, survey, quality_manager, as_member) -> None:
    point = add_touchpoint(actor=None, code="loan", name="Loan signed", channel=None, at=AT)
    add_link(
        actor=None, survey=survey, unit=office.riga, channel=office.counter, touchpoint=point, at=AT
    )

    page = as_member(quality_manager).get(reverse("survey_links", args=[survey.id]))

    assert "Counter · Loan signed" in page.content.decode()
