"""What managers and employees say: through the gate by unit, wave and dimension, or not at all."""

from __future__ import annotations

import re

import numpy as np
import pytest
from django.utils.html import escape
from results_maker import a_survey, answer, wave_of
from voice_maker import close, said, staff_survey

from fivegaps.stats.release import Gate
from fivegaps.web.dashboards.selectors import all_units
from fivegaps.web.dashboards.voice_pages import parts_of
from fivegaps.web.dashboards.voices import VoiceWave
from fivegaps.web.people.models import Unit
from fivegaps.web.people.rights import Role
from fivegaps.web.surveys.models import Survey

CELL = re.compile(
    r'<th scope="row">([^<]+)(?: <small[^>]*>[^<]*</small>)?</th>'
    r'<td class="num" data-label="Mean"><b>([\d.]+)</b></td>'
    r"<td[^>]*>[^<]*</td><td[^>]*>(\d+)</td>"
)


def page_of(client, survey: Survey, unit: Unit | None = None, **asked: str) -> str:
    place = "" if unit is None else f"units/{unit.code}/"
    return client.get(f"/results/staff/{wave_of(survey).id}/{place}", asked).content.decode()


def closed(office, *, riga: int, tartu: int, vilnius: int, **changed) -> Survey:
    survey = staff_survey(**changed)
    for seed, (unit, n) in enumerate(
        ((office.riga, riga), (office.tartu, tartu), (office.vilnius, vilnius))
    ):
        said(survey, unit, n, seed=seed)
    close(survey)
    return survey


def test_figures_come_with_interval_and_n_once_the_wave_is_closed(
    office, quality_manager, as_member
) -> None:
    survey = staff_survey()
    said(survey, office.riga, 8)
    client = as_member(quality_manager)

    before = page_of(client, survey)
    close(survey)
    after = page_of(client, survey)

    assert not CELL.search(before)
    assert "Results come when the wave is closed" in before
    assert {int(n) for _title, _mean, n in CELL.findall(after)} <= {7, 8}
    assert len(CELL.findall(after)) == 10


def test_page_says_what_the_core_says(office, quality_manager, as_member) -> None:
    survey = closed(office, riga=7, tartu=6, vilnius=9)
    heard = VoiceWave(wave_of(survey), all_units()).heard(office.riga)

    page = page_of(as_member(quality_manager), survey, office.riga)

    told = [float(mean) for _title, mean, _n in CELL.findall(page)]

    assert told == [round(one.estimate.value, 2) for one in heard if one.estimate.value is not None]


@pytest.mark.parametrize(
    ("voice", "pack", "few", "enough"),
    [
        ("employees", "employee-pulse", 4, 5),
        ("managers", "managers-on-customers", 2, 3),
    ],
)
def test_k_is_five_employees_and_three_managers(office, voice, pack, few, enough) -> None:
    survey = closed(office, riga=few, tartu=enough, vilnius=0, voice=voice, pack=pack)
    known = VoiceWave(wave_of(survey), all_units())

    assert not known.tells(office.riga)
    assert all(one.estimate.n <= 0 for one in known.heard(office.riga))


def test_small_unit_beside_a_large_one_is_not_left_over(office, quality_manager, as_member) -> None:
    survey = closed(office, riga=12, tartu=2, vilnius=9)
    client = as_member(quality_manager)

    north = CELL.findall(page_of(client, survey, office.north))
    riga = CELL.findall(page_of(client, survey, office.riga))

    assert not (north and riga)
    assert not CELL.search(page_of(client, survey, office.tartu))


def test_unit_manager_sees_own_unit_alone(office, riga_manager, charlie, as_member) -> None:
    survey = closed(office, riga=7, tartu=6, vilnius=9)
    address = f"/results/staff/{wave_of(survey).id}/"

    own = page_of(as_member(riga_manager), survey, office.riga)
    other = as_member(charlie).get(f"{address}units/{office.riga.code}/")

    assert CELL.search(own)
    assert other.status_code == 404
    assert as_member(riga_manager).get(address).status_code == 404


def test_employee_sees_no_figures_of_staff(office, as_member) -> None:
    survey = closed(office, riga=7, tartu=6, vilnius=9)
    client = as_member(office.member(Role.EMPLOYEE, office.riga))

    assert client.get(f"/results/staff/{wave_of(survey).id}/units/riga/").status_code == 404


def test_customers_pages_show_nothing_of_staff(office, quality_manager, as_member) -> None:
    survey = closed(office, riga=7, tartu=6, vilnius=9)
    client, wave = as_member(quality_manager), wave_of(survey).id

    for place in ("", "units/riga/"):
        for page in ("", "remarks/", f"since/{wave}/"):
            assert client.get(f"/results/{wave}/{place}{page}").status_code == 404
        assert client.post(f"/results/{wave}/{place}answers.csv").status_code == 404
    answer = client.get("/results/", {"wave": str(wave)}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/results/staff/{wave}/"


def test_customers_results_lead_to_managers_only_when_there_is_something(
    office, quality_manager, as_member
) -> None:
    customers = a_survey()
    answer(customers, office.riga, 6)
    client = as_member(quality_manager)
    survey = staff_survey("managers", "managers-on-customers")
    said(survey, office.riga, 4)

    before = client.get(f"/results/{wave_of(customers).id}/").content.decode()
    close(survey)
    after = client.get(f"/results/{wave_of(customers).id}/").content.decode()

    assert "What managers think customers expect" not in before
    assert "What managers think customers expect" in after


def test_words_of_fewer_than_ten_are_not_shown(office, quality_manager, as_member) -> None:
    survey = staff_survey()
    said(survey, office.riga, 9, remark="the till is slow")
    said(survey, office.tartu, 6, seed=2)
    close(survey)

    assert "the till is slow" not in page_of(as_member(quality_manager), survey)


@pytest.mark.parametrize("seed", range(4))
def test_no_pages_together_single_out_fewer_than_k(seed, office, as_member) -> None:
    """Everything that any page tells would be released by a gate that solves for all of it."""
    sizes = np.random.default_rng(seed).integers(1, 11, 4).tolist()
    survey = staff_survey()
    homes = (None, office.riga, office.tartu, office.vilnius)
    for number, (unit, n) in enumerate(zip(homes, sizes, strict=True)):
        said(survey, unit, n, seed=100 * seed + number)
    close(survey)
    known = VoiceWave(wave_of(survey), all_units())
    _named, scores, _cells = known._asked
    titles = [escape(line.title) for part in parts_of(known, None, "en") for line in part.lines]
    people: dict[str, dict[str, np.ndarray]] = {title: {} for title in titles}
    whole = office.member(Role.ANALYST)
    of_riga = office.member(Role.UNIT_MANAGER, office.riga)
    asking = [(whole, None), (of_riga, office.riga)]
    asking += [(whole, one) for one in known.units]
    for member, place in asking:
        page = page_of(as_member(member), survey, place, q="riga", unit_code="riga", leaf="2")
        for title, _mean, n in CELL.findall(page):
            inside = [
                k
                for k, one in enumerate(known.units)
                if place is None or one.path.startswith(place.path)
            ]
            rows = np.isin(known.unit, inside) | (place is None)
            given = np.flatnonzero(rows & ~np.isnan(scores[:, titles.index(title)]))
            assert len(given) == int(n) >= 5
            people[title]["whole" if place is None else place.code] = given

    for column, title in enumerate(titles):
        values = {name: scores[given, column] for name, given in people[title].items()}
        decided = Gate(minimum=5).release(title, people[title], values)
        assert set(decided.values()) <= {None}
    assert any(people.values())
