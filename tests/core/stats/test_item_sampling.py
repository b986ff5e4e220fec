import numpy as np
import pytest

from fivegaps.errors import OptionRefused
from fivegaps.stats.item_sampling import plan_sampling


def test_asking_everything_costs_nothing():
    plan = plan_sampling(items=22, asked=22, n=500)

    assert plan.margin_item == plan.margin_item_all
    assert plan.margin_mean == pytest.approx(plan.margin_mean_all)
    assert (plan.same_item_n, plan.same_mean_n) == (500, 500)


def test_an_item_asked_of_half_needs_twice_the_people():
    assert plan_sampling(items=20, asked=10, n=400).same_item_n == 800


def test_linking_items_leave_less_for_the_others():
    plan = plan_sampling(items=22, asked=10, n=400, linking=2)

    assert plan.answers_per_item == pytest.approx(160)
    assert plan.answers_per_pair == pytest.approx(400 * 8 * 7 / (20 * 19))


def test_the_mean_over_items_loses_less_than_an_item():
    plan = plan_sampling(items=22, asked=10, n=400)

    assert 1 < plan.margin_mean / plan.margin_mean_all < plan.margin_item / plan.margin_item_all


@pytest.mark.parametrize("linking", [0, 2])
def test_the_margin_of_the_mean_is_that_of_sampled_forms(linking):
    random = np.random.default_rng(5)
    items, asked, n, r, rounds = 8, 4, 60, 0.4, 3000
    means = np.empty(rounds)
    for trial in range(rounds):
        answers = np.sqrt(r) * random.normal(size=(n, 1)) + np.sqrt(1 - r) * random.normal(
            size=(n, items)
        )
        rank = random.random((n, items))
        rank[:, :linking] = -1
        shown = rank <= np.sort(rank, axis=1)[:, [asked - 1]]
        means[trial] = np.nanmean(np.where(shown, answers, np.nan), axis=0).mean()

    plan = plan_sampling(items=items, asked=asked, n=n, correlation=r, linking=linking)

    # The number who get an item varies a little here, so the forms do slightly worse.
    assert 1.959964 * means.std() == pytest.approx(plan.margin_mean, rel=0.05)


def test_a_single_sampled_item_leaves_no_pairs():
    plan = plan_sampling(items=22, asked=1, n=400)

    assert plan.answers_per_pair == 0
    assert any("no alpha" in finding for finding in plan.findings)


def test_sampled_items_rule_out_a_model_on_complete_answers():
    plan = plan_sampling(items=22, asked=21, n=4000, linking=1)

    assert len(plan.findings) == 1
    assert "confirmatory" in plan.findings[0]


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        ({"items": 1, "asked": 1, "n": 10}, "items"),
        ({"items": 5, "asked": 6, "n": 10}, "asked"),
        ({"items": 5, "asked": 0, "n": 10}, "asked"),
        ({"items": 5, "asked": 3, "n": 10, "linking": 3}, "linking"),
        ({"items": 5, "asked": 3, "n": 0}, "answers"),
        ({"items": 5, "asked": 3, "n": 10, "correlation": 1.0}, "correlation"),
        ({"items": 5, "asked": 3, "n": 10, "sd": 0.0}, "sd"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(arguments, option):
    with pytest.raises(OptionRefused, match=option):
        plan_sampling(**arguments)
