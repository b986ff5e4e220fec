"""Sums of single items over a wave's customers, from the counts of code pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.customer_voice import CustomerVoice
from fivegaps.engines.scores import ScoreColumn
from fivegaps.scoring.sums import Sums

Counts = NDArray[np.int64]


def item_sums(voice: CustomerVoice) -> Sums:
    """Return sums of each item's complete pairs, and of each battery alone.

    Columns are named as analyze names them. Products between items stay 0: no
    figure needs them.
    """
    instrument = voice.counter.instrument
    size = voice.pairs.shape[2]
    code = np.arange(size)
    columns: list[ScoreColumn] = []
    masks: list[str] = []
    blocks: list[tuple[Counts, list[Counts]]] = []
    for place, item in enumerate(instrument.items):
        table = voice.pairs[:, place]
        both = np.zeros_like(table)
        both[:, 1:, 1:] = table[:, 1:, 1:]
        values = {
            "expectation": np.broadcast_to(code[:, None], (size, size)),
            "perception": np.broadcast_to(code[None, :], (size, size)),
        }
        asked = [battery for battery in values if battery in item.columns]
        sets = [(f"item:{item.id}", asked, both)] if len(asked) == len(values) else []
        for battery in asked:
            given = np.where(values[battery] > 0, table, 0)
            sets.append((f"single:{battery}:{item.id}", [battery], given))
        for mask, batteries, counted in sets:
            masks.append(mask)
            columns += [
                ScoreColumn(f"{battery}:{mask}", mask, 1.0, instrument.battery(battery).minimum - 1)
                for battery in batteries
            ]
            blocks.append((counted, [values[battery] for battery in batteries]))
    return _filled(tuple(columns), tuple(masks), blocks, voice)


def _filled(
    columns: tuple[ScoreColumn, ...],
    masks: tuple[str, ...],
    blocks: list[tuple[Counts, list[Counts]]],
    voice: CustomerVoice,
) -> Sums:
    width = len(columns) + len(masks)
    gram = np.zeros((width, width))
    totals = np.zeros((len(voice.pairs), width))
    column = 0
    for place, (counted, values) in enumerate(blocks):
        mask = len(columns) + place
        whole = counted.sum(axis=0)
        gram[mask, mask] = whole.sum()
        totals[:, mask] = counted.sum(axis=(1, 2))
        for number, value in enumerate(values):
            row = column + number
            gram[row, mask] = gram[mask, row] = (whole * value).sum()
            totals[:, row] = (counted * value).sum(axis=(1, 2))
            for other, second in enumerate(values):
                gram[row, column + other] = (whole * value * second).sum()
        column += len(values)
    clustered = voice.sums.clusters is not None
    present = voice.pairs.any(axis=(1, 2, 3))
    return Sums(columns, masks, gram, gram, gram, totals[present] if clustered else None)
