"""The results seen by a reader of one language: names, words and numerals at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from fivegaps.analysis.results import Results
from fivegaps.model.instrument import Battery, Instrument, Item
from fivegaps.report.numerals import Numerals
from fivegaps.report.tables import Column, Kind, Named
from fivegaps.report.words import Words
from fivegaps.stats.estimate import Estimate, GapEstimate

AnyEstimate = Estimate | GapEstimate
_LONGEST_LABEL = 60


def in_language(texts: Mapping[str, str], lang: str) -> str:
    """Return the text in a language, else in English, else in any, else nothing."""
    for known in (lang, "en", *texts):
        if texts.get(known):
            return texts[known]
    return ""


@dataclass(frozen=True)
class View:
    """Results and instrument with the words of one language."""

    results: Results
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

    def say(self, key: str, **values: object) -> str:
        """Return a phrase of the language."""
        return self.words.say(key, **values)

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.id: item for item in self.instrument.items}

    @cached_property
    def _dimensions(self) -> dict[str, str]:
        return {
            known.id: in_language(known.title, self.lang) or known.id.replace("-", " ")
            for known in self.instrument.dimensions
        }

    def dimension(self, dimension: str) -> str:
        """Return the name of a dimension."""
        return self._dimensions.get(dimension, dimension)

    def item(self, item: str) -> str:
        """Return the label of an item: its short label, a short enough text, or its id."""
        known = self._items.get(item)
        if known is None:
            return item
        short = known.short.get(self.lang) or in_language(known.short, self.lang)
        if short:
            return short
        texts = known.text.get(self.lang) or next(iter(known.text.values()), {})
        text = texts.get("perception") or next(iter(texts.values()), "")
        return text if text and len(text) <= _LONGEST_LABEL else item

    def battery(self, battery: str) -> str:
        """Return the name of a battery, or of the gap."""
        key = f"terms.battery.{battery}"
        return self.say(key) if self.words.knows(key) else battery

    def outcome(self, outcome: str) -> str:
        """Return the name of an outcome."""
        for known in self.instrument.outcomes:
            if known.id == outcome:
                named = in_language(known.title, self.lang)
                if named:
                    return named
        key = f"terms.outcome.{outcome}"
        return self.say(key) if self.words.knows(key) else outcome

    def named(self, kind: str, identifier: str) -> Named:
        """Return a dimension, item or battery with its id and its name."""
        name = {"dimension": self.dimension, "item": self.item, "battery": self.battery}[kind]
        return Named(identifier, name(identifier))

    def names(self, kind: str, identifiers: tuple[str, ...] | list[str]) -> str:
        """Return the names of several things, joined as the language joins them."""
        return self.numerals.listed([self.named(kind, one).name for one in identifiers])

    def stem(self, column: str) -> str:
        """Return a segment column's name fit for a file name and an id, different for each."""
        return self._stems[column]

    @cached_property
    def _stems(self) -> dict[str, str]:
        stems: dict[str, str] = {}
        for column in self.results.segments:
            kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in column)
            stem = kept.strip("-").lower() or "segment"
            number = sum(known == stem or known.startswith(f"{stem}-") for known in stems.values())
            stems[column] = f"{stem}-{number + 1}" if number else stem
        return stems

    def column(self, column: str, kind: Kind, *, about: str = "") -> Column:
        """Return a column of the vocabulary; ``about`` is added to its title."""
        title = self.say(f"columns.{column}.title")
        return Column(
            id=column,
            kind=kind,
            title=f"{title}, {about}" if about else title,
            meaning=self.say(f"columns.{column}.meaning"),
        )

    @cached_property
    def confidence(self) -> float:
        """The confidence level of the intervals, .95 unless the options say otherwise."""
        level = self.results.provenance.options.get("confidence", 0.95)
        return float(level) if isinstance(level, (int, float)) else 0.95

    @cached_property
    def level(self) -> str:
        """The confidence level as a percentage."""
        decimals = 0 if abs(self.confidence * 100 - round(self.confidence * 100)) < 1e-9 else 1
        return self.numerals.share(self.confidence, decimals)

    @property
    def has_gaps(self) -> bool:
        """Whether expectations were asked, so that there are gaps."""
        return any(scores.gap.value is not None for scores in self.results.items.values())

    @property
    def performance_battery(self) -> Battery:
        """The battery that says how the service is, perception where there is one."""
        for wanted in ("perception", "satisfaction"):
            if self.instrument.has(wanted):
                return self.instrument.battery(wanted)
        return self.instrument.batteries[0]

    @property
    def scale(self) -> str:
        """The scale points in use, such as 1–7."""
        battery = self.performance_battery
        return f"{battery.minimum}–{battery.maximum}"

    def estimate(self, estimate: AnyEstimate, kind: str = "number", decimals: int = 2) -> str:
        """Return value and interval in running text; a missing one as a dash."""
        if estimate.value is None:
            return "–"
        write = {
            "signed": self.numerals.signed,
            "coefficient": self.numerals.coefficient,
            "share": self.numerals.share,
        }.get(kind, self.numerals.number)
        text = write(estimate.value, decimals)
        if estimate.low is None or estimate.high is None:
            return text
        return f"{text} {self.numerals.span(estimate.low, estimate.high, decimals, kind)}"


def side(estimate: AnyEstimate) -> str:
    """Return trouble, strength or mark: where the whole interval lies beside zero."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "mark"
    if estimate.high < 0:
        return "trouble"
    return "strength" if estimate.low > 0 else "mark"
