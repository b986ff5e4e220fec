"""The verdict says what the figures allow, and no more."""

from dataclasses import replace

import pytest
from made_results import about, results
from reported_answers import kiosk, made

from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.findings import dimension_headline, tied_with_first, zone_side
from fivegaps.report.sections.cautions import cautions
from fivegaps.report.sections.verdict import following, sure, verdict, what
from fivegaps.report.view import View
from fivegaps.stats.estimate import GapEstimate


def view_of(asked, lang="en", **changes):
    return View(results(asked, **changes), asked.instrument, lang)


def with_gaps(asked, *spans):
    """Return a view whose dimensions have the given gaps: (low, value, high) each."""
    whole = results(asked)
    dimensions = {
        name: replace(
            scores, gap=GapEstimate(v, low, high, 300, "t", p_adjusted=0.001 if high < 0 else 0.5)
        )
        for (name, scores), (low, v, high) in zip(whole.dimensions.items(), spans, strict=True)
    }
    return View(replace(whole, dimensions=dimensions), asked.instrument, "en")


FIVE = made(dimensions=3)


def test_a_dimension_apart_from_the_others_is_named_alone():
    view = with_gaps(FIVE, (-1.5, -1.4, -1.3), (-0.5, -0.4, -0.3), (-0.1, 0.0, 0.1))

    assert what(view) == (
        "Dimension 1 falls furthest short: customers rate it 1.40 points below what they expect "
        "(95% interval 1.30 to 1.50, scale 1–7)."
    )


def test_dimensions_whose_intervals_overlap_are_told_as_tied():
    view = with_gaps(FIVE, (-1.5, -1.4, -1.3), (-1.6, -1.3, -1.2), (-0.1, 0.0, 0.1))

    assert "which of them is worst cannot be told" in what(view)


def test_an_interval_with_zero_is_no_shortfall():
    view = with_gaps(FIVE, (-0.2, -0.1, 0.1), (-0.1, 0.0, 0.1), (-0.1, 0.0, 0.1))

    assert what(view).startswith("No dimension is shown to fall short")


def test_all_above_expectation_is_told_so():
    view = with_gaps(FIVE, (0.2, 0.3, 0.4), (0.3, 0.4, 0.5), (0.6, 0.7, 0.8))

    assert what(view).startswith("Every dimension exceeds expectations")


def test_all_tied_is_told_without_naming_a_worst_in_the_title():
    view = with_gaps(FIVE, (-0.5, -0.4, -0.3), (-0.5, -0.4, -0.3), (-0.5, -0.4, -0.3))

    assert dimension_headline(view) == "Every dimension falls short, by about 0.4 points"


def test_an_open_overall_gap_is_not_told_as_a_shortfall():
    view = view_of(made(shift=0.18))
    assert view.results.overall.mean_of_dimensions.high > 0

    assert "cannot be told" in sure(view) or view.results.overall.mean_of_dimensions.low > 0


def test_without_expectations_nothing_is_said_of_gaps():
    view = view_of(made(batteries=("perception",)))

    told = f"{what(view)} {sure(view)} {following(view)}"

    assert "gap" not in told
    assert "expectations were not asked" in told


def test_three_columns_are_told_by_the_zone():
    view = view_of(made(batteries=("adequate", "desired", "perception"), shift=-2.4))

    assert what(view).startswith("Below what customers will accept")
    assert "expectations were not asked" not in sure(view)


def test_a_zone_whose_edge_is_in_the_interval_is_not_told_as_below():
    view = view_of(made(batteries=("adequate", "desired", "perception")))
    one = next(iter(view.results.zone.dimensions.values()))
    near = replace(one, adequacy=replace(one.adequacy, value=-0.02, low=-0.1, high=0.06))

    assert zone_side(near) == "edge_low"


def test_a_handful_of_answers_asks_for_more():
    view = view_of(made(n=3))

    assert any("Only 3 answers" in sentence for sentence in cautions(view).sentences)


def test_an_unconfirmed_structure_is_a_caution():
    view = view_of(kiosk())

    assert any("not confirmed" in sentence for sentence in cautions(view).sentences)


def test_low_reliability_names_the_dimension():
    view = view_of(kiosk())

    assert any("below .70 in Reliability" in sentence for sentence in cautions(view).sentences)


def test_a_cluster_takes_the_caution_of_independence_away():
    view = view_of(kiosk())
    origin = view.results.provenance
    clustered = replace(
        view.results, provenance=replace(origin, options={**origin.options, "cluster": "branch"})
    )

    told = cautions(View(clustered, view.instrument, "en")).sentences

    assert not any("independent" in sentence for sentence in told)


def test_the_items_to_look_at_are_those_of_the_grid():
    told = following(view_of(kiosk()))

    assert "“Shorter wait”" in told


def test_the_first_is_always_tied_with_itself():
    assert tied_with_first([("a", about(0.1, 0.2, 0.3)), ("b", about(0.4, 0.5, 0.6))]) == ["a"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_verdict_has_three_full_sentences_in_every_language(lang):
    answers = verdict(view_of(kiosk(units=4), lang)).answers

    assert len(answers) == 3
    assert all(answer.text[-1] in ".。" and "{" not in answer.text for answer in answers)
