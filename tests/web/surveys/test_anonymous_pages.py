"""An anonymous wave by its pages: begin once, send once, nothing leads back."""

from __future__ import annotations

import pytest
from anonymous_maker import anonymous_survey, answers, begun, invited
from django.test import Client
from survey_maker import AT, address, filled

from fivegaps.web.surveys import anonymity, selectors
from fivegaps.web.surveys.models import AnonymousAnswer, Draft, Held, Invitation, Response, Spent
from fivegaps.web.surveys.services.programmes import move_wave

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def survey(office):
    return anonymous_survey()


def test_invitation_tells_what_is_promised_before_it_is_exchanged(survey, client) -> None:
    token = invited(survey)

    page = client.get(f"/i/{token}/").content.decode()

    assert "Your answers are anonymous" in page
    assert Held.objects.count() == 0


def test_begun_form_is_sent_without_receipt_time_or_draft(survey, client) -> None:
    place = begun(client, invited(survey))

    answer = client.post(place, answers(survey, client, place), follow=True)

    assert answer.status_code == 200
    assert "There is no receipt" in answer.content.decode()
    assert (Spent.objects.count(), Response.objects.count(), Draft.objects.count()) == (1, 0, 0)


def test_double_click_on_begin_gets_the_same_right(survey, client) -> None:
    token = invited(survey)
    page = {"page": client.get(f"/i/{token}/").context["page"].page}

    first, second = client.post(f"/i/{token}/", page), client.post(f"/i/{token}/", page)

    assert first["Location"] == second["Location"]
    assert Held.objects.count() == 1


def test_invitation_is_exchanged_once(survey, client) -> None:
    token = invited(survey)
    begun(client, token)

    assert client.get(f"/i/{token}/").status_code == 410
    page = {"page": "6b2ab2a4-71a2-4c4e-9a52-6f4e3b0f3d11"}
    assert client.post(f"/i/{token}/", page).status_code == 409


def test_same_form_again_is_thanked_and_other_content_is_not_kept(survey, client) -> None:
    place = begun(client, invited(survey))
    form = answers(survey, client, place)
    client.post(place, form)

    again = client.post(place, form)
    other = client.post(place, form | {"e_tan1": "1"})

    assert (again.status_code, other.status_code) == (303, 409)
    assert Held.objects.filter(is_answer=True).count() == 1


def test_forged_credential_leads_nowhere(survey, client) -> None:
    place = begun(client, invited(survey))
    token = place.split("/")[2]
    forged = ("B" if token[0] == "A" else "A") + token[1:]

    assert client.get(f"/a/{forged}/").status_code == 404


def test_open_link_of_an_anonymous_survey_takes_a_form_once(survey, client) -> None:
    form = filled(survey)

    first, again = client.post(address(survey), form), client.post(address(survey), form)

    assert (first.status_code, again.status_code) == (303, 303)
    assert first["Location"] == f"{address(survey)}{form['submission_id']}/thanks/?lang=en"
    assert (Spent.objects.count(), Response.objects.count()) == (1, 0)


def test_nothing_is_saved_on_the_way(survey, client) -> None:
    answer = client.post(f"{address(survey)}save/", filled(survey))

    assert answer.status_code == 400
    assert (Draft.objects.count(), Held.objects.count()) == (0, 0)


def test_answers_are_let_go_in_groups_of_five_and_the_last_at_the_end(survey) -> None:
    seen = []
    for _ in range(12):
        Client().post(address(survey), filled(survey))
        seen.append(AnonymousAnswer.objects.count())
    wave = selectors.waves_of(survey)[0]
    held = anonymity.held_back(wave)

    move_wave(actor=None, wave=wave, verb="close", at=AT)

    assert seen == [0] * 9 + [5] * 3
    assert held == 7
    assert AnonymousAnswer.objects.count() == 12
    assert Held.objects.count() == 0


def test_fewer_than_five_answers_stay_withheld_for_good(survey) -> None:
    for _ in range(4):
        Client().post(address(survey), filled(survey))
    wave = selectors.waves_of(survey)[0]

    move_wave(actor=None, wave=wave, verb="close", at=AT)

    assert AnonymousAnswer.objects.count() == 0
    assert anonymity.held_back(wave) == 4


def test_redeemed_invitations_are_known_for_reminders_before_their_flag_is_set(survey) -> None:
    token, other = invited(survey), invited(survey)
    begun(Client(), token)
    ids = list(Invitation.objects.values_list("id", flat=True))

    redeemed = anonymity.redeemed_among(ids)

    assert Invitation.objects.filter(is_spent=True).count() == 0
    assert len(redeemed) == 1
    assert other


def test_small_units_are_put_together_without_their_name(office) -> None:
    survey = anonymous_survey(tells_unit=True)
    for unit, n in ((office.riga, 5), (office.tartu, 3)):
        for _ in range(n):
            place = begun(Client(), invited(survey, unit=unit))
            Client().post(place, answers(survey, Client(), place))

    move_wave(actor=None, wave=selectors.waves_of(survey)[0], verb="close", at=AT)

    found = list(AnonymousAnswer.objects.values_list("unit__code", flat=True))
    assert found == [None] * 8


def test_survey_page_counts_held_answers_by_number(survey, quality_manager) -> None:
    for _ in range(3):
        place = begun(Client(), invited(survey))
    Client().post(place, answers(survey, Client(), place))

    [tally] = selectors.tallies(quality_manager, selectors.waves_of(survey)[0])

    assert (tally.begun, tally.answered) == (3, 1)
