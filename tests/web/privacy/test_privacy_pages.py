"""Pages of privacy: who opens them, and what they do."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from fivegaps.web.people.rights import Role
from fivegaps.web.surveys import selectors as surveys
from fivegaps.web.surveys.models import ConsentText, Link, Response, Survey
from fivegaps.web.surveys.services.programmes import create_survey, move_wave

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ADMITTED = {Role.ADMINISTRATOR, Role.QUALITY_MANAGER}
ANSWERS = {"e_tan1": "6", "p_tan1": "5"}


@pytest.fixture
def survey(office) -> Survey:
    found = create_survey(
        actor=None,
        title="Yearly",
        pack="rater-22",
        profile="bank",
        identification="confidential",
        languages=["en", "vi", "zh-hant"],
        outcomes=[],
        points=False,
        wave="2026",
        at=AT,
    )
    move_wave(actor=None, wave=surveys.waves_of(found)[0], verb="open", at=AT)
    return found


def form_of(client, survey: Survey, lang: str = "en") -> str:
    return client.get(f"/s/{Link.objects.get(survey=survey).token}/?lang={lang}").content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_who_opens_the_pages_of_privacy(role, office, survey, as_member) -> None:
    whole = {Role.UNIT_MANAGER, Role.EMPLOYEE}
    client = as_member(office.member(role, office.riga if role in whole else None))
    pages = ("/privacy/", "/privacy/erase/", f"/surveys/{survey.id}/privacy/")

    codes = {client.get(page).status_code for page in pages}

    assert codes == ({200} if role in ADMITTED else {403})


def test_text_of_the_organisation_shows_on_the_form_and_stands_with_the_answer(
    survey, quality_manager, as_member, client
) -> None:
    as_member(quality_manager).post("/privacy/", {"en": "We keep it.", "zh-hant": "我們保存。"})
    page, chinese = form_of(client, survey), form_of(client, survey, "zh-hant")
    address = f"/s/{Link.objects.get(survey=survey).token}/"

    form = ANSWERS | {"submission_id": str(uuid4()), "lang": "en", "consent": "1"}
    client.post(address, form)

    assert "We keep it." in page
    assert "我們保存。" in chinese
    assert Response.objects.get().consent == 1


def test_text_lacking_in_a_language_is_told_in_english(
    survey, quality_manager, as_member, client
) -> None:
    as_member(quality_manager).post("/privacy/", {"en": "We keep it.", "zh-hans": "我们保存。"})

    page = form_of(client, survey, "zh-hant")

    assert '<p lang="en">We keep it.</p>' in page
    assert "我们保存" not in page


def test_survey_with_a_text_of_its_own_needs_it_in_all_its_languages(
    survey, quality_manager, as_member
) -> None:
    answer = as_member(quality_manager).post(f"/surveys/{survey.id}/privacy/", {"en": "Ours."})

    assert answer.status_code == 200
    assert "This survey is offered in this language too." in answer.content.decode()
    assert ConsentText.objects.count() == 0


def test_older_versions_stay_readable(survey, quality_manager, as_member, client) -> None:
    staff = as_member(quality_manager)
    for text in ("First.", "Second."):
        staff.post("/privacy/", {"en": text})

    page = staff.get("/privacy/").content.decode()

    assert "First." in page
    assert "Second." in form_of(client, survey)
    assert "First." not in form_of(client, survey)


def test_number_of_a_text_that_was_never_told_is_refused(survey, client) -> None:
    form = ANSWERS | {"submission_id": str(uuid4()), "lang": "en", "consent": "7"}

    answer = client.post(f"/s/{Link.objects.get(survey=survey).token}/", form)

    assert answer.status_code == 400
    assert Response.objects.count() == 0


def test_looking_erases_nothing_and_the_second_word_does(
    survey, quality_manager, as_member, client
) -> None:
    form = ANSWERS | {"submission_id": str(uuid4()), "lang": "en"}
    client.post(f"/s/{Link.objects.get(survey=survey).token}/", form)
    staff, asked = as_member(quality_manager), {"kind": "receipt"}
    asked["text"] = Response.objects.get().receipt

    looked = staff.post("/privacy/erase/", asked)
    before = Response.objects.count()
    erased = staff.post("/privacy/erase/", asked | {"do": "erase"})

    assert (looked.status_code, before) == (200, 1)
    assert erased.status_code == 302
    assert Response.objects.count() == 0


@pytest.mark.parametrize("months", ["0", "-1", "x", "9" * 400, "1.5", "٣"])
def test_odd_months_are_refused(months, survey, quality_manager, as_member) -> None:
    as_member(quality_manager).post(f"/surveys/{survey.id}/privacy/stay/", {"months": months})

    assert Survey.objects.get().retention_months is None


def test_months_are_kept(survey, quality_manager, as_member) -> None:
    as_member(quality_manager).post(f"/surveys/{survey.id}/privacy/stay/", {"months": "24"})

    assert Survey.objects.get().retention_months == 24
