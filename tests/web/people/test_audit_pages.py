"""The audit log on a page and as a file, and its head outside of the database."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core import mail
from django.urls import reverse

from fivegaps.web.config import doctor
from fivegaps.web.people import audit_log
from fivegaps.web.people.rights import Role
from fivegaps.web.people.services.audit_heads import plan_head
from fivegaps.web.shared import audit, audit_heads
from fivegaps.web.shared.models import AuditHead, AuditRow
from fivegaps.web.shared.outbox import services as outbox

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.postgres


@pytest.fixture
def auditor(office):
    return office.member(Role.AUDITOR)


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    settings.ENVIRONMENT = SimpleNamespace(home=tmp_path)
    return tmp_path


def deeds(n: int, **changed: object) -> None:
    for number in range(n):
        told = {"actor": None, "verb": "opened", "kind": "unit", "subject": number, "at": NOW}
        audit.record(**{**told, **changed})


def test_page_tells_that_the_chain_is_whole_and_its_head(auditor, as_member) -> None:
    page = as_member(auditor).get(reverse("audit")).content.decode()

    assert "none was changed" in page
    assert AuditHead.objects.get().digest in page


def test_page_tells_where_the_chain_is_broken(auditor, as_member) -> None:
    AuditRow.objects.filter(number=2).update(verb="forged")

    page = as_member(auditor).get(reverse("audit")).content.decode()

    assert "broken at deed 2" in page


def test_filters_narrow_the_deeds(charlie, auditor, as_member) -> None:
    deeds(2, actor=charlie, verb="painted", kind="wall", at=NOW - timedelta(days=3))
    deeds(1, actor=charlie, verb="painted", kind="door")

    asked = {"actor": str(charlie.user_id), "verb": "painted", "kind": "wall"}
    page = as_member(auditor).get(reverse("audit"), asked).content.decode()
    period = {"verb": "painted", "since": "2026-03-02", "until": "2026-03-02"}
    one_day = as_member(auditor).get(reverse("audit"), period).content.decode()

    assert (page.count("wall 0"), page.count("wall 1"), page.count("door 0")) == (1, 1, 0)
    assert (one_day.count("wall 0"), one_day.count("door 0")) == (0, 1)


def test_pages_follow_one_another_without_gap_or_repetition(office) -> None:
    deeds(2 * audit_log.PAGE)
    wanted, before, seen = audit_log.Wanted(), None, []

    while True:
        leaf = audit_log.leaf(wanted, before=before)
        seen += [deed.number for deed in leaf.deeds]
        if (before := leaf.older) is None:
            break

    assert seen == list(range(AuditRow.objects.count(), 0, -1))


@pytest.mark.parametrize(
    "asked",
    [{"before": "x"}, {"before": "9" * 40}, {"since": "2026-99-99"}, {"actor": "nobody"},
     {"until": "9999-12-31"}, {"kind": "\x00"}],
)  # fmt: skip
def test_questions_that_make_no_sense_are_answered(auditor, as_member, asked) -> None:
    assert as_member(auditor).get(reverse("audit"), asked).status_code == 200


def test_file_holds_what_was_asked_for_and_taking_it_is_a_deed(auditor, as_member) -> None:
    deeds(3, verb="painted")

    answer = as_member(auditor).get(reverse("audit_file"), {"verb": "painted"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))

    assert [row["verb"] for row in rows] == ["painted"] * 3
    assert AuditRow.objects.order_by("-number")[0].kind == "audit-log"


def test_head_goes_to_the_file_and_to_the_auditors_every_day(auditor, home: Path) -> None:
    plan_head(at=NOW)

    for day in (3, 4):
        outbox.run_due(datetime(2026, 3, day, 0, 5, tzinfo=UTC))

    heads = audit_heads.kept_heads(home)
    assert [head.at for head in heads] == ["2026-03-03T00:05:00Z", "2026-03-04T00:05:00Z"]
    assert {one.to[0] for one in mail.outbox} == {auditor.email}
    assert len(mail.outbox) == 2
    assert heads[0].digest in mail.outbox[0].body


def test_planning_twice_sends_once(auditor, home: Path) -> None:
    plan_head(at=NOW)
    plan_head(at=NOW + timedelta(hours=1))

    outbox.run_due(datetime(2026, 3, 3, 0, 5, tzinfo=UTC))

    assert len(mail.outbox) == 1


def test_a_tail_cut_with_its_head_is_found_by_the_file(office, home: Path) -> None:
    deeds(3)
    audit_heads.keep_head(home, at=NOW)
    number = AuditHead.objects.get().number
    before = AuditRow.objects.get(number=number - 1)
    AuditRow.objects.filter(number=number).delete()
    AuditHead.objects.update(number=before.number, digest=before.digest)

    sign = doctor.examine_audit(SimpleNamespace(home=home))

    assert audit.verify_chain().is_whole
    assert (sign.state, f"deed {number}" in sign.found) == ("bad", True)


def test_a_log_that_grew_on_fits_its_kept_heads(office, home: Path) -> None:
    deeds(2)
    audit_heads.keep_head(home, at=NOW)
    deeds(2)

    assert doctor.examine_audit(SimpleNamespace(home=home)).state == "good"


def test_a_file_with_strange_lines_is_read_all_the_same(office, home: Path) -> None:
    (home / audit_heads.FILE).write_bytes(b"rubbish\n\xff\xfe\n\n")

    assert audit_heads.kept_heads(home) == ()


def test_period_ends_with_its_last_day(office) -> None:
    deeds(1, verb="late", at=datetime(2026, 3, 2, 23, 59, tzinfo=UTC))

    wanted = audit_log.Wanted(verb="late", since=date(2026, 3, 2), until=date(2026, 3, 2))

    assert audit_log.deeds(wanted).count() == 1
