"""Files of units and employees: tried first, applied whole or not at all."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from fivegaps.errors import FileRefused
from fivegaps.web.people.models import Employee, StagedImport, Unit
from fivegaps.web.people.services import importing
from fivegaps.web.people.sheets import read_lines
from fivegaps.web.shared.models import AuditRow

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.postgres


@pytest.fixture
def stage(tmp_path: Path, administrator):
    def staged(kind: str, text: str) -> StagedImport:
        path = tmp_path / "file.csv"
        path.write_text(text, encoding="utf-8")
        lines = read_lines(path, kind, name="file.csv")
        return importing.stage(actor=administrator, kind=kind, name="file.csv", lines=lines, at=NOW)

    return staged


UNITS = """code,name,parent,opened_on
lodz-old,Łódź Old Town,lodz,2021-05-01
lodz,Łódź,,2019-01-01
riga,Riga Main,north,2020-01-01
tartu,Tartu,north,2020-01-01
"""


def test_trial_counts_and_changes_nothing(administrator, stage) -> None:
    staged, deeds = stage("units", UNITS), AuditRow.objects.count()

    trial = importing.try_out(actor=administrator, staged=staged, at=NOW)

    assert (trial.read, trial.new, trial.changed, trial.same, trial.faulty) == (4, 2, 1, 1, 0)
    assert not Unit.objects.filter(code="lodz").exists()
    assert Unit.objects.get(code="riga").name == "Riga"
    assert AuditRow.objects.count() == deeds


def test_child_may_stand_before_its_parent(administrator, stage) -> None:
    importing.apply(actor=administrator, staged=stage("units", UNITS), at=NOW)

    child = Unit.objects.get(code="lodz-old")
    assert child.parent == Unit.objects.get(code="lodz")
    assert child.opened_on == date(2021, 5, 1)
    assert Unit.objects.get(code="riga").name == "Riga Main"


def test_applied_again_nothing_is_doubled(administrator, stage) -> None:
    importing.apply(actor=administrator, staged=stage("units", UNITS), at=NOW)

    trial = importing.try_out(actor=administrator, staged=stage("units", UNITS), at=NOW)

    assert (trial.new, trial.changed, trial.same) == (0, 0, 4)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,,north,", r"row 3, column 'name': is empty"),
        ("x y,Name,north,", r"row 3, column 'code', value 'x y': is no code"),
        ("x,Name,nowhere,", r"row 3: there is no unit nowhere,"),
        ("x,Name,north,1.5.2021", r"row 3, column 'opened_on', value '1.5.2021': is no day"),
        ("good,Again,north,", r"row 3, column 'code', value 'good': stands in row 2 already"),
        ("x,Name,x,", r"row 3: there is no unit x,"),
        ("add,Name,north,", r"row 3, column 'code', value 'add': is no code"),
    ],
)
def test_fault_names_its_line_and_nothing_is_applied(
    administrator, stage, row: str, said: str
) -> None:
    staged = stage("units", f"code,name,parent,opened_on\ngood,Good,north,\n{row}\n")

    trial = importing.try_out(actor=administrator, staged=staged, at=NOW)

    assert len(trial.faults) == 1
    assert re.match(said, str(trial.faults[0]))
    with pytest.raises(Exception, match="row 3"):
        importing.apply(actor=administrator, staged=staged, at=NOW)
    assert not Unit.objects.filter(code="good").exists()


def test_two_units_below_each_other_are_refused(administrator, stage) -> None:
    staged = stage("units", "code,name,parent\na,A,b\nb,B,a\n")

    trial = importing.try_out(actor=administrator, staged=staged, at=NOW)

    assert not trial.is_good
    assert trial.faulty == 2


def test_file_without_a_needed_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,title\n1,Riga\n")

    with pytest.raises(FileRefused, match=r"lacks the column code\..*code, name, parent"):
        read_lines(path, "units", name="x.csv")


def test_employees_come_from_a_workbook_with_real_dates(
    administrator, tmp_path: Path, as_member
) -> None:
    book = Workbook()
    for row in (
        ["Code", "Name", "Unit", "joined_on"],
        ["E1", "Nguyễn Thị Hoa", "riga", date(2022, 9, 1)],
        ["E2", "Jānis", "vilnius", None],
    ):
        book.active.append(row)
    book.save(tmp_path / "staff.xlsx")
    browser = as_member(administrator)
    file = SimpleUploadedFile("staff.xlsx", (tmp_path / "staff.xlsx").read_bytes())

    tried = browser.post(reverse("import_file", args=["employees"]), {"file": file}, follow=True)
    applied = browser.post(tried.request["PATH_INFO"], follow=True)

    assert tried.status_code == applied.status_code == 200
    hoa = Employee.objects.get(code="e1")
    assert (hoa.name, hoa.unit.code, hoa.joined_on) == ("Nguyễn Thị Hoa", "riga", date(2022, 9, 1))
    assert Employee.objects.count() == 2
    assert not StagedImport.objects.exists()


def test_file_that_is_no_table_keeps_the_page(administrator, as_member) -> None:
    file = SimpleUploadedFile("x.csv", b"\x00\x01\x02\x00")

    answer = as_member(administrator).post(reverse("import_file", args=["units"]), {"file": file})

    assert answer.status_code == 200
    assert b"wrong-list" in answer.content


def test_staged_rows_of_another_person_are_not_found(
    administrator, quality_manager, stage, as_member
) -> None:
    staged = stage("units", UNITS)

    answer = as_member(quality_manager).get(reverse("try_import", args=["units", staged.id]))

    assert answer.status_code == 404


def test_unit_manager_imports_nothing(riga_manager, as_member) -> None:
    browser = as_member(riga_manager)

    answers = [browser.get(reverse("import_file", args=[k])) for k in ("units", "employees")]

    assert [answer.status_code for answer in answers] == [403, 403]
