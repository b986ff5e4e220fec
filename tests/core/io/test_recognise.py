import pandas as pd
import pytest
from iofiles import codes_of

from fivegaps.errors import InstrumentRefused
from fivegaps.io.columnar import ArrowTable
from fivegaps.io.frames import arrow_table
from fivegaps.io.recognise import recognise, recognised_answers, recognised_in
from fivegaps.io.scales import scale_of_answers, suspected_codes
from fivegaps.knowledge.instruments import instrument

RATER = instrument("rater-22")
IDS = [item.id for item in RATER.items]


def numbered(pattern, count=22):
    return [pattern.format(number) for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("expectation", "perception"),
    [
        ("E{}", "P{}"),
        ("e{}", "p{}"),
        ("E{:02}", "P{:02}"),
        ("E_{}", "P_{}"),
        ("exp_{}", "perc_{}"),
        ("exp{}", "perc{}"),
        ("Expectation {}", "Perception {}"),
        ("Q{}_exp", "Q{}_perc"),
        ("Q1_SQ{:03}#0", "Q1_SQ{:03}#1"),
        ("Q1[SQ{:03}][1]", "Q1[SQ{:03}][2]"),
        ("Service [Statement {}][Scale 1]", "Service [Statement {}][Scale 2]"),
        ("Expectation: statement {}", "Perception: statement {}"),
        ("Statement {} [Expectation]", "Statement {} [Perception]"),
        ("{}. 직원은 친절해야 한다. (기대 설문)", "{}. 직원은 친절하다. (인지 설문)"),
        ("{}. 员工应该友好（期望）", "{}. 员工友好（感知）"),
        ("Kỳ vọng: câu {}", "Cảm nhận: câu {}"),
        ("Verwachting: vraag {}", "Ervaring: vraag {}"),
    ],
)
@pytest.mark.parametrize("order", ["blocks", "pairs"])
def test_22_pairs_are_servqual_in_its_order(expectation, perception, order):
    asked, given = numbered(expectation), numbered(perception)
    pairs = [name for pair in zip(asked, given, strict=True) for name in pair]

    found = recognise(["id", *(asked + given if order == "blocks" else pairs), "age"])

    assert found.instrument.id == "rater-22"
    assert [item.id for item in found.instrument.items] == IDS
    assert [item.columns["expectation"] for item in found.instrument.items] == asked
    assert [item.columns["perception"] for item in found.instrument.items] == given
    assert any("SERVQUAL's order" in sentence for sentence in found.assumptions)


def test_columns_in_any_order_are_sorted_by_their_number():
    found = recognise([*reversed(numbered("E{}")), *numbered("P{}")])

    assert found.instrument.items[0].columns == {"expectation": "E1", "perception": "P1"}


@pytest.mark.parametrize(("asked", "given"), [("e_{}", "p_{}"), ("exp_{}", "perc_{}")])
def test_items_called_by_their_id_need_no_order(asked, given):
    names = [pattern.format(item) for pattern in (given, asked) for item in reversed(IDS)]

    found = recognise(names)

    assert found.instrument.id == "rater-22"
    assert found.instrument.items[0].columns["expectation"] == asked.format("tan1")
    assert not any("order" in sentence for sentence in found.assumptions)


def test_wordings_in_labels_are_read_where_names_tell_nothing():
    names = numbered("v{}", 44)
    labels = {f"v{n}": f"Expectation: statement {n}" for n in range(1, 23)}
    labels |= {f"v{n}": f"Perception: statement {n - 22}" for n in range(23, 45)}

    found = recognise(names, labels=labels)

    assert found.instrument.items[21].columns == {"expectation": "v22", "perception": "v44"}


def test_three_columns_are_the_zone_of_tolerance_and_one_is_performance():
    zone = recognise([*numbered("A{}"), *numbered("D{}"), *numbered("P{}")])
    performance = recognise(numbered("P{}"))

    assert zone.instrument.id == "rater-22-zone"
    assert performance.instrument.id == "rater-22-performance"


def test_importance_and_satisfaction_beside_them_become_batteries():
    found = recognise([name for letter in "EPIS" for name in numbered(letter + "{}")])

    assert [battery.id for battery in found.instrument.batteries] == [
        "expectation",
        "perception",
        "importance",
        "satisfaction",
    ]


def test_other_numbers_of_items_are_in_no_dimension_and_it_is_said():
    found = recognise([*numbered("E{}", 24), *numbered("P{}", 24)])

    assert found.instrument.dimensions == ()
    assert {item.dimension for item in found.instrument.items} == {None}
    assert "in no dimension" in found.assumptions[-1]


def test_batteries_of_unequal_items_are_refused_by_name():
    with pytest.raises(InstrumentRefused) as refused:
        recognise([*numbered("E{}"), *numbered("P{}", 21)])

    assert "unequal items" in refused.value.faults[0].what
    assert refused.value.faults[1].column == "E22"


@pytest.mark.parametrize(
    "names", [["a", "b"], ["age", "person1", "desk2", "image1", "perc"], ["E1", "E2", "E3"], []]
)
def test_columns_that_tell_nothing_are_refused_with_advice(names):
    with pytest.raises(InstrumentRefused, match="fivegaps inspect"):
        recognise(names)


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ([1, 5], (1, 5)),
        ([2, 4], (1, 5)),
        ([1, 6], (1, 7)),
        ([1, 7, 99], (1, 7)),
        ([1, 8, 9], (1, 9)),
        ([0, 4], (0, 4)),
        ([0, 10], (0, 10)),
        ([1, 10], (1, 10)),
        ([-3, 3], (-3, 3)),
        ([1, 50], None),
        ([1, 2.5], None),
        ([], None),
    ],
)
def test_the_scale_is_the_smallest_usual_one_that_holds_the_answers(values, scale):
    assert scale_of_answers(dict.fromkeys(values, 10)) == scale


def test_a_nine_far_from_the_others_is_suspected_in_many_answers():
    many = {1: 40, 6: 30, 7: 50, 9: 3}
    few = {1: 4, 6: 3, 7: 5, 9: 3}

    assert suspected_codes(many) == (9.0,)
    assert suspected_codes(few) == ()
    assert suspected_codes({0: 5, 1: 40, 5: 9, -9: 1, 99: 2}) == (-9.0, 99.0)


def test_the_answers_set_the_scale_of_both_batteries():
    frame = pd.DataFrame({name: [2, 5] for name in numbered("E{}")})
    frame = frame.assign(**{name: [1, 3] for name in numbered("P{}")})

    found = recognised_in(ArrowTable(arrow_table(frame)))

    assert {(battery.minimum, battery.maximum) for battery in found.instrument.batteries} == {
        (1, 5)
    }


def test_recognised_answers_tell_what_was_assumed(save):
    names = [*numbered("E{}", 3), *numbered("P{}", 3)]
    path = save(",".join(names) + "\n1,2,3,4,5,6\n")

    answers = recognised_answers(path)

    assert codes_of(answers) == [[1], [2], [3], [4], [5], [6]]
    assert answers.notices[0].code == "assumed_instrument"
    assert answers.notices[0].about[0] == "expectation is in E1 … E3 (3 columns)"


def test_limesurveys_dual_scale_with_answer_codes(save):
    names = [f"G1Q1_SQ{n:03}#{scale}" for n in range(1, 4) for scale in (0, 1)]
    path = save(",".join(f'"{name}"' for name in names) + '\n"A7","A6","A5","A4","A3",""\n')

    answers = recognised_answers(path)

    assert codes_of(answers) == [[7], [5], [3], [6], [4], [0]]


def test_the_published_kiosk_file_is_recognised():
    """24 pairs, CP949, Korean questions; the item number stands before each question."""
    raw = recognised_answers("examples/kiosk/kiosk_raw_cp949.csv")
    cleaned = recognised_answers("examples/kiosk/kiosk.csv")

    assert (raw.rows, len(raw.instrument.items)) == (211, 24)
    assert raw.instrument.items[7].columns["expectation"].startswith("8-1.")
    assert len(cleaned.instrument.kano) == 29
