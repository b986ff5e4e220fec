"""A diagnosis seen by a reader of one language: names, words and numerals at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from fivegaps.diagnosis.gap_results import RatedDimension, WaveGaps
from fivegaps.diagnosis.results import Diagnosis
from fivegaps.model.instrument import Instrument, Item
from fivegaps.report.numerals import Numerals
from fivegaps.report.tables import Cell, Column, Kind, Named, Table
from fivegaps.report.view import in_language
from fivegaps.report.words import Words
from fivegaps.stats.estimate import Estimate, GapEstimate

Figure = Estimate | GapEstimate
Heads = tuple[tuple[str, Kind], ...]


@dataclass(frozen=True)
class Seen:
    """A diagnosis and the instrument that names its items, with the words of one language."""

    diagnosis: Diagnosis
    instrument: Instrument
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

    @cached_property
    def wave(self) -> str:
        """The id of the last wave."""
        return list(self.diagnosis.waves)[-1]

    @property
    def measured(self) -> WaveGaps:
        """What was measured in the last wave."""
        return self.diagnosis.waves[self.wave]

    @cached_property
    def dimensions(self) -> dict[str, str]:
        """The names of the dimensions by id."""
        return {
            one.id: in_language(one.title, self.lang) or one.id
            for one in self.instrument.dimensions
        }

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.id: item for item in self.instrument.items}

    def dimension(self, name: str) -> Named:
        """Return a dimension with its id and its name."""
        return Named(name, self.dimensions.get(name, name))

    def item(self, name: str) -> Named:
        """Return an item with its id and its short label."""
        known = self._items.get(name)
        return Named(name, (in_language(known.short, self.lang) if known else "") or name)

    def column(self, name: str, kind: Kind) -> Column:
        """Return a column: one of the report's vocabulary, else one of a diagnosis."""
        if self.words.knows(f"columns.{name}.title"):
            title = self.words.say(f"columns.{name}.title")
            return Column(name, kind, title, self.words.say(f"columns.{name}.meaning"))
        title = self.tell(f"column.{name}")
        return Column(name, kind, title, title)

    def table(
        self,
        name: str,
        title: str,
        columns: Heads,
        rows: list[tuple[Cell, ...]],
        note: str = "",
    ) -> Table:
        """Return a table of columns (name, kind)."""
        heads = tuple(self.column(head, kind) for head, kind in columns)
        return Table(name, title, heads, tuple(rows), note)

    def place(self, name: str) -> str:
        """Return ``gap3.reliability`` in words."""
        gap, _, dimension = name.partition(".")
        named = self.gap_name(int(gap[3:])) if gap[3:].isdigit() else gap
        return f"{named} · {self.dimensions.get(dimension, dimension)}" if dimension else named

    def gap_name(self, gap: int) -> str:
        """Return the name of a gap with its number."""
        return f"{gap} {self.tell(f'gap.{gap}')}"

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
        key = f"reasons.short.{code}"
        return self.words.say(key) if self.words.knows(key) else (code or "").replace("_", " ")


def as_estimate(rated: RatedDimension) -> Estimate:
    """Return a direct rating as an estimate."""
    return Estimate(rated.value, rated.low, rated.high, rated.n, rated.method, rated.reason)
