"""Errands: leased, done once, tried again later, parked in the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fivegaps.web.shared.outbox import kinds, services
from fivegaps.web.shared.outbox.kinds import Kind, Later
from fivegaps.web.shared.outbox.models import Attempt, Errand

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Desk:
    """A kind that notes what it was asked to do."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.given_up: list[str] = []
        self.error: Exception | None = None
        self.pace = 1000

    def run(self, task) -> None:
        if self.error is not None:
            raise self.error
        self.done.append(task.payload["name"])

    def give_up(self, payload, why) -> None:
        self.given_up.append(f"{payload['name']}: {why}")


@pytest.fixture
def desk(monkeypatch) -> Desk:
    own = Desk()
    kind = Kind("note", run=own.run, give_up=own.give_up, pace=lambda: own.pace)
    monkeypatch.setattr(kinds, "_kinds", {"note": kind})
    return own


def put(name: str, due_at: datetime = AT, key: str | None = None) -> None:
    services.put(kind="note", payload={"name": name}, due_at=due_at, at=AT, key=key)


def test_errand_is_done_once_and_only_when_due(desk) -> None:
    put("now")
    put("later", AT + MINUTE)

    services.run_due(AT)
    services.run_due(AT)

    assert desk.done == ["now"]


def test_key_puts_an_errand_down_once_with_its_latest_time(desk) -> None:
    put("first", key="one")
    put("second", AT + MINUTE, key="one")

    services.run_due(AT)
    services.run_due(AT + MINUTE)

    assert desk.done == ["first"]
    assert Errand.objects.get().done_at == AT + MINUTE


def test_failed_errand_waits_twice_as_long_each_time(desk) -> None:
    desk.error = OSError("the server is away")
    put("letter")

    services.run_due(AT)
    first = Errand.objects.get().due_at
    services.run_due(first)

    assert first - AT == timedelta(seconds=30)
    assert Errand.objects.get().due_at - first == timedelta(seconds=60)
    assert Errand.objects.get().last_error == "OSError: the server is away"


def test_errand_that_fails_eight_times_is_parked_and_its_kind_told(desk) -> None:
    desk.error = OSError("never")
    put("letter")

    for _ in range(12):
        services.run_due(Errand.objects.get().due_at)

    errand = Errand.objects.get()
    assert (errand.attempts, errand.parked_at is None) == (services.MOST_ATTEMPTS, False)
    assert desk.given_up == ["letter: OSError: never"]


def test_parked_errand_is_done_when_taken_up_again(desk) -> None:
    desk.error = OSError("never")
    put("letter")
    for _ in range(8):
        services.run_due(Errand.objects.get().due_at)
    desk.error = None

    services.try_again(errand_id=Errand.objects.get().id, at=AT)
    services.run_due(AT)

    assert desk.done == ["letter"]


def test_errand_that_kills_its_worker_each_time_is_parked(desk) -> None:
    put("poison")
    Errand.objects.update(attempts=services.MOST_ATTEMPTS)

    services.run_due(AT)

    assert desk.done == []
    assert Errand.objects.get().parked_at == AT
    assert len(desk.given_up) == 1


def test_one_that_fails_does_not_stop_the_others(desk) -> None:
    services.put(kind="unknown", payload={}, due_at=AT - MINUTE, at=AT)
    put("fine")

    services.run_due(AT)

    assert desk.done == ["fine"]


def test_postponed_errand_counts_no_attempt(desk) -> None:
    put("letter")
    desk.error = Later(AT + MINUTE)

    services.run_due(AT)

    errand = Errand.objects.get()
    assert (errand.attempts, errand.due_at) == (0, AT + MINUTE)
    assert not Attempt.objects.exists()


def test_leased_errand_is_left_alone_until_its_lease_runs_out(desk) -> None:
    put("letter")
    taken = services.take(at=AT)

    meanwhile = services.take(at=AT + MINUTE)
    afterwards = services.take(at=AT + services.LEASE + MINUTE)

    assert len(taken) == len(afterwards) == 1
    assert meanwhile == []


def test_worker_that_lost_its_lease_does_nothing(desk) -> None:
    put("letter")
    [(id_, lost)] = services.take(at=AT)
    services.take(at=AT + services.LEASE + MINUTE)

    begun = services.run(errand_id=id_, lease=lost, at=AT + services.LEASE + MINUTE)

    assert not begun
    assert desk.done == []


def test_attempt_that_was_broken_off_stays_without_end(desk) -> None:
    put("letter")
    desk.error = KeyboardInterrupt()  # as near to a killed process as a test comes
    with pytest.raises(KeyboardInterrupt):
        services.run_due(AT)
    desk.error = None

    services.run_due(AT + services.LEASE + MINUTE)

    assert [one.outcome for one in Attempt.objects.order_by("begun_at")] == ["", "done"]


def test_pace_holds_over_a_minute(desk) -> None:
    desk.pace = 3
    for number in range(5):
        put(str(number))

    begun = [services.run_due(AT + seconds * timedelta(seconds=1)) for seconds in (0, 30, 61)]

    assert begun == [3, 0, 2]


def test_what_is_settled_is_undone_when_the_end_cannot_be_written(desk, monkeypatch) -> None:
    def settle() -> None:
        put("follows")
        raise OSError("the disk is full")

    monkeypatch.setattr(kinds, "_kinds", {"note": Kind("note", run=lambda _: settle)})
    put("letter")

    services.run_due(AT)

    errand = Errand.objects.get()
    assert errand.done_at is None
    assert errand.last_error == "OSError: the disk is full"


def test_worker_told_to_stop_gives_back_what_it_has_not_begun(desk) -> None:
    for name in ("first", "second"):
        put(name)

    services.work(is_over=lambda: bool(desk.done), rest=lambda _: None, clock=lambda: AT)

    assert desk.done == ["first"]
    assert len(services.take(at=AT)) == 1


def test_sweep_throws_away_what_was_done_long_ago(desk) -> None:
    put("old")
    services.run_due(AT)
    put("waiting", AT)

    assert services.sweep(at=AT + services.KEPT + MINUTE) == 1
    assert [one.payload["name"] for one in Errand.objects.all()] == ["waiting"]
