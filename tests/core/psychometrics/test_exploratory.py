import numpy as np
import pytest

from fivegaps.psychometrics.exploratory import explore

LOADINGS = np.kron(np.eye(2), np.array([[0.8], [0.7], [0.75], [0.6]]))
NAMES = tuple(f"item{i}" for i in range(8))


def two_factors() -> np.ndarray:
    correlation = LOADINGS @ np.array([[1, 0.3], [0.3, 1]]) @ LOADINGS.T
    np.fill_diagonal(correlation, 1.0)
    return correlation


def test_the_whole_exploration_of_two_factors():
    found = explore(two_factors(), 500, NAMES, seed=1)

    assert found.efa.retained == found.parallel.factors.retained == 2
    assert (found.efa.extraction, found.efa.rotation) == ("minres", "oblimin")
    assert found.efa.factor_correlations[0][1] == pytest.approx(0.3, abs=1e-3)
    assert found.efa.communalities["item0"] == pytest.approx(0.64, abs=1e-3)
    assert found.kmo.overall > 0.7
    assert found.bartlett.p < 1e-9
    assert found.findings == ()


def test_the_number_of_factors_and_the_manner_can_be_chosen():
    found = explore(
        two_factors(), 500, NAMES, seed=1, factors=3, extraction="ml", rotation="promax"
    )

    assert (found.efa.extraction, found.efa.rotation) == ("ml", "promax")
    assert {len(row) for row in found.efa.loadings.values()} == {3}


def test_an_item_that_does_not_vary_is_left_out_and_told():
    correlation = np.full((9, 9), np.nan)
    correlation[:8, :8] = two_factors()

    found = explore(correlation, 500, (*NAMES, "flat"), seed=1)

    assert tuple(found.efa.loadings) == NAMES
    assert [(finding.code, finding.about) for finding in found.findings] == [
        ("constant_item", ("flat",))
    ]


def test_contradicting_pairs_are_told_and_not_smoothed():
    correlation = two_factors()
    correlation[0, 1] = correlation[1, 0] = -0.9

    found = explore(correlation, 500, NAMES, seed=1)

    blocks = (found.kmo, found.bartlett, found.parallel, found.efa)
    assert {block.reason for block in blocks} == {"not_positive_definite"}
    assert [finding.code for finding in found.findings] == ["matrix_not_positive_definite"]
    assert found.findings[0].values["smallest_eigenvalue"] < 0


def test_pairs_never_answered_together_are_too_few():
    correlation = two_factors()
    correlation[0, 1] = correlation[1, 0] = np.nan

    found = explore(correlation, 500, NAMES, seed=1)

    assert (found.efa.reason, found.kmo.reason) == ("too_few", "too_few")
    assert [finding.code for finding in found.findings] == ["too_few"]


@pytest.mark.parametrize("p", [0, 1, 2])
def test_fewer_than_three_items_have_no_factors(p):
    found = explore(two_factors()[:p, :p], 500, NAMES[:p], seed=1)

    assert found.efa.reason == "too_few"
    assert found.parallel.reason == "too_few"


def test_three_items_make_one_factor():
    found = explore(two_factors()[:3, :3], 500, NAMES[:3], seed=1)

    assert (found.efa.retained, found.efa.rotation, found.efa.p) == (1, "none", None)


def test_two_answers_leave_nothing_to_test():
    found = explore(two_factors(), 2, NAMES, seed=1)

    assert found.bartlett.reason == found.parallel.reason == "too_few"
    assert (found.efa.retained, found.efa.chi2) == (1, None)


def test_a_heywood_case_is_a_finding():
    correlation = np.array(
        [[1, 0.9, 0.9, 0.3], [0.9, 1, 0.66, 0.2], [0.9, 0.66, 1, 0.25], [0.3, 0.2, 0.25, 1]]
    )

    found = explore(correlation, 100, NAMES[:4], seed=1, factors=1)

    assert [(finding.code, finding.about) for finding in found.findings] == [
        ("exploratory_heywood", ("item0",))
    ]
