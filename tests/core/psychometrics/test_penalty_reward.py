import numpy as np
import pytest

from fivegaps.psychometrics.penalty_reward import penalty_reward
from fivegaps.stats.resampling import BlockSums

N = 600
FEW = 400


def answers(penalty: float, reward: float, *, seed: int = 1, low: int = 150) -> BlockSums:
    generator = np.random.default_rng(seed)
    low_score, high_score = np.zeros(N), np.zeros(N)
    low_score[:low] = 1
    high_score[low : low + 150] = 1
    other = generator.integers(0, 3, N)
    noise = 0.5 * generator.normal(size=N)
    outcome = 4 - penalty * low_score + reward * high_score + 0.3 * (other - 1) + noise
    columns = {
        "low_price": low_score,
        "high_price": high_score,
        "low_place": (other == 0).astype(float),
        "high_place": (other == 2).astype(float),
        "satisfaction": outcome,
    }
    rows = np.array(list(columns.values())).T
    return BlockSums.of(tuple(columns), rows, block=np.arange(N), blocks=N)


def found_in(blocks: BlockSums):
    return penalty_reward(
        blocks, outcome="satisfaction", dimensions=("price", "place"), seed=1, replicates=FEW
    )


@pytest.mark.parametrize(
    ("penalty", "reward", "kind"),
    [
        (1.0, 0.1, "basic"),
        (0.1, 1.0, "excitement"),
        (0.6, 0.6, "performance"),
        (0.0, 0.0, "cannot_tell"),
    ],
)
def test_the_kind_follows_which_side_weighs_more(penalty, reward, kind):
    found = found_in(answers(penalty, reward))["price"]

    assert found.kind == kind
    assert found.penalty.low < -penalty < found.penalty.high
    assert found.reward.low < reward < found.reward.high


def test_coefficients_are_those_of_one_regression_on_all_dummies():
    blocks = answers(1.0, 0.1)
    covariance = blocks.covariance()
    expected = np.linalg.solve(covariance[:4, :4], covariance[:4, 4])

    found = found_in(blocks)

    values = [found["price"].penalty.value, found["price"].reward.value]
    values += [found["place"].penalty.value, found["place"].reward.value]
    assert values == pytest.approx(expected)


def test_a_score_that_hardly_anybody_gave_tells_nothing():
    found = found_in(answers(1.0, 0.1, low=4))

    assert (found["price"].penalty.reason, found["price"].kind) == ("too_few", "cannot_tell")
    assert found["price"].reward.value is not None
    assert found["place"].kind == "performance"


def test_without_variation_in_the_outcome_nothing_is_told():
    blocks = answers(1.0, 0.1)
    flat = BlockSums(
        blocks.names,
        blocks.n,
        np.column_stack([blocks.sums[:, :4], 4 * blocks.n]),
        blocks.products.copy(),
    )
    flat.products[:, 4, :4] = flat.products[:, :4, 4] = 4 * blocks.sums[:, :4]
    flat.products[:, 4, 4] = 16 * blocks.n

    found = found_in(flat)

    assert (found["price"].penalty.reason, found["price"].kind) == ("constant", "cannot_tell")


def test_nobody_low_or_high_at_all_leaves_nothing_to_regress():
    blocks = answers(1.0, 0.1).select(("satisfaction",))
    empty = np.zeros((N, 4))
    rows = np.column_stack([empty, blocks.sums[:, 0]])
    names = ("low_price", "high_price", "low_place", "high_place", "satisfaction")

    found = found_in(BlockSums.of(names, rows, block=np.arange(N), blocks=N))

    assert {found[dimension].kind for dimension in found} == {"cannot_tell"}
    assert found["price"].penalty.reason == "too_few"


def test_nobody_answered_at_all():
    names = ("low_price", "high_price", "low_place", "high_place", "satisfaction")

    found = found_in(BlockSums.empty(names, blocks=5))

    assert found["price"].penalty.reason == "too_few"
