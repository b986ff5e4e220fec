"""Who opens the pages of privacy."""

from __future__ import annotations

from expectation import Page
from pages_surveys import CHANGES, NOTHING
from survey_maker import made_survey

PAGES = {
    "consent": Page(CHANGES),
    "erase_person": Page(CHANGES),
    "survey_privacy": Page(CHANGES),
    "retention": Page(CHANGES, (NOTHING,), method="post", is_unknown=True),
}


def prepare(office) -> dict[str, tuple[object, ...]]:
    """Make a survey."""
    return {"survey_privacy": (made_survey().id,)}
