"""The pages of invitations: who sees what, lists tried before they are added, words checked."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from invitations_maker import NOON, invite, rules, wave_of
from openpyxl import Workbook
from survey_maker import made_survey

from fivegaps.web.collecting.models import Campaign, MailRules, MailText, Recipient, StagedList
from fivegaps.web.people.rights import BOUND_TO_UNIT, Role
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.shared.outbox.models import Errand
from fivegaps.web.surveys.invitations import invitation_token

pytestmark = pytest.mark.django_db
OF_SURVEY = {
    "invitations": [],
    "people": [],
    "add_people": [],
    "reminders": [],
    "transactions": [],
    "mails": [],
    "mail_words": ["invitation", "en"],
}
OF_OFFICE = ("mail_rules", "errands")
CHANGES = {*OF_SURVEY, *OF_OFFICE}
READS = {"invitations"}
OPEN = {
    Role.ADMINISTRATOR: CHANGES,
    Role.QUALITY_MANAGER: set(OF_SURVEY),
    Role.UNIT_MANAGER: READS,
    Role.EMPLOYEE: set(),
    Role.ANALYST: READS,
    Role.EXECUTIVE: READS,
    Role.MARKETING: READS,
    Role.HR: set(),
    Role.AUDITOR: READS,
}


@pytest.fixture
def survey(office):
    rules(days_between=None)
    made = made_survey(languages=["en", "vi"])
    made.links.update(unit=office.riga)
    return made


@pytest.fixture
def browser(quality_manager, as_member):
    return as_member(quality_manager)


def page_of(survey, name: str, *words: object) -> str:
    return reverse(name, args=[survey.id, *words])


def addresses(survey) -> dict[str, str]:
    found = {name: page_of(survey, name, *words) for name, words in OF_SURVEY.items()}
    return found | {name: reverse(name) for name in OF_OFFICE}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_role_opens_its_pages_and_no_other(office, as_member, survey, role) -> None:
    member = office.member(role, office.riga if role in BOUND_TO_UNIT else None)
    browser = as_member(member)

    answers = {name: browser.get(url).status_code for name, url in addresses(survey).items()}

    assert {name for name, status in answers.items() if status == 200} == OPEN[role]
    assert set(answers.values()) <= {200, 403, 404}


def test_stranger_is_sent_to_sign_in(client, survey) -> None:
    answers = [client.get(url) for url in addresses(survey).values()]

    assert {answer.status_code for answer in answers} == {302}


@pytest.mark.parametrize("name", ["start_mails", "stop_mails"])
def test_only_who_changes_surveys_starts_and_stops_mails(
    as_member, riga_manager, survey, name
) -> None:
    assert as_member(riga_manager).post(page_of(survey, name)).status_code == 403


def test_unit_manager_sees_counts_of_the_own_unit_and_no_address(
    as_member, riga_manager, office, quality_manager, survey
) -> None:
    invite(quality_manager, survey, "anna@example.org", "bea@example.org", "cy@example.org")
    Recipient.objects.filter(address="anna@example.org").update(unit=office.riga)

    page = as_member(riga_manager).get(page_of(survey, "invitations")).content.decode()

    assert "1 person is on the list" in page
    assert "example.org" not in page


def test_manager_of_another_unit_does_not_find_the_survey(as_member, charlie, survey) -> None:
    assert as_member(charlie).get(page_of(survey, "invitations")).status_code == 404


def test_pasted_people_are_tried_and_then_added(browser, survey) -> None:
    text = "Anna Liepa <anna@example.org>\nANNA@example.org; bea@example.org, bea@example.org\n"

    tried = browser.post(page_of(survey, "add_people"), {"text": text}, follow=True)
    before = Recipient.objects.count()
    added = browser.post(tried.request["PATH_INFO"], follow=True)

    assert before == 0
    assert "Add 2 people" in tried.content.decode()
    assert added.status_code == 200
    found = dict(Recipient.objects.values_list("address", "name"))
    assert found == {"anna@example.org": "Anna Liepa", "bea@example.org": ""}
    assert not StagedList.objects.exists()


def test_same_list_again_adds_nobody(browser, survey) -> None:
    for _ in range(2):
        tried = browser.post(
            page_of(survey, "add_people"), {"text": "anna@example.org"}, follow=True
        )
        browser.post(tried.request["PATH_INFO"])

    assert Recipient.objects.count() == 1
    assert "There is nobody to add." in tried.content.decode()


def test_spreadsheet_carries_language_and_places(browser, office, survey) -> None:
    book = Workbook()
    book.active.append(["E-mail", "Name", "Language", "Unit", "Channel", "External_id"])
    book.active.append(["anna@example.org", "Nguyễn Anh", "VI", "riga", "counter", 1234])
    file = BytesIO()
    book.save(file)
    upload = SimpleUploadedFile("people.xlsx", file.getvalue())

    tried = browser.post(page_of(survey, "add_people"), {"text": "", "file": upload}, follow=True)
    browser.post(tried.request["PATH_INFO"])

    row = Recipient.objects.get()
    assert (row.name, row.lang, row.unit, row.channel) == (
        "Nguyễn Anh",
        "vi",
        office.riga,
        office.counter,
    )
    assert row.external_id == "1234"


def test_faults_of_a_file_are_told_with_their_rows_and_nobody_is_added(browser, survey) -> None:
    text = "email,unit,language\nanna@example.org,riga,en\nnobody,riga,en\nb@example.org,mars,xx\n"
    upload = SimpleUploadedFile("people.csv", text.encode())

    tried = browser.post(page_of(survey, "add_people"), {"text": "", "file": upload}, follow=True)
    pressed = browser.post(tried.request["PATH_INFO"], follow=True)

    page = tried.content.decode()
    assert "Row 3" in page
    assert "is no e-mail address." in page
    assert "mars" in page
    assert "is no language of this survey." in page
    assert pressed.status_code == 200
    assert not Recipient.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"text": ""},
        {"text": "   \n ,;"},
        {"text": "x" * 900_001},
        {"text": "a\x00b@example.org"},
        {"text": "anna@example.org", "file": SimpleUploadedFile("a.csv", b"email\na@b.example\n")},
        {"file": SimpleUploadedFile("a.csv", b"name\nAnna\n")},
        {"file": SimpleUploadedFile("a.xlsx", b"no spreadsheet")},
        {"file": SimpleUploadedFile("a.csv", b"\xff\xfe\x00\x01email")},
    ],
    ids=range(8),
)
def test_nonsense_keeps_the_form_open(browser, survey, sent) -> None:
    for file in (one for one in sent.values() if not isinstance(one, str)):
        file.seek(0)

    answer = browser.post(page_of(survey, "add_people"), sent, follow=True)

    assert answer.status_code in {200, 400}
    assert not Recipient.objects.exists()


def test_staged_list_of_somebody_else_is_not_there(
    browser, administrator, as_member, survey
) -> None:
    tried = browser.post(page_of(survey, "add_people"), {"text": "a@example.org"}, follow=True)

    answer = as_member(administrator).get(tried.request["PATH_INFO"])

    assert answer.status_code == 404


def test_starting_queues_and_stopping_holds(browser, quality_manager, survey) -> None:
    tried = browser.post(page_of(survey, "add_people"), {"text": "anna@example.org"}, follow=True)
    browser.post(tried.request["PATH_INFO"])

    started = browser.post(page_of(survey, "start_mails"), follow=True).content.decode()
    stopped = browser.post(page_of(survey, "stop_mails"), follow=True).content.decode()

    assert "1 invitation is on its way." in started
    assert "No mails go out." in stopped
    assert not Campaign.objects.get().is_sending


def test_mails_of_a_wave_that_is_not_open_do_not_start(browser, office) -> None:
    draft = made_survey("draft")

    page = browser.post(page_of(draft, "start_mails"), follow=True).content.decode()

    assert "Open the wave first" in page
    assert not Campaign.objects.exists()


def test_list_finds_people_by_part_and_state(browser, quality_manager, survey) -> None:
    invite(quality_manager, survey, "Anna Liepa <anna@example.org>", "bea@other.example")
    Recipient.objects.filter(name="").update(outcome="bounced", reason="550 gone")

    by_name = browser.get(page_of(survey, "people"), {"q": "liepa"}).content.decode()
    by_state = browser.get(page_of(survey, "people"), {"state": "bounced"}).content.decode()

    assert "anna@example.org" in by_name
    assert "bea@other.example" not in by_name
    assert "550 gone" in by_state
    assert "anna@example.org" not in by_state


@pytest.mark.parametrize(
    "asked", [{"page": "0"}, {"page": "99999"}, {"page": "x"}, {"page": "²"}, {"state": "x"}]
)
def test_odd_searches_are_answered(browser, survey, asked) -> None:
    assert browser.get(page_of(survey, "people"), asked).status_code == 200


@pytest.mark.parametrize(
    ("days", "saved"),
    [
        (("3", "10", ""), [3, 10]),
        (("", "", ""), []),
        (("10", "3", ""), None),
        (("0", "", ""), None),
        (("٣", "", ""), None),
        (("9" * 5000, "", ""), None),
    ],
    ids=range(6),
)
def test_days_of_reminders_rise(browser, survey, days, saved) -> None:
    sent = dict(zip(("first", "second", "third"), days, strict=True))

    browser.post(page_of(survey, "reminders"), sent)

    row = Campaign.objects.first()
    assert (None if row is None else row.reminder_days) == saved


def test_own_words_are_checked_before_they_are_kept(browser, survey) -> None:
    url = page_of(survey, "mail_words", "invitation", "en")

    unknown = browser.post(url, {"subject": "Hi {nobody}", "body": "{link}"}).content.decode()
    linkless = browser.post(url, {"subject": "Hi", "body": "No way"}).content.decode()

    assert "There is no place {nobody}" in unknown
    assert "The text needs {link} once" in linkless
    assert not MailText.objects.exists()


def test_trial_mail_reaches_oneself_and_carries_nobodys_link(
    browser, quality_manager, survey, mailoutbox
) -> None:
    url = page_of(survey, "mail_words", "invitation", "vi")
    words = {"subject": "Xin chào {name}", "body": "{greeting}\n\n{link}", "do": "trial"}

    browser.post(url, words)

    [mail] = mailoutbox
    assert mail.to == [quality_manager.email]
    assert mail.subject == f"Xin chào {quality_manager.name}"
    assert "/i/" not in mail.body


def test_mail_server_that_refuses_a_trial_is_told_on_the_page(browser, survey, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    words = {"subject": "Hi", "body": "{link}", "do": "trial"}

    page = browser.post(page_of(survey, "mail_words", "invitation", "en"), words)

    assert page.status_code == 200
    assert "The mail server did not take it" in page.content.decode()


def test_shipped_words_come_back(browser, survey) -> None:
    url = page_of(survey, "mail_words", "invitation", "en")
    browser.post(url, {"subject": "Own", "body": "{link}"})

    browser.post(url, {"do": "ours"})

    assert not MailText.objects.exists()


def test_words_from_people_are_never_read_as_places_or_markup(
    browser, quality_manager, survey, mailoutbox
) -> None:
    url = page_of(survey, "mail_words", "invitation", "en")
    body = "{greeting} <b>5 < 6</b> {{ link }} {% x %}"
    refused = browser.post(url, {"subject": "Hi", "body": body})
    browser.post(url, {"subject": "Hi {name}", "body": "{name} <b>bold</b>\n\n{link}"})
    invite(quality_manager, survey, "{organisation} {link} <anna@example.org>")

    outbox.run_due(NOON)

    [mail] = mailoutbox
    html = mail.alternatives[0][0]
    assert refused.status_code == 200
    assert mail.subject == "Hi {organisation} {link}"
    assert "{organisation} {link} &lt;b&gt;bold&lt;/b&gt;" in html
    assert mail.body.startswith("{organisation} {link} <b>bold</b>")


def test_rules_of_mails_are_kept(administrator, as_member, office) -> None:
    browser = as_member(administrator)
    sent = {
        "days_between": "14",
        "quiet_from": "21:00",
        "quiet_until": "07:30",
        "a_minute": "90",
        "bounce_address": "bounces@bank.example",
        "reply_address": "",
    }

    browser.post(reverse("mail_rules"), sent)

    row = MailRules.objects.get()
    assert (row.days_between, row.quiet_until.minute, row.a_minute) == (14, 30, 90)
    assert row.bounce_address == "bounces@bank.example"


def test_parked_errand_is_shown_tried_again_and_thrown_away(
    administrator, as_member, office
) -> None:
    browser = as_member(administrator)
    for _ in range(2):
        outbox.put(kind="unknown", payload={}, due_at=NOON, at=NOON)
    Errand.objects.update(parked_at=NOON, last_error="LookupError: nothing does it")
    first, second = Errand.objects.all()

    page = browser.get(reverse("errands")).content.decode()
    browser.post(reverse("move_errand", args=[first.id]), {"do": "again"})
    browser.post(reverse("move_errand", args=[second.id]), {"do": "drop"})

    assert "nothing does it" in page
    assert Errand.objects.get().id == first.id
    assert Errand.objects.get().parked_at is None


def test_way_out_writes_nothing_until_its_button_is_pressed(
    client, quality_manager, survey
) -> None:
    [anna] = invite(quality_manager, survey, "anna@example.org")
    url = f"/i/{invitation_token(anna.invitation_id)}/stop/"

    shown = client.get(url)
    stopped = client.post(url)

    assert "a…@example.org" in shown.content.decode()
    assert "anna@" not in shown.content.decode()
    assert "You get no more such mails" in stopped.content.decode()
    assert not client.cookies


def test_count_of_queries_does_not_grow_with_the_list(
    browser, quality_manager, survey, django_assert_max_num_queries
) -> None:
    invite(quality_manager, survey, *(f"p{n}@example.org" for n in range(60)))

    for name in ("invitations", "people"):
        with django_assert_max_num_queries(22):
            browser.get(page_of(survey, name))
    assert Recipient.objects.filter(wave=wave_of(survey)).count() == 60
