"""Staff's answers as the file of a company folder: what joining keyed sheets writes."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
from results_maker import AT, wave_of
from voice_maker import close, said, staff_survey

from fivegaps.cli.main import main
from fivegaps.io.answers import item_columns
from fivegaps.knowledge.instruments import instrument
from fivegaps.report.forms.joining import join_sheets
from fivegaps.web.dashboards.selectors import all_units
from fivegaps.web.dashboards.services.voice_file import NothingToShare, export_voice
from fivegaps.web.dashboards.voices import VoiceWave
from fivegaps.web.people.rights import Role
from fivegaps.web.surveys.models import Response, Survey
from fivegaps.web.surveys.selectors import fields_in

POINTS = {
    "x_w_tangibles": 10, "x_w_reliability": 40, "x_w_responsiveness": 20,
    "x_w_assurance": 20, "x_w_empathy": 10,
}  # fmt: skip
COMPANY = """name = "Example bank"
profile = "bank"
instrument = "rater-22"
lang = "en"
[[wave]]
id = "2026"
date = 2026-03-31
"""


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def exported(survey: Survey, member) -> str:
    known = VoiceWave(wave_of(survey), all_units())
    return export_voice(actor=member, known=known, at=AT)


def of_managers(office) -> Survey:
    survey = staff_survey("managers", "managers")
    said(survey, office.riga, 5, x_level="2", x_s010="Bills", **POINTS)
    said(survey, office.vilnius, 4, seed=2, x_level="1", not_applicable=["s_empathy"])
    close(survey)
    return survey


def test_file_is_what_joining_keyed_sheets_writes(office, quality_manager, tmp_path) -> None:
    survey = of_managers(office)
    text = exported(survey, quality_manager)
    keyed = []
    names = {row["respondent"]: row for row in rows_of(text)}
    fields = fields_in(wave_of(survey)).items
    order = list(names)
    for name, response in zip(order, Response.objects.order_by("id"), strict=True):
        sheet = {"respondent": name, "wave": "2026", "unit": response.unit.code}
        sheet |= {"level": response.other["x_level"]}
        sheet |= {k.removeprefix("x_"): str(v) for k, v in response.other.items() if "_w_" in k}
        for field, code in zip(fields, bytes(response.codes), strict=True):
            sheet[field.name] = str(code) if code else ""
        if "not_applicable" in response.other:
            sheet["s_empathy"] = "none"
        keyed.append(sheet)
    path = tmp_path / "keyed.csv"
    with path.open("w", newline="", encoding="utf-8") as to:
        writer = csv.DictWriter(to, list(dict.fromkeys(name for row in keyed for name in row)))
        writer.writeheader()
        writer.writerows(keyed)
    join_sheets([path], tmp_path / "managers.csv")

    joined = rows_of((tmp_path / "managers.csv").read_text(encoding="utf-8"))

    told = [{k: v for k, v in row.items() if v} for row in rows_of(text)]
    assert told == [{k: v for k, v in row.items() if v} for row in joined]


def test_company_folder_with_it_is_checked_and_diagnosed(office, quality_manager, tmp_path) -> None:
    managers = of_managers(office)
    employees = staff_survey("employees", "employees")
    said(employees, office.riga, 8, x_role="contact")
    said(employees, office.vilnius, 9, seed=3, x_role="contact")
    close(employees)
    for survey, name in ((managers, "managers"), (employees, "employees")):
        text = exported(survey, quality_manager)
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "company.toml").write_text(COMPANY, encoding="utf-8")
    (tmp_path / "units.csv").write_text("unit,parent,name\nriga,,Riga\nvilnius,,Vilnius\n")
    customers(tmp_path)

    assert main(["check", str(tmp_path)]) == 0
    assert main(["diagnose", str(tmp_path), "--out", str(tmp_path / "out")]) == 0
    found = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    told = json.dumps(found)
    assert '"managers.commitment"' in told


def customers(folder) -> None:
    draw = np.random.default_rng(3)
    names = [f"{one.battery[0]}_{one.item}" for one in item_columns(instrument("rater-22@bank"))]
    lines = [",".join(["respondent", "wave", "unit", *names])]
    for n in range(12):
        points = draw.integers(3, 8, len(names)).astype(str)
        lines.append(",".join([f"c{n}", "2026", ("riga", "vilnius")[n % 2], *points]))
    (folder / "customers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_people_of_small_units_stand_under_the_unit_above(office, quality_manager) -> None:
    survey = staff_survey()
    said(survey, office.riga, 7)
    said(survey, office.tartu, 2, seed=2)
    said(survey, office.vilnius, 6, seed=3)
    close(survey)

    units = [row["unit"] for row in rows_of(exported(survey, quality_manager))]

    assert office.tartu.code not in units
    assert all(units.count(one) >= 5 for one in set(units))


def test_one_support_person_among_many_is_not_named_by_role(office, quality_manager) -> None:
    survey = staff_survey()
    said(survey, office.riga, 9, x_role="contact")
    said(survey, office.riga, 1, seed=2, x_role="support")
    close(survey)

    rows = rows_of(exported(survey, quality_manager))

    assert "support" not in {row.get("role") for row in rows}
    assert sum(not row.get("role") for row in rows) in {0, 10}


def test_texts_and_receipts_stay_in_the_office(office, quality_manager) -> None:
    survey = of_managers(office)

    text = exported(survey, quality_manager)

    assert "Bills" not in text
    assert not any(
        receipt in text for receipt in Response.objects.values_list("receipt", flat=True)
    )


def test_fewer_than_k_are_handed_out_to_nobody(office, quality_manager, as_member) -> None:
    survey = staff_survey()
    said(survey, office.riga, 4)
    close(survey)

    answer = as_member(quality_manager).post(f"/results/staff/{wave_of(survey).id}/answers.csv")

    assert answer.status_code == 409
    with pytest.raises(NothingToShare):
        exported(survey, quality_manager)


def test_only_who_may_export_everywhere_takes_a_closed_wave(
    office, quality_manager, riga_manager, as_member
) -> None:
    survey = staff_survey()
    said(survey, office.riga, 8)
    address = f"/results/staff/{wave_of(survey).id}/answers.csv"
    analyst_of_riga = office.member(Role.ANALYST, office.riga)

    open_still = as_member(quality_manager).post(address).status_code
    close(survey)

    assert open_still == 404
    assert as_member(quality_manager).post(address).status_code == 200
    assert as_member(riga_manager).post(address).status_code == 403
    assert as_member(analyst_of_riga).post(address).status_code == 403
