"""A filled-in form: read strictly from what was sent, told again as fields."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fivegaps.web.shared.text import has_unseen_signs, tidy, tidy_lines
from fivegaps.web.surveys.questionnaire import CONTACT, NOT_APPLICABLE, REMARK, Fields

CANNOT_JUDGE = "none"
LONGEST_REMARK, LONGEST_CONTACT = 4000, 200
ALL_POINTS = 100


@dataclass(frozen=True, slots=True)
class Refusal:
    """One field that cannot be taken. ``mendable`` ones are a person's slip, told on the page."""

    field: str
    code: str
    message: str
    mendable: bool = False


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


def read_sheet(fields: Fields, values: Mapping[str, str], *, named: bool) -> Sheet:
    """Return the answers in the fields of a form.

    Args:
        fields: What the form asks.
        values: Field to text; an empty text is no answer.
        named: Whether the form asks for a name.

    Raises:
        SheetRefused: A field is unknown, or holds what is no answer to it.
    """
    refusals: list[Refusal] = []
    known = {column.name for column in fields.items} | set(fields.others) | set(fields.points)
    known |= {REMARK, CONTACT} if named else {REMARK}
    refusals += [
        Refusal(name[:60], "unknown", _("This is not asked."))
        for name in values
        if name not in known
    ]
    codes = bytearray(len(fields.items))
    other: dict[str, object] = {}
    cannot: list[str] = []
    for place, column in enumerate(fields.items):
        text = values.get(column.name, "")
        if text == CANNOT_JUDGE:
            cannot.append(column.name)
        elif text:
            highest = column.minimum + column.levels - 1
            value = _number(text, column.minimum, highest, column.name, refusals)
            codes[place] = value - column.minimum + 1
    for name, (lowest, highest) in fields.others.items():
        text = values.get(name, "")
        if text == CANNOT_JUDGE:
            cannot.append(name)
        elif text:
            other[name] = _number(text, lowest, highest, name, refusals)
    if cannot:
        other[NOT_APPLICABLE] = sorted(cannot)
    other |= _points(fields, values, refusals)
    other |= _texts(values, refusals, named=named)
    if refusals:
        raise SheetRefused(*refusals)
    return Sheet(bytes(codes), other)


def values_of(fields: Fields, sheet: Sheet) -> dict[str, str]:
    """Return field to text of a form with these answers."""
    told = {
        column.name: str(code + column.minimum - 1)
        for column, code in zip(fields.items, sheet.codes, strict=True)
        if code
    }
    told |= {name: str(value) for name, value in sheet.other.items() if name != NOT_APPLICABLE}
    cannot = sheet.other.get(NOT_APPLICABLE, ())
    return told | dict.fromkeys(cannot if isinstance(cannot, list) else (), CANNOT_JUDGE)


def _number(text: str, lowest: int, highest: int, field: str, refusals: list[Refusal]) -> int:
    # The length comes first: Python takes its time over a number of a million digits.
    if len(text) <= 3 and text.isascii() and text.isdigit() and lowest <= int(text) <= highest:
        return int(text)
    told = _("Only whole numbers from %(lowest)s to %(highest)s.")
    refusals.append(Refusal(field, "number", told % {"lowest": lowest, "highest": highest}))
    return lowest


def _points(
    fields: Fields, values: Mapping[str, str], refusals: list[Refusal]
) -> Iterator[tuple[str, object]] | dict[str, object]:
    texts = {name: values.get(name, "").strip() for name in fields.points}
    if not any(texts.values()):
        return {}
    shares: dict[str, object] = {}
    total = 0
    for name, text in texts.items():
        share = _number(text or "0", 0, ALL_POINTS, name, refusals)
        shares[name] = share
        total += share
    if total != ALL_POINTS:
        told = _("The points add up to %(total)s; they must add up to 100.") % {"total": total}
        refusals.append(Refusal(fields.points[0], "points", told, mendable=True))
    return shares


def _texts(values: Mapping[str, str], refusals: list[Refusal], *, named: bool) -> dict[str, object]:
    told: dict[str, object] = {}
    asked = {REMARK: LONGEST_REMARK} | ({CONTACT: LONGEST_CONTACT} if named else {})
    for name, longest in asked.items():
        raw = values.get(name, "")
        text = (tidy_lines if name == REMARK else tidy)(raw) if len(raw) <= 4 * longest else raw
        if has_unseen_signs(text):
            refusals.append(Refusal(name, "unseen", _("Leave out signs that cannot be seen.")))
        elif len(text) > longest:
            words = _("Please shorten this to %(longest)s signs.") % {"longest": longest}
            refusals.append(Refusal(name, "long", words, mendable=True))
        elif text:
            told[name] = text
    return told
