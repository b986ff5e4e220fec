"""Conditions on rows: ``branch = Riga and age >= 30``.

The language, whole::

    condition  = all { "or" all }
    all        = one { "and" one }
    one        = "not" one | "(" condition ")" | comparison
    comparison = column ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) value
               | column [ "not" ] "in" "(" value { "," value } ")"

Names and values with blanks or signs stand in quotes, single or double:
``"home branch" = 'St. Gall'``; a quote inside quotes is doubled. Words are
compared as written; numbers as numbers (``age = 30`` finds 30.0 too, ``'007'``
in quotes is text); dates are written 2025-05-31. An empty cell fulfils no
comparison, except ``column = ''``, which finds the empty cells; ``not`` turns
every answer around. Nothing is evaluated as a program.
"""

from __future__ import annotations

import difflib
import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import OptionRefused
from fivegaps.io.answers import Categories, ColumnKind, Numbers

Mask = NDArray[np.bool_]
OtherColumns = Mapping[str, Categories | Numbers]

_OPTION = "--where"
_TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"(?:[^"]|"")*"|'(?:[^']|'')*')|(?P<sign><=|>=|!=|<>|==|=|<|>|\(|\)|,)"""
    r"""|(?P<word>[^\s"'=!<>(),]+))"""
)
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COMPARE: Mapping[str, Callable[..., Mask]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a column with one or more values."""

    column: str
    sign: str
    values: tuple[str, ...]
    quoted: tuple[bool, ...]

    @property
    def is_numeric(self) -> bool:
        """Tell whether every value is a bare number."""
        return all(
            not quoted and _NUMBER.fullmatch(value) is not None
            for value, quoted in zip(self.values, self.quoted, strict=True)
        )


@dataclass(frozen=True, slots=True)
class _Not:
    part: _Node


@dataclass(frozen=True, slots=True)
class _Both:
    parts: tuple[_Node, ...]
    every: bool


_Node = Comparison | _Not | _Both


@dataclass(frozen=True, slots=True)
class RowFilter:
    """A condition, ready to be asked of blocks of rows.

    ``columns`` names the columns it needs and the kind each is needed in;
    calling it with those columns (n,) gives a mask (n,), true for rows to keep.
    """

    expression: str
    columns: Mapping[str, ColumnKind]
    condition: _Node

    def __call__(self, columns: OtherColumns) -> Mask:
        """Return which of the n rows fulfil the condition."""
        return _mask(self.condition, columns)


def compile_where(expression: str) -> RowFilter:
    """Return the row filter that an expression describes.

    Raises:
        OptionRefused: The expression breaks the grammar; the message shows where.
    """
    text = unicodedata.normalize("NFC", expression)
    condition = _Parser(text).parse()
    kinds: dict[str, ColumnKind] = {}
    for comparison in _comparisons(condition):
        kind: ColumnKind = "numbers" if comparison.is_numeric else "categories"
        if kinds.setdefault(comparison.column, kind) != kind:
            kinds[comparison.column] = "categories"
    return RowFilter(expression, kinds, condition)


def check_columns(row_filter: RowFilter, names: Iterable[str]) -> None:
    """Refuse a filter that asks for a column which is not there.

    Raises:
        OptionRefused: Names the column and the closest names there are.
    """
    known = list(names)
    for column in row_filter.columns:
        if column not in known:
            raise OptionRefused(
                _OPTION, f"there is no column {column!r}{close_names(column, known)}"
            )


def close_names(name: str, names: Iterable[str]) -> str:
    """Return "; did you mean …?" with up to three of the closest names, or nothing."""
    known = {other.casefold(): other for other in names}
    close = difflib.get_close_matches(name.casefold(), known, n=3, cutoff=0.6)
    if not close:
        return ""
    return f"; did you mean {' or '.join(repr(known[match]) for match in close)}?"


def _comparisons(node: _Node) -> Iterator[Comparison]:
    if isinstance(node, Comparison):
        yield node
    elif isinstance(node, _Not):
        yield from _comparisons(node.part)
    else:
        for part in node.parts:
            yield from _comparisons(part)


class _Parser:
    """A recursive descent over the tokens of one expression."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._split(text)
        self._next = 0

    def parse(self) -> _Node:
        if not self._tokens:
            raise OptionRefused(_OPTION, "is empty; write for example: branch = Riga and age >= 30")
        node = self._any()
        if (left := self._peek()) is not None:
            self._refuse(f"unexpected {left.text!r}; join comparisons with and / or", left.place)
        return node

    def _split(self, text: str) -> list[_Token]:
        tokens = []
        place = 0
        while text[place:].strip():
            match = _TOKEN.match(text, place)
            if match is None:
                start = place + len(text[place:]) - len(text[place:].lstrip())
                self._refuse("a quote is opened and not closed", start)
            kind = match.lastgroup or ""
            tokens.append(_Token(kind, match.group(kind), match.start(kind)))
            place = match.end()
        return tokens

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, *, expected: str) -> _Token:
        token = self._peek()
        if token is None:
            self._refuse(f"ends where {expected} is expected", len(self._text))
        self._next += 1
        return token

    def _is(self, text: str) -> bool:
        """Take the next token when it is this sign, or this word without quotes."""
        token = self._peek()
        if token is None or token.kind == "quoted" or token.text.casefold() != text:
            return False
        self._next += 1
        return True

    def _any(self) -> _Node:
        parts = [self._all()]
        while self._is("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else _Both(tuple(parts), every=False)

    def _all(self) -> _Node:
        parts = [self._one()]
        while self._is("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else _Both(tuple(parts), every=True)

    def _one(self) -> _Node:
        if self._is("not"):
            return _Not(self._one())
        if self._is("("):
            node = self._any()
            if not self._is(")"):
                self._missing("a closing )")
            return node
        return self._comparison()

    def _comparison(self) -> _Node:
        column = self._value("a column's name")
        name = _unquoted(column)
        if self._is("not"):
            if not self._is("in"):
                self._missing("'in'")
            return _Not(self._among(name))
        if self._is("in"):
            return self._among(name)
        sign = self._take(expected="one of = != < <= > >= in")
        sign_text = {"==": "=", "<>": "!="}.get(sign.text, sign.text)
        if sign.kind != "sign" or sign_text not in {"=", "!=", *_COMPARE}:
            self._refuse(
                f"{sign.text!r} where one of = != < <= > >= in is expected"
                " (put a name with blanks in quotes)",
                sign.place,
            )
        value = self._value("a value")
        comparison = Comparison(name, sign_text, (_unquoted(value),), (value.kind == "quoted",))
        if sign_text in _COMPARE and not (
            _NUMBER.fullmatch(comparison.values[0]) or _DATE.fullmatch(comparison.values[0])
        ):
            self._refuse(
                f"{sign_text} compares numbers and dates (2025-05-31), not {value.text!r}",
                value.place,
            )
        return comparison

    def _among(self, name: str) -> Comparison:
        if not self._is("("):
            self._missing("( after 'in'")
        values = [self._value("a value")]
        while self._is(","):
            values.append(self._value("a value"))
        if not self._is(")"):
            self._missing(", or ) in the list")
        return Comparison(
            name,
            "=",
            tuple(_unquoted(value) for value in values),
            tuple(value.kind == "quoted" for value in values),
        )

    def _value(self, expected: str) -> _Token:
        token = self._take(expected=expected)
        if token.kind == "sign":
            self._refuse(f"{token.text!r} where {expected} is expected", token.place)
        return token

    def _missing(self, expected: str) -> NoReturn:
        token = self._peek()
        place = len(self._text) if token is None else token.place
        self._refuse(f"{expected} is expected", place)

    def _refuse(self, problem: str, place: int) -> NoReturn:
        raise OptionRefused(
            _OPTION, f"{problem} (at sign {place + 1})\n    {self._text}\n    {' ' * place}^"
        )


def _unquoted(token: _Token) -> str:
    if token.kind != "quoted":
        return token.text
    quote = token.text[0]
    return token.text[1:-1].replace(quote * 2, quote)


def _mask(node: _Node, columns: OtherColumns) -> Mask:
    if isinstance(node, Comparison):
        return _compared(node, columns[node.column])
    if isinstance(node, _Not):
        return ~_mask(node.part, columns)
    masks = [_mask(part, columns) for part in node.parts]
    joined: Mask = (np.logical_and if node.every else np.logical_or).reduce(masks)
    return joined


def _compared(comparison: Comparison, column: Categories | Numbers) -> Mask:
    if isinstance(column, Numbers):
        given = ~np.isnan(column.values)
        if comparison.sign in _COMPARE:
            wanted = float(comparison.values[0])
            return given & _COMPARE[comparison.sign](column.values, wanted)
        found = np.isin(column.values, [float(value) for value in comparison.values])
        return np.asarray(found if comparison.sign == "=" else given & ~found)
    # One answer a category, then looked up; the last place stands for "not given".
    answers = np.array([_holds(comparison, value) for value in column.values] + [False])
    if comparison.sign == "=" and "" in comparison.values:
        answers[-1] = True
    if comparison.sign == "!=" and comparison.values == ("",):
        answers[:-1] = True
    mask: Mask = answers[column.codes]
    return mask


def _holds(comparison: Comparison, value: str) -> bool:
    if comparison.sign in _COMPARE:
        wanted = comparison.values[0]
        if _DATE.fullmatch(wanted):
            # ISO dates sort as text; a time of day after the date is left out.
            return bool(_COMPARE[comparison.sign](value[: len(wanted)], wanted))
        number = _number(value)
        return number is not None and bool(_COMPARE[comparison.sign](number, float(wanted)))
    equal = any(
        value == wanted or (not quoted and _same_number(value, wanted))
        for wanted, quoted in zip(comparison.values, comparison.quoted, strict=True)
    )
    return equal if comparison.sign == "=" else not equal


def _same_number(value: str, wanted: str) -> bool:
    if _NUMBER.fullmatch(wanted) is None:
        return False
    number = _number(value)
    return number is not None and number == float(wanted)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
