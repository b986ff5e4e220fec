"""The compiled path's inner loops under one name; importing it imports numba."""

from __future__ import annotations

from fivegaps.stats.counts.popcount import add_moments, add_pair, add_tables
from fivegaps.stats.counts.rowwise import (
    add_cell_histograms,
    add_histograms,
    clear_missing,
    fill_byte_codes,
    fill_gaps,
    fill_whole_codes,
    sort_rows,
)

__all__ = [
    "add_cell_histograms",
    "add_histograms",
    "add_moments",
    "add_pair",
    "add_tables",
    "clear_missing",
    "fill_byte_codes",
    "fill_gaps",
    "fill_whole_codes",
    "sort_rows",
]
