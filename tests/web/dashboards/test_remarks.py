"""What customers wrote: searched, in leaves, for those who may see the place."""

from __future__ import annotations

import pytest
from results_maker import a_survey, answer, wave_of

from fivegaps.web.dashboards.remarks import LEAF, leaf_of
from fivegaps.web.people.rights import BOUND_TO_UNIT, Role
from fivegaps.web.surveys.models import Survey


@pytest.fixture
def survey(office):
    survey = a_survey()
    answer(survey, office.riga, 12, seed=1, remark="Hàng chờ QUÁ dài")
    answer(survey, office.vilnius, 8, seed=2, remark="<b>Kind</b> people")
    return survey


def base(survey) -> str:
    return f"/results/{wave_of(survey).id}/"


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_role_reads_remarks_of_its_place(office, survey, as_member, role) -> None:
    bound = role in BOUND_TO_UNIT
    browser = as_member(office.member(role, office.riga if bound else None))

    status = [
        browser.get(f"{base(survey)}{place}remarks/").status_code
        for place in ("", "units/riga/", "units/vilnius/")
    ]

    if role is Role.HR:
        assert status == [403, 403, 403]
    else:
        assert status == ([404, 200, 404] if bound else [200, 200, 200])


def test_remark_is_text_and_nothing_else(survey, administrator, as_member) -> None:
    page = as_member(administrator).get(f"{base(survey)}remarks/").content.decode()

    assert "&lt;b&gt;Kind&lt;/b&gt; people 0" in page
    assert "<b>Kind" not in page


@pytest.mark.parametrize(
    ("search", "n"), [("quá", 12), ("QUÁ DÀI", 12), ("qua", 0), ("people", 8), ("kind people 1", 1)]
)
def test_search_finds_each_word_in_any_case(survey, administrator, as_member, search, n) -> None:
    page = as_member(administrator).get(f"{base(survey)}remarks/", {"q": search}).content.decode()

    assert page.count("<li>") - page.count("<li><a") >= n
    assert (f"{n} of 20 remarks" in page) == (n > 0)


@pytest.mark.parametrize("leaf", ["0", "-1", "9" * 5000, "x", "٣", "2"])
def test_leaf_that_is_none_leads_to_one(survey, administrator, as_member, leaf) -> None:
    answer = as_member(administrator).get(f"{base(survey)}remarks/", {"leaf": leaf, "q": "\x00"})

    assert answer.status_code == 200


def test_leaves_hold_every_remark_once() -> None:
    remarks = [f"remark {number}" for number in range(2 * LEAF + 7)]

    leaves = [leaf_of(remarks, search="", number=number) for number in (1, 2, 3)]

    assert [one for leaf in leaves for one in leaf.remarks] == remarks
    assert [(leaf.before, leaf.after) for leaf in leaves] == [(0, 2), (1, 3), (2, 0)]


def test_remarks_of_staff_are_not_on_the_pages_of_customers(
    survey, administrator, as_member
) -> None:
    Survey.objects.update(voice="employees")
    browser = as_member(administrator)

    riga = browser.get(f"{base(survey)}units/riga/remarks/", {"q": "nothing"})
    whole = browser.get(f"{base(survey)}remarks/")

    assert riga.status_code == 404
    assert whole.status_code == 404
