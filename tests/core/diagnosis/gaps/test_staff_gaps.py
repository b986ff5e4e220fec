"""Gaps 6 and 7, the blind spot, commitment, constructs and support units."""

from __future__ import annotations

import numpy as np
import pytest
from measured_companies import answers, company, dimensions, items, scores
from scipy import stats

from fivegaps.diagnosis.waves import measure_wave


def measured(tmp_path, **files):
    return measure_wave(company(tmp_path, **files), "2025").gaps


def people():
    rng = np.random.default_rng(3)
    return {
        "customers": {
            **items("e", answers(rng, 40, 6)), **items("p", answers(rng, 40, 5)),
            "channel": ["web"] * 20 + ["desk"] * 20,
        },
        "managers": {
            **items("e", answers(rng, 6, 6)),
            "x_s0-07": [6, 6, 5, 7, 6, 6], "x_s0-08": [6, 5, 5, 7, None, None],
            "x_s0-09": [5, 5, 5, 5, None, None], "x_s0-07@web": [3, 3, 4, 4, 3, 3],
            "x_s0-12": [2, 2, 2, 2, 3, 2],
        },
        "employees": {
            **items("e", answers(rng, 30, 5)), **items("m", answers(rng, 30, 4)),
        },
    }  # fmt: skip


def values(columns, letter):
    return np.stack([column for name, column in columns.items() if name[:2] == letter], axis=1)


@pytest.mark.parametrize(
    ("gap", "of", "against"),
    [
        ("gap6", ("employees", "e_"), ("customers", "e_")),
        ("gap7", ("employees", "m_"), ("managers", "e_")),
    ],
)
def test_a_gap_between_voices_is_a_welch_difference(tmp_path, gap, of, against):
    files = people()

    found = getattr(measured(tmp_path, **files).gaps, gap).surveyed

    one, other = (scores(values(files[who], what), "reliability") for who, what in (of, against))
    interval = stats.ttest_ind(one, other, equal_var=False).confidence_interval()
    reliability = found.dimensions["reliability"]
    assert reliability.value == pytest.approx(one.mean() - other.mean())
    assert (reliability.low, reliability.high) == pytest.approx((interval.low, interval.high))
    assert found.sides[of[0]].dimensions["reliability"].value == pytest.approx(one.mean())


def test_the_blind_spot_is_the_audit_less_the_perception(tmp_path):
    files = people()

    found = measured(tmp_path, **files).blind_spot

    audit = np.mean([17 / 3, 16 / 3, 5, 19 / 3])
    perceived = scores(values(files["customers"], "p_"), "reliability")
    reliability = found.dimensions["reliability"]
    assert reliability.value == pytest.approx(audit - perceived.mean())
    assert reliability.n == 4 + 40
    assert found.dimensions["empathy"].reason == "not_asked"
    assert found.questions["s0-12"].value == pytest.approx(13 / 6)


def test_the_blind_spot_of_a_channel_is_held_against_its_customers(tmp_path):
    files = people()

    found = measured(tmp_path, **files).blind_spot.channels

    perceived = scores(values(files["customers"], "p_")[:20], "reliability")
    assert found["reliability"]["web"].value == pytest.approx(20 / 6 - perceived.mean())
    assert set(found["reliability"]) == {"web"}


def constructs(n, name, statements, answer):
    return {
        f"a_{name}_{one}": [answer] * (n - 1) + [answer - 1] for one in range(1, statements + 1)
    }


def test_commitment_is_told_as_managers_and_as_staff_see_it(tmp_path):
    found = measured(
        tmp_path,
        customers=people()["customers"],
        managers=constructs(6, "commitment", 4, 6),
        employees=constructs(8, "commitment-seen", 3, 4),
    )

    assert found.commitment.managers.value == pytest.approx(6 - 1 / 6)
    assert found.commitment.staff.value == pytest.approx(4 - 1 / 8)
    assert found.commitment.difference.value == pytest.approx(2 - 1 / 6 + 1 / 8)
    assert found.constructs["managers.commitment"].n == 6
    assert found.constructs["employees.teamwork"].reason == "not_asked"


def test_constructs_are_clustered_by_unit(tmp_path):
    unit = np.repeat(np.arange(6), 5)
    answer = np.clip(unit + 1, 1, 7)
    found = measured(
        tmp_path,
        customers=people()["customers"],
        employees={
            **{f"a_teamwork_{one}": answer for one in range(1, 6)},
            "unit": [f"u{one}" for one in unit],
        },
    ).constructs["employees.teamwork"]

    reach = stats.t.ppf(0.975, 5) * np.arange(1, 7).std(ddof=1) / np.sqrt(6)
    assert found.value == pytest.approx(3.5)
    assert found.high - found.value == pytest.approx(reach)


def test_support_units_are_rated_by_whom_they_serve(tmp_path):
    found = measured(
        tmp_path,
        customers=people()["customers"],
        employees={
            "support_unit": ["it"] * 5 + ["post"] * 3,
            **dimensions("i", [(5, 6, 4, 5, 5)] * 4 + [(6, 1, 1, 1, 1)] + [(1, 1, 1, 1, 1)] * 3),
        },
    ).internal_service

    assert found["it"].dimensions["tangibles"].value == pytest.approx(5.2)
    assert found["it"].overall.value == pytest.approx((5.2 + 5 + 3.4 + 4.2 + 4.2) / 5)
    assert found["post"].overall.reason == "small_cell"
