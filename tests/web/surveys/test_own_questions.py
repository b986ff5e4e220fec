"""Own questions: asked when they apply, stored by column, exported; drawn statements."""

from __future__ import annotations

import gzip
import math
from collections import Counter
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey_maker import AT, address, filled, made_survey

from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.conditions import drawn, error_factor, passes
from fivegaps.web.surveys.editing import questionnaire_of
from fivegaps.web.surveys.models import Response, Survey
from fivegaps.web.surveys.own_questions import (
    KINDS,
    Condition,
    ExtrasRefused,
    Option,
    OwnQuestion,
    Sampling,
    read_extras,
    to_json,
)
from fivegaps.web.surveys.services import editing
from fivegaps.web.surveys.sheet import SheetRefused, read_sheet, values_of

OPTIONS = (Option("a", {"en": "Yes"}), Option("b", {"en": "No"}))
OWN = (
    OwnQuestion("q1", "single", {"en": "A queue?"}, OPTIONS),
    OwnQuestion("q2", "multiple", {"en": "Which desks?"}, OPTIONS),
    OwnQuestion("q3", "number", {"en": "Minutes?"}, minimum=0, maximum=600, decimals=1),
    OwnQuestion("q4", "date", {"en": "When?"}),
    OwnQuestion("q5", "short", {"en": "Where?"}),
    OwnQuestion("q6", "long", {"en": "Tell us."}),
    OwnQuestion("q7", "nps", {"en": "Recommend?"}, low={"en": "never"}, high={"en": "surely"}),
    OwnQuestion("q8", "csat", {"en": "Satisfied?"}),
    OwnQuestion("q9", "ces", {"en": "Effort?"}),
    OwnQuestion("q10", "points", {"en": "Share out."}, OPTIONS),
)
ANSWERS = {
    "x_q1": "a",
    "x_q2_a": "1",
    "x_q2_b": "1",
    "x_q3": "12.5",
    "x_q4": "2026-02-28",
    "x_q5": "Riga",
    "x_q6": "Line\nline",
    "x_q7": "0",
    "x_q8": "5",
    "x_q9": "7",
    "x_q10_a": "60",
    "x_q10_b": "40",
}
STORED = {
    "x_q1": "a",
    "x_q2": ["a", "b"],
    "x_q3": 12.5,
    "x_q4": "2026-02-28",
    "x_q5": "Riga",
    "x_q6": "Line\nline",
    "x_q7": 0,
    "x_q8": 5,
    "x_q9": 7,
    "x_q10_a": 60,
    "x_q10_b": 40,
}


def asking(*own: OwnQuestion, state: str = "open", **changed: object) -> Survey:
    """Return a survey with own questions, its wave in a state."""
    survey = made_survey("draft", languages=["en"], points=False, **changed)
    for question in own:
        editing.put_question(actor=None, survey=survey, question=question, at=AT)
    if state == "open":
        opened(survey)
    return survey


def opened(survey: Survey) -> None:
    wave = selectors.waves_of(survey)[0]
    wave.state = "open"
    wave.save()


def fields(survey: Survey):
    return selectors.fields_in(selectors.waves_of(survey)[0])


@pytest.fixture
def survey(office) -> Survey:
    return asking(*OWN)


def test_every_kind_is_taken_and_told_again(survey) -> None:
    sheet = read_sheet(fields(survey), ANSWERS, named=False)

    assert {one.kind for one in OWN} == set(KINDS)
    assert sheet.other == STORED
    assert values_of(fields(survey), sheet) == ANSWERS


def test_form_with_own_questions_is_sent_and_shown(survey, client) -> None:
    page = client.get(address(survey)).content.decode()

    status = client.post(address(survey), filled(survey, **ANSWERS)).status_code

    assert all(one.text["en"] in page for one in OWN)
    assert status == 303
    assert STORED.items() <= Response.objects.get().other.items()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("x_q1", "c"),
        ("x_q2_a", "yes"),
        ("x_q3", "601"),
        ("x_q3", "1.25"),
        ("x_q3", "NaN"),
        ("x_q3", "1e2"),
        ("x_q3", "１"),
        ("x_q3", "9" * 5000),
        ("x_q4", "2026-02-30"),
        ("x_q4", "20260228"),
        ("x_q5", "a" * 201),
        ("x_q5", "a\x00b"),
        ("x_q7", "11"),
        ("x_q8", "0"),
        ("x_q10_a", "50"),
        ("x_q99", "1"),
    ],
)
def test_answer_that_is_none_is_refused(survey, field: str, text: str) -> None:
    with pytest.raises(SheetRefused):
        read_sheet(fields(survey), {field: text}, named=False)


def test_what_is_needed_keeps_a_form_from_being_sent_but_not_from_being_saved(office) -> None:
    survey = asking(OwnQuestion("q1", "short", {"en": "Where?"}, is_required=True))
    client = Client()
    form = filled(survey)

    saved = client.post(address(survey) + "save/", form)
    sent = client.post(address(survey), form)
    mended = client.post(address(survey), form | {"x_q1": "Riga", "revision": "1"})

    assert saved.json()["state"] == "saved"
    assert sent.status_code == 422
    assert "Please answer this: “Where?”" in sent.content.decode()
    assert mended.status_code == 303


def ruled(**rules: Condition) -> Survey:
    survey = asking(*OWN, state="draft")
    for target, rule in rules.items():
        name = target.replace("_", ".", 1)
        editing.set_rule(actor=None, survey=survey, target=name, rule=rule, at=AT)
    opened(survey)
    return survey


@pytest.mark.parametrize(
    ("rule", "answer", "is_asked"),
    [
        (Condition("x_q1", "is", "a"), {"x_q1": "a"}, True),
        (Condition("x_q1", "is", "a"), {"x_q1": "b"}, False),
        (Condition("x_q1", "not", "a"), {"x_q1": "b"}, True),
        (Condition("x_q1", "not", "a"), {}, False),
        (Condition("x_q2", "is", "b"), {"x_q2_a": "1", "x_q2_b": "1"}, True),
        (Condition("x_q2", "not", "b"), {"x_q2_a": "1"}, True),
        (Condition("x_q2", "not", "b"), {}, False),
        (Condition("x_q3", "least", "10"), {"x_q3": "10"}, True),
        (Condition("x_q3", "most", "9.5"), {"x_q3": "10"}, False),
        (Condition("p_tan1", "most", "3"), {"p_tan1": "3"}, True),
        (Condition("p_tan1", "most", "3"), {"p_tan1": "none"}, False),
        (Condition("o_satisfaction", "least", "6"), {"o_satisfaction": "7"}, True),
    ],
)
def test_answer_to_what_was_not_asked_is_dropped(
    office, rule: Condition, answer: dict[str, str], is_asked: bool
) -> None:
    survey = ruled(own_q5=rule)

    sheet = read_sheet(fields(survey), answer | {"x_q5": "kept?"}, named=False)

    assert ("x_q5" in sheet.other) == is_asked


def test_question_behind_a_hidden_one_is_hidden_too(office) -> None:
    survey = ruled(own_q3=Condition("x_q1", "is", "a"), own_q5=Condition("x_q3", "least", "10"))
    answers = {"x_q1": "b", "x_q3": "20", "x_q5": "text"}

    sheet = read_sheet(fields(survey), answers, named=False)

    assert set(sheet.other) == {"x_q1"}


def test_hidden_question_is_never_needed(office) -> None:
    needed = OwnQuestion("q2", "short", {"en": "Where?"}, is_required=True)
    survey = asking(OwnQuestion("q1", "single", {"en": "Queue?"}, OPTIONS), needed, state="draft")
    rule = Condition("x_q1", "is", "a")
    editing.set_rule(actor=None, survey=survey, target="own.q2", rule=rule, at=AT)

    sheet = read_sheet(fields(survey), {"x_q1": "b", "p_tan1": "1"}, named=False, is_sent=True)

    assert "x_q2" not in sheet.other


def test_page_without_script_says_when_a_question_applies(office, client) -> None:
    survey = ruled(own_q5=Condition("x_q1", "is", "a"), item_emp1=Condition("e_tan1", "most", "3"))

    page = client.get(address(survey)).content.decode()

    assert "Only if you chose “Yes” for: A queue?" in page
    assert 'data-if="x_q1 is a"' in page
    assert page.count('data-if="e_tan1 most 3"') == 2


def sampled(k: int = 6) -> Survey:
    survey = asking(state="draft")
    names = [item.id for item in questionnaire_of(survey).whole.items]
    editing.choose_items(
        actor=None, survey=survey, asked_items=names, linking=names[:5], k=k, at=AT
    )
    opened(survey)
    return survey


def test_form_asks_the_linking_statements_and_k_others_and_again_the_same(office, client) -> None:
    survey = sampled()
    page = client.get(address(survey)).content.decode()
    form_id = page.split('name="submission_id" value="')[1][:36]

    form = filled(survey, submission_id=form_id)
    client.post(address(survey) + "save/", form)
    again = client.get(f"{address(survey)}{form_id}/").content.decode()

    def asked(text: str) -> set[str]:
        return {one.name for one in fields(survey).items if f'id="f-{one.name}"' in text}

    assert len(asked(page)) == 2 * (5 + 6)
    assert asked(again) == asked(page)


def test_statement_that_was_not_drawn_holds_no_answer(office, client) -> None:
    survey = sampled()
    form = filled(survey)
    client.post(address(survey), form)

    codes = bytes(Response.objects.get().codes)
    names = list(dict.fromkeys(one.item for one in fields(survey).items))
    expected = drawn(names, Sampling(tuple(names[:5]), 6), UUID(form["submission_id"]))

    answered = {one.item for one, code in zip(fields(survey).items, codes, strict=True) if code}
    assert answered == expected


def test_every_statement_is_drawn_about_as_often() -> None:
    names = [f"i{n}" for n in range(12)]
    sampling = Sampling(("i0", "i1"), 3)
    lots = [drawn(names, sampling, UUID(int=n * 7919 + 1)) for n in range(2000)]

    counts = Counter(name for lot in lots for name in lot)

    assert all(len(lot) == 5 for lot in lots)
    assert counts["i0"] == 2000
    assert all(abs(counts[name] - 600) < 100 for name in names[2:])


def test_standard_error_grows_with_the_root_of_those_who_are_not_asked() -> None:
    assert error_factor(16, 4) == 2
    assert error_factor(10, 7) == pytest.approx(math.sqrt(10 / 7))
    assert error_factor(3, 3) == 1


@pytest.mark.parametrize("text", ["", "none", "x", "1e9", "--1", "1.", "٣"])
def test_what_is_no_number_passes_no_bound(text: str) -> None:
    assert not passes("least", text, "-5")
    assert not passes("most", text, "5")


def test_extras_read_back_as_they_were_kept(survey) -> None:
    extras = questionnaire_of(survey).extras

    assert read_extras(to_json(extras)) == extras


@pytest.mark.parametrize(
    "kept",
    [
        [],
        {"odd": 1},
        {"own": {}},
        {"own": [{"id": "q1", "kind": "colour"}]},
        {"own": [{"id": "q1", "kind": "short"}, {"id": "q1", "kind": "short"}]},
        {"rules": {"own.q1": {"field": "x", "test": "like", "value": "y"}}},
        {"sampling": {"linking": [], "k": True}},
        {"texts": {"footer": {}}},
    ],
)
def test_extras_of_another_shape_are_refused(kept: object) -> None:
    with pytest.raises(ExtrasRefused):
        read_extras(kept)


NAMES = sorted({*ANSWERS, "p_tan1", "e_tan1", "x_q1_a", "x_q10", "show", "do", "x_"})
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
    st.integers(-10, 700).map(str),
    st.dates().map(str),
    st.sampled_from(["none", "a", "b", "1", "NaN", "-0", "1e3", "\x00", "9" * 5000, "keep"]),
)


@pytest.fixture
def ruled_survey(office) -> Survey:
    return ruled(
        own_q3=Condition("x_q1", "is", "a"),
        own_q9=Condition("x_q2", "not", "a"),
        item_emp1=Condition("e_tan1", "most", "3"),
    )


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changed=st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=8))
def test_any_form_with_own_questions_is_taken_or_refused(ruled_survey, changed) -> None:
    before = Response.objects.count()

    status = Client().post(address(ruled_survey), filled(ruled_survey) | changed).status_code

    assert status in {200, 303, 400, 409, 422}
    assert (Response.objects.count() > before) == (status == 303)


@pytest.mark.parametrize("kind", ["own", "lot"])
def test_page_stays_below_20_kib(office, client, kind: str) -> None:
    survey = asking(*OWN) if kind == "own" else sampled()
    survey.logo = "data:image/png;base64," + "".join(uuid4().hex for _ in range(256))[:8192]
    survey.colour = "#0b5d3b"
    survey.save()

    page = client.get(address(survey))

    assert survey.logo in page.content.decode()
    assert "--brand:#0b5d3b" in page.content.decode()
    assert len(gzip.compress(page.content)) <= 20 * 1024
