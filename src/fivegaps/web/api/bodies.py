"""What calls take and give, as types; the description at openapi.json is made of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

Code = Annotated[
    str,
    Field(
        min_length=1,
        max_length=40,
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        description="A code as the pages of places show it.",
    ),
]
FIRST_YEAR, LAST_YEAR = 2000, 2999


def _text_only(value: object) -> object:
    """Refuse what is no text before a type reads more into it than was said."""
    if not isinstance(value, str) or len(value) > 40:
        raise PydanticCustomError("text", "Send text of at most 40 signs.")
    return value


def _uuid_text(value: object) -> object:
    if not isinstance(value, str) or len(value) != 36:
        raise PydanticCustomError("uuid", "Send a UUID, 36 signs with hyphens.")
    return value


def _sensible(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise PydanticCustomError("time", "Send an instant of this age.")
    return moment


def _answer(value: object) -> object:
    """Let numbers, text and null through, and nothing that Python takes for a number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | None):
        raise PydanticCustomError("answer", "Send a number, text or null.")
    return value


SubmissionId = Annotated[
    UUID,
    BeforeValidator(_uuid_text),
    Field(description="Made by the sender, one for each answer; the same again on a retry."),
]
Instant = Annotated[AwareDatetime, BeforeValidator(_text_only), AfterValidator(_sensible)]
Answer = Annotated[
    Any,
    BeforeValidator(_answer),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "null"}]}),
]


class Strict(Schema):
    """A body in which every field must be known."""

    model_config = ConfigDict(extra="forbid")


class SentAnswers(Strict):
    """One person's answers."""

    submission_id: SubmissionId
    lang: Annotated[str, Field(max_length=10, description="Language in which was asked.")]
    answers: Annotated[
        dict[str, Answer],
        Field(
            description="Column to answer: columns of the questionnaire's file, of outcomes, of "
            "the 100 points, `remark`, and `contact` in identified surveys. null is no answer, "
            '"none" says that the person cannot judge an item.'
        ),
    ]
    unit: Code | None = None
    channel: Code | None = None
    employee: Code | None = None
    started_at: Instant | None = None


class Receipt(Schema):
    """What the sender holds."""

    receipt: str


class SurveyOut(Schema):
    """A survey."""

    id: UUID
    title: str
    identification: str
    voice: str
    languages: list[str]


class SurveysOut(Schema):
    """The surveys that a token holds for."""

    surveys: list[SurveyOut]


class WaveOut(Schema):
    """One fielding of a survey: draft, pilot, open or closed."""

    id: UUID
    name: str
    state: str
    opened_at: datetime | None
    closed_at: datetime | None


class WavesOut(Schema):
    """The waves of a survey."""

    waves: list[WaveOut]


class ResultsOut(Schema):
    """Results of a wave in one place (schema fivegaps.results/1); figures are in further keys."""

    model_config = ConfigDict(extra="allow")

    schema_name: Annotated[str, Field(alias="schema")]
    n: int
    instrument: str
    batteries: list[str]
    warnings: list[Any]
    overall: dict[str, Any]
    dimensions: dict[str, Any]
    items: dict[str, Any]
    segments: dict[str, Any]
    provenance: dict[str, Any]


class ToldEvent(Strict):
    """A transaction that took place."""

    key: Annotated[
        str,
        Field(
            min_length=1,
            max_length=80,
            description="Its number with the sender: the same again counts once.",
        ),
    ]
    happened_at: Instant
    email: Annotated[
        str | None, Field(max_length=254, description="Who may be asked; without it, counted only.")
    ] = None
    name: Annotated[str | None, Field(max_length=120)] = None
    lang: Annotated[str | None, Field(max_length=10)] = None
    unit: Code | None = None
    channel: Code | None = None
    touchpoint: Code | None = None
    employee: Code | None = None


class Counted(Schema):
    """The transaction was counted. Whether its customer is asked is not told."""

    event: UUID


class WrongField(Schema):
    """What is wrong with one field."""

    field: str
    code: str
    message: str


class Problem(Schema):
    """Why a call was not done (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[WrongField]
