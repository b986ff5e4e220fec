"""Take a filled-in form: exactly once, whatever the network does."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from fivegaps.web.surveys.models import (
    Draft,
    Identification,
    Invitation,
    Quarantine,
    Response,
    State,
    Suspicion,
    Wave,
)
from fivegaps.web.surveys.refusals import (
    AlreadySent,
    NotOpen,
    OtherContent,
    PromisedAnonymous,
    SavedElsewhere,
)
from fivegaps.web.surveys.sheet import Sheet
from fivegaps.web.surveys.ways import Way

# Without 0, 1, I, L, O, U: a receipt is read out on the phone and copied by hand.
RECEIPT_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_LENGTH = 10


def submit(
    *,
    way: Way,
    wave: Wave,
    submission_id: UUID,
    sheet: Sheet,
    lang: str,
    is_trial: bool,
    started_at: datetime | None,
    consent: int | None = None,
    at: datetime,
    beside: str = "",
    suspicion: str = "",
) -> Response:
    """Record a form and return it with its receipt; sent again, return what was recorded.

    The row and the end of its draft are one transaction; nothing is answered before it is
    committed. The unique pair of survey and submission decides between simultaneous sends.
    ``is_trial`` marks a form that was opened during the trial, though it comes later.
    ``consent`` is the number of the consent text that was shown.
    ``beside`` is what the sender says beside the answers: saying otherwise is other content.
    ``suspicion`` is why it looks like a machine's; it is taken and marked.

    Raises:
        NotOpen: The wave closed, its quota is full, or the link was closed or is spent.
        OtherContent: Another form was recorded under this id; this one was set aside.
        PromisedAnonymous: The wave is anonymous (see :mod:`.anonymous`).
    """
    _keep_promise(wave)
    body = sheet.sha256(lang, beside)
    response = Response(
        submission_id=submission_id,
        survey_id=way.survey_id,
        wave=wave,
        source=way.source,
        link_id=way.link_id,
        unit_id=way.unit_id,
        channel_id=way.channel_id,
        touchpoint_id=way.touchpoint_id,
        employee_id=way.employee_id,
        consent=consent,
        lang=lang,
        codes=sheet.codes,
        other=dict(sheet.other),
        is_test=is_trial or wave.state == State.PILOT,
        started_at=started_at,
        body_sha256=body,
        receipt="".join(secrets.choice(RECEIPT_SIGNS) for _ in range(RECEIPT_LENGTH)),
        submitted_at=at,
    )
    try:
        with transaction.atomic():
            hold_open(way, wave)
            _hold_form(submission_id)
            response.save(force_insert=True)
            _spend_invitation(way, response)
            if suspicion:
                Suspicion.objects.create(response=response, reason=suspicion)
            Draft.objects.filter(survey_id=way.survey_id, submission_id=submission_id).delete()
    except (IntegrityError, NotOpen):
        # A form that was recorded keeps its receipt after the end of the wave too.
        rows = Response.objects.filter(survey_id=way.survey_id, submission_id=submission_id)
        first = rows.first()
        if first is None:
            raise
        if first.body_sha256 != body:
            _set_aside(first, sheet, body, at)
            raise OtherContent(first.receipt) from None
        return first
    return response


@transaction.atomic
def save_draft(
    *,
    way: Way,
    wave: Wave,
    submission_id: UUID,
    revision: int,
    sheet: Sheet,
    lang: str,
    is_trial: bool,
    started_at: datetime | None,
    consent: int | None = None,
    at: datetime,
) -> Draft:
    """Keep what was answered so far and return it; ``revision`` is the last one seen, 0 at first.

    Raises:
        NotOpen: The wave or the link takes no answers.
        AlreadySent: The form was sent.
        SavedElsewhere: Another device saved since.
        PromisedAnonymous: The wave is anonymous: nothing is kept on the way.
    """
    _keep_promise(wave)
    hold_open(way, wave, spend=False)
    _hold_form(submission_id)
    first = Response.objects.filter(survey_id=way.survey_id, submission_id=submission_id).first()
    if first is not None:
        raise AlreadySent(first.receipt)
    if way.invitation_id is not None and not _unspent(way.invitation_id).exists():
        raise NotOpen
    rows = Draft.objects.filter(survey_id=way.survey_id, submission_id=submission_id)
    changed = rows.filter(revision=revision).update(
        codes=sheet.codes,
        other=dict(sheet.other),
        lang=lang,
        saved_at=at,
        revision=F("revision") + 1,
    )
    draft = rows.first()
    if draft is None:
        draft = Draft(
            submission_id=submission_id,
            survey_id=way.survey_id,
            wave=wave,
            source=way.source,
            link_id=way.link_id,
            unit_id=way.unit_id,
            channel_id=way.channel_id,
            touchpoint_id=way.touchpoint_id,
            employee_id=way.employee_id,
            consent=consent,
            lang=lang,
            codes=sheet.codes,
            other=dict(sheet.other),
            is_test=is_trial or wave.state == State.PILOT,
            started_at=started_at,
            saved_at=at,
        )
        try:
            with transaction.atomic():
                draft.save(force_insert=True)
        except IntegrityError:
            raise SavedElsewhere(rows.get().revision) from None
    elif not changed:
        raise SavedElsewhere(draft.revision)
    return draft


def _keep_promise(wave: Wave) -> None:
    if wave.survey.identification == Identification.ANONYMOUS:
        raise PromisedAnonymous


def hold_open(way: Way, wave: Wave, *, spend: bool = True) -> None:
    """Make sure that the wave takes answers until this transaction ends; spend its quota.

    Raises:
        NotOpen: It takes none.
    """
    rows = Wave.objects.filter(id=wave.id, state=wave.state)
    if way.is_closed or wave.state not in {State.PILOT, State.OPEN}:
        raise NotOpen
    if wave.closes_at is not None and wave.closes_at <= timezone.now():
        raise NotOpen
    if spend and wave.quota is not None:
        free = rows.filter(accepted__lt=F("quota"))
        if not free.update(accepted=F("accepted") + 1):
            raise NotOpen
    elif connection.vendor == "postgresql":
        # A shared lock: forms do not wait for one another, closing waits for them.
        sql = "SELECT id FROM surveys_wave WHERE id = %s AND state = %s FOR SHARE"
        if not list(Wave.objects.raw(sql, [wave.id, wave.state])):
            raise NotOpen
    elif not rows.exists():
        raise NotOpen


def _hold_form(submission_id: UUID) -> None:
    """Let the saves and the send of one form wait for one another until the transaction ends.

    A save that is under way must not outlive the send; on SQLite writers take turns anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [submission_id.int >> 65])


def _unspent(invitation_id: UUID) -> QuerySet[Invitation]:
    return Invitation.objects.filter(id=invitation_id, is_spent=False)


def _spend_invitation(way: Way, response: Response) -> None:
    """Spend the single right to answer, in the transaction that records the answer."""
    if way.invitation_id is None:
        return
    told = {"is_spent": True, "spent_at": response.submitted_at, "response": response}
    if not _unspent(way.invitation_id).update(**told):
        raise NotOpen


def _set_aside(first: Response, sheet: Sheet, body: str, at: datetime) -> None:
    Quarantine.objects.get_or_create(
        response=first,
        body_sha256=body,
        defaults={"codes": sheet.codes, "other": dict(sheet.other), "received_at": at},
    )
