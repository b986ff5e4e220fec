"""Who opens the pages of the ways to people. Files and forms of nothing tell of no survey."""

from __future__ import annotations

from expectation import Page, public
from pages_surveys import AT, CHANGES, NOTHING, SEES
from survey_maker import made_survey

from fivegaps.web.people.rights import Role
from fivegaps.web.surveys.services.programmes import add_link

ADMINISTRATOR = {Role.ADMINISTRATOR}
NONE = (NOTHING,)
OF_SURVEY = {
    "kiosks": Page(SEES),
    "add_kiosk": Page(CHANGES),
    "paper": Page(SEES),
    "add_batch": Page(CHANGES),
    "past": Page(CHANGES),
    "add_past": Page(CHANGES),
    "posters": Page(SEES),
    "invitations": Page(SEES),
    "reminders": Page(CHANGES),
    "transactions": Page(CHANGES),
    "people": Page(CHANGES),
    "add_people": Page(CHANGES),
    "mails": Page(CHANGES),
}
PAGES = OF_SURVEY | {
    "revoke_kiosk": Page(CHANGES, NONE * 2, method="post", is_unknown=True),
    "kiosk_worker": public(),
    "kiosk": public("no-such-device"),
    "kiosk_send": public("no-such-device", method="post"),
    "kiosk_state": public("no-such-device"),
    "paper_form": Page(SEES, (NOTHING, "vi"), is_unknown=True),
    "key_paper": Page(CHANGES, NONE * 2, is_unknown=True),
    "undo_paper": Page(CHANGES, NONE * 2, method="post", is_unknown=True),
    "check_paper": Page(CHANGES, NONE * 2, is_unknown=True),
    "key_paper_again": Page(CHANGES, (NOTHING, NOTHING, 1), is_unknown=True),
    "try_past": Page(CHANGES, NONE * 2, is_unknown=True),
    "poster_files": Page(SEES, (NOTHING, "a4", 1), is_unknown=True),
    "poster_file": Page(SEES, (NOTHING, NOTHING, "a4"), is_unknown=True),
    "opt_out": public("no-such-invitation"),
    "start_mails": Page(CHANGES, NONE, method="post", is_unknown=True),
    "stop_mails": Page(CHANGES, NONE, method="post", is_unknown=True),
    "try_people": Page(CHANGES, NONE * 2, is_unknown=True),
    "mail_words": Page(CHANGES, (NOTHING, "invitation", "vi"), is_unknown=True),
    "mail_rules": Page(ADMINISTRATOR),
    "errands": Page(ADMINISTRATOR),
    "move_errand": Page(ADMINISTRATOR, NONE, method="post"),
}


def prepare(office) -> dict[str, tuple[object, ...]]:
    """Make a survey that riga takes part in."""
    survey = made_survey()
    places = {"unit": office.riga, "channel": None, "touchpoint": None}
    add_link(actor=None, survey=survey, at=AT, **places)
    return dict.fromkeys(OF_SURVEY, (survey.id,))
