"""Anonymous surveys of the tests, with invitations, and people who begin."""

from __future__ import annotations

from django.test import Client
from survey_maker import filled, made_survey

from fivegaps.web.people.models import Unit
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.invitations import invitation_token
from fivegaps.web.surveys.models import Invitation, Survey


def anonymous_survey(**changed: object) -> Survey:
    """Return an open anonymous survey."""
    return made_survey(**({"identification": "anonymous"} | changed))


def invited(survey: Survey, unit: Unit | None = None) -> str:
    """Return the token of a new invitation."""
    wave = selectors.waves_of(survey)[0]
    return invitation_token(Invitation.objects.create(wave=wave, unit=unit).id)


def begun(client: Client, token: str) -> str:
    """Exchange an invitation, and return where the form stands."""
    page = client.get(f"/i/{token}/").context["page"].page
    answer = client.post(f"/i/{token}/", {"page": page})
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"].split("?")[0]


def answers(survey: Survey, client: Client, place: str, **changed: str) -> dict[str, str]:
    """Return the form behind a credential, filled in."""
    form = client.get(place)
    assert form.status_code == 200
    text = form.content.decode()
    form_id = text.partition('name="submission_id" value="')[2][:36]
    return filled(survey, submission_id=form_id, **changed)
