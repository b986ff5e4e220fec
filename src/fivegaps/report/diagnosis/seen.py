"""A diagnosis seen by a reader of one language: names, words and numerals at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from fivegaps.diagnosis.gap_results import RatedDimension, WaveGaps
from fivegaps.diagnosis.results import Diagnosis
from fivegaps.model.instrument import Instrument, Item
from fivegaps.report.diagnosis.names import Names
from fivegaps.report.diagnosis.telling import Telling
from fivegaps.report.method_words import told
from fivegaps.report.tables import Cell, Column, Kind, Named, Table
from fivegaps.report.view import in_language
from fivegaps.stats.estimate import Estimate, GapEstimate

Figure = Estimate | GapEstimate
Heads = tuple[tuple[str, Kind], ...]

# Whose answers stand behind a gap: those few of whom are hidden.
VOICES: Mapping[int, str] = {
    1: "managers", 2: "managers", 3: "employees", 4: "employees", 5: "customers",
    6: "employees", 7: "employees",
}  # fmt: skip


@dataclass(frozen=True)
class Seen(Telling):
    """A diagnosis and the instrument that names its items, with the words of one language."""

    diagnosis: Diagnosis
    instrument: Instrument
    lang: str
    names: Names = field(default_factory=Names)

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
        head, _, rest = name.partition(":")
        if head == "channel" and rest:
            return Column(name, kind, rest, self.tell("column.channel"))
        if name.startswith("of_"):
            title = self.dimensions.get(name[3:], name[3:])
            return Column(name, kind, title, title)
        title = self.tell(f"column.{name}")
        return Column(name, kind, title, title)

    def dimension_of(self, item: str) -> str:
        """Return the id of an item's dimension, "" where it has none."""
        known = self._items.get(item)
        return (known.dimension or "") if known else ""

    def unit(self, name: str) -> Named:
        """Return a unit with its id and its name."""
        return Named(name, self.names.units.get(name, name))

    def standard(self, name: str) -> Named:
        """Return a standard with its id and its text."""
        return Named(name, self.names.standards.get(name, name))

    def promise(self, name: str) -> Named:
        """Return a promise with its id and its text."""
        return Named(name, self.names.promises.get(name, name))

    def shielded(
        self, figure: Figure, voice: str, asked: Mapping[str, int] | None = None
    ) -> Figure:
        """Return a figure that says, where it is withheld, why.

        Args:
            figure: As released.
            voice: Whose answers it is made of: customers, managers or employees.
            asked: Answers by voice of the same unit; the whole wave's without.
        """
        if figure.reason != "small_cell" or voice not in self.names.minimum:
            return figure
        answered = (self.measured.asked if asked is None else asked).get(voice, 0)
        fewest = self.names.minimum[voice]
        # Enough answered: it is withheld so that others cannot be worked out from it.
        more = fewest if answered < fewest else "others"
        return replace(figure, reason=f"small_cell:{more}")

    def table(
        self,
        name: str,
        title: str,
        columns: Heads,
        rows: Sequence[tuple[Cell, ...]],
        note: str = "",
    ) -> Table:
        """Return a table of columns (name, kind); its note names the methods of its figures."""
        heads = tuple(self.column(head, kind) for head, kind in columns)
        notes = [note, self._methods(heads, rows), self._hidden(rows)]
        return Table(name, title, heads, tuple(rows), " ".join(one for one in notes if one))

    def form(self, name: str) -> str:
        """Return ``gap3.measured`` in words: the gap, and which form of it."""
        gap, _, kind = name.partition(".")
        named = self.gap_name(int(gap[3:])) if gap[3:].isdigit() else name
        if gap in {"gap2", "gap3", "gap4"}:
            form = self.tell("column.measured" if kind else "column.self_rated")
            return f"{named} · {form}"
        return named

    def _methods(self, heads: Sequence[Column], rows: Sequence[tuple[Cell, ...]]) -> str:
        """Return the methods of the figures, columns with the same ones told together."""
        columns: dict[tuple[str, ...], list[str]] = {}
        for at, head in enumerate(heads):
            cells = [row[at] for row in rows]
            used = tuple(
                dict.fromkeys(
                    told(one.method, self.words)
                    for one in cells
                    if isinstance(one, Estimate | GapEstimate) and one.value is not None
                    if one.method
                )
            )
            if used:
                columns.setdefault(used, []).append(head.title)
        if not columns:
            return ""
        texts = [f"{', '.join(titles)}: {' / '.join(used)}" for used, titles in columns.items()]
        return self.tell("methods_note", methods=". ".join(texts))

    def _hidden(self, rows: Sequence[tuple[Cell, ...]]) -> str:
        withheld = any(
            (cell.reason or "").startswith("small_cell")
            for row in rows
            for cell in row
            if isinstance(cell, Estimate | GapEstimate)
        )
        return self.tell("hidden_note") if withheld else ""

    def place(self, name: str) -> str:
        """Return ``gap3.reliability`` in words."""
        gap, _, dimension = name.partition(".")
        named = self.gap_name(int(gap[3:])) if gap[3:].isdigit() else gap
        return f"{named} · {self.dimensions.get(dimension, dimension)}" if dimension else named

    def gap_name(self, gap: int) -> str:
        """Return the name of a gap with its number."""
        return f"{gap} {self.tell(f'gap.{gap}')}"


def as_estimate(rated: RatedDimension) -> Estimate:
    """Return a direct rating as an estimate."""
    return Estimate(rated.value, rated.low, rated.high, rated.n, rated.method, rated.reason)
