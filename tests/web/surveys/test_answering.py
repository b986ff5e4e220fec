"""The respondent's page as a browser without JavaScript meets it."""

from __future__ import annotations

import gzip
import re
from uuid import uuid4

import pytest
from django.test import Client
from survey_maker import LANGUAGES, address, filled, link_of, made_survey

from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Draft, Quarantine, Response

pytestmark = pytest.mark.postgres
BUDGET = 20 * 1024


@pytest.fixture
def survey(office):
    return made_survey()


@pytest.fixture
def browser() -> Client:
    return Client()


def rows() -> tuple[int, int, int]:
    return Response.objects.count(), Draft.objects.count(), Quarantine.objects.count()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_form_is_one_light_request_without_script(survey, browser, lang) -> None:
    answer = browser.get(address(survey), {"lang": lang}, headers={"Accept-Encoding": "gzip"})

    page = gzip.decompress(answer.content).decode()
    loaded = re.findall(r'(?:src|href)="(?!#)(?!data:)([^"]+)"', page)
    assert len(answer.content) <= BUDGET
    assert [one.rpartition("/")[2] for one in loaded] == ["answering.js"]


def test_form_asks_every_item_once_and_sets_no_cookie(survey, browser) -> None:
    answer = browser.get(address(survey))

    page = answer.content.decode()
    fields = selectors.fields_in(selectors.waves_of(survey)[0])
    asked = re.findall(r'type="radio" name="(\w+)" value="none"', page)
    assert asked == [column.name for column in fields.items] + ["o_satisfaction"]
    assert not answer.cookies


def test_each_form_has_an_id_of_its_own(survey, browser) -> None:
    pages = [browser.get(address(survey)).content.decode() for _ in range(2)]

    first, second = (re.search(r'submission_id" value="([^"]{36})"', one)[1] for one in pages)

    assert first != second


def test_browser_gets_its_language(survey, browser) -> None:
    answer = browser.get(address(survey), headers={"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.8"})

    assert answer["Content-Language"] == "zh-Hant"


def test_traditional_reader_is_not_given_simplified_texts(office, browser) -> None:
    survey = made_survey(languages=["en", "zh-hans"])

    answer = browser.get(address(survey), headers={"Accept-Language": "zh-HK,zh;q=0.9"})

    assert answer["Content-Language"] == "en"


def test_looking_writes_nothing(survey, browser) -> None:
    for page in (address(survey), f"{address(survey)}?lang=vi", f"{address(survey)}{uuid4()}/"):
        browser.get(page)
        browser.head(page)

    assert rows() == (0, 0, 0)


def test_sent_form_is_stored_byte_by_byte(survey, browser) -> None:
    answers = {"w_tangibles": "100", "o_satisfaction": "7", "remark": "Friendly.", "p_tan1": "none"}

    browser.post(address(survey), filled(survey, **answers))

    row = Response.objects.get()
    asked = selectors.fields_in(row.wave).items
    unlike = {"e": 6, "p": 5}
    assert list(row.codes) == [0 if one.name == "p_tan1" else unlike[one.name[0]] for one in asked]
    assert row.other == {
        "o_satisfaction": 7,
        "not_applicable": ["p_tan1"],
        "w_tangibles": 100,
        "w_reliability": 0,
        "w_responsiveness": 0,
        "w_assurance": 0,
        "w_empathy": 0,
        "remark": "Friendly.",
    }
    assert not row.is_test


def test_thanks_can_be_loaded_again_and_show_the_receipt(survey, browser) -> None:
    sent = browser.post(address(survey), filled(survey))

    pages = [browser.get(sent["Location"]).content.decode() for _ in range(2)]

    receipt = Response.objects.get().receipt
    assert sent.status_code == 303
    assert all(f"{receipt[:5]}-{receipt[5:]}" in page for page in pages)


def test_same_form_again_is_thanked_again_and_stored_once(survey, browser) -> None:
    form = filled(survey)

    first, second = (browser.post(address(survey), form) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert rows() == (1, 0, 0)


def test_other_content_under_the_same_id_is_set_aside_once(survey, browser) -> None:
    form = filled(survey)
    browser.post(address(survey), form)

    answers = [browser.post(address(survey), form | {"p_tan1": "1"}) for _ in range(2)]

    assert [one.status_code for one in answers] == [409, 409]
    assert rows() == (1, 0, 1)
    assert set(bytes(Response.objects.get().codes)) == {5, 6}


def test_recorded_form_keeps_its_receipt_after_the_wave(survey, browser) -> None:
    from fivegaps.web.surveys.services.programmes import move_wave

    form = filled(survey)
    browser.post(address(survey), form)
    move_wave(
        actor=None,
        wave=selectors.waves_of(survey)[0],
        verb="close",
        at=Response.objects.get().submitted_at,
    )

    assert browser.post(address(survey), form).status_code == 303
    assert browser.post(address(survey), form | {"p_tan1": "1"}).status_code == 409
    assert browser.post(address(survey), filled(survey)).status_code == 410


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_wave_that_is_not_open_takes_nothing(office, browser, state) -> None:
    survey = made_survey(state)

    looked, sent = browser.get(address(survey)), browser.post(address(survey), filled(survey))

    assert (looked.status_code, sent.status_code) == (410, 410)
    assert rows() == (0, 0, 0)


def test_trial_answers_are_marked_for_ever(office, browser) -> None:
    from fivegaps.web.surveys.services.programmes import move_wave

    survey = made_survey("pilot")
    page = browser.get(address(survey)).content.decode()
    late = filled(survey, trial="1")
    browser.post(address(survey), filled(survey))
    move_wave(
        actor=None,
        wave=selectors.waves_of(survey)[0],
        verb="open",
        at=Response.objects.get().submitted_at,
    )
    browser.post(address(survey), late)
    browser.post(address(survey), filled(survey))

    marked = Response.objects.order_by("submitted_at").values_list("is_test", flat=True)
    assert 'name="trial" value="1"' in page
    assert list(marked) == [True, True, False]


def test_form_is_shown_in_another_language_with_its_answers(survey, browser) -> None:
    answer = browser.post(address(survey), filled(survey, show="vi", e_tan1="3", remark="Xin <b>"))

    page = answer.content.decode()
    assert answer["Content-Language"] == "vi"
    assert 'name="e_tan1" value="3" checked' in page
    assert "Xin &lt;b&gt;" in page
    assert rows() == (0, 0, 0)


def test_kept_form_goes_on_elsewhere_by_its_own_address(survey, browser) -> None:
    kept = browser.post(address(survey), filled(survey, do="keep", e_tan1="2", lang="vi"))

    other_device = Client().get(kept["Location"])

    assert other_device["Content-Language"] == "vi"
    assert 'name="e_tan1" value="2" checked' in other_device.content.decode()
    assert rows() == (0, 1, 0)


def test_saves_carry_a_revision(survey, browser) -> None:
    form, save = filled(survey), f"{address(survey)}save/"

    first = browser.post(save, form).json()
    second = browser.post(save, form | {"revision": "1", "e_tan1": "1"}).json()
    stale = browser.post(save, form | {"revision": "1", "e_tan1": "7"})

    assert (first["revision"], second["revision"]) == (1, 2)
    assert (stale.status_code, stale.json()["revision"]) == (409, 2)
    assert bytes(Draft.objects.get().codes)[0] == 1


def test_sending_ends_the_draft_and_late_saves_are_told(survey, browser) -> None:
    form, save = filled(survey), f"{address(survey)}save/"
    browser.post(save, form)
    browser.post(address(survey), form)

    late = browser.post(save, form | {"revision": "1"})

    assert (late.status_code, late.json()) == (409, {"state": "sent"})
    assert rows() == (1, 0, 0)


def test_slips_are_told_with_everything_kept(survey, browser) -> None:
    answer = browser.post(
        address(survey), filled(survey, w_tangibles="60", w_empathy="30", remark="Kept words")
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The points add up to 90; they must add up to 100." in page
    assert "Kept words" in page
    assert 'name="e_tan1" value="6" checked' in page


def test_slips_are_told_in_the_language_of_the_form(survey, browser) -> None:
    answer = browser.post(
        address(survey),
        filled(survey, lang="nl", w_tangibles="60"),
        headers={"Accept-Language": "en"},
    )

    assert "De punten zijn samen 60; het moeten er 100 zijn." in answer.content.decode()


def test_empty_form_is_not_sent(survey, browser) -> None:
    form = {"submission_id": str(uuid4()), "lang": "en"}

    assert browser.post(address(survey), form).status_code == 422
    assert rows() == (0, 0, 0)


@pytest.mark.parametrize(
    "damage",
    [
        {"e_tan1": "8"},
        {"e_tan1": "0"},
        {"e_tan1": "-1"},
        {"e_tan1": "1.0"},
        {"e_tan1": "٣"},
        {"e_tan1": "NaN"},
        {"e_tan1": "9" * 5000},
        {"w_tangibles": "1e2"},
        {"remark": "a\x00b"},
        {"remark": "x" * 100_000},
        {"unknown": "1"},
        {"contact": "not asked here"},
        {"submission_id": "1"},
        {"submission_id": ""},
        {"lang": "xx"},
        {"do": "drop"},
        {"revision": "-1"},
        {"e_tan1": ["1", "2"]},
    ],
    ids=str,
)
def test_damaged_form_is_refused(survey, browser, damage) -> None:
    answer = browser.post(address(survey), filled(survey) | damage)

    assert 400 <= answer.status_code < 500
    assert rows() == (0, 0, 0)


def test_ten_megabytes_are_refused(survey, browser) -> None:
    answer = browser.post(
        address(survey),
        "remark=" + "x" * 10_000_000,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 413


def test_unknown_link_leads_nowhere(office, browser) -> None:
    assert browser.get("/s/nothing/").status_code == 404


def test_name_is_asked_in_identified_surveys_alone(office, browser) -> None:
    survey = made_survey(identification="identified")

    browser.post(address(survey), filled(survey, contact="Lan, +84 1"))

    assert Response.objects.get().other["contact"] == "Lan, +84 1"


def test_answers_count_for_the_place_of_their_link(office, browser) -> None:
    from fivegaps.web.surveys.services.programmes import add_link

    survey = made_survey()
    link = add_link(
        actor=None,
        survey=survey,
        unit=office.riga,
        channel=office.counter,
        touchpoint=None,
        at=link_of(survey).created_at,
    )

    browser.post(f"/s/{link.token}/", filled(survey))

    row = Response.objects.get()
    assert (row.unit, row.channel) == (office.riga, office.counter)
