"""Whoever has the database with its whole log, free pages and backups joins nobody to an answer.

Thirty people come one after the other, and each answers at once: the easiest case for somebody
who joins by order. He has every byte that was ever written: the file is rebuilt as it was after
each commit of the log. What he lacks is the office's secret key, which is not in the database.
"""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from anonymous_maker import anonymous_survey
from django.db import connection
from survey_maker import AT

from fivegaps.web.people.models import Organisation
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Invitation, Wave
from fivegaps.web.surveys.services import anonymous
from fivegaps.web.surveys.services.programmes import move_wave
from fivegaps.web.surveys.sheet import Sheet
from fivegaps.web.surveys.ways import way_by

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, FEWEST = 30, 5
# A join by chance finds one of each group of five: 6 of 30. More than 18 happens once in 50,000.
MOST_BY_CHANCE = 18
HEADER, FRAME = 32, 24


@dataclass(frozen=True)
class Person:
    """Somebody who was invited, and what he answered: told apart by nobody but this test."""

    invitation: UUID
    codes: bytes
    secret: bytes


@dataclass(frozen=True)
class Seen:
    """What somebody finds who has all files: invitations and answers as they first showed."""

    invitations: list[set[str]]
    answers: list[set[bytes]]
    everything: bytes


def one_after_the_other(wave: Wave) -> list[Person]:
    """Let people redeem and answer, each before the next begins."""
    draw = random.Random(7)  # noqa: S311 - answers of a test
    length = len(selectors.fields_in(wave).items)
    people = []
    for _ in range(PEOPLE):
        invitation = Invitation.objects.create(wave=wave)
        way = way_by(invitation, wave.survey)
        right = anonymous.redeem(way=way, wave=wave, page=uuid4(), tells_unit=False)
        codes = bytes(draw.randrange(1, 8) for _ in range(length))
        anonymous.submit_anonymous(
            way=way, wave=wave, right=right, sheet=Sheet(codes, {}), lang="en", is_trial=False
        )
        people.append(Person(invitation.id, codes, right.secret))
    return people


def states(base: bytes, log: bytes) -> list[bytes]:
    """Return the database file as it was after each commit in its log."""
    size = struct.unpack(">I", log[8:12])[0]
    file, found = bytearray(base), []
    for start in range(HEADER, len(log) - FRAME - size + 1, FRAME + size):
        page, commit = struct.unpack(">II", log[start : start + 8])
        if log[start + 8 : start + 16] != log[16:24]:  # salts: frames of an older log
            break
        end = page * size
        file.extend(bytes(max(0, end - len(file))))
        file[end - size : end] = log[start + FRAME : start + FRAME + size]
        if commit:
            found.append(bytes(file[: commit * size]))
    return found


def rows(file: Path, sql: str) -> set[tuple]:
    opened = connection.Database.connect(f"file:{file}?immutable=1", uri=True)
    try:
        return set(opened.execute(sql).fetchall())
    finally:
        opened.close()


@pytest.fixture
def seen(tmp_path) -> tuple[list[Person], Seen]:
    """Thirty people, and everything that was ever written."""
    Organisation.objects.create(id=1, name="Baltic Service Bank")
    wave = selectors.waves_of(anonymous_survey(outcomes=[], points=False))[0]
    name = Path(str(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA wal_autocheckpoint=0")  # the log is kept whole
    base = name.read_bytes()
    people = one_after_the_other(wave)
    backup = tmp_path / "backup"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(backup)])
    held = [name.read_bytes(), Path(f"{name}-wal").read_bytes(), backup.read_bytes()]
    move_wave(actor=None, wave=Wave.objects.get(id=wave.id), verb="close", at=AT)
    log = Path(f"{name}-wal").read_bytes()
    invitations: list[set[str]] = []
    answers: list[set[bytes]] = []
    known_i: set[str] = set()
    known_a: set[bytes] = set()
    for state in states(base, log):
        copy = tmp_path / "state"
        copy.write_bytes(state)
        spent = {one for (one,) in rows(copy, "SELECT id FROM surveys_invitation WHERE is_spent")}
        told = {one for (one,) in rows(copy, "SELECT codes FROM surveys_answer_unordered")}
        invitations.append(spent - known_i)
        answers.append(told - known_a)
        known_i, known_a = known_i | spent, known_a | told
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint=1000")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held += [log, name.read_bytes()]
    return people, Seen(invitations, answers, b"".join(held))


def hits(people: list[Person], invitations: list[str], answers: list[bytes]) -> int:
    """Return how many are joined rightly when the first goes with the first, and so on."""
    true = {person.invitation.hex: person.codes for person in people}
    return sum(true[one] == codes for one, codes in zip(invitations, answers, strict=True))


def in_order(groups: list[set], key) -> list:
    return [one for group in groups for one in sorted(group, key=key)]


def test_each_group_that_shows_hides_five_or_more(seen) -> None:
    _, found = seen

    for groups in (found.invitations, found.answers):
        assert sum(len(group) for group in groups) == PEOPLE
        assert min(len(group) for group in groups if group) >= FEWEST


def test_order_of_the_log_joins_no_more_than_chance(seen) -> None:
    people, found = seen

    for key in (lambda one: one, lambda one: found.everything.find(raw(one))):
        invitations, answers = in_order(found.invitations, key), in_order(found.answers, key)
        assert hits(people, invitations, answers) <= MOST_BY_CHANCE


def test_place_in_the_file_joins_no_more_than_chance(seen) -> None:
    people, found = seen

    for end in (bytes.find, bytes.rfind):
        invitations = sorted(
            (person.invitation.hex for person in people),
            key=lambda one: end(found.everything, raw(one)),
        )
        answers = sorted(
            (person.codes for person in people), key=lambda one: end(found.everything, one)
        )
        assert hits(people, invitations, answers) <= MOST_BY_CHANCE


def test_answers_stand_in_no_order_of_arrival(seen) -> None:
    people, found = seen
    places = [found.everything.rfind(person.codes) for person in people]

    ranks = [sorted(places).index(place) for place in places]
    squares = sum((rank - arrival) ** 2 for arrival, rank in enumerate(ranks))
    rho = 1 - 6 * squares / (PEOPLE * (PEOPLE**2 - 1))

    assert abs(rho) < 0.75  # by chance once in 100,000


def test_no_right_to_answer_is_ever_written(seen) -> None:
    people, found = seen

    for person in people:
        assert person.secret not in found.everything
        assert person.secret.hex().encode() not in found.everything


def test_what_is_held_is_not_to_be_read_anywhere() -> None:
    Organisation.objects.create(id=1, name="Baltic Service Bank")
    wave = selectors.waves_of(anonymous_survey(outcomes=[], points=False))[0]
    invitation = Invitation.objects.create(wave=wave)
    way = way_by(invitation, wave.survey)
    right = anonymous.redeem(way=way, wave=wave, page=uuid4(), tells_unit=False)
    codes = bytes(range(1, 8)) * 6 + b"\1\2"
    sheet = Sheet(codes, {"remark": "the queue at the counter"})

    anonymous.submit_anonymous(
        way=way, wave=wave, right=right, sheet=sheet, lang="en", is_trial=False
    )

    name = str(connection.settings_dict["NAME"])
    everything = Path(name).read_bytes() + Path(f"{name}-wal").read_bytes()
    for written in (codes, codes.hex().encode(), b"queue at the counter"):
        assert written not in everything


def test_tables_of_anonymous_answers_keep_neither_order_nor_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name LIKE %s", ["surveys%unordered"])
        made = [sql for (sql,) in cursor.fetchall()]

    assert len(made) == 3
    assert all(sql.endswith("WITHOUT ROWID") for sql in made)
    assert not any(" datetime" in sql or " date " in sql for sql in made)


def raw(one: str | bytes) -> bytes:
    return one.encode() if isinstance(one, str) else one
