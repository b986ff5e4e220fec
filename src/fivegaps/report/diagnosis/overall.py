"""The overall figure of each gap: of voices, or as rated by those who deliver."""

from __future__ import annotations

from fivegaps.diagnosis.gap_results import CustomerScores, Gaps, Surveyed
from fivegaps.report.diagnosis.seen import Figure, as_estimate

GAPS = (1, 2, 3, 4, 5, 6, 7)


def overall(gaps: Gaps, gap: int) -> Figure:
    """Return the overall figure of a gap: of voices, or as rated."""
    match gap:
        case 2 | 3 | 4:
            rated = (gaps.gap2.self_rated, gaps.gap3.self_rated, gaps.gap4.self_rated)
            return as_estimate(rated[gap - 2].overall)
        case 5:
            scores = gaps.gap5.surveyed
            if isinstance(scores, CustomerScores):
                return scores.overall.mean_of_dimensions
            return scores.overall
        case _:
            return surveyed(gaps, gap).overall


def surveyed(gaps: Gaps, gap: int) -> Surveyed:
    """Return gap 1, 6 or 7 as its two voices give it."""
    return {1: gaps.gap1.surveyed, 6: gaps.gap6.surveyed, 7: gaps.gap7.surveyed}[gap]
