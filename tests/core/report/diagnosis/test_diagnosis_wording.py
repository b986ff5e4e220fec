"""What a diagnosis says in words: methods, reasons, verdict notes, advice, hidden cells."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from diagnosed_company import diagnosed

from fivegaps.diagnosis.missing import ADVICE
from fivegaps.diagnosis.verdicts import judging
from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.diagnosis.closing import untold
from fivegaps.report.diagnosis.compose import compose
from fivegaps.report.diagnosis.names import Names, Registered, names_of
from fivegaps.report.diagnosis.seen import Seen
from fivegaps.report.diagnosis.verdict_pages import (
    effect_told,
    metric_in_words,
    notes,
    state_told,
)
from fivegaps.report.html import page
from fivegaps.report.method_words import told, unknown_parts
from fivegaps.report.words import Words, catalogue
from fivegaps.stats.estimate import Estimate, GapEstimate

VERDICT_METHODS = [
    f"{judging.CR2} (20 units)",
    f"{judging.CHANGE} (4 units)",
    f"{judging.RANDOMISED} (20 choices, p = 0.050)",
    judging.WAVES,
    f"{judging.STATE}; no target was registered",
]


@pytest.fixture(scope="module")
def made():
    return diagnosed()


@pytest.fixture
def seen(made):
    diagnosis, company = made
    return Seen(diagnosis, company.instrument, "en", names_of(company))


@pytest.fixture
def action(made):
    """A verdict with an effect of 0.4 points, of the first action."""
    diagnosis, _ = made
    first = next(iter(diagnosis.actions.values()))
    effect = Estimate(0.4, 0.1, 0.7, 900, f"{judging.CR2} (12 units)")
    state = Estimate(5.2, 5.0, 5.4, 450, judging.STATE)
    return replace(
        first,
        effect=effect,
        effect_verdict="better",
        state=state,
        state_verdict="open",
        comparison="difference_in_differences",
        registered_before=True,
        regression_to_the_mean=None,
        notes=(),
    )


def methods_of(made):
    diagnosis, company = made
    return {
        cell.method
        for table in compose(diagnosis, company.instrument).tables()
        for row in table.rows
        for cell in row
        if isinstance(cell, Estimate | GapEstimate) and cell.value is not None and cell.method
    }


def test_every_part_of_a_method_has_a_phrase(made):
    found = {method: unknown_parts(method) for method in (*methods_of(made), *VERDICT_METHODS)}

    assert {method: parts for method, parts in found.items() if parts} == {}


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_methods_are_told_in_the_language(made, lang):
    words = Words(lang)

    same = [method for method in methods_of(made) if told(method, words) == method]

    assert same == []


def test_a_method_keeps_its_numbers():
    text = told("change over units, CR2 with Satterthwaite's df (4 units)", Words("nl"))

    assert (
        text == "verandering over eenheden, CR2 met vrijheidsgraden van Satterthwaite (4 eenheden)"
    )


def test_tables_name_the_methods_of_their_figures(made):
    diagnosis, company = made
    for table in compose(diagnosis, company.instrument).tables():
        figures = [
            cell
            for row in table.rows
            for cell in row
            if isinstance(cell, Estimate | GapEstimate) and cell.value is not None and cell.method
        ]
        assert not figures or "Methods:" in table.note, table.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_advice_has_a_sentence(lang):
    codes = {one.code for one in ADVICE.values()} | {"ask_more_people", "nothing_varies"}

    assert {code for code in codes if f"diagnosis.advice.{code}" not in catalogue(lang)} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_told_is_told_without_codes(made, lang):
    diagnosis, company = made
    found = untold(Seen(diagnosis, company.instrument, lang, names_of(company)))

    assert found
    for one in found:
        assert "_" not in one.reason
        assert not one.what.endswith((":", "："))
        assert one.collect


def test_effect_and_state_are_two_answers(seen, action):
    effect, state = effect_told(seen, action), state_told(seen, action, 6.0)

    assert effect == "better: +0.40 [+0.10, +0.70], n = 900; difference in differences."
    assert state == "not reached: now 5.20 [5.00, 5.40], target 6.00."


def test_a_missing_wave_is_told_in_plain_words(seen, action):
    lost = replace(action, effect=Estimate.cannot("no_wave"), effect_verdict="cannot_tell")

    assert effect_told(seen, lost) == "cannot tell: one of its waves is not in the folder yet."


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"registered_before": False}, "Registered after its outcome could be seen"),
        ({"comparison": "before_after"}, "There are no comparison units"),
        (
            {"effect": Estimate(0.4, None, None, 60, f"{judging.RANDOMISED} (10 choices)")},
            "Fewer than 4 units were treated",
        ),
        (
            {"regression_to_the_mean": Estimate(0.2, 0.1, 0.3, 60, judging.REGRESSION)},
            "+0.20 [+0.10, +0.30] of the change was to be expected",
        ),
        (
            {"notes": ("2 treated units have no answers in one of the waves",)},
            "2 treated units have no answers",
        ),
    ],
)
def test_what_weakens_a_verdict_is_told(seen, action, changed, expected):
    told_notes = notes(seen, replace(action, **changed))

    assert len(told_notes) == 1
    assert expected in told_notes[0]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("gap5.overall", "gap 5, overall"),
        ("perception.reliability", "customers’ perception, Reliability"),
        ("outcome.recommend", "outcome: recommendation"),
        ("construct.employees.teamwork", "answers on “Teamwork”"),
        ("fact.management_layers", "fact: management layers"),
    ],
)
def test_a_metric_is_told_in_words(seen, metric, expected):
    assert metric_in_words(seen, metric).casefold() == expected.casefold()


@pytest.mark.parametrize(
    ("asked", "why"), [(4, "fewer than 5 answered"), (40, "to protect others")]
)
def test_a_hidden_cell_says_so_and_why(made, asked, why):
    """Empathy of gap 3 is withheld: from few staff, or from many to protect a smaller group."""
    diagnosis, company = made
    wave = list(diagnosis.waves)[-1]
    measured = diagnosis.waves[wave]
    gap3 = measured.gaps.gap3
    rated = gap3.self_rated
    few = replace(rated.dimensions["empathy"], value=None, low=None, high=None, reason="small_cell")
    rated = replace(rated, dimensions={**rated.dimensions, "empathy": few})
    gaps = replace(measured.gaps, gap3=replace(gap3, self_rated=rated))
    shown = replace(measured, gaps=gaps, asked={**measured.asked, "employees": asked})
    hidden = replace(diagnosis, waves={wave: shown})

    text = page(compose(hidden, company.instrument, names=Names()), version="1")

    assert f'hidden <span class="ci why">({why})</span>' in text


def test_names_come_from_the_folder(made):
    _, company = made
    names = names_of(company)

    assert names.standards == {one.id: one.text for one in company.standards}
    assert all(isinstance(one, Registered) for one in names.actions.values())
    assert names.registers["observations"].rows == company.observations.n
