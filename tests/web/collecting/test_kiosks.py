"""Kiosks: put up and revoked by a manager; what a device sends counts once, for its place."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from survey_maker import AT, filled, made_survey

from fivegaps.web.collecting.kiosks import kiosk_door
from fivegaps.web.collecting.models import Kiosk
from fivegaps.web.collecting.services.kiosks import add_kiosk, revoke_kiosk
from fivegaps.web.people.rights import Role
from fivegaps.web.shared.models import AuditRow
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Draft, Link, Response
from fivegaps.web.surveys.services.consenting import write_consent
from fivegaps.web.surveys.services.programmes import add_wave, move_wave

pytestmark = pytest.mark.postgres


def a_kiosk(survey, **changed) -> Kiosk:
    asked = {
        "place": "By the door",
        "unit": None,
        "channel": None,
        "mode": "whole",
        "outcome": "",
        "idle_seconds": 60,
        "pause_seconds": 5,
    }
    return add_kiosk(actor=None, survey=survey, at=AT, **(asked | changed))


def send(kiosk: Kiosk, survey, fields: dict[str, str], **search: str):
    wave = selectors.waves_of(survey)[0]
    query = urlencode({"wave": str(wave.id)} | search)
    return Client().post(f"/k/{kiosk.token}/send/?{query}", fields)


def test_answer_of_a_kiosk_counts_for_its_unit(office) -> None:
    survey = made_survey()
    kiosk = a_kiosk(survey, unit=office.riga, channel=office.counter)

    told = send(kiosk, survey, filled(survey))

    (response,) = Response.objects.all()
    assert told.json() == {"state": "recorded", "receipt": response.receipt}
    assert (response.source, response.unit, response.channel) == (
        "kiosk",
        office.riga,
        office.counter,
    )


def test_answer_sent_again_counts_once(office) -> None:
    survey = made_survey()
    kiosk = a_kiosk(survey)
    fields = filled(survey)

    first, second = send(kiosk, survey, fields), send(kiosk, survey, fields)

    assert first.json() == second.json()
    assert Response.objects.count() == 1


def test_answer_that_waited_keeps_the_day_it_was_given(office) -> None:
    survey = made_survey()
    given = timezone.now() - timedelta(days=3)

    send(a_kiosk(survey), survey, filled(survey), answered=given.isoformat())

    assert Response.objects.get().submitted_at == given


@pytest.mark.parametrize(
    "claimed", ["2999-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "yesterday", "2026-01-01", "9" * 99]
)
def test_odd_clock_of_a_device_is_not_believed(office, claimed) -> None:
    survey = made_survey()
    before = timezone.now()

    assert send(a_kiosk(survey), survey, filled(survey), answered=claimed).status_code == 200

    assert Response.objects.get().submitted_at >= before


def test_answer_of_a_closed_wave_never_lands_in_the_next(office) -> None:
    survey = made_survey()
    kiosk = a_kiosk(survey)
    wave = selectors.waves_of(survey)[0]
    move_wave(actor=None, wave=wave, verb="close", at=AT)
    later = add_wave(actor=None, survey=survey, name="2027", quota=None, at=AT)
    move_wave(actor=None, wave=later, verb="open", at=AT)
    fields = filled(survey)

    told = send(kiosk, survey, fields, wave=str(wave.id))

    assert told.status_code == 410
    assert not Response.objects.exists()


def test_answer_recorded_before_the_wave_closed_keeps_its_receipt(office) -> None:
    survey = made_survey()
    kiosk = a_kiosk(survey)
    wave = selectors.waves_of(survey)[0]
    fields = filled(survey)
    first = send(kiosk, survey, fields)
    move_wave(actor=None, wave=wave, verb="close", at=AT)

    again = send(kiosk, survey, fields, wave=str(wave.id))

    assert again.json() == first.json()


def test_revoked_kiosk_takes_nothing(office, quality_manager) -> None:
    survey = made_survey()
    kiosk = revoke_kiosk(actor=quality_manager, kiosk=a_kiosk(survey), at=AT)

    assert send(kiosk, survey, filled(survey)).status_code == 404
    assert Client().get(f"/k/{kiosk.token}/").status_code == 404
    assert kiosk_door(kiosk.token) is None


def test_anonymous_survey_has_no_kiosk(office, quality_manager, as_member) -> None:
    survey = made_survey(identification="anonymous")

    with pytest.raises(ValidationError, match="who stood there could be told"):
        a_kiosk(survey)

    page = as_member(quality_manager).get(f"/surveys/{survey.id}/kiosks/").content.decode()
    assert "who stood there could be told from the time" in page
    assert "kiosks/add/" not in page


def test_kiosk_of_one_question_asks_that_alone(office) -> None:
    survey = made_survey()
    kiosk = a_kiosk(survey, mode="one", outcome="satisfaction")

    page = Client().get(f"/k/{kiosk.token}/").content.decode()

    assert page.count("data-field=") == 7
    assert "data-next" not in page


def test_kiosk_of_a_question_that_is_not_asked_is_refused(office) -> None:
    with pytest.raises(ValidationError):
        a_kiosk(made_survey(), mode="one", outcome="recommend")


def test_one_press_is_a_whole_answer(office) -> None:
    survey = made_survey()
    kiosk = a_kiosk(survey, mode="one", outcome="satisfaction")
    column = selectors.instrument_of(selectors.waves_of(survey)[0]).outcomes[0].columns[0]

    send(kiosk, survey, {"submission_id": str(uuid4()), "lang": "vi", column: "6"})

    assert Response.objects.get().other == {column: 6}


@pytest.mark.parametrize(
    "wrong",
    [
        {"submission_id": "1"},
        {"lang": "xx"},
        {"unheard-of": "1"},
        {"contact": "Anna"},
        {"w_reliability": "101"},
        {"satisfaction": "8"},
        {"remark": "x" * 20_000},
        {"remark": "\x00"},
    ],
)
def test_what_no_device_sends_is_refused(office, wrong) -> None:
    survey = made_survey()

    assert send(a_kiosk(survey), survey, filled(survey) | wrong).status_code == 400
    assert not Response.objects.exists()


@pytest.mark.parametrize("wave", ["", "1", "é", "00000000-0000-4000-8000-000000000000"])
def test_answer_of_no_wave_is_refused(office, wave) -> None:
    survey = made_survey()

    told = send(a_kiosk(survey), survey, filled(survey), wave=wave)

    assert told.status_code in {400, 410}


def test_looking_at_a_kiosk_writes_nothing(office, django_assert_num_queries) -> None:
    survey = made_survey()
    kiosk = a_kiosk(survey)
    rows = AuditRow.objects.count()

    for address in ("", "?lang=vi", "?lang=zz", "state/"):
        answer = Client().get(f"/k/{kiosk.token}/{address}")
        assert answer.status_code == 200
        assert not answer.cookies

    assert (Draft.objects.count(), Response.objects.count(), AuditRow.objects.count()) == (
        0,
        0,
        rows,
    )


def test_state_of_a_kiosk_changes_with_the_wave(office) -> None:
    survey = made_survey()
    kiosk = a_kiosk(survey)
    before = Client().get(f"/k/{kiosk.token}/state/").json()

    move_wave(actor=None, wave=selectors.waves_of(survey)[0], verb="close", at=AT)

    assert Client().get(f"/k/{kiosk.token}/state/").json() == {"state": "closed"} != before
    assert "No questions at present" in Client().get(f"/k/{kiosk.token}/").content.decode()


def test_kiosk_without_script_leads_to_the_ordinary_form(office) -> None:
    survey = made_survey()
    kiosk = a_kiosk(survey)

    page = Client().get(f"/k/{kiosk.token}/").content.decode()

    assert f'<a class="main" href="/s/{kiosk.link.token}/">' in page
    assert "<noscript>" in page


def test_second_kiosk_of_a_place_uses_the_same_link(office) -> None:
    survey = made_survey()

    first, second = (a_kiosk(survey, unit=office.riga, place=str(n)) for n in range(2))

    assert first.link == second.link
    assert first.token != second.token
    assert Link.objects.filter(unit=office.riga).count() == 1


def test_manager_puts_a_kiosk_up_and_takes_it_away(office, quality_manager, as_member) -> None:
    survey = made_survey()
    browser = as_member(quality_manager)
    page = f"/surveys/{survey.id}/kiosks/"
    form = {
        "place": "Counter 2",
        "unit": "riga",
        "channel": "",
        "mode": "one",
        "outcome": "satisfaction",
        "idle_seconds": "30",
        "pause_seconds": "4",
    }

    assert browser.post(f"{page}add/", form).status_code == 302
    kiosk = Kiosk.objects.get()
    assert "Counter 2" in browser.get(page).content.decode()
    browser.post(f"{page}{kiosk.id}/revoke/")

    kiosk.refresh_from_db()
    assert kiosk.revoked_at is not None
    assert list(AuditRow.objects.filter(kind="kiosk").values_list("verb", flat=True)) == [
        "added",
        "revoked",
    ]


@pytest.mark.parametrize(
    "wrong", [{"idle_seconds": "5"}, {"pause_seconds": "١٠"}, {"place": ""}, {"mode": "two"}]
)
def test_odd_kiosk_is_told_beside_its_field(office, quality_manager, as_member, wrong) -> None:
    survey = made_survey()
    form = {"place": "x", "mode": "whole", "idle_seconds": "60", "pause_seconds": "5"} | wrong

    answer = as_member(quality_manager).post(f"/surveys/{survey.id}/kiosks/add/", form)

    assert answer.status_code == 200
    assert not Kiosk.objects.exists()


def test_unit_manager_sees_the_kiosks_of_her_branch_alone(
    office, riga_manager, charlie, as_member
) -> None:
    survey = made_survey()
    kiosk = a_kiosk(survey, unit=office.riga, place="Riga door")
    a_kiosk(survey, unit=office.vilnius, place="Vilnius door")
    page = f"/surveys/{survey.id}/kiosks/"

    hers = as_member(riga_manager)

    assert "Riga door" in hers.get(page).content.decode()
    assert "Vilnius door" not in hers.get(page).content.decode()
    assert "Riga door" not in as_member(charlie).get(page).content.decode()
    assert hers.post(f"{page}{kiosk.id}/revoke/").status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_kiosks_by_role(office, as_member, role) -> None:
    survey = made_survey()
    bound = role in {Role.UNIT_MANAGER, Role.EMPLOYEE}
    a_kiosk(survey, unit=office.riga)
    browser = as_member(office.member(role, office.riga if bound else None))
    page = f"/surveys/{survey.id}/kiosks/"

    sees = 403 if role in {Role.EMPLOYEE, Role.HR} else 200
    changes = 200 if role in {Role.ADMINISTRATOR, Role.QUALITY_MANAGER} else 403

    assert browser.get(page).status_code == sees
    assert browser.get(f"{page}add/").status_code == changes


def test_kiosk_shows_the_consent_text_and_its_number_stays_with_the_answer(office) -> None:
    survey = made_survey()
    shown = write_consent(
        actor=None, survey=None, texts={"en": "We read all of it.", "vi": "Chúng tôi đọc."}, at=AT
    )
    kiosk = a_kiosk(survey)
    before = Client().get(f"/k/{kiosk.token}/state/").json()
    page = Client().get(f"/k/{kiosk.token}/", {"lang": "vi"}).content.decode()
    write_consent(actor=None, survey=None, texts={"en": "We read most of it."}, at=AT)

    send(kiosk, survey, filled(survey, consent=str(shown.number)))

    assert "Chúng tôi đọc." in page
    assert f'data-consent="{shown.number}"' in page
    assert Response.objects.get().consent == shown.number
    assert Client().get(f"/k/{kiosk.token}/state/").json() != before
