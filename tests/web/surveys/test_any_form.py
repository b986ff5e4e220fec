"""Whatever is sent as a form is taken whole or refused clearly; nothing breaks."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey_maker import address, filled, made_survey

from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Response
from fivegaps.web.surveys.sheet import Sheet, SheetRefused, read_sheet, values_of

NAMES = [
    "e_tan1",
    "p_emp5",
    "o_satisfaction",
    "w_tangibles",
    "remark",
    "contact",
    "submission_id",
    "lang",
    "show",
    "do",
    "revision",
    "started",
    "trial",
    "unknown",
]
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80),
    st.integers(-10, 110).map(str),
    st.sampled_from(
        ["none", "NaN", "Infinity", "1e3", "0x1", "１", "\x00", "9" * 5000, "vi", "keep"]
    ),
)


@pytest.fixture
def survey(office):
    return made_survey()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changed=st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=6))
def test_any_form_is_taken_or_refused(survey, changed) -> None:
    before = Response.objects.count()

    status = Client().post(address(survey), filled(survey) | changed).status_code

    taken = Response.objects.count() - before
    assert status in {200, 303, 400, 409, 410, 422}
    assert taken == 0 or status == 303


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_what_is_read_is_told_again_as_the_same_fields(survey, drawn) -> None:
    fields = selectors.fields_in(selectors.waves_of(survey)[0])
    points = st.integers(1, 7).map(str) | st.just("none")
    asked = [column.name for column in fields.items] + list(fields.others)
    values = drawn.draw(st.dictionaries(st.sampled_from(asked), points))

    sheet = read_sheet(fields, values, named=False)

    assert values_of(fields, sheet) == values
    assert len(sheet.codes) == len(fields.items)


def test_canonical_body_ignores_the_order_of_fields(survey) -> None:
    one = Sheet(b"\x01", {"remark": "a", "o_satisfaction": 3})
    other = Sheet(b"\x01", {"o_satisfaction": 3, "remark": "a"})

    assert one.sha256("en") == other.sha256("en")
    assert one.sha256("en") != one.sha256("vi")
    assert one.sha256("en") != Sheet(b"\x02", one.other).sha256("en")


def test_refusal_names_every_field_at_once(survey) -> None:
    fields = selectors.fields_in(selectors.waves_of(survey)[0])

    with pytest.raises(SheetRefused) as refused:
        read_sheet(fields, {"e_tan1": "8", "p_tan1": "x", "odd": "1"}, named=False)

    assert {one.field for one in refused.value.refusals} == {"e_tan1", "p_tan1", "odd"}
    assert not refused.value.is_mendable


@pytest.mark.parametrize("started", ["9999-12-31T23:59:59-12:00", "2000-01-01T00:00:00+23:59"])
def test_edge_of_calendar_is_no_fault(survey, started) -> None:
    form = filled(survey) | {"started": started}

    assert Client().post(address(survey), form).status_code == 303
    assert Response.objects.count() == 1
