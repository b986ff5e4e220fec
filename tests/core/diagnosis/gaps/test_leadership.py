"""Leading by serving as two sides rate it, and engagement: told only where they were asked."""

from __future__ import annotations

import numpy as np
import pytest
from measured_companies import answers, company, items
from scipy import stats

from fivegaps.diagnosis.missing import cannot_tell
from fivegaps.diagnosis.waves import measure_wave

OWN, SEEN = [7, 6, 6, 7, 6, 5], [4, 4, 3, 5, 4, 4, 3, 5]


def diagnosed(tmp_path, **files):
    """Return the gaps of the wave, and what it cannot tell."""
    rng = np.random.default_rng(3)
    customers = {**items("e", answers(rng, 40, 6)), **items("p", answers(rng, 40, 5))}
    read = company(tmp_path, customers=customers, **files)
    found = measure_wave(read, "2025").gaps
    return found, cannot_tell(read, "2025", found)


def asked(name, given):
    """Return three columns of one construct, the third reversed."""
    return {
        f"a_{name}_1": given,
        f"a_{name}_2": given,
        f"a_{name}_3r": [8 - one for one in given],
    }


def test_leaders_rating_of_themselves_is_held_against_that_of_their_staff(tmp_path):
    """Welch, as scipy has it; every person's score is the answer, once the third is recoded."""
    found, _ = diagnosed(
        tmp_path,
        managers=asked("leads-by-serving", OWN),
        employees=asked("served-by-leaders", SEEN),
    )

    interval = stats.ttest_ind(OWN, SEEN, equal_var=False).confidence_interval()
    difference = found.leadership.difference
    assert found.leadership.managers.value == pytest.approx(np.mean(OWN))
    assert found.leadership.staff.value == pytest.approx(np.mean(SEEN))
    assert (difference.low, difference.high) == pytest.approx((interval.low, interval.high))


def test_engagement_is_a_construct_of_the_staff(tmp_path):
    found, _ = diagnosed(tmp_path, employees=asked("engagement", SEEN))

    assert found.constructs["employees.engagement"].value == pytest.approx(np.mean(SEEN))
    assert found.constructs["employees.engagement"].n == len(SEEN)


def test_what_was_not_asked_beside_the_usual_is_not_missed(tmp_path):
    found, untold = diagnosed(tmp_path, employees=asked("served-by-leaders", SEEN))

    named = " ".join(f"{one.what} {one.about}" for one in untold)
    assert len(found.constructs) == 29
    assert "leadership" not in named
    assert "engagement" not in named


def test_few_leaders_are_told_as_few(tmp_path):
    """Two managers answered; three are needed (minimum_cell)."""
    found, untold = diagnosed(
        tmp_path,
        managers=asked("leads-by-serving", [6, 5]),
        employees=asked("served-by-leaders", SEEN),
    )

    assert found.leadership.managers.value is None
    assert [one.reason for one in untold if one.what == "leadership"] == ["small_cell"]
