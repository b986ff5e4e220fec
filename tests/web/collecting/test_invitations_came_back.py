"""Mails that came back: reports of mail servers mark addresses, forged ones do not."""

from __future__ import annotations

import mailbox
from email import message_from_string
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core import mail
from invitations_maker import NOON, invite, rules
from survey_maker import made_survey

from fivegaps.cli.bounces import command
from fivegaps.errors import FileRefused
from fivegaps.web.collecting.models import Recipient, Suppression
from fivegaps.web.collecting.reports import read_reports
from fivegaps.web.collecting.services.bouncing import take_reports
from fivegaps.web.shared.outbox import services as outbox

pytestmark = pytest.mark.django_db
REPORT = """\
From: MAILER-DAEMON@mx.example
To: bounces@bank.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your mail.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 2 Mar 2026 12:00:00 +0000

Final-Recipient: rfc822; anna@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 <anna@example.org>: no such user

--b
Content-Type: {kind}

Message-ID: {id}
Subject: Bank asks for your opinion

text
--b--
"""


@pytest.fixture
def anna(office, quality_manager) -> Recipient:
    rules(days_between=None)
    [row] = invite(quality_manager, made_survey(), "anna@example.org")
    outbox.run_due(NOON)
    return row


def report(action="failed", status="5.1.1", kind="message/rfc822", message_id=None) -> str:
    own = mail.outbox[0].extra_headers["Message-ID"]
    return REPORT.format(action=action, status=status, kind=kind, id=message_id or own)


def take(tmp_path: Path, text: str):
    path = tmp_path / "bounce.eml"
    path.write_text(text, encoding="utf-8")
    return take_reports(reports=read_reports(path), at=NOON)


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_unknown_mailbox_is_marked_for_ever(anna, tmp_path, kind) -> None:
    taken = take(tmp_path, report(kind=kind))

    anna.refresh_from_db()
    assert (taken.mails, taken.final) == (1, 1)
    assert anna.outcome == "bounced"
    assert anna.reason == "5.1.1 550 <…>: no such user"
    assert Suppression.objects.get().reason == "bounced"


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("failed", "5.2.2")]
)
def test_passing_failure_is_noted_and_stops_nothing(anna, tmp_path, action, status) -> None:
    taken = take(tmp_path, report(action=action, status=status))

    anna.refresh_from_db()
    assert taken.passing == 1
    assert (anna.outcome, anna.reason.split()[0]) == ("sent", status)
    assert not Suppression.objects.exists()


def test_report_read_twice_changes_nothing_more(anna, tmp_path) -> None:
    take(tmp_path, report())
    first = Recipient.objects.values().get()

    take(tmp_path, report())

    assert Recipient.objects.values().get() == first
    assert Suppression.objects.count() == 1


def test_forged_report_silences_nobody(anna, tmp_path) -> None:
    forged = report(message_id="<00000000-0000-0000-0000-000000000000.0@bank.example>")

    taken = take(tmp_path, forged)

    assert taken.foreign == 1
    assert not Suppression.objects.exists()


def test_box_of_mails_is_read_whole(anna, tmp_path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    box.add(message_from_string("Subject: out of office\n\nBack on Monday\n"))
    box.add(message_from_string(report()))
    box.add(message_from_string(report(action="relayed")))
    box.close()

    taken = take_reports(reports=read_reports(tmp_path / "box"), at=NOON)

    assert (taken.mails, taken.final, taken.other) == (3, 1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Content-Type: message/delivery-status\n\nnonsense\n",
        "Content-Type: message/delivery-status\n\n\x00\x00\n\nAction: failed\n\n",
        "Subject: =?utf-8?q?=FF?=\nContent-Type: multipart/mixed\n\n",
        REPORT.format(action="failed", status="", kind="message/rfc822", id="<>"),
    ],
)
def test_damaged_mail_is_no_fault_of_ours(office, tmp_path, text) -> None:
    assert take(tmp_path, text).mails == 1


def test_file_without_mail_is_refused(tmp_path) -> None:
    path = tmp_path / "empty.eml"
    path.write_text("")

    with pytest.raises(FileRefused, match="holds no mail"):
        list(read_reports(path))


def test_command_tells_what_it_took(anna, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("fivegaps.web.config.running.begin", lambda: None)
    path = tmp_path / "bounce.eml"
    path.write_text(report())

    ended = CliRunner().invoke(command, [str(path)])

    assert ended.exit_code == 0, ended.output
    assert ended.output.startswith("1 mails: 1 addresses do not exist")
