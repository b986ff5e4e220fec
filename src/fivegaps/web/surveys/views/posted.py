"""What a respondent's browser sent, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils import timezone

from fivegaps.web.surveys.consents import was_told
from fivegaps.web.surveys.floods import hold_off
from fivegaps.web.surveys.questionnaire import Fields
from fivegaps.web.surveys.selectors import LINK, Door
from fivegaps.web.surveys.sheet import Sheet, read_sheet
from fivegaps.web.surveys.strict import instant

# Fields of the form itself; everything else is an answer.
# Nobody sees the trap: who fills it in is a machine.
SUBMISSION, LANG, SHOWN, REVISION, STARTED, TRIAL, VERB, CONSENT, TRAP = (
    "submission_id",
    "lang",
    "show",
    "revision",
    "started",
    "trial",
    "do",
    "consent",
    "website",
)
OWN = frozenset({SUBMISSION, LANG, SHOWN, REVISION, STARTED, TRIAL, VERB, CONSENT, TRAP})
VERBS = frozenset({"send", "keep"})


class PostRefused(Exception):
    """The form itself is damaged: no person fills one in like that."""

    def __init__(self, status: int = 400) -> None:
        self.status = status
        super().__init__(f"answered {status}")


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it came. ``verb`` is send, keep, or show: the same in another language."""

    submission_id: UUID
    values: Mapping[str, str]
    lang: str
    revision: int
    is_trial: bool
    started: str
    verb: str
    consent: int | None = None
    is_trapped: bool = False

    @property
    def started_at(self) -> datetime | None:
        """When the form was opened, as the browser has it; None when it makes no sense."""
        return instant(self.started)

    def sheet(self, fields: Fields, *, named: bool, is_sent: bool = False) -> Sheet:
        """Return its answers to these fields; what is required must be answered to be sent.

        Raises:
            SheetRefused: Some cannot be taken.
        """
        return read_sheet(
            fields,
            self.values,
            named=named,
            submission_id=self.submission_id,
            is_sent=is_sent,
        )


def read_post(request: HttpRequest, door: Door) -> Posted:
    """Return the form that was sent through a link.

    Raises:
        PostRefused: It is too large, or lacks what every form has, or says a thing twice.
    """
    try:
        sent = dict(request.POST.lists())
    except RequestDataTooBig:
        raise PostRefused(413) from None
    if request.FILES or any(len(texts) != 1 for texts in sent.values()):
        raise PostRefused
    fields = {name: texts[0] for name, texts in sent.items()}
    shown = fields.get(SHOWN, "")
    lang = shown or fields.get(LANG, "")
    verb = "show" if shown else fields.get(VERB, "send")
    if lang not in door.languages or (verb != "show" and verb not in VERBS):
        raise PostRefused
    revision = fields.get(REVISION, "0")
    if not (revision.isascii() and revision.isdigit() and len(revision) <= 6):
        raise PostRefused
    submission_id = _uuid(fields.get(SUBMISSION, ""))
    if door.submission_id not in {None, submission_id}:
        raise PostRefused
    told = fields.get(CONSENT, "")
    if told and not (told.isascii() and told.isdigit() and len(told) <= 5):
        raise PostRefused
    consent = int(told) if told else None
    if consent is not None and not was_told(consent, door.survey):
        raise PostRefused
    return Posted(
        submission_id=submission_id,
        values={name: text for name, text in fields.items() if name not in OWN},
        lang=lang,
        revision=int(revision),
        is_trial=fields.get(TRIAL) == "1",
        started=fields.get(STARTED, ""),
        verb=verb,
        consent=consent,
        is_trapped=bool(fields.get(TRAP)),
    )


def hold_off_open(request: HttpRequest, found: Door, *, saves: bool) -> None:
    """Let a form pass unless its open link is flooded; an invitation is good for one anyway.

    Raises:
        Flooded: Too many forms came.
    """
    if found.entry == LINK and found.is_open:
        hold_off(request, found.token, saves=saves, at=timezone.now())


def now_text() -> str:
    """Return the present instant as a form carries it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _uuid(text: str) -> UUID:
    try:
        found = UUID(text) if len(text) == 36 else None
    except ValueError:
        found = None
    if found is None:
        raise PostRefused
    return found
