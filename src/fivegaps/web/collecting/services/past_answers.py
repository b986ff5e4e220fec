"""Past answers as a wave: a file is staged, tried, then applied whole or not at all."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.errors import Fault
from fivegaps.io.atomic import atomic_file
from fivegaps.web.collecting.models import PastWave, StagedAnswers
from fivegaps.web.collecting.past_answers import EARLIEST, PastFile, PastRow
from fivegaps.web.people.members import Member
from fivegaps.web.people.models import Channel, Unit
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy
from fivegaps.web.surveys.models import (
    Identification,
    InstrumentVersion,
    Response,
    Source,
    State,
    Survey,
    Wave,
)
from fivegaps.web.surveys.questionnaire import read_frozen
from fivegaps.web.surveys.services.submitting import RECEIPT_LENGTH, RECEIPT_SIGNS

NOON = time(12, tzinfo=UTC)
A_BATCH = 2000
# Row numbers stand in front of the ids, so that stored answers keep the order of their file:
# the bootstrap draws neighbours together, and then tells the same of both.
ORDER_BITS = 80


@dataclass(frozen=True, slots=True)
class PastTrial:
    """What a file does: rows read = new + known + faulty. ``unknown`` are places by word."""

    read: int
    new: int
    known: int
    faulty: int
    faults: tuple[Fault, ...]
    more_faults: int
    unknown_units: tuple[tuple[str, int], ...]
    unknown_channels: tuple[tuple[str, int], ...]

    @property
    def is_good(self) -> bool:
        """Whether it can be applied, and would do anything."""
        return not self.faults and bool(self.new)


def staged_path(staged: StagedAnswers) -> Path:
    """Return where a staged file lies."""
    suffix = Path(staged.file_name).suffix.lower()
    kept = suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= 8 else ""
    return Path(settings.ENVIRONMENT.home) / "staged" / f"{staged.id}{kept}"


@transaction.atomic
def stage_answers(
    *,
    actor: Member,
    survey: Survey,
    wave_name: str,
    ended_on: date,
    columns: Mapping[str, str],
    file_name: str,
    file: BinaryIO,
    at: datetime,
) -> StagedAnswers:
    """Keep a file until it is applied; former ones of this person go.

    Raises:
        ValidationError: The survey is anonymous, or a wave of that name has other answers.
    """
    if survey.identification == Identification.ANONYMOUS:
        raise ValidationError(
            _("This survey is anonymous, and a file is not. Make a survey for past answers.")
        )
    if ended_on > at.date():
        raise ValidationError({"ended_on": _("This day is still to come.")})
    if ended_on < EARLIEST:
        raise ValidationError({"ended_on": _("Write days as 2026-07-31.")})
    name = tidy(wave_name)
    named = Wave.objects.filter(survey=survey, name=name)
    if named.exclude(id__in=PastWave.objects.values("wave_id")).exists():
        raise ValidationError(
            {"wave_name": _("A wave of this name was asked here. Choose another name.")}
        )
    discard_staged(StagedAnswers.objects.filter(user_id=actor.user_id))
    staged = StagedAnswers(
        user_id=actor.user_id,
        survey=survey,
        wave_name=name,
        file_name=file_name[-200:],
        columns=dict(columns),
        ended_on=ended_on,
        created_at=at,
    )
    staged.full_clean(exclude=["columns"])  # there may be none
    staged.save(force_insert=True)
    with atomic_file(staged_path(staged)) as path, path.open("wb") as target:
        shutil.copyfileobj(file, target)
    return staged


def discard_staged(rows: Iterable[StagedAnswers]) -> None:
    """Throw staged files away."""
    for one in list(rows):
        staged_path(one).unlink(missing_ok=True)
        one.delete()


def try_answers(*, staged: StagedAnswers) -> PastTrial:
    """Return what a staged file would do, with every fault; changes nothing.

    Raises:
        FileRefused: It is no table of answers to this questionnaire.
        InstrumentRefused: It lacks columns of the questionnaire.
    """
    wave = _past_wave(staged)
    run = _Run(staged, wave or Wave(id=_wave_id(staged), survey=staged.survey))
    for _row in run.new_rows():
        pass
    return run.trial()


@transaction.atomic
def apply_answers(*, actor: Member, staged: StagedAnswers, at: datetime) -> PastTrial:
    """Store every row of a staged file, or none.

    Raises:
        FileRefused: It is no table of answers to this questionnaire.
        ValidationError: A row does not fit (any more); nothing was stored.
    """
    wave = _past_wave(staged)
    if wave is None:
        versions = InstrumentVersion.objects.filter(survey=staged.survey)
        ended = datetime.combine(staged.ended_on, NOON)
        wave = Wave(
            id=_wave_id(staged),
            survey=staged.survey,
            version=versions.order_by("-number")[0],
            name=staged.wave_name,
            state=State.CLOSED,
            opened_at=ended,
            closed_at=ended,
        )
        wave.full_clean()
        wave.save(force_insert=True)
        audit.record(actor=actor, verb="added", kind="wave", subject=wave.id, at=at)
    run = _Run(staged, wave)
    responses = map(run.response, run.new_rows())
    while batch := list(islice(responses, A_BATCH)):
        Response.objects.bulk_create(batch)
    trial = run.trial()
    if trial.faults:
        raise ValidationError(_("The file does not fit any more; nothing was stored."))
    PastWave.objects.update_or_create(
        wave=wave,
        defaults={
            "file_name": staged.file_name,
            "sha256": _digest(staged_path(staged)),
            "rows_read": trial.read,
            "rows_stored": Response.objects.filter(wave=wave).count(),
            "imported_at": at,
        },
    )
    audit.record(actor=actor, verb="imported", kind="wave", subject=wave.id, at=at)
    path = staged_path(staged)
    staged.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return trial


def _past_wave(staged: StagedAnswers) -> Wave | None:
    rows = Wave.objects.filter(survey_id=staged.survey_id, name=staged.wave_name)
    return rows.select_related("survey", "version").first()


def _wave_id(staged: StagedAnswers) -> UUID:
    """Return the id of the wave that a file makes: the same whenever it is tried."""
    return uuid5(staged.survey_id, f"past wave {staged.wave_name}")


class _NewRow(NamedTuple):
    """A row that is new and good, with the places of the office."""

    row: PastRow
    unit_id: int | None
    channel_id: int | None
    lang: str
    day: date
    body: str


class _Run:
    """One walk along a staged file."""

    def __init__(self, staged: StagedAnswers, wave: Wave) -> None:
        self.staged, self.wave = staged, wave
        versions = InstrumentVersion.objects.filter(survey=staged.survey).order_by("-number")
        version = wave.version if wave.version_id else versions[0]
        # Where the sun rises earlier than in Greenwich it may be tomorrow.
        today = staged.created_at.date() + timedelta(days=1)
        self.file = PastFile(
            staged_path(staged), read_frozen(version.toml), staged.columns, today=today
        )
        self.units = _by_word(list(Unit.objects.all()))
        self.channels = _by_word(list(Channel.objects.all()))
        self.known_before = dict(
            Response.objects.filter(wave=wave).values_list("submission_id", "body_sha256")
        )
        self.seen: set[UUID] = set()
        self.new = self.known = self.faulty = 0
        self.unknown: dict[str, dict[str, int]] = {"unit": {}, "channel": {}}
        for name in self.file.missing:
            self.file.faults.append(Fault(_("is not in the file."), column=name))

    def new_rows(self) -> Iterator[_NewRow]:
        """Give the rows that are new and good."""
        for row in self.file.read(self.wave.id):
            found = self._looked_at(row)
            if row.place in self.file.bad:
                self.faulty += 1
            elif found is None:
                self.known += 1
            else:
                self.new += 1
                yield found

    def _looked_at(self, row: PastRow) -> _NewRow | None:
        unit = self._place("unit", self.units, row.unit, row.place)
        channel = self._place("channel", self.channels, row.channel, row.place)
        lang = row.lang or self.wave.survey.languages[0]
        if row.lang and row.lang not in self.wave.survey.languages:
            told = _("is no language of this survey.")
            column = self.file.columns["lang"]
            self.file.fault(told, place=row.place, column=column, value=row.lang[:40])
        if row.submission_id in self.seen:
            told = _("stands in the file more than once.")
            column = self.file.columns["respondent"]
            self.file.fault(told, place=row.place, column=column)
        self.seen.add(row.submission_id)
        day = row.day or self.staged.ended_on
        body = row.sheet.sha256(lang, f"{unit}|{channel}|{day.isoformat()}")
        stored = self.known_before.get(row.submission_id)
        if stored is not None:
            if stored != body:
                told = _("was stored before with other answers.")
                who = self.file.columns.get("respondent")
                self.file.fault(told, place=row.place, column=who)
            return None
        return _NewRow(row, unit, channel, lang, day, body)

    def response(self, found: _NewRow) -> Response:
        """Return what is stored of a new row."""
        row = found.row
        order = (row.place << ORDER_BITS) | secrets.randbits(ORDER_BITS)
        return Response(
            id=UUID(int=order),
            submission_id=row.submission_id,
            survey_id=self.wave.survey_id,
            wave=self.wave,
            source=Source.IMPORT,
            unit_id=found.unit_id,
            channel_id=found.channel_id,
            lang=found.lang,
            codes=row.sheet.codes,
            other=dict(row.sheet.other),
            is_test=False,
            body_sha256=found.body,
            receipt=_receipt(),
            submitted_at=datetime.combine(found.day, NOON),
        )

    def _place(self, kind: str, known: Mapping[str, int], word: str, place: int) -> int | None:
        if not word:
            return None
        found = known.get(word.casefold())
        if found is None:
            counts = self.unknown[kind]
            if word not in counts:
                told = _("is not known here.")
                advice = _("Add it under People and places, by this code or name.")
                column = self.file.columns[kind]
                self.file.fault(told, advice, place=place, column=column, value=word[:40])
            else:
                self.file.bad.add(place)
                self.file.more_faults += 1
            counts[word] = counts.get(word, 0) + 1
        return found

    def trial(self) -> PastTrial:
        """Return what the walk found."""
        return PastTrial(
            read=self.file.rows,
            new=self.new,
            known=self.known,
            faulty=self.faulty,
            faults=tuple(self.file.faults),
            more_faults=self.file.more_faults,
            unknown_units=tuple(sorted(self.unknown["unit"].items())),
            unknown_channels=tuple(sorted(self.unknown["channel"].items())),
        )


def _by_word(rows: Sequence[Unit] | Sequence[Channel]) -> dict[str, int]:
    """Return the keys of places by name and by code; a code goes before a name."""
    named = {one.name.casefold(): one.pk for one in rows}
    return named | {one.code.casefold(): one.pk for one in rows}


def _receipt() -> str:
    number, signs = secrets.randbelow(len(RECEIPT_SIGNS) ** RECEIPT_LENGTH), []
    for _place in range(RECEIPT_LENGTH):
        number, sign = divmod(number, len(RECEIPT_SIGNS))
        signs.append(RECEIPT_SIGNS[sign])
    return "".join(signs)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
