"""Mail scanners open every address: GET on a public one writes nothing."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from anonymous_maker import anonymous_survey, answers, begun, invited
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from survey_maker import AT, address, filled, link_of, made_survey

from fivegaps.web.collecting.addresses import address_key
from fivegaps.web.collecting.models import Recipient
from fivegaps.web.collecting.services.kiosks import add_kiosk
from fivegaps.web.surveys.invitations import invitation_id
from fivegaps.web.surveys.models import Invitation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# Addresses that take only what is sent; to look at them is refused.
ONLY_SENT = {"save_answers", "save_answers_invited", "kiosk_send"}


def public_names() -> set[str]:
    """Return the names of the addresses of respondents: nobody signs in there."""
    found = set()
    todo = list(get_resolver().url_patterns)
    while todo:
        one = todo.pop()
        if not isinstance(one, URLPattern):
            todo += one.url_patterns
            continue
        module = getattr(one.callback, "__module__", "")
        ours = module.startswith(("fivegaps.web.surveys.", "fivegaps.web.collecting."))
        if ours and not getattr(one.callback, "login_required", True):
            found.add(str(one.name))
    return found


@pytest.fixture
def pages(office, client) -> dict[str, str]:
    """Every public address, behind which there is something that could be written."""
    survey, secret = made_survey(), anonymous_survey(title="Pulse")
    link, token = link_of(survey).token, invited(survey)
    sent, saved = filled(survey), filled(survey)
    client.post(address(survey), sent)
    client.post(f"{address(survey)}save/", saved)
    page = client.get(f"/i/{token}/").content.decode()
    own = page.partition('name="submission_id" value="')[2][:36]
    done = invited(survey)
    page = client.get(f"/i/{done}/").content.decode()
    gone = page.partition('name="submission_id" value="')[2][:36]
    client.post(f"/i/{done}/", filled(survey, submission_id=gone))
    place, spent = begun(client, invited(secret)), begun(client, invited(secret))
    form = answers(secret, client, spent)
    client.post(spent, form)
    listed = Invitation.objects.get(id=invitation_id(token))
    Recipient.objects.create(
        wave=listed.wave,
        invitation=listed,
        address="anna@example.org",
        address_key=address_key("anna@example.org"),
        lang="en",
        added_at=AT,
    )
    kiosk = add_kiosk(
        actor=None,
        survey=survey,
        place="Hall",
        unit=None,
        channel=None,
        mode="whole",
        outcome="",
        idle_seconds=60,
        pause_seconds=5,
        at=AT,
    )
    return {
        "answer": f"/s/{link}/",
        "resume": f"/s/{link}/{saved['submission_id']}/",
        "thanks": f"/s/{link}/{sent['submission_id']}/thanks/",
        "answer_invited": f"/i/{token}/",
        "resume_invited": f"/i/{token}/{own}/",
        "thanks_invited": f"/i/{done}/{gone}/thanks/",
        "answer_invited anonymously": f"/i/{invited(secret)}/",
        "answer_anonymous": place,
        "thanks_anonymous": f"{spent}{UUID(form['submission_id'])}/thanks/",
        "opt_out": f"/i/{token}/stop/",
        "kiosk": f"/k/{kiosk.token}/",
        "kiosk_state": f"/k/{kiosk.token}/state/",
        "kiosk_worker": "/k/worker.js",
    }


def test_every_public_address_is_looked_at(pages) -> None:
    assert public_names() - ONLY_SENT <= set(pages)


def test_looking_writes_nothing(pages, client) -> None:
    for name, place in pages.items():
        for method in (client.get, client.head):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                answer = method(place)
            wrote = [one["sql"] for one in seen if one["sql"].lstrip().startswith(WRITES)]
            assert (name, answer.status_code, wrote) == (name, 200, [])


def test_respondents_get_no_cookie(pages, client) -> None:
    for name, place in pages.items():
        assert (name, dict(client.get(place).cookies)) == (name, {})


def test_session_of_staff_does_not_note_a_visit(pages, quality_manager, as_member) -> None:
    staff = as_member(quality_manager)

    with CaptureQueriesContext(connection) as seen:
        staff.get(pages["answer_anonymous"])

    assert not [one["sql"] for one in seen if "session" in one["sql"]]


@pytest.mark.parametrize("place", ["/s/{}/", "/i/{}/", "/a/{}/", "/k/{}/"])
@pytest.mark.parametrize("token", ["x", "A" * 44, "%00", "é" * 10, "A" * 3000])
def test_tokens_of_nobody_lead_nowhere(place, token, client, db) -> None:
    answer = client.get(place.format(token))

    assert answer.status_code == 404


def test_ten_megabytes_are_refused_everywhere(office, client) -> None:
    secret = anonymous_survey()
    place = begun(client, invited(secret))
    large = {"remark": "x" * 10_000_000, "submission_id": str(uuid4()), "lang": "en"}

    codes = {client.post(one, large).status_code for one in (address(secret), place)}

    assert codes == {413}


def test_ten_megabytes_do_not_redeem_an_invitation(office, client) -> None:
    token = invited(anonymous_survey())

    answer = client.post(f"/i/{token}/", {"page": "x" * 10_000_000})

    assert answer.status_code == 413
