"""A filled-in form: read strictly from what was sent, told again as fields."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from fivegaps.web.surveys.own_sheet import own_answers, own_values
from fivegaps.web.surveys.questionnaire import CONTACT, NOT_APPLICABLE, REMARK, Fields
from fivegaps.web.surveys.strict import Refusal, one_text, points, whole_number

CANNOT_JUDGE = "none"
LONGEST_REMARK, LONGEST_CONTACT = 4000, 200


class SheetRefused(Exception):
    """A form holds what cannot be taken."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__("; ".join(f"{one.field}: {one.message}" for one in refusals))

    @property
    def is_mendable(self) -> bool:
        """Whether whoever filled it in can put it right."""
        return all(one.mendable for one in self.refusals)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers as they are stored: a byte an item column, the rest by column."""

    codes: bytes
    other: Mapping[str, object]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not any(self.codes) and not set(self.other) - {NOT_APPLICABLE}

    def sha256(self, lang: str, beside: str = "") -> str:
        """Return the digest of the canonical body: equal answers, equal digest.

        ``beside`` is what the sender says beside the answers.
        """
        said = [lang, self.codes.hex(), self.other, *([beside] if beside else [])]
        body = json.dumps(said, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(body.encode()).hexdigest()


def read_sheet(
    fields: Fields,
    values: Mapping[str, str],
    *,
    named: bool,
    submission_id: UUID | None = None,
    is_sent: bool = False,
) -> Sheet:
    """Return the answers in the fields of a form; those to what was not asked are dropped.

    Args:
        fields: What the form asks.
        values: Field to text; an empty text is no answer.
        named: Whether the form asks for a name.
        submission_id: The form, on which the items drawn by lot depend; None where all are asked.
        is_sent: Whether the form is sent: what is required must then be answered.

    Raises:
        SheetRefused: A field is unknown, or holds what is no answer to it.
    """
    known = _known(fields, named=named)
    refusals = [
        Refusal(name[:60], "unknown", _("This is not asked."))
        for name in values
        if name not in known
    ]
    hidden = fields.asked.hidden(values, submission_id)
    given = {name: text for name, text in values.items() if name not in hidden}
    scales = {one.name: (one.minimum, one.minimum + one.levels - 1) for one in fields.items}
    scales |= fields.others
    marks = {
        name: whole_number(given[name], lowest, highest, name, refusals)
        for name, (lowest, highest) in scales.items()
        if given.get(name, "") not in {"", CANNOT_JUDGE}
    }
    codes = bytes(
        marks[one.name] - one.minimum + 1 if one.name in marks else 0 for one in fields.items
    )
    other: dict[str, object] = {name: marks[name] for name in fields.others if name in marks}
    cannot = [name for name in scales if given.get(name) == CANNOT_JUDGE]
    if cannot:
        other[NOT_APPLICABLE] = sorted(cannot)
    other |= points(fields.points, values, refusals)
    other |= own_answers(fields.own, values, refusals, hidden=hidden, is_sent=is_sent)
    for name, longest in _texts_of(named=named):
        raw = values.get(name, "")
        if text := one_text(name, raw, longest, refusals, lines=name == REMARK):
            other[name] = text
    if refusals:
        raise SheetRefused(*refusals)
    return Sheet(codes, other)


def values_of(fields: Fields, sheet: Sheet) -> dict[str, str]:
    """Return field to text of a form with these answers."""
    told = {
        column.name: str(code + column.minimum - 1)
        for column, code in zip(fields.items, sheet.codes, strict=True)
        if code
    }
    own = {one.column for one in fields.own} | {NOT_APPLICABLE}
    told |= {name: str(value) for name, value in sheet.other.items() if name not in own}
    told |= own_values(fields.own, sheet.other)
    cannot = sheet.other.get(NOT_APPLICABLE, ())
    return told | dict.fromkeys(cannot if isinstance(cannot, list) else (), CANNOT_JUDGE)


def _known(fields: Fields, *, named: bool) -> set[str]:
    own = {name for one in fields.own for name in one.fields}
    items = {column.name for column in fields.items}
    texts = {name for name, _longest in _texts_of(named=named)}
    return items | set(fields.others) | set(fields.points) | own | texts


def _texts_of(*, named: bool) -> tuple[tuple[str, int], ...]:
    remark = (REMARK, LONGEST_REMARK)
    return (remark, (CONTACT, LONGEST_CONTACT)) if named else (remark,)
