"""Lists of the tests, and a mail server that takes, refuses or dawdles as it is told."""

from __future__ import annotations

import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default as modern

from aiosmtpd.controller import Controller
from survey_maker import AT

from fivegaps.web.collecting.lists import Row, read_pasted
from fivegaps.web.collecting.models import MailRules, Recipient
from fivegaps.web.collecting.services import campaigns, listing
from fivegaps.web.people.members import Member
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Survey, Wave

NOON = AT.replace(hour=12)


def wave_of(survey: Survey) -> Wave:
    """Return the present wave of a survey."""
    return selectors.waves_of(survey)[0]


def add_rows(actor: Member, survey: Survey, rows: list[Row]) -> listing.Trial:
    """Put rows on the list of a survey's present wave."""
    staged = listing.stage(actor=actor, survey=survey, name="list", rows=rows, at=NOON)
    return listing.add(actor=actor, staged=staged, wave=wave_of(survey), at=NOON)


def invite(actor: Member, survey: Survey, *addresses: str, at=NOON) -> list[Recipient]:
    """Put addresses on the list and have them invited."""
    add_rows(actor, survey, read_pasted("\n".join(addresses)))
    campaigns.start(actor=actor, wave=wave_of(survey), at=at)
    return list(Recipient.objects.filter(wave=wave_of(survey)).order_by("address"))


def rules(**changed: object) -> MailRules:
    """Set the rules of mails."""
    row, _made = MailRules.objects.update_or_create(id=1, defaults=changed)
    return row


class PostOffice:
    """A real mail server: what it took, and what it answers to whom."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.senders: list[str] = []
        self.answers: dict[str, str] = {}
        self.lock = threading.Lock()
        self.after_data = "250 taken"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: ARG002, N802 - its names
        answer = self.answers.get(address, "250 known")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: ARG002, N802 - its names
        if self.after_data.startswith("250"):
            with self.lock:
                message = email.message_from_bytes(envelope.content, policy=modern)
                self.taken.append(message)
                self.senders.append(envelope.mail_from)
        return self.after_data

    @property
    def addresses(self) -> list[str]:
        """Whom mails went to, in order."""
        return [str(message["To"]) for message in self.taken]


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open a mail server on this machine."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
