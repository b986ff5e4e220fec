"""What is prescribed, in which order, and what pulls the other way."""

from __future__ import annotations

from fivegaps.diagnosis.prescriptions import Setting, prescriptions, setting_of
from fivegaps.diagnosis.results import CauseFound, Evidence, Located, Strength
from fivegaps.knowledge.causes import cause
from fivegaps.knowledge.remedies import remedy
from fivegaps.stats.estimate import Estimate


def found(name: str, *, claimed: bool = True, value: float = 1.0) -> CauseFound:
    return CauseFound(
        id=name,
        gap=cause(name).gap,
        title=name,
        mission=cause(name).mission,
        claimed=claimed,
        strength=Strength(value, value - 0.3, value + 0.3),
        for_=(Evidence("construct.employees.teamwork", "It is low."),),
        against=(),
        missing=(),
    )


def test_all_remedies_of_a_claimed_cause_are_prescribed() -> None:
    chosen = prescriptions([found("gap3-low-skill")], Setting())

    fitting = {name for name in cause("gap3-low-skill").remedies if not remedy(name).industries}
    assert fitting <= {one.id for one in chosen}
    assert all(one.claimed and one.causes == ("gap3-low-skill",) for one in chosen)
    assert [one.order for one in chosen] == list(range(1, len(chosen) + 1))


def test_remedies_of_other_probable_causes_follow_and_are_marked() -> None:
    causes = [found("gap3-low-skill"), found("gap1-no-listening", claimed=False, value=0.5)]

    chosen = prescriptions(causes, Setting())

    claims = [one.claimed for one in chosen]
    assert claims == sorted(claims, reverse=True)
    assert False in claims


def test_a_weak_cause_is_not_prescribed_for() -> None:
    chosen = prescriptions([found("gap3-low-skill", claimed=False, value=0.1)], Setting())

    assert chosen == ()


def test_remedies_come_in_the_order_of_their_causes() -> None:
    first, second = found("gap1-no-listening"), found("gap3-low-skill")

    chosen = prescriptions([first, second], Setting())

    ranks = [min([first.id, second.id].index(name) for name in one.causes) for one in chosen]
    assert ranks == sorted(ranks)


def test_within_a_cause_the_worst_dimension_and_then_cost_decide() -> None:
    worst = ("assurance", "reliability", "tangibles", "empathy", "responsiveness")

    chosen = prescriptions([found("gap3-low-skill")], Setting(worst=worst))

    costs = {"low": 0, "medium": 1, "high": 2}
    keys = []
    for one in chosen:
        place = min((worst.index(name) for name in one.dimensions), default=0)
        keys.append((place, -(one.weight or 0.0), costs[one.cost]))
    assert keys == sorted(keys)


def test_a_remedy_carries_the_points_that_customers_give_its_dimensions() -> None:
    setting = Setting(worst=("reliability",), weights={"reliability": 40.0, "empathy": 12.0})

    chosen = {one.id: one for one in prescriptions([found("gap3-empathy-weak")], setting)}

    weights = {one.weight for one in chosen.values() if one.dimensions == ("empathy",)}
    assert weights == {12.0}


def test_remedies_of_other_industries_are_left_out() -> None:
    causes = [found("gap3-setting-neglected")]

    bank = {one.id for one in prescriptions(causes, Setting(industry="bank"))}
    restaurant = {one.id for one in prescriptions(causes, Setting(industry="restaurant"))}

    strangers = {name for name in bank if remedy(name).industries}
    assert all("bank" in remedy(name).industries for name in strangers)
    assert bank <= restaurant | strangers


def test_contradicting_remedies_show_both_sides_and_the_policy() -> None:
    causes = [found("gap3-unfair-reward"), found("gap3-fear")]

    chosen = {one.id: one for one in prescriptions(causes, Setting())}

    opposed = [one for one in chosen.values() if one.both_sides]
    assert opposed
    assert all(one.policy for one in opposed)
    assert all(one.id in chosen[other].both_sides for one in opposed for other in one.both_sides)


def test_strategies_of_an_open_worst_dimension_are_offered_last() -> None:
    worst = [Located("2025", 5, "empathy", 0.9, 0.8, 1.0, (), 300)]

    chosen = prescriptions([found("gap3-low-skill")], setting_of(worst, {}))

    offered = [one for one in chosen if not one.causes]
    assert offered
    assert all("empathy" in one.dimensions for one in offered)
    assert chosen[-len(offered) :] == tuple(offered)


def test_no_strategy_is_offered_where_the_worst_dimension_does_not_fall_short() -> None:
    worst = [Located("2025", 5, "empathy", 0.1, -0.1, 0.3, (), 300)]

    assert prescriptions([], setting_of(worst, {})) == ()


def test_past_uses_are_listed_and_pooled_from_three_on() -> None:
    name = cause("gap3-low-skill").remedies[0]
    used = tuple(Estimate(0.3 + 0.1 * k, 0.1, 0.7, 40, "difference") for k in range(3))

    def chosen(uses: int):
        setting = Setting(uses={name: used[:uses]})
        return {one.id: one for one in prescriptions([found("gap3-low-skill")], setting)}[name]

    assert chosen(2).uses == used[:2]
    assert chosen(2).pooled is None
    assert chosen(3).pooled is not None
