"""The world of a simulated company: what is planted, how answers are cut, what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from fivegaps.errors import OptionRefused
from fivegaps.knowledge.causes import causes
from fivegaps.knowledge.constructs import constructs
from fivegaps.simulation.company.customers import BY_CHANNEL, channels_apart
from fivegaps.simulation.company.options import DIMENSIONS, CompanyOptions, OpenedGap, opened_gap
from fivegaps.simulation.company.people import QUESTIONS
from fivegaps.simulation.company.plan import plan_company
from fivegaps.simulation.company.planted import plantable, shares, states_of, world
from fivegaps.simulation.company.scale import answered, stream, true_mean


def test_every_cause_of_the_knowledge_can_be_planted():
    assert set(plantable()) == {cause.id for cause in causes()}


@pytest.mark.parametrize("cause", plantable())
def test_every_state_that_a_cause_moves_exists(cause):
    existing = {f"{one.voice}.{one.id}" for one in constructs()}
    existing |= {f"audit.{question}" for question in (*QUESTIONS, "kind")} | set(shares())
    existing |= {f"{what}.{name}" for what in ("able", "served") for name in DIMENSIONS}
    existing |= {"beliefs.staff", "beliefs.weights", "channels.differ", "customers.expecting"}

    assert set(states_of(cause)) <= existing


def test_a_planted_cause_makes_its_habit_more_frequent():
    usual = world((), 1.0).share("standards.vague")

    planted = world(("gap2-standards-vague",), 1.0).share("standards.vague")

    assert usual == pytest.approx(0.08)
    assert planted > 0.3


def test_two_causes_of_one_state_add_up():
    both = world(("gap3-low-skill", "gap3-people-mismatched"), 0.5)

    assert both.of("employees.employee-job-fit") == 1.0


@pytest.mark.parametrize(("mean", "sd"), [(6.1, 0.8), (4.0, 1.1), (2.5, 1.5)])
def test_the_true_mean_is_that_of_many_answers(mean, sd):
    chance = stream(3, "many")
    answers = answered(chance, mean + sd * chance.normal(size=(40_000, 5)))

    # Five standard errors of 200,000 answers, careless lines counted as one person each.
    assert float(np.nanmean(answers)) == pytest.approx(float(true_mean(mean, sd)), abs=0.015)


def test_a_cause_lowers_what_customers_perceive():
    usual = plan_company(CompanyOptions(units=3))
    planted = plan_company(CompanyOptions(units=3, plants=("gap3-low-skill",)))

    assert np.allclose(planted.perceived - usual.perceived, -0.35)


def test_a_cause_of_one_dimension_opens_gap_3_there_alone():
    shift = plan_company(CompanyOptions(units=3, plants=("gap3-empathy-weak",))).shift

    assert shift[2].tolist() == [0.0, 0.0, 0.0, 0.0, -1.0]
    assert not shift[[0, 1, 3, 4]].any()


def test_channels_that_differ_leave_the_mean_of_all_customers_where_it_was():
    """Before answers are cut: by shares, what one channel gains the others lose."""
    plan = plan_company(CompanyOptions(units=3, plants=("gap2-channels-differ",)))

    assert float(np.dot(BY_CHANNEL, channels_apart(plan))) == pytest.approx(0.0)


def test_an_opened_gap_moves_its_dimension_alone():
    gap = OpenedGap(5, "reliability", -0.6)
    usual = plan_company(CompanyOptions(units=3))
    opened = plan_company(CompanyOptions(units=3, gaps=(gap,)))

    moved = opened.perceived - usual.perceived

    assert np.allclose(moved[..., usual.dimension_of == 1], -0.6)
    assert np.allclose(moved[..., usual.dimension_of != 1], 0.0)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("2", OpenedGap(2, "overall", -0.8)),
        ("gap3.reliability", OpenedGap(3, "reliability", -0.8)),
        ("gap3.reliability=-0.5", OpenedGap(3, "reliability", -0.5)),
        ("gap1=0.4", OpenedGap(1, "overall", 0.4)),
    ],
)
def test_gaps_are_read_in_every_form(text, gap):
    assert opened_gap(text) == gap


@pytest.mark.parametrize("text", ["6", "gap", "gap3.speed", "gap3=low", ""])
def test_a_gap_in_another_form_is_refused(text):
    with pytest.raises(OptionRefused, match="--gap"):
        opened_gap(text)


@pytest.mark.parametrize(
    ("wrong", "option"),
    [
        ({"units": 0}, "--units"),
        ({"staff": 0}, "--staff"),
        ({"waves": 99}, "--waves"),
        ({"effect": -1.0}, "--effect"),
        ({"seed": -1}, "--seed"),
        ({"plants": ("gap9-nothing",)}, "--plant"),
        ({"careless": 0.9}, "--careless"),
        ({"missing": -0.1}, "--missing"),
        ({"sour": True, "kind": True}, "--kind"),
        ({"instrument": "rater-22-zone"}, "--instrument"),
    ],
)
def test_what_makes_no_company_is_refused(wrong, option):
    with pytest.raises(OptionRefused, match=option):
        CompanyOptions(**wrong)
