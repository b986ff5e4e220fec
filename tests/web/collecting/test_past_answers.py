"""Past answers: tried, then stored whole or not at all, never doubled, and told to the last bit."""

from __future__ import annotations

import csv
import dataclasses
import io
import random
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from survey_maker import AT, made_survey

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.encoding import encode
from fivegaps.analysis.options import Options
from fivegaps.io.read import read
from fivegaps.web.collecting.models import PastWave, StagedAnswers
from fivegaps.web.collecting.services.past_answers import (
    apply_answers,
    stage_answers,
    staged_path,
    try_answers,
)
from fivegaps.web.people.rights import Role
from fivegaps.web.shared.models import AuditRow
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.answers import answers_of
from fivegaps.web.surveys.models import Response, Wave
from fivegaps.web.surveys.questionnaire import read_frozen

pytestmark = pytest.mark.postgres
BESIDE = {key: key for key in ("respondent", "unit", "channel", "date", "lang")}


def file_of(survey, n: int = 40, **changed: dict[int, str]) -> str:
    """Return a file of n answers; ``changed`` maps column to row (from 0) to cell."""
    fields = selectors.fields_in(selectors.waves_of(survey)[0])
    lot = random.Random(7)  # noqa: S311
    columns = ["respondent", "unit", "channel", "date"]
    columns += [one.name for one in fields.items] + list(fields.others) + list(fields.points)
    text = io.StringIO()
    table = csv.DictWriter(text, columns, lineterminator="\r\n")
    table.writeheader()
    for number in range(n):
        row = {"respondent": f"R{number}", "channel": "counter", "date": "2024-05-17"}
        row["unit"] = lot.choice(["riga", "Vilnius", ""])
        row |= {one.name: lot.choice(["", "3", "5", "6", "7"]) for one in fields.items}
        row |= {name: str(lot.randint(1, 7)) for name in fields.others}
        row |= dict.fromkeys(fields.points, "20")
        row |= {column: cells[number] for column, cells in changed.items() if number in cells}
        table.writerow(row)
    return text.getvalue()


def staged(survey, actor, text: str, **changed) -> StagedAnswers:
    asked = {
        "wave_name": "2024",
        "ended_on": date(2024, 6, 30),
        "columns": BESIDE,
        "file_name": "answers.csv",
        "file": io.BytesIO(text.encode()),
    }
    return stage_answers(actor=actor, survey=survey, at=AT, **(asked | changed))


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, home=tmp_path)
    return tmp_path


def test_every_row_is_stored_as_it_was_answered(office, quality_manager) -> None:
    survey = made_survey()
    one = staged(survey, quality_manager, file_of(survey))

    trial = apply_answers(actor=quality_manager, staged=one, at=AT)

    assert (trial.read, trial.new, trial.known, trial.faulty) == (40, 40, 0, 0)
    wave = Wave.objects.get(name="2024")
    rows = Response.objects.filter(wave=wave)
    assert rows.count() == 40
    assert set(rows.values_list("source", flat=True)) == {"import"}
    assert set(rows.values_list("unit__code", flat=True)) == {"riga", "vilnius", None}
    assert {row.submitted_at.date() for row in rows} == {date(2024, 5, 17)}
    assert wave.state == "closed"


def test_results_are_those_of_the_file_to_the_last_bit(office, quality_manager, tmp_path) -> None:
    survey = made_survey()
    text = file_of(survey, 300)
    path = tmp_path / "answers.csv"
    path.write_bytes(text.encode())
    apply_answers(actor=quality_manager, staged=staged(survey, quality_manager, text), at=AT)
    wave = Wave.objects.get(name="2024")
    asked = read_frozen(wave.version.toml)
    bare = dataclasses.replace(asked, structure=type(asked.structure)())
    options = Options(replicates=200)

    ours = answers_of(wave)
    ours.instrument = bare
    here = analyze(ours, options)
    there = analyze(read(path, bare), options)

    for field in dataclasses.fields(here):
        if field.name != "provenance":
            told = encode(getattr(here, field.name)), encode(getattr(there, field.name))
            assert told[0] == told[1], field.name


def test_trying_a_file_stores_nothing(office, quality_manager) -> None:
    survey = made_survey()
    one = staged(survey, quality_manager, file_of(survey))

    trial = try_answers(staged=one)

    assert (trial.read, trial.new, trial.is_good) == (40, 40, True)
    assert not Response.objects.exists()
    assert not Wave.objects.filter(name="2024").exists()


def test_same_file_again_doubles_nothing(office, quality_manager) -> None:
    survey = made_survey()
    for _ in range(2):
        one = staged(survey, quality_manager, file_of(survey, 40))
        first = try_answers(staged=one)
        if first.is_good:
            apply_answers(actor=quality_manager, staged=one, at=AT)

    assert (first.new, first.known) == (0, 40)
    assert Response.objects.count() == 40


def test_longer_file_adds_what_is_new(office, quality_manager) -> None:
    survey = made_survey()
    apply_answers(
        actor=quality_manager, staged=staged(survey, quality_manager, file_of(survey, 40)), at=AT
    )
    again = staged(survey, quality_manager, file_of(survey, 45))

    trial = apply_answers(actor=quality_manager, staged=again, at=AT)

    assert (trial.read, trial.new, trial.known) == (45, 5, 40)
    assert Response.objects.count() == 45
    assert PastWave.objects.get().rows_stored == 45


def test_rows_without_respondent_are_not_doubled_either(office, quality_manager) -> None:
    survey = made_survey()
    text = file_of(survey, 6, respondent=dict.fromkeys(range(6), ""))
    header, first, *rest = text.splitlines()
    text = "\r\n".join([header, first, first, *rest]) + "\r\n"
    apply_answers(actor=quality_manager, staged=staged(survey, quality_manager, text), at=AT)

    trial = try_answers(staged=staged(survey, quality_manager, text))

    assert (trial.read, trial.new, trial.known) == (7, 0, 7)
    assert Response.objects.count() == 7


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("unit", "atlantis", "is not known here"),
        ("channel", "drums", "is not known here"),
        ("date", "31/12/2024", "is no day"),
        ("date", "0019-05-17", "is no day"),
        ("date", "2924-05-17", "is no day"),
        ("respondent", "R2", "more than once"),
    ],
)
def test_row_that_does_not_fit_is_named_and_nothing_is_stored(
    office, quality_manager, column, cell, told
) -> None:
    survey = made_survey()
    one = staged(survey, quality_manager, file_of(survey, 8, **{column: {5: cell}}))

    trial = try_answers(staged=one)

    (fault,) = trial.faults
    assert (fault.row, fault.column) == (7, column)
    assert told in fault.what
    assert trial.read == trial.new + trial.known + trial.faulty == 8
    assert trial.faulty == 1
    with pytest.raises(ValidationError):
        apply_answers(actor=quality_manager, staged=one, at=AT)
    assert not Response.objects.exists()
    assert not Wave.objects.filter(name="2024").exists()


def test_unknown_places_are_listed_with_their_rows(office, quality_manager) -> None:
    survey = made_survey()
    text = file_of(survey, 8, unit={1: "atlantis", 2: "atlantis", 5: "utopia"})

    trial = try_answers(staged=staged(survey, quality_manager, text))

    assert trial.unknown_units == (("atlantis", 2), ("utopia", 1))
    assert trial.faulty == 3


def test_changed_row_of_a_stored_respondent_is_a_fault(office, quality_manager) -> None:
    survey = made_survey()
    name = selectors.fields_in(selectors.waves_of(survey)[0]).items[0].name
    text = file_of(survey, 8, **{name: {3: "1"}})
    apply_answers(actor=quality_manager, staged=staged(survey, quality_manager, text), at=AT)

    other = file_of(survey, 8, **{name: {3: "2"}})
    trial = try_answers(staged=staged(survey, quality_manager, other))

    assert [fault.row for fault in trial.faults] == [5]
    assert (trial.known, trial.faulty) == (7, 1)


def test_answer_off_the_scale_is_named_on_the_page(office, quality_manager, as_member) -> None:
    survey = made_survey()
    name = selectors.fields_in(selectors.waves_of(survey)[0]).items[0].name
    file = SimpleUploadedFile("a.csv", file_of(survey, 8, **{name: {3: "9"}}).encode())
    browser = as_member(quality_manager)
    home = f"/surveys/{survey.id}/past/"

    answer = browser.post(
        f"{home}add/",
        BESIDE | {"file": file, "wave_name": "2024", "ended_on": "2024-06-30"},
        follow=True,
    )

    page = answer.content.decode()
    assert "Row 5" in page
    assert name in page
    assert not Response.objects.exists()


def test_manager_takes_a_file_by_hand(office, quality_manager, as_member, home) -> None:
    survey = made_survey()
    browser = as_member(quality_manager)
    file = SimpleUploadedFile("a.csv", file_of(survey, 8).encode())
    told = browser.post(
        f"/surveys/{survey.id}/past/add/",
        BESIDE | {"file": file, "wave_name": "2024", "ended_on": "2024-06-30"},
    )
    assert "Store these answers" in browser.get(told["Location"]).content.decode()
    (kept,) = (home / "staged").iterdir()

    done = browser.post(told["Location"], follow=True)

    assert "8 answers stored" in done.content.decode()
    assert Response.objects.count() == 8
    assert AuditRow.objects.filter(verb="imported", kind="wave").count() == 1
    assert kept.name.endswith(".csv")


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"%PDF-1.7", b"a,b\r\n1,2\r\n", b"\xff" * 99]
)
def test_file_that_is_no_table_of_answers_is_refused_in_words(
    office, quality_manager, as_member, content
) -> None:
    survey = made_survey()
    file = SimpleUploadedFile("a.csv", content)

    answer = as_member(quality_manager).post(
        f"/surveys/{survey.id}/past/add/",
        BESIDE | {"file": file, "wave_name": "2024", "ended_on": "2024-06-30"},
        follow=True,
    )

    assert answer.status_code == 200
    assert "Store these answers" not in answer.content.decode()


def test_wave_that_was_asked_here_takes_no_file(office, quality_manager) -> None:
    survey = made_survey()

    with pytest.raises(ValidationError, match="was asked here"):
        staged(survey, quality_manager, file_of(survey), wave_name="2026")


def test_anonymous_survey_takes_no_file(office, quality_manager) -> None:
    survey = made_survey(identification="anonymous")

    with pytest.raises(ValidationError, match="anonymous"):
        staged(survey, quality_manager, file_of(survey))


def test_staged_file_goes_when_another_comes(office, quality_manager) -> None:
    survey = made_survey()
    first = staged(survey, quality_manager, file_of(survey))
    path = staged_path(first)

    second = staged(survey, quality_manager, file_of(survey))

    assert not path.exists()
    assert staged_path(second).exists()


def test_staged_file_is_nobody_elses(office, quality_manager, administrator, as_member) -> None:
    survey = made_survey()
    one = staged(survey, quality_manager, file_of(survey))

    answer = as_member(administrator).get(f"/surveys/{survey.id}/past/{one.id}/")

    assert answer.status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_past_answers_by_role(office, as_member, role) -> None:
    survey = made_survey()
    bound = role in {Role.UNIT_MANAGER, Role.EMPLOYEE}
    browser = as_member(office.member(role, office.riga if bound else None))
    may = 200 if role in {Role.ADMINISTRATOR, Role.QUALITY_MANAGER} else 403

    assert browser.get(f"/surveys/{survey.id}/past/").status_code == may
    assert browser.get(f"/surveys/{survey.id}/past/add/").status_code == may


def test_faults_name_the_file_as_the_person_does(office, quality_manager, as_member) -> None:
    survey = made_survey()
    browser = as_member(quality_manager)
    file = SimpleUploadedFile("Our answers.csv", b"a,b\r\n1,2\r\n")
    fields = {"file": file, "wave_name": "2024", "ended_on": "2024-06-30"}

    page = browser.post(f"/surveys/{survey.id}/past/add/", fields, follow=True).content.decode()

    assert "is not in Our answers.csv" in page
    assert str(StagedAnswers.objects.get().id) + ".csv" not in page
