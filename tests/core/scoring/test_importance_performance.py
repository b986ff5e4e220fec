from fivegaps.scoring.importance_performance import ItemStanding, importance_performance
from fivegaps.stats.estimate import Estimate


def _mean(value: float) -> Estimate:
    return Estimate(value, value - 0.1, value + 0.1, 100, "mean")


def _grid(**items: tuple[float, float]):
    standings = {
        name: ItemStanding(performance=_mean(performance), stated=_mean(importance))
        for name, (performance, importance) in items.items()
    }
    return importance_performance(standings, performance_battery="perception")


def test_the_four_corners_have_the_four_names():
    grid = _grid(a=(6, 6), b=(4, 6), c=(4, 4), d=(6, 4))

    names = {name: item.quadrant_stated for name, item in grid.items.items()}
    assert names == {"a": "keep", "b": "concentrate", "c": "low", "d": "overkill"}


def test_the_crosshairs_are_the_means_of_the_items():
    grid = _grid(a=(6, 7), b=(3, 5))

    assert (grid.crosshairs.performance, grid.crosshairs.stated) == (4.5, 6)


def test_an_item_on_the_crosshairs_counts_as_high():
    assert _grid(a=(5, 5)).items["a"].quadrant_stated == "keep"


def test_importance_that_was_not_asked_gives_no_quadrant():
    grid = importance_performance(
        {"a": ItemStanding(performance=_mean(5))}, performance_battery="perception"
    )

    assert grid.items["a"].quadrant_stated is None
    assert grid.items["a"].stated.reason == "not_asked"
    assert grid.crosshairs.stated is None


def test_stated_and_derived_importance_each_have_their_quadrant():
    standings = {
        "a": ItemStanding(performance=_mean(5), stated=_mean(6), derived=_mean(0.1)),
        "b": ItemStanding(performance=_mean(4), stated=_mean(5), derived=_mean(0.6)),
    }

    grid = importance_performance(standings, performance_battery="satisfaction")

    assert (grid.items["a"].quadrant_stated, grid.items["a"].quadrant_derived) == (
        "keep",
        "overkill",
    )
    assert grid.items["b"].quadrant_derived == "concentrate"


def test_an_item_without_answers_does_not_move_the_crosshairs():
    standings = {
        "a": ItemStanding(performance=_mean(5), stated=_mean(6)),
        "b": ItemStanding(performance=Estimate.cannot("too_few"), stated=_mean(4)),
    }

    grid = importance_performance(standings, performance_battery="perception")

    assert grid.items["b"].quadrant_stated is None
    assert grid.crosshairs.performance == 5


def test_importance_and_performance_of_different_items_make_no_grid():
    standings = {
        "a": ItemStanding(performance=_mean(5)),
        "b": ItemStanding(performance=Estimate.cannot("too_few"), stated=_mean(4)),
    }

    grid = importance_performance(standings, performance_battery="perception")

    assert {item.quadrant_stated for item in grid.items.values()} == {None}


def test_no_items_have_no_crosshairs():
    grid = importance_performance({}, performance_battery="perception")

    assert (dict(grid.items), grid.crosshairs.performance) == ({}, None)
