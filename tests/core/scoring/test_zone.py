import numpy as np
import pytest

from fivegaps.scoring.zone import ZoneSample, position, tolerance, zone
from fivegaps.stats.intervals import Sample

RANDOM = np.random.default_rng(2)
ADEQUATE = RANDOM.integers(3, 7, 300).astype(float)
DESIRED = np.minimum(ADEQUATE + RANDOM.integers(0, 4, 300), 9.0)
PERCEIVED = np.clip(ADEQUATE + RANDOM.integers(-2, 4, 300), 1, 9).astype(float)
ANSWERS = np.vstack([ADEQUATE, DESIRED, PERCEIVED])


def _sample(answers: np.ndarray = ANSWERS, **more) -> ZoneSample:
    return ZoneSample(
        n=answers.shape[1],
        means=answers.mean(axis=1),
        covariance=np.cov(answers),
        inversions=int((answers[0] > answers[1]).sum()),
        inversion_n=answers.shape[1],
        **more,
    )


@pytest.mark.parametrize(
    ("name", "differences"),
    [
        ("adequacy", PERCEIVED - ADEQUATE),
        ("superiority", PERCEIVED - DESIRED),
        ("width", DESIRED - ADEQUATE),
    ],
)
def test_a_difference_follows_from_means_and_covariances(name, differences):
    found = getattr(tolerance(_sample()), name)

    reach = 1.967930 * differences.std(ddof=1) / np.sqrt(300)
    assert found.value == pytest.approx(differences.mean())
    assert found.high - found.value == pytest.approx(reach, rel=1e-5)


def test_adequacy_has_the_effect_size_of_its_two_columns():
    found = tolerance(_sample()).adequacy

    average = (PERCEIVED.std(ddof=1) + ADEQUATE.std(ddof=1)) / 2
    assert found.d_av == pytest.approx((PERCEIVED - ADEQUATE).mean() / average)


def test_position_is_the_ratio_of_means_not_the_mean_of_ratios():
    found = position(_sample())

    width = (DESIRED - ADEQUATE).mean()
    assert found.value == pytest.approx((PERCEIVED - ADEQUATE).mean() / width)


def test_the_interval_of_position_agrees_with_the_bootstrap():
    chosen = RANDOM.integers(0, 300, (4000, 300))
    means = ANSWERS[:, chosen].mean(axis=2)
    ratios = (means[2] - means[0]) / (means[1] - means[0])

    found = position(_sample())

    assert (found.low, found.high) == pytest.approx(np.quantile(ratios, [0.025, 0.975]), abs=0.015)


def test_a_zone_without_width_has_no_position():
    found = position(_sample(np.vstack([DESIRED, ADEQUATE, PERCEIVED])))

    assert (found.value, found.reason) == (None, "inverted")


def test_inversions_are_counted_with_their_share():
    found = tolerance(_sample(np.vstack([DESIRED, ADEQUATE, PERCEIVED])))

    assert found.inversions == (DESIRED > ADEQUATE).sum()
    assert found.inversion_share.value == found.inversions / 300


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_answers_tell_nothing(n):
    empty = ZoneSample(
        n=n,
        means=np.full(3, np.nan),
        covariance=np.full((3, 3), np.nan),
        inversions=0,
        inversion_n=n,
    )

    found = tolerance(empty)

    reasons = {found.adequacy.reason, found.width.reason, found.position.reason}
    assert reasons == {"too_few"}


def test_pairs_of_their_own_are_used_where_given():
    found = tolerance(_sample(adequacy=Sample(400, 0.25, 1.0), perceived=Sample(500, 6.0, 1.0)))

    assert (found.adequacy.value, found.adequacy.n) == (0.25, 400)
    assert found.perceived.n == 500


def test_perceived_equal_to_desired_lies_at_one():
    found = tolerance(_sample(np.vstack([ADEQUATE, DESIRED, DESIRED])))

    assert found.position.value == pytest.approx(1.0)
    assert (found.superiority.value, found.superiority.t) == (pytest.approx(0.0), None)


def test_the_zone_has_every_dimension_and_item():
    found = zone(dimensions={"tangibles": _sample()}, items={"tan2": _sample(), "tan1": _sample()})

    assert (list(found.dimensions), list(found.items)) == (["tangibles"], ["tan2", "tan1"])
