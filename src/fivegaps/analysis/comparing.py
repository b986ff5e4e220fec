"""Compare two files of answers: two waves, or we and a competitor, on the same items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fivegaps.analysis.counting import Start, count, plan_scan, silent
from fivegaps.analysis.options import Options
from fivegaps.analysis.rows import Row, estimate_row, html_table
from fivegaps.analysis.samples import Weighing
from fivegaps.io.answers import Answers
from fivegaps.model.instrument import Instrument, Item
from fivegaps.scoring.gaps import terms
from fivegaps.scoring.sums import Sums
from fivegaps.stats.adjust import benjamini_hochberg, holm
from fivegaps.stats.comparing import WELCH, difference, differences
from fivegaps.stats.estimate import GapEstimate
from fivegaps.stats.intervals import Sample

SCHEMA = "fivegaps.compare/1"


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that may not be compared, and why.

    ``reason``: changed_wording | changed_scale | changed_direction |
    changed_dimension | only_in_first | only_in_second.
    """

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Differences second − first: positive means that the second file scores higher.

    ``measure`` is ``gap`` where both files have expectations, else ``perception``;
    the other measures stand beside it. Dimensions are made of the items that may
    be compared; p is adjusted by Holm over dimensions and by Benjamini-Hochberg
    over items.
    """

    schema: str
    first: str
    second: str
    n: tuple[int, int]
    direction: str
    measure: str
    overall: GapEstimate
    dimensions: Mapping[str, GapEstimate]
    items: Mapping[str, GapEstimate]
    dimension_items: Mapping[str, tuple[str, ...]]
    perception: Mapping[str, GapEstimate]
    expectation: Mapping[str, GapEstimate]
    refused: tuple[Refused, ...]

    def rows(self) -> list[Row]:
        """Return the differences as rows, which any frame library takes."""
        named = [("overall", "overall", self.overall)]
        named += [("dimension", name, one) for name, one in self.dimensions.items()]
        named += [("item", name, one) for name, one in self.items.items()]
        return [estimate_row(level, name, self.measure, one) for level, name, one in named]

    def _repr_html_(self) -> str:
        return html_table(self.rows(), caption=f"{self.second} − {self.first}")


def compare(
    first: Answers,
    second: Answers,
    *,
    options: Options | None = None,
    start: Start = silent,
) -> Compared:
    """Return how the second file differs from the first, item versions being equal.

    Args:
        first: Answers of the earlier wave, or our own.
        second: Answers of the later wave, or the competitor's.
        options: Confidence, cluster, weights and the rule for missing answers;
            both files are treated alike.
        start: Starts a progress bar.

    Raises:
        OptionRefused: A column is in neither or only one of the files.

    Source: welch-1947.
    """
    options = options or Options()
    options.check()
    common, refused = comparable(first.instrument, second.instrument)
    sides = [_sums(answers, common, options, start) for answers in (first, second)]
    paired = all(side.place("expectation:all") is not None for side in sides)
    measure = "gap" if paired else "perception"
    ids = {dimension.id: f"dimension:{dimension.id}" for dimension in common.dimensions}
    items = {item.id: f"item:{item.id}" for item in common.items}
    if not paired:
        ids = {name: f"performance:{name}" for name in ids}
        items = {name: f"single:perception:{name}" for name in items}

    def pairs(names: Mapping[str, str], which: str) -> dict[str, tuple[Sample, Sample]]:
        return {
            name: (_sample(sides[1], (mask,), which), _sample(sides[0], (mask,), which))
            for name, mask in names.items()
        }

    whole = [_sample(side, tuple(ids.values()), measure) for side in sides]
    method = f"difference of means, second − first, {WELCH}"
    by_battery = {
        which: differences(pairs(ids, which), rule=holm, confidence=options.confidence)
        for which in ("perception", "expectation")
        if paired or which == "perception"
    }
    return Compared(
        schema=SCHEMA,
        first=first.file_name,
        second=second.file_name,
        n=(_n(sides[0]), _n(sides[1])),
        direction="second - first",
        measure=measure,
        overall=difference(whole[1], whole[0], confidence=options.confidence, method=method),
        dimensions=differences(
            pairs(ids, measure), rule=holm, confidence=options.confidence, method=method
        ),
        items=differences(
            pairs(items, measure),
            rule=benjamini_hochberg,
            confidence=options.confidence,
            method=method,
        ),
        dimension_items={
            dimension.id: tuple(item.id for item in common.items_of(dimension.id))
            for dimension in common.dimensions
        },
        perception=by_battery["perception"],
        expectation=by_battery.get("expectation", {}),
        refused=refused,
    )


def comparable(first: Instrument, second: Instrument) -> tuple[Instrument, tuple[Refused, ...]]:
    """Return the first instrument with the items that both ask alike, and the others."""
    refused = []
    kept = []
    others = {item.id: item for item in second.items}
    for item in first.items:
        other = others.pop(item.id, None)
        reason = "only_in_first" if other is None else _changed(first, item, second, other)
        if reason is None:
            kept.append(item)
        else:
            refused.append(Refused(item.id, reason))
    refused += [Refused(item, "only_in_second") for item in others]
    dimensions = tuple(
        dimension
        for dimension in first.dimensions
        if any(item.dimension == dimension.id for item in kept)
    )
    return replace(first, items=tuple(kept), dimensions=dimensions), tuple(refused)


def _changed(first: Instrument, item: Item, second: Instrument, other: Item) -> str | None:
    if item.dimension != other.dimension:
        return "changed_dimension"
    if item.reversed != other.reversed:
        return "changed_direction"
    for battery in set(item.columns) & set(other.columns):
        one, two = first.battery(battery), second.battery(battery)
        if (one.minimum, one.maximum) != (two.minimum, two.maximum):
            return "changed_scale"
    for language in set(item.text) & set(other.text):
        if dict(item.text[language]) != dict(other.text[language]):
            return "changed_wording"
    return None


def _sums(answers: Answers, common: Instrument, options: Options, start: Start) -> Sums:
    wanted = tuple(item.id for item in common.items)
    plan, _ = plan_scan(answers, replace(options, by=(), outcome=None), items=wanted)
    counted = count(answers, plan, start=start)
    weighing = Weighing(plan.layout, counted.counts, margins=options.margins, weight=options.weight)
    return weighing.whole(counted.counts)


def _sample(sums: Sums, masks: tuple[str, ...], which: str) -> Sample:
    if which == "gap":
        minus = {name: -value for name, value in terms("expectation", masks).items()}
        return sums.mean({**terms("perception", masks), **minus})
    return sums.mean(terms(which, masks))


def _n(sums: Sums) -> int:
    place = len(sums.columns) + sums.masks.index("everyone")
    return int(sums.counts[place, place])
