"""The personal link: one form, on any device, spent by the answer; looking at it writes nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from survey_maker import AT, filled, made_survey

from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.invitations import invitation_id, invitation_token, submission_of
from fivegaps.web.surveys.models import Draft, Invitation, Quarantine, Response
from fivegaps.web.surveys.services.programmes import move_wave

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def survey(office):
    return made_survey()


def invited(survey, **place) -> tuple[Invitation, str]:
    row = Invitation.objects.create(wave=selectors.waves_of(survey)[0], **place)
    return row, f"/i/{invitation_token(row.id)}/"


def form_of(invitation, survey, **changed) -> dict[str, str]:
    return filled(survey, submission_id=str(submission_of(invitation.id)), **changed)


def test_token_leads_back_to_its_invitation_and_to_no_other() -> None:
    known = uuid4()
    token = invitation_token(known)

    assert invitation_id(token) == known
    changed = ("B" if token[0] == "A" else "A") + token[1:]
    for wrong in (token[:-1], changed, token + "A", "", "é", "!" * 44):
        assert invitation_id(wrong) is None


def test_token_made_before_the_key_was_changed_still_works(settings) -> None:
    known = uuid4()
    token = invitation_token(known)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 8

    assert invitation_id(token) == known


def test_foreign_token_leads_nowhere(client, survey) -> None:
    assert client.get(f"/i/{invitation_token(uuid4())}/").status_code == 404
    assert client.get("/i/x/").status_code == 404


def test_looking_at_the_form_writes_nothing(client, survey) -> None:
    _row, address = invited(survey)

    page = client.get(address)

    assert page.status_code == 200
    assert not Draft.objects.exists()
    assert not Invitation.objects.filter(is_spent=True).exists()


def test_answer_spends_the_invitation_and_carries_its_place(client, office, survey) -> None:
    row, address = invited(survey, unit=office.riga, channel=office.counter)

    answer = client.post(address, form_of(row, survey))

    response = Response.objects.get()
    row.refresh_from_db()
    assert answer.status_code == 303
    assert (row.is_spent, row.response_id) == (True, response.id)
    assert response.source == "invitation"
    assert (response.unit_id, response.channel_id) == (office.riga.pk, office.counter.pk)
    assert response.link_id is None


def test_invitation_serves_one_form_alone(client, survey) -> None:
    row, address = invited(survey)
    client.post(address, form_of(row, survey))

    other = client.post(address, filled(survey))
    same = client.post(address, form_of(row, survey))

    assert other.status_code == 400
    assert same.status_code == 303
    assert Response.objects.count() == 1


def test_second_form_with_other_answers_is_set_aside(client, survey) -> None:
    row, address = invited(survey)
    client.post(address, form_of(row, survey))
    changed = form_of(row, survey, remark="another")

    answer = client.post(address, changed)

    assert answer.status_code == 409
    assert Quarantine.objects.count() == 1


def test_spent_link_thanks(client, survey) -> None:
    row, address = invited(survey)
    client.post(address, form_of(row, survey))

    page = client.get(address, follow=True)

    assert page.status_code == 200
    assert Response.objects.get().receipt[:5] in page.content.decode()


def test_form_goes_on_at_another_device(client, survey) -> None:
    row, address = invited(survey)
    begun = form_of(row, survey, do="keep", lang="vi")

    kept = client.post(address, begun)
    elsewhere = Client().get(address)

    assert kept.status_code == 303
    assert kept["Location"].startswith(address)
    page = elsewhere.content.decode()
    assert 'lang="vi"' in page
    assert page.count("checked") >= 22


def test_answer_whose_invitation_was_spent_and_erased_is_not_taken_again(client, survey) -> None:
    row, address = invited(survey)
    client.post(address, form_of(row, survey))
    Response.objects.all().delete()

    sent = client.post(address, form_of(row, survey))
    saved = client.post(f"{address}save/", form_of(row, survey))

    assert (sent.status_code, saved.status_code) == (410, 410)
    assert not Response.objects.exists()


def test_link_of_a_closed_wave_does_not_reach_the_next_one(client, survey) -> None:
    row, address = invited(survey)
    move_wave(actor=None, wave=row.wave, verb="close", at=AT)

    assert client.get(address).status_code == 410
    assert client.post(address, form_of(row, survey)).status_code == 410


def test_employee_is_kept_only_where_the_survey_says_so(client, office, survey) -> None:
    from datetime import date

    from fivegaps.web.people.services.employees import add_employee

    anna = add_employee(
        actor=None,
        code="anna",
        name="Anna",
        unit=office.riga,
        joined_on=date(2024, 1, 1),
        at=AT,
    )
    row, address = invited(survey, employee=anna)
    client.post(address, form_of(row, survey))

    named = made_survey(title="Named")
    named.names_employee = True
    named.save()
    second, other = invited(named, employee=anna)
    client.post(other, form_of(second, named))

    kept = {row.survey_id: row.employee_id for row in Response.objects.all()}
    assert kept == {survey.id: None, named.id: anna.id}
