"""A second survey of the invented bank: a few questions after a visit, asked all the time."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from random import Random
from uuid import UUID

from fivegaps.io.company.company import Company
from fivegaps.web.accounts.models import User
from fivegaps.web.demo.remarks import PRAISE, REMARKS
from fivegaps.web.people.models import Channel, Unit
from fivegaps.web.people.services.touchpoints import add_touchpoint
from fivegaps.web.surveys.models import Identification, Link, Response, Rhythm, Survey, Wave
from fivegaps.web.surveys.own_questions import OwnQuestion
from fivegaps.web.surveys.selectors import fields_in, instrument_of, waves_of
from fivegaps.web.surveys.services.editing import choose_items, put_question
from fivegaps.web.surveys.services.programmes import add_link, create_survey, move_wave
from fivegaps.web.surveys.services.submitting import RECEIPT_LENGTH, RECEIPT_SIGNS
from fivegaps.web.surveys.sheet import Sheet

INSTRUMENT = "rater-10"
TITLE = "After a visit to the counter"
WAVE = "Visits 2026"
BRANCHES = ("harbour", "old-town", "main-station", "university", "lighthouse", "town-hall")
FEWEST, MOST = 9, 21  # answers of a branch
WEEKS = 8  # before the bank's last wave ended
SHARE_WITH_REASON = 0.35

QUESTIONS = (
    OwnQuestion(
        "nps",
        "nps",
        {
            "en": "After this visit, how likely are you to recommend our bank to a friend?",
            "vi": "Sau lần đến này, bạn sẵn lòng giới thiệu ngân hàng cho bạn bè đến mức nào?",
            "zh-hans": "这次到访之后，您有多大可能向朋友推荐我们银行？",
            "zh-hant": "這次到訪之後，您有多大可能向朋友推薦我們銀行？",
            "nl": "Hoe waarschijnlijk is het dat u ons na dit bezoek aan een vriend aanraadt?",
        },
    ),
    OwnQuestion(
        "why",
        "long",
        {
            "en": "Why do you say so?",
            "vi": "Vì sao bạn cho điểm như vậy?",
            "zh-hans": "为什么这样评分？",
            "zh-hant": "為什麼這樣評分？",
            "nl": "Waarom zegt u dat?",
        },
    ),
)


def add_visit_survey(
    bank: Company,
    *,
    units: Mapping[str, Unit],
    channels: Mapping[str, Channel],
    actor: User,
    at: datetime,
) -> Survey:
    """Add the survey, open, with answers of some branches in the weeks before the last wave ended.

    Args:
        bank: The invented bank.
        units: Its units by code.
        channels: Its channels by code.
        actor: Who adds it.
        at: Now.
    """
    survey = create_survey(
        actor=actor,
        title=TITLE,
        pack=INSTRUMENT,
        profile="",
        identification=Identification.CONFIDENTIAL,
        languages=list(bank.instrument.languages),
        outcomes=["satisfaction"],
        points=False,
        wave=WAVE,
        at=at,
    )
    Survey.objects.filter(id=survey.id).update(rhythm=Rhythm.CONTINUOUS)
    first = {item.dimension: item.id for item in reversed(instrument_of(waves_of(survey)[0]).items)}
    choose_items(
        actor=actor, survey=survey, asked_items=set(first.values()), linking=(), k=None, at=at
    )
    for question in QUESTIONS:
        put_question(actor=actor, survey=survey, question=question, at=at)
    counter = channels["counter"]
    visit = add_touchpoint(
        actor=actor, code="counter-visit", name="Visit to the counter", channel=counter, at=at
    )
    wave = move_wave(actor=actor, wave=waves_of(survey)[0], verb="open", at=at)
    links = [
        add_link(
            actor=actor, survey=survey, unit=units[code], channel=counter, touchpoint=visit, at=at
        )
        for code in BRANCHES
        if code in units
    ]
    ended = datetime.combine(bank.waves[-1].date, time(18), UTC)
    Response.objects.bulk_create([row for link in links for row in _answers(wave, link, ended)])
    Wave.objects.filter(id=wave.id).update(opened_at=datetime(ended.year, 1, 5, 8, tzinfo=UTC))
    return survey


def _answers(wave: Wave, link: Link, ended: datetime) -> Iterator[Response]:
    """Return the invented answers of one branch: some branches please more than others."""
    random = Random(f"visit {link.unit}")  # noqa: S311 - invented answers, no secret
    columns = fields_in(wave).items
    fair = random.uniform(-0.6, 0.8)
    for _ in range(random.randrange(FEWEST, MOST)):
        mood = random.gauss(fair, 0.9)
        codes = bytes(
            _point(6.3 if column.battery == "expectation" else 5.0 + mood, column.levels, random)
            for column in columns
        )
        other: dict[str, object] = {
            "o_satisfaction": _point(5.0 + mood, 7, random),
            "x_nps": min(max(round(7.2 + 1.8 * mood + random.gauss(0, 0.8)), 0), 10),
        }
        if random.random() < SHARE_WITH_REASON:
            topic = PRAISE if mood > 0 else random.choice(("responsiveness", "reliability"))
            other["x_why"] = random.choice(REMARKS["en"][topic])
        sheet = Sheet(codes, other)
        sent = ended - timedelta(minutes=random.randrange(WEEKS * 7 * 24 * 60))
        sent = sent.replace(hour=random.randrange(8, 18))
        yield Response(
            submission_id=UUID(bytes=secrets.token_bytes(16), version=4),
            survey_id=wave.survey_id,
            wave=wave,
            link=link,
            unit_id=link.unit_id,
            channel_id=link.channel_id,
            touchpoint_id=link.touchpoint_id,
            lang="en",
            codes=sheet.codes,
            other=dict(sheet.other),
            is_test=False,
            started_at=sent - timedelta(seconds=random.randrange(60, 200)),
            body_sha256=sheet.sha256("en"),
            receipt="".join(secrets.choice(RECEIPT_SIGNS) for _ in range(RECEIPT_LENGTH)),
            submitted_at=sent,
        )


def _point(level: float, levels: int, random: Random) -> int:
    return min(max(round(random.gauss(level, 0.8)), 1), levels)
