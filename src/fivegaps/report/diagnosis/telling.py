"""Phrases and figures about a diagnosis in one language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from fivegaps.report.numerals import Numerals
from fivegaps.report.tables import reason_in_words
from fivegaps.report.words import Words


class Telling:
    """What can be said in a language; ``lang`` comes from the class that takes this in."""

    lang: str

    @cached_property
    def words(self) -> Words:
        """The phrases of the language."""
        return Words(self.lang)

    @cached_property
    def numerals(self) -> Numerals:
        """The numerals of the language."""
        return Numerals(self.lang)

    def tell(self, key: str, **values: object) -> str:
        """Return a phrase about diagnoses; ``key`` is without its first part."""
        return self.words.say(f"diagnosis.{key}", **values)

    def signed_span(self, value: float | None, low: float | None, high: float | None) -> str:
        """Return a signed figure with its interval, a dash for none."""
        if value is None:
            return "–"
        text = self.numerals.signed(value)
        if low is None or high is None:
            return text
        return f"{text} {self.numerals.span(low, high, 2, 'signed')}"

    def reason(self, code: str | None) -> str:
        """Return a reason in words."""
        return reason_in_words(code, self.words).replace("_", " ")


@dataclass(frozen=True)
class Teller(Telling):
    """Says phrases in a language where no diagnosis is at hand."""

    lang: str
