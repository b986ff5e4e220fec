"""One submission is one row, however often and however simultaneously it is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone
from survey_maker import address, filled, link_of, made_survey

from fivegaps.web.people.models import Organisation
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Draft, Quarantine, Response, Wave
from fivegaps.web.surveys.services.programmes import move_wave
from fivegaps.web.surveys.services.submitting import save_draft
from fivegaps.web.surveys.sheet import Sheet

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SENDERS = 50


@pytest.fixture
def survey():
    Organisation.objects.create(id=1, name="Baltic Service Bank")
    return made_survey()


def at_once(place: str, forms: list[dict[str, str]]) -> list[tuple[int, str]]:
    """Return status and destination of forms that browsers send at the same moment."""
    start = Barrier(len(forms))

    def send(form: dict[str, str]) -> tuple[int, str]:
        try:
            start.wait()
            answer = Client().post(place, form)
            return answer.status_code, answer.headers.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, forms))


def test_fifty_parallel_sends_of_one_form_are_one_row_and_one_receipt(survey) -> None:
    form = filled(survey)

    answers = at_once(address(survey), [form] * SENDERS)

    assert set(answers) == {(303, f"{address(survey)}{form['submission_id']}/thanks/")}
    assert Response.objects.count() == 1
    assert Quarantine.objects.count() == 0


def test_of_two_contents_under_one_id_one_stands_and_one_is_set_aside(survey) -> None:
    form = filled(survey)
    other = form | {"e_tan1": "1"}

    answers = at_once(address(survey), [form, other] * 10)

    assert sorted(status for status, _ in answers) == [303] * 10 + [409] * 10
    assert (Response.objects.count(), Quarantine.objects.count()) == (1, 1)


def test_quota_is_never_passed(survey) -> None:
    Wave.objects.update(quota=5)

    answers = at_once(address(survey), [filled(survey) for _ in range(20)])

    assert sorted(status for status, _ in answers) == [303] * 5 + [410] * 15
    assert Response.objects.count() == 5


def test_simultaneous_saves_keep_one_draft(survey) -> None:
    form = filled(survey)

    answers = at_once(f"{address(survey)}save/", [form] * 20)

    assert sorted(status for status, _ in answers) == [200] + [409] * 19
    assert Draft.objects.get().revision == 1


def test_save_under_way_does_not_outlive_the_send(survey) -> None:
    """The last answer is saved while its sender presses the button."""
    form = filled(survey)
    wave = selectors.waves_of(survey)[0]
    door = selectors.door(link_of(survey).token)
    saved = Event()

    def save() -> None:
        try:
            with transaction.atomic():
                save_draft(
                    way=door.way,
                    wave=wave,
                    submission_id=UUID(form["submission_id"]),
                    revision=0,
                    sheet=Sheet(b"", {}),
                    lang="en",
                    is_trial=False,
                    started_at=None,
                    at=timezone.now(),
                )
                saved.set()
                sleep(0.5)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        saving = pool.submit(save)
        saved.wait()
        status = Client().post(address(survey), form).status_code
        saving.result()

    assert status == 303
    assert (Response.objects.count(), Draft.objects.count()) == (1, 0)


def test_nothing_is_recorded_after_the_close(survey) -> None:
    """What was answered before the close is in the wave; what came after it was told so."""
    wave = selectors.waves_of(survey)[0]
    forms = [filled(survey) for _ in range(20)]

    def close() -> None:
        move_wave(actor=None, wave=wave, verb="close", at=wave.opened_at)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        closing = pool.submit(close)
        answers = at_once(address(survey), forms)
        closing.result()

    taken = sum(status == 303 for status, _ in answers)
    assert {status for status, _ in answers} <= {303, 410}
    assert Response.objects.count() == taken
