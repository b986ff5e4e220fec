"""A transaction took place: counted once, asked by chance, after a while."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from invitations_maker import NOON, rules, wave_of
from survey_maker import made_survey

from fivegaps.web.collecting.addresses import address_key
from fivegaps.web.collecting.models import Event, Recipient, Suppression
from fivegaps.web.collecting.services import campaigns, events
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.surveys.models import Reach

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def survey(office):
    rules(days_between=None)
    made = made_survey()
    campaigns.start(actor=None, wave=wave_of(made), at=NOON)
    return made


def told(survey, key="t-1", address="anna@example.org", **changed):
    known = {
        "unit": None,
        "channel": None,
        "employee": None,
        "happened_at": NOON,
        "at": NOON,
    }
    return events.took_place(
        actor=None, survey=survey, address=address, key=key, **(known | changed)
    )


def sample(survey, percent: str, minutes: int = 60) -> None:
    events.change_sampling(
        actor=None, survey=survey, percent=Decimal(percent), delay_minutes=minutes, at=NOON
    )


def test_invitation_follows_after_the_delay(survey, office, mailoutbox) -> None:
    sample(survey, "100", minutes=90)
    told(survey, unit=office.riga)

    outbox.run_due(NOON + timedelta(minutes=89))
    early = len(mailoutbox)
    outbox.run_due(NOON + timedelta(minutes=90))

    assert (early, len(mailoutbox)) == (0, 1)
    recipient = Recipient.objects.get()
    assert (recipient.invitation.unit, recipient.event) == (office.riga, "t-1")


def test_key_told_again_changes_nothing(survey, office) -> None:
    first = told(survey, unit=office.riga)

    second = told(survey, unit=office.riga, address="other@example.org")

    assert (first.is_new, second.is_new) == (True, False)
    assert first.event_id == second.event_id
    assert Recipient.objects.count() == 1
    assert Reach.objects.get(unit=office.riga).all_served == 1


def test_share_of_those_asked_is_near_what_was_set(survey) -> None:
    sample(survey, "25")

    for number in range(400):
        told(survey, key=f"t-{number}", address=f"p{number}@example.org")

    asked = Event.objects.filter(is_sampled=True).count()
    assert 70 <= asked <= 130  # 100 expected, standard deviation 8.7
    assert Recipient.objects.count() == asked
    assert Reach.objects.get(unit=None).all_served == 400


def test_draw_of_a_key_stays_the_same(survey) -> None:
    draws = {events.draw(survey.id, "t-7") for _ in range(3)}

    assert len(draws) == 1
    assert events.draw(survey.id, "t-8") not in draws


def test_transaction_without_address_is_counted_only(survey) -> None:
    answer = told(survey, address="")

    assert (answer.is_new, answer.is_asked) == (True, False)
    assert Reach.objects.get(unit=None).all_served == 1


def test_who_opted_out_is_counted_and_not_asked(survey) -> None:
    Suppression.objects.create(
        address_key=address_key("anna@example.org"), reason="opted-out", since=NOON
    )

    assert not told(survey).is_asked
    assert not Recipient.objects.exists()


def test_second_transaction_of_a_person_is_held_back(survey, mailoutbox) -> None:
    rules(days_between=30)
    for key in ("t-1", "t-2"):
        told(survey, key=key)

    outbox.run_due(NOON + timedelta(hours=2))

    assert len(mailoutbox) == 1
    assert sorted(Recipient.objects.values_list("outcome", flat=True)) == ["held-back", "sent"]


def test_survey_between_waves_takes_no_transaction(office) -> None:
    with pytest.raises(ValidationError, match="no open wave"):
        told(made_survey("draft"))


@pytest.mark.parametrize(
    "changed",
    [
        {"key": ""},
        {"key": "x" * 81},
        {"key": "a\x00"},
        {"address": "nobody"},
        {"name": "x" * 121},
        {"happened_at": NOON + timedelta(days=2)},
        {"happened_at": NOON.replace(tzinfo=None)},
    ],
    ids=str,
)
def test_nonsense_is_refused(survey, changed) -> None:
    with pytest.raises(ValidationError):
        told(survey, **changed)
    assert not Event.objects.exists()
