"""A customer answers on one phone and goes on at another; her manager sees her branch alone."""

from __future__ import annotations

import pytest
from two_branches import ANSWERS, MADE, PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def asked(office) -> dict[str, object]:
    """Two branches with links, employees, and a manager of Hanoi."""
    return office.run(MADE, {"password": PASSWORD})


@pytest.fixture(scope="module")
def answered(chromium, office, asked) -> dict[str, object]:
    """The same after six answers in each branch."""
    page = chromium.new_context(java_script_enabled=False).new_page()
    for code, path in asked["links"].items():
        for number in range(ANSWERS):
            page.goto(office.url + path)
            fields = {
                one.get_attribute("name"): one.get_attribute("value")
                for one in page.locator("form input[type=hidden]").all()
            }
            points = {name: str(1 + (number + k) % 7) for k, name in enumerate(asked["columns"])}
            remark = {"remark": f"{code} number {number}", "do": "send"}
            sent = page.request.post(
                office.url + path,
                form={**fields, **points, **remark},
                headers={"Origin": office.url, "Referer": page.url},
            )
            assert sent.url.endswith("/thanks/"), sent.text()
    page.context.close()
    return asked


@pytest.fixture(scope="module")
def manager(chromium, office, answered):  # noqa: ARG001 - there is something to see
    """The manager of Hanoi, signed in on a phone."""
    page = chromium.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{office.url}/account/login/")
    page.get_by_label("Email").fill("minh@bank.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/results/**")
    return page


def steps_on(page, times: int) -> None:
    for _ in range(times):
        page.locator(".next").click()


def choose(page, point: int) -> None:
    for field in page.locator(".step.now fieldset").all():
        field.locator(".row label").nth(point - 1).click()


def test_customer_goes_on_at_another_device_corrects_and_is_counted_once(
    device, office, asked
) -> None:
    path = asked["links"]["hanoi"]
    phone = device(office.url + path, locale="vi-VN", has_touch=True)
    steps_on(phone, 1)
    choose(phone, 6)
    phone.locator(".state", has_text="Đã lưu").wait_for()
    address, chosen = phone.url, phone.locator(".step.now input:checked").count()
    phone.context.close()

    other = device(address, width=1280, locale="vi-VN")
    steps_on(other, 1)
    kept = other.locator(".step.now input:checked")
    assert [one.get_attribute("value") for one in kept.all()] == ["6"] * chosen
    other.locator(".step.now .row label").first.click()
    while not other.locator("[value=send]").is_visible():
        steps_on(other, 1)
    other.locator("[value=send]").dblclick()
    other.wait_for_url("**/thanks/")
    receipt = other.locator(".receipt b").inner_text()
    other.reload()
    assert other.locator(".receipt b").inner_text() == receipt

    sent = [one for one in office.rows()["sent"] if one["receipt"] == receipt.replace("-", "")]
    assert [one["codes"][:chosen] for one in sent] == [[1] + [6] * (chosen - 1)]
    assert {one["lang"] for one in sent} == {"vi"}


def test_manager_sees_results_of_her_branch_alone(manager, office) -> None:
    manager.goto(f"{office.url}/results/")
    shown = manager.locator("main").inner_text()

    assert manager.locator("h1").inner_text() == "Hanoi"
    assert "hanoi number 5" in shown
    assert "hue" not in shown.lower()


@pytest.mark.parametrize("page", ["", "links/", "posters/", "invitations/"])
def test_manager_sees_the_survey_of_her_branch_alone(manager, office, answered, page) -> None:
    manager.goto(f"{office.url}/surveys/{answered['survey']}/{page}")
    shown = manager.locator("main").inner_text()

    assert answered["links"]["hue"] not in manager.content()
    assert "Hue" not in shown
    assert page == "invitations/" or "Hanoi" in shown


def test_manager_sees_employees_of_her_branch_alone(manager, office) -> None:
    manager.goto(f"{office.url}/places/employees/")
    shown = manager.locator("main").inner_text()

    assert "Anna hanoi" in shown
    assert "Anna hue" not in shown


@pytest.mark.parametrize(
    "path",
    [
        "/results/{wave}/",
        "/results/{wave}/units/hue/",
        "/results/{wave}/units/hue/remarks/",
        "/places/units/hue/",
        "/places/employees/anna-hue/",
    ],
)
def test_address_of_another_branch_is_not_found(manager, office, answered, path) -> None:
    told = manager.goto(office.url + path.format(wave=answered["wave"]))

    assert told.status == 404


def test_manager_may_not_take_answers_away(manager, office, answered) -> None:
    manager.goto(f"{office.url}/results/")
    assert manager.get_by_role("button", name="Answers (CSV)").count() == 0
    token = manager.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")

    told = manager.request.post(
        f"{office.url}/results/{answered['wave']}/units/hanoi/answers.csv",
        form={"csrfmiddlewaretoken": token},
        headers={"Origin": office.url},
    )

    assert told.status == 403
