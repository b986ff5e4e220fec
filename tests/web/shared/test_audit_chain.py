"""The audit chain betrays every row that was changed, taken out or put in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fivegaps.web.shared.audit import record, verify_chain
from fivegaps.web.shared.models import AuditHead, AuditRow

NOW = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def three_deeds(db) -> None:
    for subject in ("a", "b", "c"):
        record(actor=None, verb="opened", kind="unit", subject=subject, at=NOW)


def test_untouched_chain_is_whole(three_deeds) -> None:
    chain = verify_chain()

    assert (chain.rows, chain.is_whole) == (3, True)
    assert chain.head == AuditRow.objects.get(number=3).digest


def test_empty_chain_is_whole(db) -> None:
    assert verify_chain().is_whole


@pytest.mark.parametrize(
    ("field", "value"),
    [("actor", "somebody"), ("verb", "closed"), ("subject", "z"), ("kind", "survey")],
)
def test_changed_row_is_found(three_deeds, field: str, value: str) -> None:
    AuditRow.objects.filter(number=2).update(**{field: value})

    assert verify_chain().broken_at == 2


def test_changed_time_is_found(three_deeds) -> None:
    AuditRow.objects.filter(number=2).update(at=NOW.replace(microsecond=0))

    assert verify_chain().broken_at == 2


def test_missing_row_is_found(three_deeds) -> None:
    AuditRow.objects.filter(number=2).delete()

    assert verify_chain().broken_at == 2


def test_cut_tail_is_found_while_the_head_stands(three_deeds) -> None:
    AuditRow.objects.filter(number=3).delete()

    assert verify_chain().broken_at == 3


def test_row_put_in_by_hand_is_found(three_deeds) -> None:
    AuditRow.objects.create(
        number=4, at=NOW, actor="system", verb="x", kind="y", subject="z", digest="0" * 64
    )

    assert verify_chain().broken_at == 4


def test_tail_cut_together_with_the_head_is_not_found(three_deeds) -> None:
    """The limit that docs/office.md states: keep heads outside the database."""
    AuditRow.objects.filter(number=3).delete()
    second = AuditRow.objects.get(number=2)
    AuditHead.objects.update(number=2, digest=second.digest)

    assert verify_chain().is_whole
