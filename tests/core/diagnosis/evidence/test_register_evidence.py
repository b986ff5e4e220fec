"""Evidence from registers: standards, policies, promises, cases, ideas, decisions, facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_companies import UNITS, Columns, dossier

from fivegaps.diagnosis.evidence.vocabulary import read_measure

STANDARDS = {
    "standard": [f"st{number}" for number in range(10)],
    "text": ["t"] * 10,
    "items": ["rel1"] * 10,
    "comparison": ["at_most"] * 10,
    "target": ["", "", "", 5, 5, 5, 5, 5, 5, 5],
    "owner": ["", "ops", "ops", "ops", "ops", "ops", "", "", "", "ops"],
    "written_with_staff": ["yes", "yes", "no", "no", "no", "no", "no", "no", "", ""],
    "method_free": ["no"] * 5 + ["yes"] * 5,
    "accepted": [0.5] * 10,
    "committed": ["no"] * 2 + ["yes"] * 8,
}
POLICIES = {
    "policy": [f"p{number}" for number in range(5)],
    "text": ["t"] * 5,
    "conflicts_with": ["customer", "", "", "", ""],
    "resisted": [0.1, 0.2, 0.3, 0.4, 0.5],
    "explained_on": ["2025-01-01", "", "", "", ""],
}
PROMISES = {
    "promise": [f"p{number}" for number in range(5)],
    "text": ["t"] * 5,
    "items": ["rel1"] * 5,
    "level": [7] * 5,
    "standard": ["", "", "st0", "st0", "st0"],
    "signed_by_delivery": ["2025-01-01", "", "", "", ""],
    "previewed_by_staff": ["yes", "no", "no", "no", ""],
}
OUTCOMES = {
    "promise": ["p0"] * 10,
    "unit": UNITS,
    "date": ["2025-04-01"] * 10,
    "kept": [8] * 10,
    "n": [10] * 10,
    "customer_caused": [1] * 10,
}
CASES = {
    "case": [f"k{number}" for number in range(8)],
    "unit": [UNITS[0]] * 8,
    "channel": ["phone"] * 8,
    "opened": ["2025-03-01", "2025-03-20", *["2025-04-01"] * 6],
    "closed": ["2025-03-11", "2025-03-21", *["2025-04-11"] * 6],
    "items": ["rel1", "rel1", "res1", "res1", "ass1", "ass1", "emp1", "emp1"],
    "contacts": [1, 2, 3, 4, 1, 1, 1, 1],
    "handlers": [1, 2, 2, 2, 1, 1, 1, 1],
    "first_contact_solved": ["yes"] * 2 + ["no"] * 6,
    "reopened": ["yes"] + ["no"] * 7,
    "contradicted": ["yes"] * 4 + ["no"] * 4,
    "cause_side": ["customer", "customer", "misunderstanding", *["company"] * 5],
    "justice_distributive": [4] * 8,
    "justice_procedural": [3, 5] * 4,
    "justice_interactional": [6] * 8,
}
IDEAS = {
    "idea": [f"i{number}" for number in range(6)],
    "unit": [UNITS[0]] * 6,
    "from": ["staff"] * 6,
    "submitted": ["2025-01-01"] * 5 + ["2025-05-20"],
    "answered": ["2025-01-11", "2025-01-21", "2025-01-31", "2025-02-10", "", ""],
    "decision": ["rejected: cost", "rejected", "accepted", "accepted", "", ""],
    "cost_change": ["", "", 5, -5, "", ""],
}
DECISIONS = {
    "decision": [f"d{number}" for number in range(10)],
    "unit": UNITS,
    "date": ["2025-04-01"] * 10,
    "amount": [10] * 10,
    "within_limit": ["yes"] * 10,
    "good_faith": ["yes"] * 5 + ["no"] * 5,
    "overridden": ["yes", *["no"] * 4, *["yes"] * 5],
}
FACTS = {
    "unit": ["", UNITS[0], UNITS[1], UNITS[2]],
    "wave": ["2025"] * 4,
    "fact": ["management_layers", *["days_since_executive_contact"] * 3],
    "value": [6, 10, 20, 90],
}
FILES: dict[str, Columns] = {
    "standards": STANDARDS,
    "policies": POLICIES,
    "promises": PROMISES,
    "promise_outcomes": OUTCOMES,
    "cases": CASES,
    "ideas": IDEAS,
    "decisions": DECISIONS,
    "facts": FACTS,
}
FIGURES = {
    "standards.vague-share": 3 / 10,
    "standards.without-owner-share": 4 / 10,
    "standards.without-staff-share": 6 / 8,
    "standards.method-fixed-share": 5 / 10,
    "standards.not-accepted-share": 0.5,
    "standards.not-committed-share": 2 / 10,
    "standards.uncovered-share": 5 / 6,
    "policies.conflict-share": 1 / 5,
    "policies.resisted-share": 0.3,
    "policies.unexplained-share": 4 / 5,
    "promises.unsigned-share": 4 / 5,
    "promises.without-standard-share": 2 / 5,
    "promises.kept-share": 0.8,
    "promises.customer-caused-share": 0.5,
    "promises.overclaimed-share": 1.0,
    "cases.repeated-cause-share": 1 / 8,
    "cases.many-contacts-share": 2 / 8,
    "cases.many-handlers-share": 3 / 8,
    "cases.not-first-contact-share": 6 / 8,
    "cases.reopened-share": 1 / 8,
    "cases.contradicted-share": 4 / 8,
    "cases.customer-side-share": 2 / 8,
    "cases.misunderstanding-share": 1 / 8,
    "cases.justice-procedural": 4.0,
    "cases.days-to-close": (10 + 1 + 6 * 10) / 8,
    "ideas.unanswered-share": 1 / 5,
    "decisions.overridden-share": 6 / 10,
    "decisions.overridden-good-faith-share": 1 / 5,
    "facts.management_layers": 6.0,
    "facts.days_since_executive_contact": 20.0,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory):
    return dossier(tmp_path_factory.mktemp("registers"), **FILES)


@pytest.mark.parametrize(("measure", "figure"), FIGURES.items(), ids=list(FIGURES))
def test_the_figure_is_what_the_register_says(whole, measure: str, figure: float) -> None:
    assert read_measure(whole, measure).estimate.value == pytest.approx(figure)


def test_a_share_has_an_interval_and_its_n(whole) -> None:
    estimate = read_measure(whole, "cases.contradicted-share").estimate

    assert estimate.n == 8
    assert estimate.low is not None
    assert estimate.high is not None
    assert estimate.low < 0.5 < estimate.high


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        ("promises.unpreviewed-share", "too_few"),
        ("ideas.days-to-answer", "too_few"),
        ("ideas.rejected-for-cost-share", "too_few"),
        ("standards.unmeasured-share", "no_register"),
    ],
)
def test_a_few_rows_say_nothing_about_a_company(whole, measure: str, reason: str) -> None:
    assert read_measure(whole, measure).estimate.reason == reason


def test_a_column_that_nobody_fills_is_no_evidence_of_neglect(tmp_path: Path) -> None:
    standards = STANDARDS | {"owner": [""] * 10}

    reading = read_measure(dossier(tmp_path, standards=standards), "standards.without-owner-share")

    assert reading.estimate.reason == "not_recorded"


def test_open_cases_count_the_days_so_far(tmp_path: Path) -> None:
    closed = [*CASES["closed"][:7], ""]

    reading = read_measure(
        dossier(tmp_path, cases=CASES | {"closed": closed}), "cases.days-to-close"
    )

    assert reading.estimate.n == 8


def test_rows_of_few_units_that_resemble_one_another_are_less_sure(tmp_path: Path) -> None:
    alike = {
        **CASES,
        "case": [f"k{number}" for number in range(80)],
        **{name: list(values) * 10 for name, values in CASES.items() if name != "case"},
        "unit": [UNITS[number // 8] for number in range(80)],
        "contradicted": [("yes" if number // 8 % 2 else "no") for number in range(80)],
    }

    reading = read_measure(dossier(tmp_path, cases=alike), "cases.contradicted-share")

    assert reading.estimate.value == pytest.approx(0.5)
    assert reading.n_effective < 12
