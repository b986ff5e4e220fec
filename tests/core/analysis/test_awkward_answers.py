"""Answers of every awkward kind: analyzed or refused with reasons, never a fault.

Each result is walked for numbers that are not finite and held to the schema of
results.json, in which whatever cannot be had carries a reason.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Iterator, Mapping

import jsonschema
import numpy as np
import pytest
from made_answers import labels, numbers, questionnaire, random_codes

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.encoding import results_json
from fivegaps.analysis.options import Options
from fivegaps.analysis.results import Results
from fivegaps.analysis.schemas import schema
from fivegaps.errors import OptionRefused
from fivegaps.io.answers import Categories, MemoryAnswers, Numbers, item_columns
from fivegaps.model.instrument import Instrument, KanoPair, Outcome, Structure
from fivegaps.stats.weights import Margin

VALIDATOR = jsonschema.Draft202012Validator(schema("results-1"))
TWO = questionnaire(sizes=(3, 2))
RATED = Outcome("rated", ("o",), 1, 5)
N = 60


def not_finite(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, float) and not math.isfinite(value):
        yield path
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from not_finite(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from not_finite(inner, f"{path}[{key}]")
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from not_finite(inner, f"{path}[{place}]")


def analyzed(
    instrument: Instrument,
    codes: np.ndarray,
    columns: Mapping[str, Categories | Numbers] | None = None,
    **options: object,
) -> Results:
    """Analyze, and hold the results to the schema and to finite numbers."""
    answers = MemoryAnswers(instrument, codes, columns=columns or {}, part_rows=40)
    results = analyze(answers, Options(replicates=100, **options))  # type: ignore[arg-type]
    assert list(not_finite(results)) == []
    VALIDATOR.validate(json.loads(results_json(results)))
    return results


def drawn(instrument: Instrument, n: int = N, *, missing: float = 0.1) -> np.ndarray:
    return random_codes(instrument, n, seed=n, missing=missing)


def changed(change: Callable[[np.ndarray], None]) -> np.ndarray:
    codes = drawn(TWO)
    change(codes)
    return codes


@pytest.mark.parametrize("n", [1, 2, 3, 4, 6, 12])
@pytest.mark.parametrize("missing", ["pairwise", "complete"])
def test_few_answers(n, missing):
    results = analyzed(TWO, drawn(TWO, n, missing=0.03), missing=missing)

    assert results.quality.read == n


def test_nobody_answered_is_refused():
    with pytest.raises(OptionRefused, match="no row is left"):
        analyzed(TWO, drawn(TWO, 0))


@pytest.mark.parametrize("missing", ["pairwise", "complete"])
def test_answers_all_missing(missing):
    results = analyzed(TWO, np.zeros((12, 30), dtype=np.uint8), missing=missing)

    assert results.overall.mean_of_dimensions.reason == "too_few"
    assert results.overall.servperf.reason == "too_few"


def test_no_complete_respondent_among_weighted_ones():
    columns = {"weight": numbers(np.ones(N)), "branch": labels(np.arange(N) % 2, ("a", "b"))}
    codes = drawn(TWO)
    codes[0] = 0
    margins = (Margin("branch", {"a": 0.5, "b": 0.5}),)

    assert analyzed(TWO, codes, columns, missing="complete", weight="weight").n == 0
    assert analyzed(TWO, codes, columns, missing="complete", margins=margins).n == 0


def constant_item(codes: np.ndarray) -> None:
    codes[1] = 5


def item_nobody_answered(codes: np.ndarray) -> None:
    codes[1] = 0


def constant_battery(codes: np.ndarray) -> None:
    codes[:6] = 7


def constant_everything(codes: np.ndarray) -> None:
    codes[:] = 4


def two_equal_items(codes: np.ndarray) -> None:
    codes[1] = codes[0]


def equal_batteries(codes: np.ndarray) -> None:
    codes[6:] = codes[:6]


def always_one_better(codes: np.ndarray) -> None:
    codes[:6] = np.minimum(codes[:6], 6)
    codes[6:] = np.where(codes[:6] > 0, codes[:6] + 1, 0)


@pytest.mark.parametrize(
    "change",
    [
        constant_item,
        item_nobody_answered,
        constant_battery,
        constant_everything,
        two_equal_items,
        equal_batteries,
        always_one_better,
    ],
)
def test_answers_without_spread_or_independence(change):
    analyzed(TWO, changed(change))


def test_a_gap_that_never_varies_says_why_it_has_no_test():
    results = analyzed(TWO, changed(always_one_better))

    told = json.loads(results_json(results))["dimensions"]["d0"]["gap"]
    assert (told["value"], told["t"], told["test_reason"]) == (1.0, None, "constant")


@pytest.mark.parametrize(
    "batteries",
    [
        ("perception",),
        ("expectation",),
        ("importance",),
        ("satisfaction",),
        ("desired", "perception"),
        ("importance", "satisfaction"),
        ("adequate", "desired", "perception"),
        ("expectation", "perception", "importance", "satisfaction"),
    ],
)
def test_batteries_of_any_choice(batteries):
    instrument = questionnaire(
        batteries, sizes=(3, 2), outcomes=(RATED,), weights={"d0": "w0", "d1": "w1"}
    )
    rng = np.random.default_rng(1)
    columns = {
        "o": numbers(rng.integers(1, 6, N)),
        "w0": numbers(np.full(N, 60)),
        "w1": numbers(np.full(N, 40)),
        "branch": labels(rng.integers(-1, 3, N), tuple("abc")),
    }

    results = analyzed(instrument, drawn(instrument), columns, by=("branch",))

    for battery in ("expectation", "perception"):
        means = [getattr(d, battery).value for d in results.dimensions.values()]
        assert all((mean is not None) == (battery in batteries) for mean in means)


@pytest.mark.parametrize("sizes", [(1,), (1, 1), (2,), (2, 2), (5, 1), (13, 2)])
def test_dimensions_of_any_size(sizes):
    instrument = questionnaire(sizes=sizes, extra=0)

    results = analyzed(instrument, drawn(instrument, 80))

    assert results.overall.mean_of_dimensions.value is not None


def test_items_without_dimensions():
    instrument = questionnaire(sizes=(), extra=3)

    results = analyzed(instrument, drawn(instrument))

    assert results.overall.mean_of_dimensions.reason == "not_asked"
    assert results.overall.mean_of_items.value is not None


def test_one_item_and_one_respondent():
    instrument = questionnaire(sizes=(1,), extra=0)

    results = analyzed(instrument, np.array([[6], [4]], dtype=np.uint8))

    assert results.overall.mean_of_items.reason == "too_few"


@pytest.mark.parametrize("points", [(0, 1), (1, 10), (0, 100)])
def test_scales_of_any_length(points):
    instrument = questionnaire(sizes=(3, 2), points=points)

    assert analyzed(instrument, drawn(instrument)).overall.mean_of_items.value is not None


RATINGS = {
    "constant": np.full(N, 3.0),
    "missing": np.full(N, np.nan),
    "infinite": np.where(np.arange(N) < 5, np.inf, 3.0),
    "few": np.where(np.arange(N) < N - 3, np.nan, 2.0),
}


@pytest.mark.parametrize("rating", RATINGS)
def test_outcomes_that_explain_nothing(rating):
    instrument = questionnaire(sizes=(3, 2), outcomes=(RATED,))

    results = analyzed(instrument, drawn(instrument), {"o": numbers(RATINGS[rating])})

    assert results.drivers.reason is not None


COLUMNS = {
    "revenue": numbers(np.random.default_rng(2).normal(size=N) * 1e12),
    "account": numbers(1e9 + np.random.default_rng(3).normal(size=N)),
    "share": numbers(np.random.default_rng(4).random(N) * 1e-4),
    "came_back": numbers(np.arange(N) % 2),
}


@pytest.mark.parametrize("column", COLUMNS)
def test_any_column_of_numbers_may_be_the_outcome(column):
    values = COLUMNS[column].values

    results = analyzed(TWO, drawn(TWO), COLUMNS, outcome=column)

    spread = np.ptp(values)
    assert results.outcomes[column].value == pytest.approx(values.mean(), abs=spread * 1e-5)
    assert results.drivers.r2 is not None


def test_an_outcome_without_a_number_is_refused():
    columns = {"remark": labels(np.zeros(N), ("fine",))}

    with pytest.raises(OptionRefused, match="holds no numbers"):
        analyzed(TWO, drawn(TWO), columns, outcome="remark")


@pytest.mark.parametrize(
    "branch",
    [np.zeros(N), np.full(N, -1), np.arange(N) % 5 - 1, np.arange(N)],
    ids=["one", "none given", "some not given", "everybody his own"],
)
def test_clusters_of_any_kind(branch):
    columns = {"branch": labels(branch, tuple(map(str, range(N))))}

    results = analyzed(TWO, drawn(TWO), columns, cluster="branch", by=("branch",))

    alone = len(set(branch.tolist())) == 1
    assert (results.overall.mean_of_items.low is None) == alone


@pytest.mark.parametrize("weights", [np.arange(N) % 2, np.arange(N) == 3, np.full(N, 1e-9)])
def test_weights_of_any_kind(weights):
    columns = {"weight": numbers(weights), "branch": labels(np.arange(N) % 4 - 1, tuple("abc"))}

    results = analyzed(TWO, drawn(TWO), columns, weight="weight", by=("branch",))

    assert results.weights.n_effective == pytest.approx(
        weights.sum() ** 2 / (weights.astype(float) ** 2).sum()
    )


def test_kano_answers_off_their_scale_count_for_nothing():
    instrument = questionnaire(
        sizes=(3, 2), kano=(KanoPair("d0_0", "F", "D"), KanoPair("wifi", "F2", "D2"))
    )
    rng = np.random.default_rng(5)
    columns = {
        "F": numbers(rng.integers(1, 6, N)),
        "D": numbers(rng.integers(1, 6, N)),
        "F2": numbers(np.full(N, np.nan)),
        "D2": numbers(np.full(N, 9.5)),
    }

    results = analyzed(instrument, drawn(instrument), columns)

    assert results.kano["wifi"].reason == "too_few"


def test_times_that_are_partly_missing():
    instrument = questionnaire(sizes=(3, 2), structure=Structure(seconds="took"))
    took = np.where(np.arange(N) < 9, np.nan, np.arange(N))

    results = analyzed(instrument, drawn(instrument), {"took": numbers(took)})

    assert results.quality.flags["too_fast"] > 0


def test_one_column_in_every_role():
    columns = {"o": numbers(np.arange(N) % 4 + 1)}
    instrument = questionnaire(sizes=(3, 2), outcomes=(RATED,))

    results = analyzed(instrument, drawn(instrument), columns, by=("o",), weight="o", cluster="o")

    assert list(results.segments["o"].values) == ["1", "2", "3", "4"]


def test_every_item_column_is_read_in_the_instruments_order():
    assert [column.key for column in item_columns(TWO)][:2] == [
        "expectation.d0_0",
        "expectation.d0_1",
    ]
