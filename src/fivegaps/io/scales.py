"""Which scale a block of questions was answered on, told from the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

# What survey programs and people write for "no answer" when it is a number.
USUAL_CODES = frozenset(
    float(code)
    for code in (-1, -2, -7, -8, -9, -77, -88, -98, -99, -999, 9, 77, 88, 97, 98, 99, 999, 9999)
)
SCALES = ((1, 5), (1, 7), (0, 4), (0, 6), (1, 9), (1, 10), (0, 10), (-2, 2), (-3, 3))
_LARGEST = 11
_MANY = 100


def merged(counts: Iterable[Mapping[float, int]]) -> dict[float, int]:
    """Return the counts of several columns as one."""
    total: Counter[float] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)


def scale_of_answers(counts: Mapping[float, int]) -> tuple[int, int] | None:
    """Return the smallest usual scale (minimum, maximum) that holds the answers.

    Codes that stand apart, such as 99, or 9 where nobody said 8, are left out;
    None when there are fractions, no answers, or numbers of no usual scale.
    """
    suspected = suspected_codes(counts)
    answers = [value for value in counts if value not in suspected]
    if not answers or any(value != int(value) for value in answers):
        return None
    low, high = min(answers), max(answers)
    for minimum, maximum in SCALES:
        if minimum <= low and high <= maximum:
            return minimum, maximum
    return None


def suspected_codes(counts: Mapping[float, int]) -> tuple[float, ...]:
    """Return usual codes for "no answer" that stand apart from the other values."""
    total = sum(counts.values())
    ordinary = [value for value in counts if value not in USUAL_CODES]
    if not ordinary:
        return ()
    low, high = min(ordinary), max(ordinary)
    found = []
    for code in sorted(USUAL_CODES.intersection(counts)):
        beyond = max(code - high, low - code)
        if code == 9:
            # A point of a scale to 9 or 10, unless nobody of many said 8.
            apart = 7 >= high >= 4 and 8 not in counts and total >= _MANY
        elif -3 <= code < 0:
            apart = low >= 0
        else:
            apart = beyond > 1 and high - low < _LARGEST
        if apart:
            found.append(code)
    return tuple(found)
