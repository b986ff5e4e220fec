"""Signs of careless answering, one respondent at a time; nothing is ever deleted here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.answers import Block, Numbers, item_columns
from fivegaps.model.instrument import Instrument

Mask = NDArray[np.bool_]

LEAST_ITEMS = 5
LONG_RUN_SHARE = 0.75
SECONDS_PER_ITEM = 2.0
DUPLICATE_ITEMS = 10


@dataclass(frozen=True, slots=True)
class Flagged:
    """Flags of some respondents.

    ``flags`` maps a flag to who shows it (n,). ``careless`` (n,) are the
    respondents left out of the figures "without the flagged": same answer
    throughout in every battery, a long run in every battery, expectation equal
    to perception everywhere, most items missing, or too fast. One constant
    battery alone is plausible and does not count (method.md 2.1).
    """

    flags: Mapping[str, Mask]
    careless: Mask


def batteries_of(instrument: Instrument) -> dict[str, NDArray[np.intp]]:
    """Return the rows of ``Block.codes`` that each battery fills."""
    places: dict[str, list[int]] = {}
    for place, column in enumerate(item_columns(instrument)):
        places.setdefault(column.battery, []).append(place)
    return {battery: np.array(rows, dtype=np.intp) for battery, rows in places.items()}


def flag(instrument: Instrument, block: Block) -> Flagged:
    """Return the flags of a block's respondents."""
    n = block.codes.shape[1]
    flags: dict[str, Mask] = {}
    constant_everywhere = np.ones(n, dtype=np.bool_)
    runs_everywhere = np.ones(n, dtype=np.bool_)
    judged = False
    for battery, rows in batteries_of(instrument).items():
        if len(rows) < LEAST_ITEMS:
            continue
        judged = True
        codes = block.codes[rows]
        answered = (codes > 0).sum(axis=0)
        enough = answered >= LEAST_ITEMS
        lowest = np.where(codes > 0, codes, np.uint8(255)).min(axis=0)
        constant = enough & (lowest == codes.max(axis=0))
        long_run = enough & (_longest_run(codes) >= np.maximum(LONG_RUN_SHARE * len(rows), 6))
        flags[f"zero_spread_{battery}"] = constant
        flags[f"long_run_{battery}"] = long_run
        constant_everywhere &= constant
        runs_everywhere &= long_run
    careless = (constant_everywhere | runs_everywhere) if judged else np.zeros(n, dtype=np.bool_)
    answered_all = (block.codes > 0).sum(axis=0)
    flags["mostly_missing"] = answered_all * 2 < block.codes.shape[0]
    careless = careless | flags["mostly_missing"]
    equal = _equal_pairs(instrument, block)
    if equal is not None:
        flags["expectation_equals_perception"] = equal
        careless = careless | equal
    seconds = instrument.structure.seconds
    timed = block.columns.get(seconds) if seconds is not None else None
    if isinstance(timed, Numbers):
        with np.errstate(invalid="ignore"):
            fast = (timed.values < SECONDS_PER_ITEM * answered_all) & (answered_all > 0)
        flags["too_fast"] = fast
        careless = careless | fast
    return Flagged(flags, careless)


def _longest_run(codes: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Return the longest run of one answer over consecutive items (n,); gaps break it."""
    run = np.zeros(codes.shape[1], dtype=np.int16)
    longest = np.zeros(codes.shape[1], dtype=np.int16)
    previous = np.zeros(codes.shape[1], dtype=np.uint8)
    for row in codes:
        run = np.where((row == previous) & (row > 0), run + 1, row > 0).astype(np.int16)
        np.maximum(longest, run, out=longest)
        previous = row
    return longest


def _equal_pairs(instrument: Instrument, block: Block) -> Mask | None:
    """Return who answered expectation and perception alike on every item, some spread or not."""
    if not (instrument.has("expectation") and instrument.has("perception")):
        return None
    place = {(c.battery, c.item): row for row, c in enumerate(item_columns(instrument))}
    pairs = np.zeros(block.codes.shape[1], dtype=np.int16)
    same = np.zeros(block.codes.shape[1], dtype=np.int16)
    asked = 0
    for item in instrument.items:
        expected = place.get(("expectation", item.id))
        perceived = place.get(("perception", item.id))
        if expected is None or perceived is None:
            continue
        asked += 1
        both = (block.codes[expected] > 0) & (block.codes[perceived] > 0)
        pairs += both
        same += both & (block.codes[expected] == block.codes[perceived])
    if asked < LEAST_ITEMS:
        return None
    alike: Mask = (pairs * 2 >= asked) & (pairs == same)
    return alike


def answer_hashes(block: Block) -> NDArray[np.uint64]:
    """Return a 64-bit fingerprint of each respondent's item answers (n,); 0 = not judged.

    Respondents with fewer than ten answers, or the same answer throughout, are
    not judged: their answers coincide by chance.
    """
    codes = block.codes
    with np.errstate(over="ignore"):
        hashed = np.full(codes.shape[1], 0x9E3779B97F4A7C15, dtype=np.uint64)
        for row in codes:
            hashed = (hashed ^ row) * np.uint64(0x00000100000001B3)
            hashed ^= hashed >> np.uint64(29)
    answered = (codes > 0).sum(axis=0)
    lowest = np.where(codes > 0, codes, np.uint8(255)).min(axis=0, initial=255)
    judged = (answered >= DUPLICATE_ITEMS) & (lowest != codes.max(axis=0, initial=0))
    return np.where(judged, np.maximum(hashed, 1), 0)
