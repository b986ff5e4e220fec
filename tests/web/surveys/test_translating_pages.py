"""Pages of translators: side by side, by file, approved by name."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from survey_maker import made_survey

from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.editing import questionnaire_of
from fivegaps.web.surveys.models import Survey

pytestmark = pytest.mark.postgres


@pytest.fixture
def survey(office) -> Survey:
    return made_survey("draft", languages=["en", "vi"])


@pytest.fixture
def browser(quality_manager, as_member):
    return as_member(quality_manager)


def wave_of(survey: Survey):
    return selectors.waves_of(survey)[0]


def ask(browser, survey: Survey, **given: object):
    return browser.post(reverse("add_question", args=[survey.id]), given)


def test_language_is_offered_when_every_text_is_there(survey, browser) -> None:
    ask(browser, survey, text="Where?", kind="short")
    before = selectors.languages_in(wave_of(survey))

    browser.post(reverse("edit_words", args=[survey.id]) + "?lang=vi", {"own.q1": "Ở đâu?"})

    assert before == ("en",)
    assert selectors.languages_in(wave_of(survey)) == ("en", "vi")


def test_text_is_approved_by_name_until_it_is_worded_anew(survey, browser, quality_manager) -> None:
    page = reverse("edit_words", args=[survey.id]) + "?lang=vi"

    approved = browser.post(page, {"approve": "item.tan1.perception"}, follow=True)
    text = questionnaire_of(survey).whole.items[0].text["vi"]["perception"]
    changed = browser.post(page, {"item.tan1.perception": text + "!"}, follow=True)

    assert f"Approved by {quality_manager.name}" in approved.content.decode()
    assert "Approved by" not in changed.content.decode()


def test_translation_is_a_draft_again_when_its_source_changes(survey, browser) -> None:
    page = reverse("edit_words", args=[survey.id])
    browser.post(page + "?lang=vi", {"approve": "item.tan1.perception"})

    browser.post(page + "?lang=en", {"item.tan1.perception": "Another meaning."})

    assert "Approved by" not in browser.get(page + "?lang=vi").content.decode()


def test_survey_tells_its_manager_which_languages_are_drafts(survey, browser) -> None:
    page = reverse("survey", args=[survey.id])
    before = browser.get(page).content.decode()

    for lang in ("en", "vi"):
        browser.post(
            reverse("edit_words", args=[survey.id]) + f"?lang={lang}", {"approve_all": "1"}
        )

    assert "English, Tiếng Việt are drafts" in before
    assert "are drafts" not in browser.get(page).content.decode()


def sheet(rows: list[list[object]]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("texts.xlsx", file.getvalue())


def test_texts_go_out_and_come_back_the_same(survey, browser) -> None:
    taken = browser.get(reverse("wordings_file", args=[survey.id, "vi"])).content
    rows = list(load_workbook(io.BytesIO(taken)).active.values)

    trial = browser.post(
        reverse("take_wordings", args=[survey.id, "vi"]),
        {"file": SimpleUploadedFile("texts.xlsx", taken)},
        follow=True,
    )

    assert rows[0] == ("key", "en", "vi")
    assert len(rows) == len(questionnaire_of(survey).texts) + 1
    assert "says what the survey says already" in trial.content.decode()


def test_translators_file_is_tried_before_it_is_applied(survey, browser) -> None:
    file = sheet([["key", "en", "vi"], ["item.tan1.perception", "x", "=1+1"]])

    trial = browser.post(
        reverse("take_wordings", args=[survey.id, "vi"]), {"file": file}, follow=True
    )
    now = questionnaire_of(survey).whole.items[0].text["vi"]["perception"]

    assert now != "=1+1"
    assert trial.status_code == 200


def test_faults_of_a_translators_file_name_row_and_column(survey, browser) -> None:
    rows = [["key", "en", "vi"], ["item.gone", "x", "y"], ["item.tan1.perception", "x", "y" * 700]]

    trial = browser.post(
        reverse("take_wordings", args=[survey.id, "vi"]), {"file": sheet(rows)}, follow=True
    ).content.decode()

    assert "Row 2 · key · “item.gone”" in trial
    assert "Row 3 · vi" in trial


def test_file_that_is_no_sheet_is_refused(survey, browser) -> None:
    page = reverse("take_wordings", args=[survey.id, "vi"])

    for content in (b"\x00\x01", b"", b"key;vi"):
        answered = browser.post(page, {"file": SimpleUploadedFile("a.xlsx", content)})
        assert answered.status_code == 200


def test_sign_that_no_database_holds_is_told_with_its_row(survey, browser) -> None:
    content = b"key,vi\nitem.tan1.perception,a\x00b\n"

    trial = browser.post(
        reverse("take_wordings", args=[survey.id, "vi"]),
        {"file": SimpleUploadedFile("a.csv", content)},
        follow=True,
    )

    assert trial.status_code == 200
    assert "wrong-list" in trial.content.decode()
