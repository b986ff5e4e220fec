"""The bank's customers as responses: the same answers, byte for byte, in the same order."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid4

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.answers import Answers, Block, Categories, ColumnKind, ItemColumn, Numbers
from fivegaps.io.kept import is_reversed
from fivegaps.web.demo.remarks import PRAISE, REMARKS
from fivegaps.web.people.models import Channel
from fivegaps.web.surveys.models import Link, Response, Wave
from fivegaps.web.surveys.questionnaire import REMARK, Fields
from fivegaps.web.surveys.selectors import fields_in
from fivegaps.web.surveys.services.submitting import RECEIPT_LENGTH, RECEIPT_SIGNS
from fivegaps.web.surveys.sheet import Sheet

LABELS = ("unit", "channel", "date")
# How often the form was filled in in each language, of a hundred.
LANGUAGES = {"en": 72, "vi": 10, "nl": 8, "zh-hans": 6, "zh-hant": 4}
SHARE_WITH_REMARK = 0.12
DEEP = 1.5  # a gap of so many points or more moves a customer to say something


def responses_of(
    answers: Answers, wave: Wave, *, links: Mapping[str, Link], channels: Mapping[str, Channel]
) -> Iterator[Response]:
    """Return unsaved responses, one for each row, in the order of the rows.

    Answers stand in the order of their random ids, so these are drawn first and sorted: the
    figures then come out as from the file. Time of day, language and remark are invented here.

    Args:
        answers: Rows of the bank, with columns unit, channel and date.
        wave: Where they belong; its items are those of the bank's questionnaire.
        links: The link of each unit, by the unit's code.
        channels: The channels, by code.
    """
    fields = fields_in(wave)
    ids = sorted((uuid4() for _ in range(_rows(answers))), key=lambda one: one.hex)
    row = 0
    for part in answers.parts():
        numbers = [*fields.others, *fields.points]
        kinds: dict[str, ColumnKind] = dict.fromkeys(LABELS, "categories")
        kinds |= {name: "numbers" for name in numbers if name in answers.column_names}
        block = answers.read(part, kinds)
        codes = _stored(answers, fields, block)
        labels = {name: _texts(block.columns[name]) for name in LABELS}
        for place in range(part.n):
            other = dict(_others(block, place, kinds))
            random = Random(row)  # noqa: S311 - an invented time of day, no secret
            lang = random.choices([*LANGUAGES], weights=[*LANGUAGES.values()])[0]
            if random.random() < SHARE_WITH_REMARK:
                other[REMARK] = _remark(fields, codes[:, place], lang, random)
            day = date.fromisoformat(labels["date"][place])
            sent = datetime.combine(day, time(8), UTC) + timedelta(seconds=random.randrange(36_000))
            yield _response(
                ids[row],
                wave,
                link=links[labels["unit"][place]],
                channel=channels[labels["channel"][place]],
                sheet=Sheet(codes[:, place].tobytes(), other),
                lang=lang,
                sent=sent,
                took=timedelta(seconds=random.randrange(200, 700)),
            )
            row += 1


def _rows(answers: Answers) -> int:
    return sum(part.n for part in answers.parts())


def _response(
    own: UUID,
    wave: Wave,
    *,
    link: Link,
    channel: Channel,
    sheet: Sheet,
    lang: str,
    sent: datetime,
    took: timedelta,
) -> Response:
    return Response(
        id=own,
        submission_id=uuid4(),
        survey_id=wave.survey_id,
        wave=wave,
        link=link,
        unit_id=link.unit_id,
        channel=channel,
        lang=lang,
        codes=sheet.codes,
        other=dict(sheet.other),
        is_test=False,
        started_at=sent - took,
        body_sha256=sheet.sha256(lang),
        receipt="".join(secrets.choice(RECEIPT_SIGNS) for _ in range(RECEIPT_LENGTH)),
        submitted_at=sent,
    )


def _stored(answers: Answers, fields: Fields, block: Block) -> NDArray[np.uint8]:
    """Return codes (k, n) in the order of the wave's items, reversed ones as they were answered."""
    places = {column.key: place for place, column in enumerate(answers.item_columns)}
    turned = {item.id for item in answers.instrument.items if item.reversed}
    rows = [_given(block.codes[places[column.key]], column, turned) for column in fields.items]
    return np.stack(rows)


def _given(codes: NDArray[np.uint8], column: ItemColumn, turned: set[str]) -> NDArray[np.uint8]:
    if not is_reversed(column.item in turned, column.battery):
        return codes
    return np.where(codes > 0, column.levels + 1 - codes, 0).astype(np.uint8)


def _texts(column: Categories | Numbers) -> list[str]:
    if isinstance(column, Numbers):  # pragma: no cover - asked for as categories
        raise TypeError
    return [column.values[code] if code >= 0 else "" for code in column.codes]


def _others(
    block: Block, place: int, kinds: Mapping[str, ColumnKind]
) -> Iterator[tuple[str, object]]:
    for name, kind in kinds.items():
        column = block.columns[name]
        if kind == "numbers" and isinstance(column, Numbers):
            value = column.values[place]
            if not np.isnan(value):
                yield name, int(value)


def _remark(fields: Fields, codes: NDArray[np.uint8], lang: str, random: Random) -> str:
    """Return what a customer with these answers may have written: about the deepest gap."""
    expected: dict[str, int] = {}
    gaps: dict[str, list[int]] = {}
    for column, code in zip(fields.items, codes.tolist(), strict=True):
        if column.battery == "expectation":
            expected[column.item] = code
        elif column.battery == "perception" and code and expected.get(column.item):
            gaps.setdefault(column.item[:3], []).append(code - expected[column.item])
    means = {_DIMENSIONS[key]: sum(found) / len(found) for key, found in gaps.items()}
    deepest = min(means, key=lambda name: means[name], default=PRAISE)
    topic = deepest if means.get(deepest, 0.0) <= -DEEP else PRAISE
    return random.choice(REMARKS[lang][topic])


# The first three letters of an item of rater-22 name its dimension.
_DIMENSIONS = {
    name[:3]: name
    for name in ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
}
