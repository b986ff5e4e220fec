"""Rows are the same bits whatever is drawn around them, and are what was ordered."""

from __future__ import annotations

import numpy as np
import pytest

from fivegaps.io.answers import Categories, MemoryAnswers, Numbers
from fivegaps.model.instrument import Instrument
from fivegaps.simulation.drawing import Drawer
from fivegaps.simulation.options import SimulationOptions, parse_segments
from fivegaps.simulation.simulate import Simulation, prepare, simulate
from fivegaps.simulation.streams import BLOCK_ROWS


def codes_of(answers: MemoryAnswers) -> np.ndarray:
    return np.concatenate([answers.read(part).codes for part in answers.parts()], axis=1)


def column(answers: MemoryAnswers, name: str) -> np.ndarray:
    whole = answers.read(answers.parts()[0], {name: "numbers"}).columns[name]
    assert isinstance(whole, Numbers)
    return whole.values


def test_longer_file_begins_with_the_shorter_one(two_columns: Instrument) -> None:
    short = simulate(two_columns, n=100, seed=5)
    long = simulate(two_columns, n=BLOCK_ROWS + 100, seed=5)

    assert np.array_equal(codes_of(short.answers), codes_of(long.answers)[:, :100])


def test_block_does_not_depend_on_the_blocks_before(two_columns: Instrument) -> None:
    order = prepare(two_columns, SimulationOptions(n=3 * BLOCK_ROWS, seed=2))

    alone = Drawer(order.model, order.options, order.cells).draw(2, BLOCK_ROWS)

    assert np.array_equal(alone.codes, list(order.draws())[2].codes)


def test_seed_decides_the_rows(two_columns: Instrument) -> None:
    first, again, other = (simulate(two_columns, n=200, seed=seed) for seed in (1, 1, 2))

    assert np.array_equal(codes_of(first.answers), codes_of(again.answers))
    assert not np.array_equal(codes_of(first.answers), codes_of(other.answers))


def test_missing_takes_answers_and_changes_no_other(two_columns: Instrument) -> None:
    whole = codes_of(simulate(two_columns, n=5_000).answers)
    holed = codes_of(simulate(two_columns, n=5_000, missing=0.1).answers)

    assert (holed == 0).mean() == pytest.approx(0.1, abs=0.01)
    assert np.array_equal(holed[holed > 0], whole[holed > 0])


def test_answers_lie_on_the_scale(zone: Instrument) -> None:
    codes = codes_of(simulate(zone, n=2_000).answers)

    assert (codes.min(), codes.max()) == (1, 9)


def test_careless_share_is_what_was_ordered(two_columns: Instrument) -> None:
    order = prepare(two_columns, SimulationOptions(n=20_000, careless=0.2))

    draws = list(order.draws())

    straight = np.concatenate([draw.straight for draw in draws]).mean()
    random = np.concatenate([draw.random for draw in draws]).mean()
    assert (straight, random) == (pytest.approx(0.1, abs=0.01), pytest.approx(0.1, abs=0.01))


def test_straight_line_is_straight_on_paper(two_columns: Instrument) -> None:
    order = prepare(two_columns, SimulationOptions(n=2_000, careless=0.5))
    (draw,) = order.draws()

    on_paper = draw.codes.astype(int)
    turned = [place for place, item in enumerate(order.model.items) if item.item == "emp2"]
    on_paper[turned] = 8 - on_paper[turned]

    perceptions = on_paper[7:, draw.straight]
    assert (perceptions.min(axis=0) == perceptions.max(axis=0)).all()


def test_segments_have_their_shares(two_columns: Instrument) -> None:
    simulated = simulate(two_columns, n=20_000, segments="channel=phone:.3;counter:.7")

    part = simulated.answers.parts()[0]
    channel = simulated.answers.read(part, {"channel": "categories"}).columns["channel"]
    assert isinstance(channel, Categories)
    assert channel.values == ("phone", "counter")
    assert (channel.codes == 0).mean() == pytest.approx(0.3, abs=0.015)


def test_points_add_up_to_100(two_columns: Instrument) -> None:
    answers = simulate(two_columns, n=500).answers

    assert set(column(answers, "w_rel") + column(answers, "w_emp")) == {100.0}


def test_columns_of_outcomes_kano_and_time_are_there(two_columns: Instrument) -> None:
    answers = simulate(two_columns, n=500).answers

    ranges = {
        name: (column(answers, name).min(), column(answers, name).max())
        for name in ("o1", "o2", "F1", "D2")
    }
    assert all(low >= 1 and high <= 5 for low, high in ranges.values())
    assert column(answers, "took").min() > 0


def test_columns_named_by_the_instrument_are_made(performance: Instrument) -> None:
    from dataclasses import replace

    from fivegaps.model.instrument import Structure

    instrument = replace(performance, structure=Structure(cluster="shop", segments=("region",)))

    answers = simulate(instrument, n=50).answers

    assert set(answers.column_names) == {"shop", "region"}


def test_order_does_not_touch_the_instruments_own_columns(two_columns: Instrument) -> None:
    from fivegaps.errors import OptionRefused

    with pytest.raises(OptionRefused, match="'o1' is a column of the instrument"):
        prepare(two_columns, SimulationOptions(n=50, segments=parse_segments("o1=2")))


def test_instrument_without_scale_columns_is_refused(performance: Instrument) -> None:
    from dataclasses import replace

    from fivegaps.errors import OptionRefused

    with pytest.raises(OptionRefused, match="no scale column"):
        prepare(replace(performance, items=()), SimulationOptions(n=50))


def test_too_many_cells_are_refused(two_columns: Instrument) -> None:
    from fivegaps.errors import OptionRefused

    options = SimulationOptions(
        n=50, segments=parse_segments("a=100,b=100"), spread={"a": 0.1, "b": 0.1}
    )

    with pytest.raises(OptionRefused, match="10,000 combinations"):
        prepare(two_columns, options)


def test_order_is_told_whole(two_columns: Instrument) -> None:
    order = prepare(two_columns, SimulationOptions(n=10_000))

    assert isinstance(order, Simulation)
    assert sum(draw.rows for draw in order.draws()) == 10_000
