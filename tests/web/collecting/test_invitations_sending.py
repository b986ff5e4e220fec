"""Invitations through a real mail server: sent once, refused, put off, held back."""

from __future__ import annotations

import re
from datetime import time, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import pytest
from invitations_maker import NOON, invite, post_office, rules, wave_of
from survey_maker import AT, filled, made_survey

from fivegaps.web.collecting.models import Recipient, Suppression
from fivegaps.web.collecting.services import campaigns, sending
from fivegaps.web.collecting.services.erasing import erase_address
from fivegaps.web.people.models import Organisation
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.shared.outbox.models import Attempt, Errand
from fivegaps.web.surveys.invitations import invitation_token, submission_of
from fivegaps.web.surveys.models import Reach
from fivegaps.web.surveys.services.programmes import move_wave

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
DAY = timedelta(days=1)


@pytest.fixture
def post(settings):
    with post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_TIMEOUT = 5
        yield office


@pytest.fixture
def survey(office):
    rules(days_between=None)
    return made_survey()


def outcomes() -> dict[str, str]:
    return dict(Recipient.objects.values_list("address", "outcome"))


def test_each_address_gets_one_mail_with_its_own_link(post, quality_manager, survey) -> None:
    anna, bea = invite(quality_manager, survey, "anna@example.org", "bea@example.org")

    outbox.run_due(NOON)
    outbox.run_due(NOON + DAY)

    assert sorted(post.addresses) == ["anna@example.org", "bea@example.org"]
    texts = {m["To"]: m.get_body(("plain",)).get_content() for m in post.taken}
    assert f"/i/{invitation_token(anna.invitation_id)}/" in texts["anna@example.org"]
    assert f"/i/{invitation_token(bea.invitation_id)}/" in texts["bea@example.org"]
    assert outcomes() == {"anna@example.org": "sent", "bea@example.org": "sent"}


def test_mail_tells_programs_how_to_opt_out(post, quality_manager, survey) -> None:
    [anna] = invite(quality_manager, survey, "anna@example.org")

    outbox.run_due(NOON)

    [mail] = post.taken
    address = f"/i/{invitation_token(anna.invitation_id)}/stop/>"
    assert mail["List-Unsubscribe"].endswith(address)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert parseaddr(mail["From"])[0] == "Baltic Service Bank"


def test_mail_comes_in_the_language_of_its_reader(post, quality_manager, office, survey) -> None:
    Organisation.objects.update(language="vi")
    invite(quality_manager, survey, "anna@example.org")

    outbox.run_due(NOON)

    [mail] = post.taken
    assert mail["Content-Language"] == "vi"
    assert 'lang="vi"' in mail.get_body(("html",)).get_content()
    assert "?lang=vi" in mail.get_body(("plain",)).get_content()


def test_bounces_go_to_the_address_for_them(post, quality_manager, survey) -> None:
    rules(bounce_address="bounces@bank.example", reply_address="quality@bank.example")
    invite(quality_manager, survey, "anna@example.org")

    outbox.run_due(NOON)

    assert post.senders == ["bounces@bank.example"]
    assert post.taken[0]["Reply-To"] == "quality@bank.example"


def test_unknown_mailbox_is_never_written_to_again(post, quality_manager, survey) -> None:
    post.answers["gone@example.org"] = "550 5.1.1 no such mailbox"
    invite(quality_manager, survey, "gone@example.org")
    outbox.run_due(NOON)
    second = made_survey(title="Another")

    del post.answers["gone@example.org"]
    add = invite(quality_manager, second, "else@example.org", "gone@example.org")
    outbox.run_due(NOON + DAY)

    assert Recipient.objects.get(wave=wave_of(survey)).outcome == "bounced"
    assert "5.1.1 no such mailbox" in Recipient.objects.get(wave=wave_of(survey)).reason
    assert [one.address for one in add] == ["else@example.org"]
    assert post.addresses == ["else@example.org"]


def test_refusal_of_the_mail_itself_stops_no_address_for_ever(
    post, quality_manager, survey
) -> None:
    post.after_data = "554 5.7.1 looks like spam"
    invite(quality_manager, survey, "anna@example.org")

    outbox.run_due(NOON)

    assert outcomes() == {"anna@example.org": "refused"}
    assert not Suppression.objects.exists()


def test_mailbox_that_is_full_is_tried_again(post, quality_manager, survey) -> None:
    post.answers["anna@example.org"] = "452 4.2.2 mailbox full"
    invite(quality_manager, survey, "anna@example.org")

    outbox.run_due(NOON)
    meanwhile = Recipient.objects.get()
    post.answers.clear()
    outbox.run_due(NOON + timedelta(minutes=1))

    assert (meanwhile.outcome, meanwhile.reason) == ("queued", "452 4.2.2 mailbox full")
    assert post.addresses == ["anna@example.org"]
    assert Recipient.objects.get().reason == ""


def test_server_that_never_answers_ends_in_a_word_of_it(
    post, settings, quality_manager, survey
) -> None:
    settings.EMAIL_PORT = 1  # nobody listens there
    invite(quality_manager, survey, "anna@example.org")

    for _ in range(outbox.MOST_ATTEMPTS):
        outbox.run_due(Errand.objects.get().due_at)

    assert outcomes() == {"anna@example.org": "refused"}
    assert Errand.objects.get().parked_at is not None


def test_parked_invitation_goes_out_when_tried_again(
    post, settings, quality_manager, survey
) -> None:
    settings.EMAIL_PORT = 1
    invite(quality_manager, survey, "anna@example.org")
    for _ in range(outbox.MOST_ATTEMPTS):
        outbox.run_due(Errand.objects.get().due_at)

    settings.EMAIL_PORT = post.port
    outbox.try_again(errand_id=Errand.objects.get().id, at=NOON)
    outbox.run_due(NOON)

    assert outcomes() == {"anna@example.org": "sent"}


def test_error_that_administrators_see_names_no_address(post, quality_manager, survey) -> None:
    post.answers["anna@example.org"] = "450 4.2.1 anna@example.org is asleep"
    invite(quality_manager, survey, "anna@example.org")

    outbox.run_due(NOON)

    assert "anna" not in Errand.objects.get().last_error
    assert "anna" not in Recipient.objects.get().reason


def test_nothing_goes_out_in_quiet_hours_of_the_organisation(post, quality_manager, survey) -> None:
    Organisation.objects.update(time_zone="Asia/Ho_Chi_Minh")
    rules(quiet_from=time(20), quiet_until=time(8))
    evening = NOON.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).replace(hour=21, minute=0)
    invite(quality_manager, survey, "anna@example.org", at=evening)

    outbox.run_due(evening)
    during = list(post.addresses)
    outbox.run_due(evening.replace(hour=8) + DAY)

    assert during == []
    assert post.addresses == ["anna@example.org"]


@pytest.mark.parametrize(
    ("start", "end", "hour", "quiet"),
    [
        (20, 8, 19, False),
        (20, 8, 20, True),
        (20, 8, 7, True),
        (20, 8, 8, False),
        (12, 14, 13, True),
        (12, 14, 14, False),
        (9, 9, 9, False),
    ],
)
def test_quiet_hours_may_reach_over_midnight(office, start, end, hour, quiet) -> None:
    found = sending.end_of_quiet(
        rules(quiet_from=time(start), quiet_until=time(end)), AT.replace(hour=hour)
    )

    assert (found is not None) == quiet
    assert found is None or found.hour == end


def test_person_is_not_invited_twice_within_the_days_between(post, quality_manager, survey) -> None:
    rules(days_between=30)
    other = made_survey(title="Another")
    invite(quality_manager, survey, "anna@example.org")
    outbox.run_due(NOON)

    invite(quality_manager, other, "Anna@Example.org", at=NOON + 29 * DAY)
    outbox.run_due(NOON + 29 * DAY)
    held = Recipient.objects.get(wave=wave_of(other))
    campaigns.start(actor=None, wave=wave_of(other), at=NOON + 31 * DAY)
    outbox.run_due(NOON + 31 * DAY)

    assert (held.outcome, held.reason) == ("held-back", sending.TOO_SOON)
    assert post.addresses == ["anna@example.org", "Anna@Example.org"]


def test_retried_invitation_is_not_held_back_by_itself(post, quality_manager, survey) -> None:
    rules(days_between=30)
    post.answers["anna@example.org"] = "451 4.3.0 later"
    invite(quality_manager, survey, "anna@example.org")
    outbox.run_due(NOON)

    post.answers.clear()
    outbox.run_due(NOON + timedelta(minutes=1))

    assert outcomes() == {"anna@example.org": "sent"}


def test_who_opted_out_gets_nothing_from_any_survey(post, client, quality_manager, survey) -> None:
    [anna] = invite(quality_manager, survey, "anna@example.org")
    outbox.run_due(NOON)
    other = made_survey(title="Another")
    invite(quality_manager, other, "anna@example.org", "bea@example.org")
    link = f"/i/{invitation_token(anna.invitation_id)}/stop/"

    looked = client.get(link)
    before = Suppression.objects.count()
    clicked = client.post(link, {"List-Unsubscribe": "One-Click"})
    outbox.run_due(NOON + DAY)

    assert (looked.status_code, before, clicked.status_code) == (200, 0, 200)
    assert post.addresses == ["anna@example.org", "bea@example.org"]
    assert set(outcomes().values()) == {"opted-out", "sent"}


def test_opting_out_outlives_the_erasure_of_the_person(
    post, client, quality_manager, survey
) -> None:
    [anna] = invite(quality_manager, survey, "anna@example.org")
    client.post(f"/i/{invitation_token(anna.invitation_id)}/stop/")
    erased = erase_address(actor=quality_manager, address="Anna@example.org", at=NOON)
    assert erased == 1

    again = invite(quality_manager, survey, "anna@example.org", "bea@example.org")

    assert [one.address for one in again] == ["bea@example.org"]


def test_reminders_reach_only_who_has_not_answered(post, client, quality_manager, survey) -> None:
    campaigns.plan_reminders(actor=None, wave=wave_of(survey), days=[3, 7], at=NOON)
    anna, _bea = invite(quality_manager, survey, "anna@example.org", "bea@example.org")
    outbox.run_due(NOON)
    form = filled(survey, submission_id=str(submission_of(anna.invitation_id)))
    client.post(f"/i/{invitation_token(anna.invitation_id)}/", form)

    sent = []
    for day in (2, 3, 4, 7, 20):
        outbox.run_due(NOON + day * DAY)
        sent.append(post.addresses[2:])

    assert sent == [[], ["bea@example.org"], ["bea@example.org"], *[["bea@example.org"] * 2] * 2]


def test_reminders_planned_after_sending_still_come(post, quality_manager, survey) -> None:
    invite(quality_manager, survey, "anna@example.org")
    outbox.run_due(NOON)

    campaigns.plan_reminders(actor=None, wave=wave_of(survey), days=[5], at=NOON + DAY)
    outbox.run_due(NOON + 4 * DAY)
    early = len(post.taken)
    outbox.run_due(NOON + 5 * DAY)

    assert (early, len(post.taken)) == (1, 2)


def test_reminder_carries_the_same_link(post, quality_manager, survey) -> None:
    campaigns.plan_reminders(actor=None, wave=wave_of(survey), days=[3], at=NOON)
    [anna] = invite(quality_manager, survey, "anna@example.org")

    outbox.run_due(NOON)
    outbox.run_due(NOON + 3 * DAY)

    link = f"/i/{invitation_token(anna.invitation_id)}/"
    assert all(link in mail.get_body(("plain",)).get_content() for mail in post.taken)
    assert len({mail["Message-ID"] for mail in post.taken}) == 2


def test_stopped_mails_wait_on_the_list_and_go_out_once_later(
    post, quality_manager, survey
) -> None:
    invite(quality_manager, survey, "anna@example.org")
    campaigns.stop(actor=quality_manager, wave=wave_of(survey), at=NOON)

    outbox.run_due(NOON)
    stopped = (outcomes(), len(post.taken))
    campaigns.start(actor=quality_manager, wave=wave_of(survey), at=NOON + DAY)
    campaigns.start(actor=quality_manager, wave=wave_of(survey), at=NOON + DAY)
    outbox.run_due(NOON + DAY)

    assert stopped == ({"anna@example.org": "listed"}, 0)
    assert len(post.taken) == 1


def test_closed_wave_invites_nobody(post, quality_manager, survey) -> None:
    invite(quality_manager, survey, "anna@example.org")
    move_wave(actor=None, wave=wave_of(survey), verb="close", at=NOON)

    outbox.run_due(NOON)

    assert post.taken == []


def test_pace_is_kept(post, quality_manager, survey) -> None:
    rules(a_minute=2)
    invite(quality_manager, survey, *(f"p{n}@example.org" for n in range(5)))

    counted = []
    for minute in range(3):
        outbox.run_due(NOON + minute * timedelta(seconds=61))
        counted.append(len(post.taken))

    assert counted == [2, 4, 5]


def test_sent_invitations_count_as_asked(post, office, quality_manager, survey) -> None:
    invite(quality_manager, survey, "anna@example.org", "bea@example.org")

    outbox.run_due(NOON)

    assert Reach.objects.get(unit=None).all_asked == 2


def test_anonymous_invitation_that_was_used_gets_no_reminder(
    post, client, quality_manager, office
) -> None:
    rules(days_between=None)
    survey = made_survey(identification="anonymous")
    campaigns.plan_reminders(actor=None, wave=wave_of(survey), days=[3], at=NOON)
    anna, _bea = invite(quality_manager, survey, "anna@example.org", "bea@example.org")
    outbox.run_due(NOON)
    link = f"/i/{invitation_token(anna.invitation_id)}/"
    page = client.get(link).content.decode()
    names = re.findall(r'name="([a-z_]+)" value="([^"]*)"', page)
    used = client.post(link, dict(names))

    outbox.run_due(NOON + 3 * DAY)

    assert used.status_code in {200, 303}
    assert post.addresses[2:] == ["bea@example.org"]
    assert "anonymous" in post.taken[0].get_body(("plain",)).get_content()


def test_each_mail_leaves_a_line_in_the_log(post, quality_manager, survey) -> None:
    invite(quality_manager, survey, "anna@example.org", "bea@example.org")

    outbox.run_due(NOON)

    assert [one.outcome for one in Attempt.objects.all()] == ["done", "done"]
