"""Open links under a flood: people are not hindered, machines are slowed, nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from anonymous_maker import anonymous_survey, invited
from survey_maker import address, filled, made_survey

from fivegaps.web.surveys import floods
from fivegaps.web.surveys.floods import Buckets
from fivegaps.web.surveys.models import Draft, Response, Suspicion

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def survey(office, settings):
    settings.FORMS_A_MINUTE = {"address": 3, "link": 5}
    floods._places.clear()
    return made_survey()


def sent(client, survey, **where: str) -> int:
    return client.post(address(survey), filled(survey), **where).status_code


def test_beyond_the_limit_the_form_comes_back_filled_in(survey, client) -> None:
    codes = [sent(client, survey, **ELSEWHERE) for _ in range(3)]
    form = filled(survey, remark="the queue was long")

    answer = client.post(address(survey), form, **ELSEWHERE)

    assert codes == [303] * 3
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "the queue was long" in answer.content.decode()
    assert Response.objects.count() == 3


def test_another_address_is_not_hindered(survey, client) -> None:
    for _ in range(4):
        sent(client, survey, **ELSEWHERE)

    assert sent(client, survey, REMOTE_ADDR="203.0.113.8") == 303


def test_one_link_is_guarded_against_many_addresses(survey, client) -> None:
    codes = [sent(client, survey, REMOTE_ADDR=f"203.0.113.{number}") for number in range(6)]

    assert codes == [303] * 5 + [429]


def test_many_saves_by_one_person_pass(survey, client) -> None:
    form = filled(survey)

    codes = [
        client.post(
            f"{address(survey)}save/", form | {"revision": str(revision)}, **ELSEWHERE
        ).status_code
        for revision in range(50)
    ]

    assert codes == [200] * 50
    assert Draft.objects.count() == 1


def test_personal_invitations_have_no_such_limit(office, settings, client) -> None:
    settings.FORMS_A_MINUTE = {"address": 1, "link": 1}
    survey = made_survey()

    codes = [
        client.post(
            f"/i/{token}/", filled(survey, submission_id=form_id(client, token)), **ELSEWHERE
        ).status_code
        for token in (invited(survey) for _ in range(3))
    ]

    assert codes == [303] * 3


def form_id(client, token: str) -> str:
    page = client.get(f"/i/{token}/").content.decode()
    return page.partition('name="submission_id" value="')[2][:36]


def test_who_fills_in_the_trap_is_taken_and_marked(survey, client) -> None:
    client.post(address(survey), filled(survey, website="https://example.org"))

    assert Response.objects.count() == 1
    assert Suspicion.objects.get().reason == "trap"


def test_who_answers_faster_than_anybody_reads_is_marked(survey, client) -> None:
    client.post(address(survey), filled(survey, started=datetime.now(UTC).isoformat()))

    assert Suspicion.objects.get().reason == "fast"


def test_who_takes_his_time_is_not_marked(survey, client) -> None:
    started = datetime.now(UTC) - timedelta(minutes=4)

    client.post(address(survey), filled(survey, started=started.isoformat()))

    assert Suspicion.objects.count() == 0


def test_nothing_marks_an_anonymous_answer(office, client) -> None:
    survey = anonymous_survey()

    client.post(address(survey), filled(survey, website="https://example.org"))

    assert Suspicion.objects.count() == 0


def test_word_of_a_proxy_counts_only_as_far_as_it_is_named(rf, settings) -> None:
    request = rf.post("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.9")

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    alone = floods.place_of(request)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert (alone, floods.place_of(request)) == ("10.0.0.1", "203.0.113.9")


def test_bucket_fills_again() -> None:
    bucket = Buckets(2)

    first = [bucket.take("place", AT) for _ in range(3)]
    later = bucket.take("place", AT + timedelta(seconds=31))

    assert first[:2] == [0, 0]
    assert first[2] >= 30
    assert later == 0
