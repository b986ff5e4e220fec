"""Additive counts of answers: exact integers that merge in any order."""

from fivegaps.stats.counts.columns import CodesOffScale, Columns, ColumnsDiffer
from fivegaps.stats.counts.gaps import Gaps
from fivegaps.stats.counts.histograms import Histograms
from fivegaps.stats.counts.moments import Moments
from fivegaps.stats.counts.tables import Tables

__all__ = [
    "CodesOffScale",
    "Columns",
    "ColumnsDiffer",
    "Gaps",
    "Histograms",
    "Moments",
    "Tables",
]
