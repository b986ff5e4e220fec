"""Erasing a person and the waves whose time is over: rows, texts, bytes, and after a restore."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from fivegaps.web.collecting.addresses import address_key
from fivegaps.web.collecting.models import Recipient
from fivegaps.web.people.models import Organisation
from fivegaps.web.privacy import selectors
from fivegaps.web.privacy.services import erasing, retention
from fivegaps.web.shared import erasures
from fivegaps.web.shared.models import AuditRow
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.surveys import selectors as surveys
from fivegaps.web.surveys.models import Draft, Invitation, Link, Quarantine, Response, Survey, Wave
from fivegaps.web.surveys.refusals import OtherContent
from fivegaps.web.surveys.services.programmes import create_survey, move_wave
from fivegaps.web.surveys.services.submitting import save_draft, submit
from fivegaps.web.surveys.sheet import Sheet
from fivegaps.web.surveys.ways import Way, way_by, way_through

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ADDRESS = "anna@example.org"


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch) -> Path:
    file = tmp_path / "erasures.jsonl"
    monkeypatch.setattr(erasures, "erasures_file", lambda: file)
    return file


@pytest.fixture
def survey() -> Survey:
    Organisation.objects.get_or_create(id=1, defaults={"name": "Baltic Service Bank"})
    found = create_survey(
        actor=None,
        title="Yearly",
        pack="rater-22",
        profile="bank",
        identification="identified",
        languages=["en"],
        outcomes=[],
        points=False,
        wave="2026",
        at=AT,
    )
    move_wave(actor=None, wave=surveys.waves_of(found)[0], verb="open", at=AT)
    return found


def sheet(survey: Survey, point: int = 5, **other: str) -> Sheet:
    length = len(surveys.fields_in(surveys.waves_of(survey)[0]).items)
    return Sheet(bytes([point] * length), other)


def sent(survey: Survey, way: Way | None = None, **other: str) -> Response:
    return submit(
        way=way or way_through(Link.objects.get(survey=survey)),
        wave=surveys.waves_of(survey)[0],
        submission_id=uuid4(),
        sheet=sheet(survey, **other),
        lang="en",
        is_trial=False,
        started_at=None,
        at=AT,
    )


def listed(survey: Survey) -> Invitation:
    invitation = Invitation.objects.create(wave=surveys.waves_of(survey)[0])
    Recipient.objects.create(
        wave=invitation.wave,
        invitation=invitation,
        address=ADDRESS,
        address_key=address_key(ADDRESS),
        name="Anna",
        lang="en",
        added_at=AT,
    )
    return invitation


def test_receipt_finds_one_answer_however_it_is_typed(survey) -> None:
    response = sent(survey)
    sent(survey)

    typed = f" {response.receipt[:5].lower()} - {response.receipt[5:]} "

    assert selectors.found_by_receipt(typed).responses == (response.id,)


def test_address_leads_to_answer_draft_and_list(survey) -> None:
    invitation = listed(survey)
    response = sent(survey, way_by(invitation, survey))
    sent(survey)

    found = selectors.found_by_address("ANNA@example.org")
    erasing.erase_person(actor=None, found=found, at=AT)

    assert found.responses == (response.id,)
    assert Recipient.objects.count() == 0
    assert Response.objects.count() == 1
    assert Invitation.objects.get().is_spent


def test_name_leads_to_identified_answers_and_drafts(survey) -> None:
    response = sent(survey, contact="Anna Ozola, 2 Main Street")
    sent(survey, contact="Juris")

    assert selectors.found_by_contact("anna OZOLA").responses == (response.id,)
    assert selectors.found_by_contact("an").n == 0


def test_erasure_leaves_no_byte_of_what_was_said(survey) -> None:
    words = "they lost my papers twice and laughed"
    way = way_through(Link.objects.get(survey=survey))
    response = sent(survey, remark=words, contact="Anna Ozola")
    with pytest.raises(OtherContent):
        submit(
            way=way,
            wave=response.wave,
            submission_id=response.submission_id,
            sheet=sheet(survey, 3, remark=words),
            lang="en",
            is_trial=False,
            started_at=None,
            at=AT,
        )
    save_draft(
        way=way,
        wave=response.wave,
        submission_id=uuid4(),
        revision=0,
        sheet=sheet(survey, remark=words, contact="Anna Ozola"),
        lang="en",
        is_trial=False,
        started_at=None,
        at=AT,
    )

    n = erasing.erase_person(actor=None, found=selectors.found_by_contact("Ozola"), at=AT)

    assert n == 2
    assert (Response.objects.count(), Draft.objects.count(), Quarantine.objects.count()) == (
        0,
        0,
        0,
    )
    assert not any(part in everything() for part in (words.encode(), b"Ozola"))


def everything() -> bytes:
    """Return every byte of the database's files; of PostgreSQL, whose files are not ours, none."""
    if connection.vendor != "sqlite":
        return b""
    name = str(connection.settings_dict["NAME"])
    log = Path(f"{name}-wal")
    return Path(name).read_bytes() + (log.read_bytes() if log.exists() else b"")


def test_log_names_nobody_who_was_erased(survey) -> None:
    sent(survey, contact="Anna Ozola")

    erasing.erase_person(actor=None, found=selectors.found_by_contact("Ozola"), at=AT)

    row = AuditRow.objects.get(verb="erased")
    assert (row.kind, row.subject) == ("person", "1")


def test_what_a_restore_brings_back_is_erased_again(survey, own_file) -> None:
    response = sent(survey, contact="Anna Ozola")
    erasing.erase_person(actor=None, found=selectors.found_by_contact("Ozola"), at=AT)
    response.save(force_insert=True)  # as an older backup has it

    n, unknown = erasures.replay(erasures.read_erasures(own_file), at=AT)

    assert (n, unknown) == (1, frozenset())
    assert Response.objects.count() == 0


def test_answers_go_when_their_time_is_over_and_their_number_stays(
    survey, django_user_model
) -> None:
    for _ in range(3):
        sent(survey, remark="slow")
    wave = surveys.waves_of(survey)[0]
    move_wave(actor=None, wave=wave, verb="close", at=AT)
    retention.set_retention(actor=None, survey=survey, months=6, at=AT)

    early = retention.erase_expired(at=AT + timedelta(days=180))
    late = retention.erase_expired(at=AT + timedelta(days=190))

    assert (early, late) == (0, 1)
    assert Response.objects.count() == 0
    assert surveys.answered_in(Wave.objects.get(id=wave.id)) == 3
    assert retention.erase_expired(at=AT + timedelta(days=400)) == 0


def test_waves_without_a_limit_keep_their_answers(survey) -> None:
    sent(survey)
    move_wave(actor=None, wave=surveys.waves_of(survey)[0], verb="close", at=AT)

    assert retention.erase_expired(at=AT + timedelta(days=9000)) == 0
    assert Response.objects.count() == 1


def test_worker_looks_each_day(survey) -> None:
    sent(survey)
    move_wave(actor=None, wave=surveys.waves_of(survey)[0], verb="close", at=AT)
    retention.set_retention(actor=None, survey=survey, months=1, at=AT)
    retention.plan_daily(at=AT)

    for day in range(1, 33):
        outbox.run_due(AT + timedelta(days=day))

    assert Response.objects.count() == 0


def test_month_after_the_31st_ends_with_its_last_day() -> None:
    assert retention.months_after(datetime(2026, 1, 31, tzinfo=UTC), 1).day == 28
