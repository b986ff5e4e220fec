"""Two files compared: Welch's differences on the items that both ask alike."""

from __future__ import annotations

import dataclasses
import json

import jsonschema
import numpy as np
import pytest
from made_answers import labels, numbers, questionnaire, random_codes
from rowwise import Rows
from scipy import stats

from fivegaps.analysis.comparing import Compared, compare
from fivegaps.analysis.encoding import encode
from fivegaps.analysis.options import Options
from fivegaps.analysis.schemas import schema
from fivegaps.io.answers import MemoryAnswers
from fivegaps.model.instrument import Instrument, Item

BEFORE = questionnaire(sizes=(3, 4))
CODES = (
    random_codes(BEFORE, 120, seed=1, missing=0.1),
    random_codes(BEFORE, 90, seed=2, missing=0.1),
)


def changed(instrument: Instrument, **items: Item | None) -> Instrument:
    """Return the instrument with items put in place of others, or left out."""
    kept = [items.get(item.id, item) for item in instrument.items]
    return dataclasses.replace(instrument, items=tuple(item for item in kept if item is not None))


def compared(second: Instrument = BEFORE, **options: object) -> Compared:
    places = [
        place
        for place, column in enumerate(Rows(BEFORE, CODES[1]).values)
        if column in Rows(second, CODES[1]).values
    ]
    return compare(
        MemoryAnswers(BEFORE, CODES[0], file_name="a.csv"),
        MemoryAnswers(second, np.ascontiguousarray(CODES[1][places]), file_name="b.csv"),
        options=Options(**options),  # type: ignore[arg-type]
    )


def both_gaps(items: list[str]) -> tuple[np.ndarray, np.ndarray]:
    gaps = [Rows(BEFORE, codes).gap(items) for codes in CODES]
    return gaps[0][~np.isnan(gaps[0])], gaps[1][~np.isnan(gaps[1])]


@pytest.mark.parametrize("dimension", ["d0", "d1"])
def test_a_dimension_differs_by_welchs_test(dimension):
    first, second = both_gaps(Rows(BEFORE, CODES[0]).items(dimension))

    found = compared().dimensions[dimension]

    expected = stats.ttest_ind(second, first, equal_var=False)
    assert found.value == pytest.approx(second.mean() - first.mean(), rel=1e-10)
    assert (found.t, found.df, found.p) == pytest.approx(
        (expected.statistic, expected.df, expected.pvalue), rel=1e-8
    )


def test_an_item_differs_by_welchs_test():
    first, second = both_gaps(["d1_2"])

    found = compared().items["d1_2"]

    assert found.t == pytest.approx(stats.ttest_ind(second, first, equal_var=False).statistic)


def test_a_file_does_not_differ_from_itself():
    answers = MemoryAnswers(BEFORE, CODES[0])

    found = compare(answers, answers)

    assert {gap.value for gap in (*found.dimensions.values(), *found.items.values())} == {0.0}
    assert found.n == (120, 120)


def test_the_measure_stands_beside_both_batteries():
    found = compared()

    assert found.measure == "gap"
    for name, gap in found.dimensions.items():
        assert found.perception[name].value - found.expectation[name].value == pytest.approx(
            gap.value
        )


def other(item: str) -> Item:
    return next(known for known in BEFORE.items if known.id == item)


@pytest.mark.parametrize(
    ("reason", "item"),
    [
        ("changed_dimension", dataclasses.replace(other("d0_1"), dimension="d1")),
        ("changed_direction", dataclasses.replace(other("d0_1"), reversed=True)),
        ("only_in_first", None),
    ],
)
def test_a_changed_item_is_refused_and_left_out_of_its_dimension(reason, item):
    found = compared(changed(BEFORE, d0_1=item))

    assert [(refused.item, refused.reason) for refused in found.refused] == [("d0_1", reason)]
    assert found.dimension_items["d0"] == ("d0_0", "d0_2")
    first, second = both_gaps(["d0_0", "d0_2"])
    assert found.dimensions["d0"].value == pytest.approx(second.mean() - first.mean(), rel=1e-10)


def worded(text: str) -> Instrument:
    wording = {"en": {"perception": text}}
    return changed(BEFORE, d0_1=dataclasses.replace(other("d0_1"), text=wording))


def test_another_wording_is_another_item():
    found = compare(
        MemoryAnswers(worded("Old."), CODES[0]), MemoryAnswers(worded("New."), CODES[1])
    )

    assert [refused.reason for refused in found.refused] == ["changed_wording"]


def test_another_scale_is_another_item():
    longer = questionnaire(sizes=(3, 4), points=(1, 9))

    found = compare(MemoryAnswers(BEFORE, CODES[0]), MemoryAnswers(longer, CODES[1]))

    assert {refused.reason for refused in found.refused} == {"changed_scale"}
    assert found.overall.reason is not None


def test_where_one_file_lacks_expectations_perceptions_are_compared():
    alone = questionnaire(("perception",), sizes=(3, 4))
    perceived = CODES[1][len(BEFORE.items) :]

    found = compare(MemoryAnswers(BEFORE, CODES[0]), MemoryAnswers(alone, perceived))

    first, second = (codes[len(BEFORE.items) + 3].astype(float) for codes in CODES)
    assert found.measure == "perception"
    assert found.expectation == {}
    assert found.items["d1_0"].value == pytest.approx(
        second[second > 0].mean() - first[first > 0].mean(), rel=1e-10
    )
    assert None not in {gap.value for gap in found.items.values()}


def test_perceptions_are_compared_for_weighted_answers_too():
    alone = questionnaire(("perception",), sizes=(3, 4))
    weights = [{"w": numbers(np.ones(codes.shape[1]))} for codes in CODES]
    perceived = CODES[1][len(BEFORE.items) :]

    found = compare(
        MemoryAnswers(BEFORE, CODES[0], columns=weights[0]),
        MemoryAnswers(alone, perceived, columns=weights[1]),
        options=Options(weight="w"),
    )

    plain = compare(MemoryAnswers(BEFORE, CODES[0]), MemoryAnswers(alone, perceived))
    for name, gap in found.items.items():
        assert gap.value == pytest.approx(plain.items[name].value)


def test_clusters_widen_the_difference():
    branches = [{"b": labels(np.arange(codes.shape[1]) % 6, tuple("abcdef"))} for codes in CODES]

    found = compare(
        MemoryAnswers(BEFORE, CODES[0], columns=branches[0]),
        MemoryAnswers(BEFORE, CODES[1], columns=branches[1]),
        options=Options(cluster="b"),
    )

    assert found.overall.df < 11


@pytest.mark.parametrize(
    "second", [BEFORE, changed(BEFORE, d0_0=None), questionnaire(("perception",), sizes=(3, 4))]
)
def test_what_is_written_holds_to_its_schema(second):
    told = json.loads(json.dumps(encode(compared(second)), allow_nan=False))

    jsonschema.Draft202012Validator(schema("compare-1")).validate(told)


def test_few_answers_are_told_as_too_few():
    found = compare(
        MemoryAnswers(BEFORE, np.ascontiguousarray(CODES[0][:, :1])),
        MemoryAnswers(BEFORE, CODES[1]),
    )

    jsonschema.Draft202012Validator(schema("compare-1")).validate(
        json.loads(json.dumps(encode(found), allow_nan=False))
    )
    assert found.overall.reason == "too_few"
