"""Everything that an analysis needs from the answers, in additive counts.

:class:`SurveyCounts` is the state of one scan: it is reduced from a block of
answers, added up in any order, and what follows from it costs nothing more per
answer. What it cannot hold (fourth-order sums for robust standard errors, the
duplicates' own rows) is read in a second pass, which says so where it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.block_grams import BlockGrams, Dealt
from fivegaps.engines.block_sets import driver_scores, driver_sets, item_sets
from fivegaps.engines.crossing import Key, chosen, crossed
from fivegaps.engines.flags import Flagged, answer_hashes, batteries_of, flag
from fivegaps.engines.gap_tables import gap_tables
from fivegaps.engines.grams import (
    Floats,
    Gram,
    Grouping,
    added,
    added_within,
    grouped_grams,
    grouped_totals,
    grouped_weighted_grams,
    grouping,
    stacked,
)
from fivegaps.engines.score_sums import Sampling, ScoreSums, answer_weights, score_sums
from fivegaps.engines.scores import EVERYONE, PAIRED, Scored, ScoreLayout
from fivegaps.errors import OptionRefused
from fivegaps.io.answers import Block, Categories, ColumnKind, Numbers, item_columns
from fivegaps.model.instrument import Instrument
from fivegaps.stats.counts import Columns, Histograms, Moments
from fivegaps.stats.resampling import block_of

KANO_LEVELS = 5
MOST_VALUES = 5000


@dataclass(frozen=True, slots=True)
class CountPlan:
    """What one scan counts.

    ``segments`` are columns or pairs of columns; ``margins`` the columns whose
    cross-classification gives weight cells; ``outcome`` the driver analysis'
    outcome; ``blocks`` how many random blocks the bootstrap draws from.
    """

    layout: ScoreLayout
    segments: tuple[Key, ...] = ()
    sampling: Sampling = field(default_factory=Sampling)
    complete: bool = False
    outcome: str | None = None
    blocks: int = 1000
    rows: int = 0
    seed: int = 0
    duplicates: bool = True

    @property
    def instrument(self) -> Instrument:
        """The instrument that the answers were collected with."""
        return self.layout.asked

    @property
    def columns(self) -> dict[str, ColumnKind]:
        """File columns that the scan reads beside the items."""
        wanted: dict[str, ColumnKind] = {}
        for segment in self.segments:
            wanted.update(dict.fromkeys(segment, "categories"))
        if self.sampling.cluster is not None:
            wanted[self.sampling.cluster] = "categories"
        wanted.update(dict.fromkeys(self.sampling.margins, "categories"))
        numbers = [*self.layout.number_columns]
        for pair in self.instrument.kano:
            numbers += [pair.functional, pair.dysfunctional]
        if self.instrument.structure.seconds is not None:
            numbers.append(self.instrument.structure.seconds)
        if self.sampling.weight is not None:
            numbers.append(self.sampling.weight)
        # A column with two roles is read as numbers; labels are made of them (``labelled``).
        wanted.update(dict.fromkeys(numbers, "numbers"))
        return wanted


@dataclass(frozen=True, slots=True)
class SurveyCounts:
    """Additive state of one scan; every field of counts is exact.

    ``moments`` by battery, ``paired`` and ``gap``; ``tables`` frequencies of gap scores in
    score units, centred at 0; ``scores`` sums of all score columns; ``flagged``
    sums of the main ones over careless respondents; ``segments`` Gram matrices of
    the main columns by segment value (and margin values), ``segment_clusters``
    and ``segment_weighted`` the same for clusters and weights; ``blocks`` per set
    of columns the Gram matrices of [1; columns] on complete rows; ``weightless``
    counts answers of weight 0 or none.
    """

    read: int
    used: int
    histograms: Histograms
    gap_histograms: Histograms | None
    moments: Mapping[str, Moments]
    tables: Mapping[str, NDArray[np.int64]]
    scores: ScoreSums
    segments: Mapping[Key, Mapping[Key, Gram]]
    segment_clusters: Mapping[Key, Mapping[Key, Floats]]
    segment_weighted: Mapping[Key, Mapping[Key, Floats]]
    blocks: Mapping[str, BlockGrams]
    kano: Mapping[str, NDArray[np.int64]]
    flags: Mapping[str, int]
    careless: int
    flagged: ScoreSums
    inversions: Mapping[str, int]
    weightless: int = 0
    fingerprints: tuple[tuple[NDArray[np.int64], NDArray[np.uint64]], ...] = field(default=())

    def moments_of(self, battery: str) -> Moments:
        """Return the moments that hold a battery's columns, or those of the gaps."""
        return self.moments[battery if battery in self.moments else "paired"]

    def __add__(self, other: SurveyCounts) -> SurveyCounts:
        """Return the counts of both."""
        return SurveyCounts(
            read=self.read + other.read,
            used=self.used + other.used,
            histograms=self.histograms + other.histograms,
            gap_histograms=(
                self.gap_histograms + other.gap_histograms
                if self.gap_histograms is not None and other.gap_histograms is not None
                else None
            ),
            moments=added(self.moments, other.moments),
            tables=added(self.tables, other.tables),
            scores=self.scores + other.scores,
            segments=added_within(self.segments, other.segments),
            segment_clusters=added_within(self.segment_clusters, other.segment_clusters),
            segment_weighted=added_within(self.segment_weighted, other.segment_weighted),
            blocks=added(self.blocks, other.blocks),
            kano=added(self.kano, other.kano),
            flags=added(self.flags, other.flags),
            careless=self.careless + other.careless,
            flagged=self.flagged + other.flagged,
            inversions=added(self.inversions, other.inversions),
            weightless=self.weightless + other.weightless,
            fingerprints=self.fingerprints + other.fingerprints,
        )


def main_columns(layout: ScoreLayout) -> NDArray[np.intp]:
    """Return the places in Z of what segments need: dimension scores and their masks."""
    prefix = "dimension:" if layout.paired else "performance:"
    masks = [name for name in layout.mask_names if name == EVERYONE or name.startswith(prefix)]
    columns = [place for place, c in enumerate(layout.columns) if c.mask in masks]
    offset = len(layout.columns)
    return np.array(
        [*columns, *(offset + layout.mask_index[name] for name in masks)], dtype=np.intp
    )


def _moment_sets(instrument: Instrument) -> dict[str, NDArray[np.intp]]:
    """Return the columns whose moments are counted together: expectation with perception."""
    sets = batteries_of(instrument)
    if all(battery in sets for battery in PAIRED):
        both = [sets.pop(battery) for battery in PAIRED]
        sets["paired"] = np.concatenate(both)
    return sets


class Counter:
    """Reduces blocks of answers to :class:`SurveyCounts` by one plan."""

    def __init__(self, plan: CountPlan) -> None:
        """Prepare everything that does not depend on the answers."""
        self.plan = plan
        self.columns = item_columns(plan.instrument)
        self.moment_sets = _moment_sets(plan.instrument)
        self.main = main_columns(plan.layout)
        self.counted = Columns(
            names=tuple(column.key for column in self.columns),
            levels=tuple(column.levels for column in self.columns),
        )
        self.pairs = self._gap_pairs()

    def _gap_pairs(self) -> list[tuple[str, int, int, int]]:
        if not self.plan.layout.paired:
            return []
        place = {(c.battery, c.item): row for row, c in enumerate(self.columns)}
        return [
            (
                f"gap.{item.id}",
                place["expectation", item.id],
                place["perception", item.id],
                self.columns[place["expectation", item.id]].levels,
            )
            for item in self.plan.instrument.items
            if ("expectation", item.id) in place and ("perception", item.id) in place
        ]

    def __call__(self, block: Block) -> SurveyCounts:
        """Return the counts of one block."""
        read = block.codes.shape[1]
        if self.plan.complete:
            block = chosen(block, np.asarray((block.codes > 0).all(axis=0)))
        scored = self.plan.layout.scores(block)
        flagged = flag(self.plan.instrument, block)
        z = stacked(scored)
        return SurveyCounts(
            read=read,
            used=block.codes.shape[1],
            histograms=Histograms.of(self.counted, block.codes),
            gap_histograms=self._gap_histograms(block),
            moments=self._moments(block),
            tables=gap_tables(self.plan.layout, scored),
            scores=score_sums(self.plan.sampling, block, z),
            flagged=self.sums_of(block, z, flagged.careless),
            segments=self._by_segment(block, z),
            segment_clusters=self._by_segment_and_cluster(block, z),
            segment_weighted=self._segment_weights(block, z),
            blocks=self._blocks(block, scored),
            kano=self._kano(block),
            flags={name: int(mask.sum()) for name, mask in flagged.flags.items()},
            careless=int(flagged.careless.sum()),
            inversions=self._inversions(scored),
            weightless=self._weightless(block),
            fingerprints=self._fingerprints(block, flagged),
        )

    def _gap_codes(self, block: Block) -> tuple[Columns, NDArray[np.uint8]] | None:
        if not self.pairs:
            return None
        codes = np.empty((len(self.pairs), block.codes.shape[1]), dtype=np.uint8)
        for row, (_, expected, perceived, levels) in enumerate(self.pairs):
            e, p = block.codes[expected], block.codes[perceived]
            codes[row] = np.where((e > 0) & (p > 0), p + np.uint8(levels) - e, 0)
        columns = Columns(
            names=tuple(pair[0] for pair in self.pairs),
            levels=tuple(2 * pair[3] - 1 for pair in self.pairs),
        )
        return columns, codes

    def _gap_histograms(self, block: Block) -> Histograms | None:
        gaps = self._gap_codes(block)
        return None if gaps is None else Histograms.of(*gaps)

    def _moments(self, block: Block) -> dict[str, Moments]:
        found = {}
        for name, rows in self.moment_sets.items():
            names = tuple(self.columns[row].key for row in rows)
            levels = tuple(self.columns[row].levels for row in rows)
            codes = np.ascontiguousarray(block.codes[rows])
            found[name] = Moments.of(Columns(names, levels), codes)
        gaps = self._gap_codes(block)
        if gaps is not None:
            found["gap"] = Moments.of(*gaps)
        return found

    def _weightless(self, block: Block) -> int:
        weights = answer_weights(block, self.plan.sampling.weight)
        return 0 if weights is None else int(np.count_nonzero(weights == 0))

    def _by_segment(self, block: Block, z: Floats) -> dict[Key, dict[Key, Gram]]:
        main = z[self.main]
        found: dict[Key, dict[Key, Gram]] = {}
        for segment in self.plan.segments:
            codes, keys = crossed(block, segment, optional=self.plan.sampling.margins)
            if len(keys) > MOST_VALUES:
                raise OptionRefused(
                    "--by",
                    f"{'|'.join(segment)} has more than {MOST_VALUES} values: no segments",
                )
            grams = grouped_grams(main, codes)
            found[segment] = {keys[code]: gram for code, gram in grams.items()}
        return found

    def _by_segment_and_cluster(self, block: Block, z: Floats) -> dict[Key, dict[Key, Floats]]:
        if self.plan.sampling.cluster is None:
            return {}
        weights = answer_weights(block, self.plan.sampling.weight)
        found = {}
        for segment in self.plan.segments:
            within = (self.plan.sampling.cluster, *self.plan.sampling.margins)
            codes, keys = crossed(block, segment, optional=within)
            totals = grouped_totals(z[self.main], codes, weights)
            found[segment] = {keys[code]: total for code, total in totals.items()}
        return found

    def _segment_weights(self, block: Block, z: Floats) -> dict[Key, dict[Key, Floats]]:
        weights = answer_weights(block, self.plan.sampling.weight)
        if weights is None:
            return {}
        found: dict[Key, dict[Key, Floats]] = {}
        for segment in self.plan.segments:
            codes, keys = crossed(block, segment)
            once = grouped_weighted_grams(z[self.main], codes, weights)
            twice = grouped_weighted_grams(z[self.main], codes, weights**2)
            found[segment] = {keys[code]: np.stack([once[code], twice[code]]) for code in once}
        return found

    def sums_of(self, block: Block, z: Floats, who: NDArray[np.bool_]) -> ScoreSums:
        """Return the sums of the main score columns over some of a block's respondents."""
        some = np.ascontiguousarray(z[self.main][:, who])
        return score_sums(self.plan.sampling, chosen(block, who), some)

    def _blocks(self, block: Block, scored: Scored) -> dict[str, BlockGrams]:
        keys, found = self._block_groups(block)
        dealt = Dealt(found, block.codes.shape[1])
        codes = dealt.arranged(block.codes)
        layout, outcome = self.plan.layout, self.plan.outcome
        sets = list(item_sets(layout.asked, codes))
        if outcome is not None:
            some = driver_scores(layout, scored, outcome)
            some = Scored(dealt.arranged(some.values), dealt.arranged(some.masks))
            sets += driver_sets(layout, codes, some, outcome)
        return {
            part.label: BlockGrams(keys, dealt.grams(part.columns, part.complete)) for part in sets
        }

    def _block_groups(self, block: Block) -> tuple[Key, Grouping]:
        if self.plan.sampling.cluster is not None:
            codes, keys = crossed(block, (), optional=(self.plan.sampling.cluster,))
            found = grouping(codes)
            return tuple(keys[code][0] for code in found.keys), found
        groups = block_of(
            block.rows, rows=self.plan.rows, most=self.plan.blocks, seed=self.plan.seed
        )
        found = grouping(groups)
        return tuple(f"{code:06d}" for code in found.keys), found

    def _kano(self, block: Block) -> dict[str, NDArray[np.int64]]:
        found = {}
        for pair in self.plan.instrument.kano:
            functional = _whole(block.columns[pair.functional])
            dysfunctional = _whole(block.columns[pair.dysfunctional])
            both = (functional > 0) & (dysfunctional > 0)
            cells = (functional[both] - 1) * KANO_LEVELS + dysfunctional[both] - 1
            counts = np.bincount(cells, minlength=KANO_LEVELS**2)
            found[pair.item] = counts.reshape(KANO_LEVELS, KANO_LEVELS)
        return found

    def _inversions(self, scored: Scored) -> dict[str, int]:
        layout = self.plan.layout
        found = {}
        for name, place in layout.mask_index.items():
            if name.startswith("zone:"):
                adequate = scored.values[layout.index[f"adequate:{name}"]]
                desired = scored.values[layout.index[f"desired:{name}"]]
                found[name] = int(((adequate > desired) & scored.masks[place]).sum())
        return found

    def _fingerprints(
        self, block: Block, flagged: Flagged
    ) -> tuple[tuple[NDArray[np.int64], NDArray[np.uint64]], ...]:
        if not self.plan.duplicates:
            return ()
        hashes = answer_hashes(block)
        judged = (hashes > 0) & ~flagged.careless
        return ((block.rows[judged], hashes[judged]),)


def _whole(column: Categories | Numbers) -> NDArray[np.int64]:
    if isinstance(column, Categories):
        message = "Kano answers are read as numbers"
        raise TypeError(message)
    values = column.values
    valid = (values >= 1) & (values <= KANO_LEVELS) & (values == np.rint(values))
    return np.where(valid, np.nan_to_num(values), 0).astype(np.int64)
