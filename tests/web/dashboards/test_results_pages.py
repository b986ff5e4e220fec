"""Pages of results: who sees what, what is hidden, what an empty page teaches."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from results_maker import a_survey, answer, link_in, wave_of

from fivegaps.report.drawing.palette import DARK, LIGHT, classes
from fivegaps.web import dashboards
from fivegaps.web.people.rights import BOUND_TO_UNIT, Role
from fivegaps.web.surveys.services.programmes import enter_reach

SEEING = set(Role) - {Role.HR}
EXPORTING = {Role.ADMINISTRATOR, Role.QUALITY_MANAGER, Role.ANALYST, Role.AUDITOR}
CHARTS = Path(dashboards.__file__).parent / "static/dashboards/css/charts.css"


@pytest.fixture
def survey(office):
    """A survey with answers in riga, vilnius and without unit; tartu has too few."""
    survey = a_survey()
    answer(survey, office.riga, 12, seed=1, remark="The queue was long")
    answer(survey, office.vilnius, 8, seed=2, remark="Kind people")
    answer(survey, None, 6, seed=3)
    return survey


def base(survey) -> str:
    return f"/results/{wave_of(survey).id}/"


def seen(browser, address: str) -> str:
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_role_sees_results_in_its_place(office, survey, as_member, role) -> None:
    bound = role in BOUND_TO_UNIT
    browser = as_member(office.member(role, office.riga if bound else None))
    addresses = {
        "first": "/results/",
        "whole": base(survey),
        "riga": f"{base(survey)}units/riga/",
        "vilnius": f"{base(survey)}units/vilnius/",
    }

    status = {name: browser.get(one).status_code for name, one in addresses.items()}
    exported = browser.post(f"{base(survey)}units/riga/answers.csv").status_code

    if role not in SEEING:
        assert set(status.values()) == {403}
    elif bound:
        assert status == {"first": 302, "whole": 404, "riga": 200, "vilnius": 404}
    else:
        assert status == {"first": 302, "whole": 200, "riga": 200, "vilnius": 200}
    assert exported == (200 if role in EXPORTING else 403)


def test_stranger_must_sign_in(survey, client) -> None:
    for address in ("/results/", base(survey), f"{base(survey)}units/riga/"):
        assert client.get(address).status_code == 302
    assert client.post(f"{base(survey)}answers.csv").status_code == 302


def test_manager_elsewhere_finds_nothing_of_riga(survey, charlie, as_member) -> None:
    page = seen(as_member(charlie), "/results/")

    assert "Vilnius" in page
    assert "Kind people" in page
    assert not any(word in page for word in ("Riga", "North", "All units", "The queue was long"))


def test_unit_manager_of_a_region_sees_its_units(office, survey, as_member) -> None:
    page = seen(as_member(office.member(Role.UNIT_MANAGER, office.north)), "/results/")

    assert "<h1>North</h1>" in page
    assert f"{base(survey)}units/riga/" in page
    assert "Vilnius" not in page


def test_analyst_of_a_unit_exports_its_rows_alone(office, survey, as_member) -> None:
    browser = as_member(office.member(Role.ANALYST, office.riga))

    file = browser.post(f"{base(survey)}units/riga/answers.csv").content.decode()

    assert file.count("riga") == 12
    assert "vilnius" not in file
    assert browser.post(f"{base(survey)}answers.csv").status_code == 404
    assert browser.post(f"{base(survey)}units/vilnius/answers.csv").status_code == 404


def test_employee_sees_the_own_unit_without_those_below(office, survey, as_member) -> None:
    answer(survey, office.north, 7, seed=8, remark="At the head office")
    page = seen(as_member(office.member(Role.EMPLOYEE, office.north)), "/results/")

    assert "At the head office" in page
    assert "The queue was long" not in page
    assert "Riga" not in page


@pytest.mark.postgres
def test_page_tells_finding_rate_and_remarks(office, survey, administrator, as_member) -> None:
    for unit in (office.riga, office.vilnius, None):
        enter_reach(
            actor=None, wave=wave_of(survey), unit=unit, served=None, asked=20, at=survey.created_at
        )

    page = seen(as_member(administrator), base(survey))

    assert "43%" in page
    assert "of 60 asked" in page
    assert "Read all 20 remarks" in page
    assert page.count('<svg class="wide"') >= 2
    assert page.count("<desc") == page.count('role="img"')
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)


def test_rate_counts_the_units_that_told_whom_they_asked(office, survey, administrator, as_member):
    """Riga alone told: 12 of 20."""
    wave = wave_of(survey)
    enter_reach(
        actor=None, wave=wave, unit=office.riga, served=None, asked=20, at=survey.created_at
    )

    page = seen(as_member(administrator), base(survey))

    assert "60%" in page
    assert "1 of 3 units told how many they asked; the rate counts these." in page


def test_unit_of_four_is_hidden_and_so_is_what_would_tell_it(
    office, survey, administrator, as_member
) -> None:
    answer(survey, office.tartu, 4, seed=5, remark="Four of us")
    browser = as_member(administrator)

    tartu = seen(browser, f"{base(survey)}units/tartu/")
    north = seen(browser, f"{base(survey)}units/north/")

    assert "hidden (fewer than 5 answered)" in tartu
    assert "Four of us" not in tartu
    assert '<svg class="wide"' not in tartu
    assert "hidden (to protect others)" in north
    assert '<svg class="wide"' not in north
    assert f"{base(survey)}units/riga/" in north


def test_trial_answers_count_nowhere(office, administrator, as_member) -> None:
    survey = a_survey(state="pilot")
    answer(survey, office.riga, 8)

    page = seen(as_member(administrator), base(survey))

    assert "8 trial answers have come" in page
    assert '<svg class="wide"' not in page


@pytest.mark.parametrize(
    ("state", "lesson"),
    [
        ("draft", "This wave is not open yet"),
        ("open", "Share the link with customers"),
        ("closed", "Nobody answered"),
    ],
)
def test_empty_wave_teaches_the_next_step(administrator, as_member, state, lesson) -> None:
    survey = a_survey(state=state)

    page = seen(as_member(administrator), "/results/")

    assert lesson in page
    assert (f"/s/{link_in(survey).token}/" in page) == (state == "open")


def test_office_without_survey_says_how_to_begin(administrator, charlie, as_member) -> None:
    assert "Add the first survey" in seen(as_member(administrator), "/results/")
    assert "adds surveys and links" in seen(as_member(charlie), "/results/")


def test_results_are_the_first_thing_that_a_visitor_sees(survey, administrator, as_member) -> None:
    assert "By dimension" in seen(as_member(administrator), "/")


@pytest.mark.parametrize("lang", ["vi", "zh-hans", "zh-hant", "nl"])
def test_page_speaks_the_readers_language(survey, administrator, as_member, lang: str) -> None:
    from fivegaps.web.accounts.models import User

    User.objects.filter(id=administrator.user_id).update(language=lang)

    page = seen(as_member(administrator), base(survey))

    assert "By dimension" not in page
    assert "Who took part" not in page


def test_page_asks_the_database_a_bounded_number_of_times(
    office, survey, administrator, as_member
) -> None:
    """Once the figures are kept, no unit, wave or answer adds a query."""
    browser = as_member(administrator)
    seen(browser, base(survey))
    with CaptureQueriesContext(
        connection,
    ) as few:
        seen(browser, base(survey))
    answer(survey, office.tartu, 9, seed=6)
    a_survey("Another")
    seen(browser, base(survey))

    with CaptureQueriesContext(connection) as more:
        seen(browser, base(survey))

    assert len(more) == len(few)
    assert len(few) <= 24


def test_charts_have_the_colours_of_the_report() -> None:
    sheet = CHARTS.read_text()
    rules = re.sub(r"\s", "", sheet)
    light, dark = sheet.split("@media")

    assert all(f"{rule}}}" in rules.replace(";}", "}") for rule in classes().split("}") if rule)
    for palette, part in ((LIGHT, light), (DARK, dark)):
        told = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", part))
        assert told.items() <= palette.items()
        assert len(told) > 20
