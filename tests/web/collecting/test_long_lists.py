"""Long lists of people, and a share as it was written."""

from __future__ import annotations

import pytest
from django.urls import reverse
from survey_maker import made_survey

from fivegaps.web.collecting.models import Recipient

pytestmark = pytest.mark.postgres


@pytest.fixture
def survey(office):
    return made_survey(languages=["en", "vi"])


@pytest.fixture
def browser(quality_manager, as_member):
    return as_member(quality_manager)


def test_count_of_queries_does_not_grow_with_what_is_pasted(
    browser, survey, django_assert_max_num_queries
) -> None:
    text = "\n".join(f"p{n}@example.org" for n in range(80))

    with django_assert_max_num_queries(60):
        tried = browser.post(reverse("add_people", args=[survey.id]), {"text": text}, follow=True)
    with django_assert_max_num_queries(60):
        browser.post(tried.request["PATH_INFO"])

    assert Recipient.objects.count() == 80


@pytest.mark.parametrize("share", ["100", "12.5", "0.25"])
def test_share_is_shown_as_it_was_written(browser, survey, share) -> None:
    address = reverse("transactions", args=[survey.id])

    browser.post(address, {"percent": share, "delay_minutes": "60"})

    assert f'value="{share}"' in browser.get(address).content.decode()
