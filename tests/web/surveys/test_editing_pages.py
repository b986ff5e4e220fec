"""Pages on which a questionnaire is edited: who opens them, what they keep."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey_maker import AT, address, filled, made_survey

from fivegaps.web.people.rights import BOUND_TO_UNIT, Role
from fivegaps.web.shared.models import AuditRow
from fivegaps.web.shared.outbox.services import run_due
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.editing import questionnaire_of
from fivegaps.web.surveys.models import Survey
from fivegaps.web.surveys.services.programmes import add_link

pytestmark = pytest.mark.postgres

CHANGERS = {Role.ADMINISTRATOR, Role.QUALITY_MANAGER}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


@pytest.fixture
def survey(office) -> Survey:
    survey = made_survey("draft", languages=["en", "vi"])
    add_link(actor=None, survey=survey, unit=office.riga, channel=None, touchpoint=None, at=AT)
    return survey


@pytest.fixture
def browser(quality_manager, as_member):
    return as_member(quality_manager)


def wave_of(survey: Survey):
    return selectors.waves_of(survey)[0]


def pages(survey: Survey) -> dict[str, str]:
    names = ["change_survey", "copy_survey", "edit_survey", "edit_items", "edit_rules"]
    found = {name: reverse(name, args=[survey.id]) for name in [*names, "add_question"]}
    found["edit_words"] = reverse("edit_words", args=[survey.id]) + "?lang=vi"
    found["take_wordings"] = reverse("take_wordings", args=[survey.id, "vi"])
    found["wordings_file"] = reverse("wordings_file", args=[survey.id, "vi"])
    found["change_wave"] = reverse("change_wave", args=[survey.id, wave_of(survey).id])
    return found


def ask(browser, survey: Survey, **given: object):
    return browser.post(
        reverse("add_question", args=[survey.id]), {"text": "A queue?", "kind": "single"} | given
    )


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_only_who_changes_surveys_edits_a_questionnaire(office, survey, as_member, role) -> None:
    browser = as_member(office.member(role, office.riga if role in BOUND_TO_UNIT else None))

    answers = {browser.get(page).status_code for page in pages(survey).values()}

    assert answers == ({200} if role in CHANGERS else {403})


def test_stranger_must_sign_in_to_edit(survey, client) -> None:
    assert {client.get(page).status_code for page in pages(survey).values()} == {302}


def test_survey_that_is_not_there_has_no_pages(survey, browser) -> None:
    there = pages(survey)
    Survey.objects.filter(id=survey.id).update(title="moved")
    gone = "00000000-0000-4000-8000-000000000000"

    answers = {
        browser.get(page.replace(str(survey.id), gone)).status_code for page in there.values()
    }

    assert answers == {404}


def test_own_question_is_added_changed_and_removed(survey, browser) -> None:
    ask(browser, survey, options="Yes\nNo")
    first = questionnaire_of(survey).extras.own[0]
    page = reverse("edit_question", args=[survey.id, first.id])
    browser.post(page, {"text": "Long queue?", "kind": "date", "options": "Yes\nNot at all"})
    changed = questionnaire_of(survey).extras.own[0]

    assert [option.id for option in first.options] == ["a", "b"]
    assert (changed.kind, changed.text["en"]) == ("single", "Long queue?")
    assert [(one.id, one.text["en"]) for one in changed.options] == [
        ("a", "Yes"),
        ("b", "Not at all"),
    ]

    browser.post(reverse("remove_question", args=[survey.id, first.id]))
    assert questionnaire_of(survey).extras.own == ()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"options": "Yes"}, "Write at least two answers"),
        ({"options": "Yes\nYes"}, "Two answers are the same"),
        ({"text": ""}, "This field is required"),
        ({"kind": "number", "minimum": "5", "maximum": "5"}, "must be above the lowest"),
        ({"kind": "number", "minimum": "9" * 30}, "less than or equal"),
        ({"kind": "colour"}, "Select a valid choice"),
    ],
)
def test_question_that_cannot_be_asked_is_told_and_kept_in_the_form(
    survey, browser, given: dict[str, str], told: str
) -> None:
    page = ask(browser, survey, **({"options": "Yes\nNo"} | given))

    assert told in page.content.decode()
    assert questionnaire_of(survey).extras.own == ()


def test_questions_change_places(survey, browser) -> None:
    for text in ("One", "Two"):
        ask(browser, survey, text=text, kind="short")

    browser.post(reverse("move_question", args=[survey.id, "q2"]))

    assert [one.id for one in questionnaire_of(survey).extras.own] == ["q2", "q1"]


def test_dimension_that_grows_thin_is_warned_of(survey, browser) -> None:
    names = [item.id for item in questionnaire_of(survey).whole.items]

    page = browser.post(
        reverse("edit_items", args=[survey.id]), {"asked": names[2:]}, follow=True
    ).content.decode()

    assert "Tangibles (2) has fewer than 3 statements" in page


@pytest.mark.parametrize("k", ["0", "27", "many", "１", "9" * 400])
def test_lot_that_cannot_be_drawn_is_refused(survey, browser, k: str) -> None:
    names = [item.id for item in questionnaire_of(survey).whole.items]

    answered = browser.post(reverse("edit_items", args=[survey.id]), {"asked": names, "k": k})

    assert answered.status_code == 422
    assert questionnaire_of(survey).extras.sampling is None


def test_cost_of_a_lot_is_told_as_a_factor(survey, browser) -> None:
    names = [item.id for item in questionnaire_of(survey).whole.items]
    browser.post(
        reverse("edit_items", args=[survey.id]),
        {"asked": names, "linking": names[:8], "k": "8"},
    )

    page = browser.get(reverse("edit_survey", args=[survey.id])).content.decode()

    assert "the factor 1.50" in page


def test_rule_is_set_and_taken_back(survey, browser) -> None:
    ask(browser, survey, options="Yes\nNo")
    ask(browser, survey, text="Where?", kind="short")
    page = reverse("edit_rules", args=[survey.id])
    rule = {"target": "own.q2", "field": "x_q1", "test": "is", "value": "a"}

    wrong = browser.post(page, rule | {"value": "z"})
    browser.post(page, rule)
    told = browser.get(reverse("edit_survey", args=[survey.id])).content.decode()
    browser.post(page, {"always": "own.q2"})

    assert "one of the answers: a, b" in wrong.content.decode()
    assert "Only if you chose “Yes” for: A queue?" in told
    assert questionnaire_of(survey).extras.rules == {}


def settings_form(survey: Survey, **given: object) -> dict[str, object]:
    form = {"title": "T", "languages": ["en", "vi"], "rhythm": "continuous", "colour": "#0b5d3b"}
    return form | given


def test_colour_and_logo_are_kept(survey, browser) -> None:
    logo = SimpleUploadedFile("a.png", PNG)

    browser.post(reverse("change_survey", args=[survey.id]), settings_form(survey, logo=logo))

    survey.refresh_from_db()
    assert (survey.colour, survey.rhythm) == ("#0b5d3b", "continuous")
    assert survey.logo.startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"colour": "#ffd400"}, "at least 4.5 to 1"),
        ({"colour": "red"}, "Write a colour as"),
        ({"logo": b"<svg onload=alert(1)>"}, "neither a PNG nor a JPEG"),
        ({"logo": PNG + b"\0" * 7000}, "at most 6"),
        ({"languages": []}, "This field is required"),
    ],
)
def test_look_that_cannot_be_used_is_told(
    survey, browser, given: dict[str, object], told: str
) -> None:
    if isinstance(given.get("logo"), bytes):
        given = {"logo": SimpleUploadedFile("a.png", given["logo"])}

    page = browser.post(reverse("change_survey", args=[survey.id]), settings_form(survey, **given))

    survey.refresh_from_db()
    assert told in page.content.decode()
    assert survey.colour == ""


def test_copy_has_the_questions_and_no_answers(survey, browser) -> None:
    ask(browser, survey, options="Yes\nNo")

    browser.post(reverse("copy_survey", args=[survey.id]), {"title": "Copy", "wave": "2030"})

    copied = Survey.objects.get(title="Copy")
    assert questionnaire_of(copied).extras == questionnaire_of(survey).extras
    assert wave_of(copied).name == "2030"


def test_wave_ends_by_itself_when_its_time_has_come(office, browser, client) -> None:
    survey = made_survey("open")
    wave = wave_of(survey)
    soon = timezone.localtime() + timedelta(hours=1)
    browser.post(
        reverse("change_wave", args=[survey.id, wave.id]),
        {"closes_at": soon.strftime("%Y-%m-%dT%H:%M"), "quota": "50"},
    )
    wave.refresh_from_db()

    run_due(timezone.now())
    before = wave_of(survey).state
    run_due(timezone.now() + timedelta(hours=2))

    assert wave.quota == 50
    assert (before, wave_of(survey).state) == ("open", "closed")
    assert client.post(address(survey), filled(survey)).status_code == 410


def test_wave_past_its_end_takes_no_answers_though_nobody_closed_it(office, client) -> None:
    survey = made_survey("open")
    wave = wave_of(survey)
    wave.closes_at = timezone.now() - timedelta(seconds=1)
    wave.save()

    assert client.get(address(survey)).status_code == 410
    assert client.post(address(survey), filled(survey)).status_code == 410


def test_every_change_stands_in_the_audit_log(survey, browser) -> None:
    before = AuditRow.objects.count()
    ask(browser, survey, text="Where?", kind="short")
    browser.post(reverse("edit_words", args=[survey.id]), {"own.q1": "Where exactly?"})
    browser.post(reverse("edit_words", args=[survey.id]), {"approve": "own.q1"})
    browser.post(reverse("change_survey", args=[survey.id]), settings_form(survey))

    verbs = list(AuditRow.objects.order_by("number").values_list("verb", flat=True))[before:]

    assert verbs == ["changed a question", "reworded", "approved", "changed"]


FIELDS = {
    "add_question": ["text", "kind", "options", "low", "minimum", "maximum", "decimals"],
    "edit_items": ["asked", "linking", "k"],
    "edit_rules": ["target", "field", "test", "value", "always"],
    "edit_words": ["item.tan1.perception", "form.thanks", "own.q1", "approve", "approve_all"],
    "change_survey": ["title", "languages", "rhythm", "colour", "without_logo"],
    "change_wave": ["closes_at", "quota"],
    "copy_survey": ["title", "wave"],
}
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(["tan1", "own.q1", "x_q1", "is", "single", "a\nb", "2026-01-01T10:00"]),
    st.sampled_from(["NaN", "-1", "１", "\x00", "9" * 5000, "en", "vi", "#000000", "item.tan1"]),
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(FIELDS)), drawn=st.data())
def test_any_form_of_the_editor_is_taken_or_refused(survey, browser, name, drawn) -> None:
    fields = st.sampled_from(FIELDS[name])
    form = drawn.draw(st.dictionaries(fields, st.lists(TEXTS, max_size=3), max_size=5))

    status = browser.post(pages(survey)[name], form).status_code

    assert status in {200, 302, 422}


def test_preview_shows_what_the_next_wave_will_ask(office, browser) -> None:
    survey = made_survey("open", languages=["en"])
    ask(browser, survey, text="Where exactly?", kind="short")
    page = reverse("previewed_survey", args=[survey.id, "en"])

    now, coming = (browser.get(page + query).content.decode() for query in ("", "?next=1"))

    assert "Where exactly?" not in now
    assert "Where exactly?" in coming
    assert browser.get(reverse("preview_survey", args=[survey.id]) + "?next=1").status_code == 200
