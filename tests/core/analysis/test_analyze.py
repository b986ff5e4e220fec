"""One analysis from answers to results: the same whatever does not matter, and told in full."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from made_answers import kept_rows, labels, numbers, questionnaire, random_codes

from fivegaps import __version__
from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.encoding import results_object
from fivegaps.analysis.options import Options
from fivegaps.analysis.results import Results
from fivegaps.errors import OptionRefused
from fivegaps.io.answers import MemoryAnswers, Notice
from fivegaps.model.instrument import Outcome
from fivegaps.stats.weights import Margin

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
INSTRUMENT = questionnaire(sizes=(3, 4, 3), outcomes=(Outcome("overall", ("o",), 1, 5),))
N = 220
CODES = random_codes(INSTRUMENT, N, seed=3, missing=0.02)
COLUMNS = {
    "o": numbers(np.random.default_rng(1).integers(1, 6, N)),
    "branch": labels(np.arange(N) % 4, tuple("abcd")),
    "weight": numbers(np.arange(N) % 3),
}


def answers(part_rows: int = 1000, notices: tuple[Notice, ...] = ()) -> MemoryAnswers:
    return MemoryAnswers(
        INSTRUMENT,
        CODES,
        columns=COLUMNS,
        part_rows=part_rows,
        notices=notices,
        file_name="answers.csv",
        sha256="abc",
    )


def results(source: MemoryAnswers, **options: object) -> Results:
    chosen = Options(replicates=100, **options)  # type: ignore[arg-type]
    return analyze(source, chosen, now=NOW, command="fivegaps analyze answers.csv")


@pytest.fixture(scope="module")
def found() -> Results:
    return results(answers())


def test_the_results_do_not_depend_on_how_the_source_is_cut(found):
    assert results_object(results(answers(part_rows=37))) == results_object(found)


def test_leaving_measurement_out_changes_no_other_figure(found):
    quick = analyze(answers(), Options(replicates=100), now=NOW, measuring=False)

    kept, whole = results_object(quick), results_object(found)
    assert not kept["factors"]
    assert not any(one["reliability"] or one["validity"] for one in kept["dimensions"].values())
    for told in (kept, whole):
        del told["factors"], told["provenance"]
        for one in (*told["dimensions"].values(), *told["items"].values()):
            for name in ("reliability", "difference_reliability", "validity"):
                one.pop(name, None)
    assert kept == whole


def test_splitting_and_flagging_change_nothing_of_the_whole(found):
    whole = results_object(found)

    split = results_object(results(answers(), by=("branch",)))

    for key in ("overall", "dimensions", "items", "factors", "drivers", "quality", "outcomes"):
        assert split[key] == whole[key]
    assert list(split["segments"]["branch"]) == ["a", "b", "c", "d"]


def test_complete_is_the_analysis_of_complete_respondents():
    complete = (CODES > 0).all(axis=0)

    chosen = results_object(results(answers(), missing="complete"))

    alone = results_object(results(kept_rows(INSTRUMENT, CODES, COLUMNS, complete)))
    assert chosen["n"] == complete.sum()
    for key in ("overall", "items", "importance_performance", "outcomes"):
        assert chosen[key] == alone[key]
    for battery in ("expectation", "perception"):
        assert chosen["factors"][battery]["cfa"] == alone["factors"][battery]["cfa"]


def test_another_seed_moves_only_what_is_drawn(found):
    other = results(answers(), seed=5)

    assert other.overall == found.overall
    assert other.factors["perception"].cfa == found.factors["perception"].cfa
    lmg = [r.drivers.predictors["d1"].lmg for r in (other, found)]
    assert lmg[0].value == lmg[1].value
    assert lmg[0].low != lmg[1].low


def test_a_lower_confidence_narrows_every_interval(found):
    narrow = results(answers(), confidence=0.8)

    for wide, slim in (
        (found.overall.servperf, narrow.overall.servperf),
        (found.dimensions["d0"].gap, narrow.dimensions["d0"].gap),
        (
            found.dimensions["d0"].reliability["perception"].alpha,
            narrow.dimensions["d0"].reliability["perception"].alpha,
        ),
    ):
        assert wide.low < slim.low < slim.value == wide.value < slim.high < wide.high


def test_provenance_tells_how_to_get_the_numbers_again(found):
    told = results_object(found)["provenance"]

    assert told["version"] == __version__
    assert told["file"] == {"name": "answers.csv", "sha256": "abc", "rows": N}
    assert told["created_at"] == "2026-01-31T12:00:00+00:00"
    assert told["command"] == "fivegaps analyze answers.csv"
    assert told["seed"] == told["options"]["seed"] == 20_261
    assert told["options"]["missing"] == "pairwise"


def test_margins_are_told_with_their_targets():
    margins = (Margin("branch", {"a": 0.4, "b": 0.2, "c": 0.2, "d": 0.2}),)

    told = results_object(results(answers(), margins=margins))

    assert told["weights"]["margins"] == {"branch": dict(margins[0].targets)}
    assert told["provenance"]["options"]["margins"] == {"branch": dict(margins[0].targets)}


def codes_of(found: Results) -> set[str]:
    return {warned.code for warned in found.warnings}


def test_independent_answers_are_warned_of_unless_clusters_are_given(found):
    assert codes_of(found) == {"independent_answers"}
    assert codes_of(results(answers(), cluster="branch")) == set()


def test_what_the_reader_noticed_comes_first():
    notice = Notice("missing_codes", "3 cells hold 9.", values={"total": 3})

    warned = results(answers(notices=(notice,))).warnings

    assert (warned[0].code, warned[0].text, warned[0].values) == (
        "missing_codes",
        "3 cells hold 9.",
        {"total": 3},
    )


def test_every_other_warning():
    codes = random_codes(INSTRUMENT, 20, seed=2, missing=0.0)
    codes[0], codes[1] = 0, 4
    columns = {
        "branch": labels(np.full(20, -1), ("a",)),
        "weight": numbers(np.arange(20) % 2),
        "o": numbers(np.full(20, 3)),
    }
    source = MemoryAnswers(INSTRUMENT, codes, columns=columns)

    warned = {one.code: one for one in results(source, cluster="branch", weight="weight").warnings}

    assert set(warned) == {
        "all_missing",
        "constant_item",
        "one_cluster",
        "cluster_not_given",
        "weight_zero",
        "psychometrics_unweighted",
        "few_answers",
    }
    assert warned["all_missing"].about == ("expectation.d0_0",)
    assert warned["constant_item"].about == ("expectation.d0_1",)
    assert warned["weight_zero"].values == {"n": 10}


def test_incomplete_respondents_left_out_are_counted():
    left_out = results(answers(), missing="complete").warnings

    counted = {one.code: one.values for one in left_out}["incomplete_left_out"]
    assert counted == {"n": N - int((CODES > 0).all(axis=0).sum())}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"by": ("brnch",)}, "did you mean branch"),
        ({"cluster": "nowhere"}, "no such column"),
        ({"weight": "nowhere"}, "no such column"),
        ({"outcome": "nowhere"}, "neither an outcome"),
        ({"margins": (Margin("nowhere", {"a": 1.0}),)}, "no such column"),
        ({"by": ("branch", "branch")}, "named twice"),
        ({"confidence": 0.4}, "not between"),
        ({"confidence": 1.0}, "not between"),
        ({"seed": -1}, "must be 0 or more"),
        ({"weight": "weight", "margins": (Margin("branch", {"a": 1.0}),)}, "not both"),
    ],
)
def test_options_that_make_no_sense_are_refused(options, told):
    with pytest.raises(OptionRefused, match=told):
        results(answers(), **options)


def test_too_few_replicates_are_refused():
    with pytest.raises(OptionRefused, match="too few for an interval"):
        analyze(answers(), Options(replicates=50))


def test_progress_is_told_until_each_work_is_done():
    told: dict[str, list[int | None]] = {}

    def start(text: str, total: int | None):
        told[text] = [total, 0]

        def advance(amount: int) -> None:
            told[text][1] += amount

        return advance

    analyze(answers(part_rows=50), Options(replicates=100), start=start)

    assert told["Counting answers"] == [N, N]
    assert all(done == total for total, done in told.values())


def test_rows_hold_every_form_dimension_and_item(found):
    rows = found.rows()

    assert len(rows) == 5 + 3 * 3 + 11 * 3
    gap = next(row for row in rows if (row["id"], row["figure"]) == ("d1", "gap"))
    assert gap["level"] == "dimension"
    assert gap["value"] == found.dimensions["d1"].gap.value
    assert gap["p_adjusted"] == found.dimensions["d1"].gap.p_adjusted
