"""Paper: sheets are keyed once, taken back, keyed twice; a keyboard is enough."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader
from survey_maker import AT, made_survey

from fivegaps.web.collecting.models import PaperBatch, PaperForm
from fivegaps.web.collecting.paper import forms_of, keyings
from fivegaps.web.collecting.services.paper import (
    key_again,
    key_form,
    open_batch,
    sample_forms,
    undo_last,
)
from fivegaps.web.people.rights import Role
from fivegaps.web.shared.models import AuditRow
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Response, Wave
from fivegaps.web.surveys.refusals import NotOpen
from fivegaps.web.surveys.services.programmes import move_wave
from fivegaps.web.surveys.sheet import SheetRefused

pytestmark = pytest.mark.postgres
DAY = date(2026, 2, 27)


def a_batch(survey, **changed) -> PaperBatch:
    asked = {"unit": None, "channel": None, "filled_on": DAY, "lang": "vi"} | changed
    return open_batch(actor=None, wave=selectors.waves_of(survey)[0], at=AT, **asked)


def marks(survey, point: str = "5") -> dict[str, str]:
    fields = selectors.fields_in(selectors.waves_of(survey)[0])
    return {one.name: point for one in fields.items}


def test_keyed_sheet_counts_for_its_place_and_day(office) -> None:
    survey = made_survey()
    batch = a_batch(survey, unit=office.riga, channel=office.counter)

    form = key_form(batch=batch, submission_id=uuid4(), values=marks(survey))

    response = Response.objects.get()
    assert (form.number, form.response) == (1, response)
    assert (response.source, response.unit, response.lang) == ("paper", office.riga, "vi")
    assert response.submitted_at == datetime(2026, 2, 27, 12, tzinfo=UTC)


def test_sheet_sent_twice_has_one_number(office) -> None:
    survey = made_survey()
    batch, sheet = a_batch(survey), uuid4()

    numbers = [
        key_form(batch=batch, submission_id=sheet, values=marks(survey)).number for _ in range(2)
    ]

    assert numbers == [1, 1]
    assert Response.objects.count() == 1


def test_last_sheet_is_taken_back(office, quality_manager) -> None:
    survey = made_survey()
    batch = a_batch(survey)
    Wave.objects.update(quota=5)
    batch.wave.refresh_from_db()
    for point in ("4", "5"):
        key_form(batch=batch, submission_id=uuid4(), values=marks(survey, point))

    assert undo_last(actor=quality_manager, batch=batch, at=AT) == 2

    assert [one.number for one in forms_of(batch)] == [1]
    assert set(bytes(Response.objects.get().codes)) == {4}
    assert Wave.objects.get().accepted == 1


def test_sheet_of_a_closed_wave_stands(office, quality_manager) -> None:
    survey = made_survey()
    batch = a_batch(survey)
    key_form(batch=batch, submission_id=uuid4(), values=marks(survey))
    move_wave(actor=None, wave=batch.wave, verb="close", at=AT)

    with pytest.raises(ValidationError):
        undo_last(actor=quality_manager, batch=batch, at=AT)
    with pytest.raises(NotOpen):
        key_form(batch=batch, submission_id=uuid4(), values=marks(survey))

    assert Response.objects.count() == 1


def test_empty_sheet_is_not_kept(office) -> None:
    survey = made_survey()

    with pytest.raises(SheetRefused):
        key_form(batch=a_batch(survey), submission_id=uuid4(), values={})


@pytest.mark.parametrize(
    "wrong", [{"filled_on": date(2999, 1, 1)}, {"lang": "xx"}, {"lang": "zh-hant"}]
)
def test_odd_batch_is_refused(office, wrong) -> None:
    survey = made_survey(languages=["en", "vi"])

    with pytest.raises(ValidationError):
        a_batch(survey, **wrong)


def test_anonymous_survey_is_not_keyed_from_paper(office) -> None:
    with pytest.raises(ValidationError, match="anonymous"):
        a_batch(made_survey(identification="anonymous"))


def test_two_keyings_tell_the_rate_of_slips(office, quality_manager) -> None:
    """Wilson's interval of 2 / 98: 0.0056 to 0.0714 (R 4.2: prop.test(2, 98, correct=FALSE))."""
    survey = made_survey()
    batch = a_batch(survey)
    for _ in range(3):
        key_form(batch=batch, submission_id=uuid4(), values=marks(survey))
    assert sample_forms(actor=quality_manager, batch=batch, n=9, at=AT) == [1, 2, 3]
    first, second, _third = forms_of(batch)
    columns = list(marks(survey))
    key_again(form=first, values=marks(survey), at=AT)
    key_again(form=second, values=marks(survey) | {columns[0]: "4", columns[1]: ""}, at=AT)

    told = keyings(batch.wave, forms_of(batch))

    fields = selectors.fields_in(batch.wave)
    each = len(fields.items) + len(fields.others) + len(fields.points)
    assert (told.forms, told.answers) == (2, 2 * each)
    assert [(one.number, one.first, one.second) for one in told.differences] == [
        (2, "5", "4"),
        (2, "5", ""),
    ]
    assert told.rate.value == 2 / (2 * each)
    assert told.rate.low < told.rate.value < told.rate.high


def test_second_keying_does_not_show_the_first(office, quality_manager, as_member) -> None:
    survey = made_survey()
    batch = a_batch(survey)
    key_form(batch=batch, submission_id=uuid4(), values=marks(survey) | {"remark": "Xin chào"})
    sample_forms(actor=quality_manager, batch=batch, n=1, at=AT)

    page = as_member(quality_manager).get(f"/surveys/{survey.id}/paper/{batch.id}/again/1/")

    assert page.status_code == 200
    assert "checked" not in page.content.decode()
    assert "Xin chào" not in page.content.decode()


def test_manager_keys_a_sheet_without_script(office, quality_manager, as_member) -> None:
    survey = made_survey()
    browser = as_member(quality_manager)
    home = f"/surveys/{survey.id}/paper/"
    opened = browser.post(
        f"{home}add/", {"unit": "riga", "channel": "", "filled_on": "2026-02-27", "lang": "en"}
    )
    page = browser.get(opened["Location"]).content.decode()
    sheet = re.search(r'name="submission_id" value="([0-9a-f-]{36})"', page).group(1)

    told = browser.post(opened["Location"], marks(survey) | {"submission_id": sheet}, follow=True)

    assert "Form 1 is kept." in told.content.decode()
    assert str(Response.objects.get().submission_id) == sheet
    browser.post(f"{opened['Location']}undo/")
    assert not PaperForm.objects.exists()
    assert list(AuditRow.objects.filter(kind="paper").values_list("verb", flat=True)) == [
        "began",
        "took back",
    ]


def test_slip_in_the_points_keeps_what_was_keyed(office, quality_manager, as_member) -> None:
    survey = made_survey()
    batch = a_batch(survey)
    points = dict.fromkeys(selectors.fields_in(batch.wave).points, "30")

    answer = as_member(quality_manager).post(
        f"/surveys/{survey.id}/paper/{batch.id}/",
        marks(survey) | points | {"submission_id": str(uuid4())},
    )

    assert answer.status_code == 422
    assert answer.content.decode().count(" checked") == len(marks(survey))
    assert not Response.objects.exists()


@pytest.mark.parametrize("wrong", [{"e1": "8"}, {"unheard": "1"}, {"remark": "\x00"}])
def test_what_no_sheet_says_is_refused(office, quality_manager, as_member, wrong) -> None:
    survey = made_survey()
    batch = a_batch(survey)

    answer = as_member(quality_manager).post(
        f"/surveys/{survey.id}/paper/{batch.id}/", marks(survey) | {"submission_id": "x"} | wrong
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("lang", ["en", "vi", "zh-hans", "zh-hant", "nl"])
def test_form_is_printed_from_the_frozen_questionnaire(
    office, riga_manager, as_member, lang
) -> None:
    from fivegaps.web.surveys.services.programmes import add_link

    survey = made_survey()
    add_link(actor=None, survey=survey, unit=office.riga, channel=None, touchpoint=None, at=AT)

    answer = as_member(riga_manager).get(f"/surveys/{survey.id}/paper/form/{lang}.pdf")

    reader = PdfReader(io.BytesIO(answer.content))
    assert "Baltic Service Bank" in "".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("role", list(Role))
def test_paper_by_role(office, as_member, role) -> None:
    from fivegaps.web.surveys.services.programmes import add_link

    survey = made_survey()
    add_link(actor=None, survey=survey, unit=office.riga, channel=None, touchpoint=None, at=AT)
    batch = a_batch(survey, unit=office.riga)
    bound = role in {Role.UNIT_MANAGER, Role.EMPLOYEE}
    browser = as_member(office.member(role, office.riga if bound else None))
    home = f"/surveys/{survey.id}/paper/"
    sees = 403 if role in {Role.EMPLOYEE, Role.HR} else 200
    keys = 200 if role in {Role.ADMINISTRATOR, Role.QUALITY_MANAGER} else 403

    assert browser.get(home).status_code == sees
    assert browser.get(f"{home}add/").status_code == keys
    assert browser.get(f"{home}{batch.id}/").status_code == keys
    assert browser.get(f"{home}{batch.id}/check/").status_code == keys


def test_quality_manager_of_one_unit_keys_no_batch_of_another(office, as_member) -> None:
    from fivegaps.web.surveys.services.programmes import add_link

    survey = made_survey()
    for unit in (office.riga, office.vilnius):
        add_link(actor=None, survey=survey, unit=unit, channel=None, touchpoint=None, at=AT)
    batch = a_batch(survey, unit=office.riga)
    elsewhere = as_member(office.member(Role.QUALITY_MANAGER, office.vilnius))

    answer = elsewhere.post(
        f"/surveys/{survey.id}/paper/{batch.id}/", marks(survey) | {"submission_id": str(uuid4())}
    )

    assert answer.status_code == 404
    assert not Response.objects.exists()
