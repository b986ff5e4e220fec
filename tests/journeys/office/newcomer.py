"""The walk of docs/office/tutorial.md, section by section, in a browser.

Each section tells the labels that it used, spelt as the page spells them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page

QUESTION = "What kept you waiting?"
IN_VIETNAMESE = "Điều gì khiến anh/chị phải chờ?"
SHORT_FORM = "Service quality in five dimensions: short form: 20 questions"
LANGUAGES = ("English", "Tiếng Việt", "简体中文", "繁體中文", "Nederlands")
PASSWORD = "a quiet river in spring"  # noqa: S105


def told_apart(page: Page, name: str) -> str:
    """Return what a page is called in the walk; a photographer puts himself in its place."""
    return f"{name} {page.url}"


class Newcomer:
    """Somebody who reads the tutorial and does what it says.

    ``used`` are the labels of the present section; ``look`` is called where a page is whole.
    """

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.browser = browser
        self.look: Callable[[Page, str], object] = told_apart
        self.options = options
        self.page = browser.new_context(**options).new_page()
        self.used: set[str] = set()
        self.link = ""
        self.receipts: list[str] = []
        self.survey = ""

    def press(self, name: str, page: Page | None = None) -> None:
        """Press a button."""
        self.used.add(name)
        (page or self.page).get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow a link, out of the menu where that is folded away."""
        self.used.add(name)
        found = self.page.get_by_role("link", name=name, exact=True)
        menu = self.page.locator("summary", has_text="Menu")
        if not found.count() and menu.is_visible():
            menu.click()
        found.first.click()

    def fill(self, label: str, text: str) -> None:
        """Write into a field."""
        self.used.add(label)
        self.page.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str) -> None:
        """Tick a choice."""
        self.used.add(label)
        self.page.get_by_label(label, exact=True).check()

    def choose(self, label: str, option: str) -> None:
        """Choose from a list by the words of the option, or by their end."""
        self.used.add(label)
        field = self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))
        titles = [one.strip() for one in field.locator("option").all_text_contents()]
        found = [one for one in titles if one == option or one.endswith(option)]
        field.select_option(label=found[-1])

    def unfold(self, name: str) -> None:
        """Open what is folded behind a summary."""
        self.used.add(name)
        self.page.locator("summary", has_text=re.compile(f"^{name}$")).click()


def whose_office(walk: Newcomer, link: str) -> None:
    walk.page.goto(link)
    walk.look(walk.page, "set-up")
    walk.fill("Name of your organisation", "Hoa Sen Bank")
    walk.fill("Your name", "Lan")
    walk.fill("Your e-mail address", "lan@bank.example")
    walk.fill("Password", PASSWORD)
    walk.press("Set up the office")
    walk.look(walk.page, "in")


def places_and_people(walk: Newcomer) -> None:
    for number, (name, code) in enumerate((("Hanoi", "hanoi"), ("Hue", "hue"))):
        walk.follow("Add a unit" if number else "Add the first unit")
        walk.fill("Name", name)
        walk.fill("Code", code)
        walk.press("Save")
    walk.look(walk.page, "units")
    walk.follow("Channels")
    walk.follow("Add a channel")
    walk.fill("Name", "Mobile app")
    walk.fill("Code", "app")
    walk.page.get_by_label("Kind").select_option("app")
    walk.press("Save")
    walk.look(walk.page, "channels")
    walk.follow("Accounts and roles")
    walk.follow("Invite a person")
    walk.fill("E-mail address", "minh@bank.example")
    walk.fill("Name", "Minh")
    walk.choose("Role", "Unit manager")
    walk.choose("Where", "Hanoi")
    walk.press("Invite")
    walk.look(walk.page, "invited")
    walk.follow("Back to the accounts")


def the_survey(walk: Newcomer) -> None:
    walk.follow("Surveys")
    walk.look(walk.page, "no-survey")
    walk.follow("Add the first survey")
    walk.fill("Title", "Branches")
    walk.tick(SHORT_FORM)
    walk.choose("Wording for", "Bank")
    for language in LANGUAGES:
        walk.tick(language)
    walk.fill("Name of the first wave", "2026")
    walk.look(walk.page, "new-survey")
    walk.press("Save")
    walk.page.wait_for_url(re.compile(r"/surveys/[0-9a-f-]{36}/$"))
    walk.survey = walk.page.url
    walk.look(walk.page, "survey")
    walk.follow("Links")
    walk.follow("Add a link for a unit")
    walk.choose("Unit", "Hanoi")
    walk.choose("Channel", "Counter")
    walk.look(walk.page, "link")
    walk.press("Save")
    row = walk.page.get_by_role("row", name="Hanoi")
    row.wait_for()
    walk.look(walk.page, "links")
    walk.link = row.locator("a.code").inner_text()


def own_words(walk: Newcomer) -> None:
    page = walk.page
    walk.follow("At a glance")
    walk.follow("Edit the questionnaire")
    walk.look(page, "questionnaire")
    walk.follow("English")
    walk.look(page, "words")
    text = page.locator("textarea", has_text="attend to me quickly")
    text.fill("The staff of {company} attend to me without delay.")
    page.locator(".sticky").get_by_role("button", name="Save", exact=True).click()
    walk.used.add("Save")
    walk.follow("The questionnaire")
    walk.follow("Add a question")
    walk.fill("Question", QUESTION)
    walk.choose("Answered by", "A line of text")
    walk.look(page, "question")
    walk.press("Save")
    walk.look(page, "questionnaire-own")
    walk.follow("Tiếng Việt")
    page.get_by_label(QUESTION, exact=True).fill(IN_VIETNAMESE)
    walk.look(page, "translating")
    page.locator(".sticky").get_by_role("button", name="Save", exact=True).click()
    walk.follow("The questionnaire")
    walk.follow("Say when a question is shown")
    walk.choose("Show the question", QUESTION)
    walk.choose("only when the answer to", "attend to me without delay.")
    walk.choose("this", "is at most (≤)")
    walk.fill("value", "3")
    walk.look(page, "rule")
    walk.press("Save")
    walk.look(page, "rules")


def try_out(walk: Newcomer) -> None:
    page = walk.page
    page.goto(walk.survey)
    walk.follow("See the form")
    page.frame_locator("iframe.phone").locator("h1").wait_for()
    walk.look(page, "preview")
    page.goto(walk.survey)
    walk.press("Try it out")
    walk.look(page, "on-trial")
    form = walk.browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    form.goto(walk.link)
    walk.press("Begin", form)
    form.locator(".step.now .row label").first.click()
    while not form.get_by_role("button", name="Send my answers", exact=True).is_visible():
        walk.press("Continue", form)
    walk.look(form, "trial")
    walk.press("Send my answers", form)
    form.wait_for_url("**/thanks/")
    form.context.close()
    page.goto(walk.survey)
    walk.press("Open it")
    walk.look(page, "open")
    walk.follow("Posters")
    walk.look(page, "posters")
    card = page.locator(".codes li", has_text="Hanoi")
    poster = card.get_by_text("Poster (A4)", exact=True)
    walk.used.add(poster.inner_text())
    answer = page.request.get(str(page.evaluate("one => one.href", poster.element_handle())))
    assert answer.body().startswith(b"%PDF")


def five_answers(walk: Newcomer) -> None:
    for point in (3, 4, 5, 2, 3):
        context = walk.browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
        form = context.new_page()
        form.goto(walk.link)
        walk.press("Bắt đầu", form)
        first = True
        while not form.get_by_role("button", name="Gửi câu trả lời", exact=True).is_visible():
            wanted = 7 if form.locator(".block.ideal .step.now").count() else point
            for field in form.locator(".step.now fieldset").all():
                field.locator(".row label").nth(wanted - 1).click()
            if first:
                walk.look(form, f"answering-{point}")
            first = False
            own = form.get_by_label(IN_VIETNAMESE)
            if own.is_visible():
                own.fill("Chỉ mở một quầy.")
                walk.look(form, "own-question")
            walk.press("Tiếp tục", form)
        walk.press("Gửi câu trả lời", form)
        form.wait_for_url("**/thanks/")
        walk.look(form, "thanks")
        walk.receipts.append(form.locator(".receipt b").inner_text())
        context.close()


def the_chart(walk: Newcomer) -> None:
    walk.page.goto(walk.survey)
    walk.look(walk.page, "answered")
    walk.follow("What do customers feel?")
    walk.page.locator("figure.chart svg:visible").first.wait_for()
    walk.look(walk.page, "chart")
    rehearsal_over(walk)


def rehearsal_over(walk: Newcomer) -> None:
    walk.page.goto(walk.survey)
    walk.unfold("Close it")
    walk.press("Close it for good")
    walk.look(walk.page, "closed")
    walk.follow("Ask again: add a wave")
    walk.look(walk.page, "next-wave")


SECTIONS = (places_and_people, the_survey, own_words, try_out, five_answers, the_chart)
