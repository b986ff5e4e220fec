"""Who opens the pages of surveys; riga has a link of its own, so its people see the survey."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from expectation import EVERYBODY, Page, public
from survey_maker import made_survey

from fivegaps.web.people.rights import Role
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.services.programmes import add_link

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
NOTHING = UUID(int=0)
CHANGES = {Role.ADMINISTRATOR, Role.QUALITY_MANAGER}
SEES = EVERYBODY - {Role.EMPLOYEE, Role.HR}
TOKEN = ("no-such-link",)
FORM = ("no-such-link", NOTHING)

OF_SURVEY = {
    "survey": Page(SEES),
    "survey_links": Page(SEES),
    "preview_survey": Page(SEES),
    "change_survey": Page(CHANGES),
    "copy_survey": Page(CHANGES),
    "add_link": Page(CHANGES),
    "add_wave": Page(CHANGES),
    "edit_survey": Page(CHANGES),
    "edit_items": Page(CHANGES),
    "edit_rules": Page(CHANGES),
    "edit_words": Page(CHANGES),
    "add_question": Page(CHANGES),
}
OF_LANGUAGE = {
    "previewed_survey": Page(SEES),
    "take_wordings": Page(CHANGES),
    "wordings_file": Page(CHANGES),
}
OF_WAVE = {"change_wave": Page(CHANGES), "enter_reach": Page(CHANGES)}
PAGES = (
    OF_SURVEY
    | OF_LANGUAGE
    | OF_WAVE
    | {
        "surveys": Page(SEES),
        "add_survey": Page(CHANGES),
        "add_staff_survey": Page(CHANGES, ("managers",)),
        "move_wave": Page(CHANGES, (NOTHING, NOTHING), method="post", is_unknown=True),
        "close_link": Page(CHANGES, (NOTHING, NOTHING), method="post", is_unknown=True),
        "edit_question": Page(CHANGES, (NOTHING, "no-such"), is_unknown=True),
        "remove_question": Page(CHANGES, (NOTHING, "no-such"), method="post", is_unknown=True),
        "move_question": Page(CHANGES, (NOTHING, "no-such"), method="post", is_unknown=True),
        "try_wordings": Page(CHANGES, (NOTHING, NOTHING), is_unknown=True),
        "answer": public(*TOKEN),
        "save_answers": public(*TOKEN, method="post"),
        "resume": public(*FORM),
        "thanks": public(*FORM),
        "answer_invited": public(*TOKEN),
        "save_answers_invited": public(*TOKEN, method="post"),
        "resume_invited": public(*FORM),
        "thanks_invited": public(*FORM),
        "answer_anonymous": public(*TOKEN),
        "thanks_anonymous": public(*FORM),
    }
)


def prepare(office) -> dict[str, tuple[object, ...]]:
    """Make a survey that riga takes part in."""
    survey = made_survey()
    places = {"unit": office.riga, "channel": None, "touchpoint": None}
    add_link(actor=None, survey=survey, at=AT, **places)
    wave = selectors.waves_of(survey)[0]
    return (
        dict.fromkeys(OF_SURVEY, (survey.id,))
        | dict.fromkeys(OF_LANGUAGE, (survey.id, "vi"))
        | dict.fromkeys(OF_WAVE, (survey.id, wave.id))
    )
