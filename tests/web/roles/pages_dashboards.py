"""Who opens results: of the whole, of riga, and files of both.

Whoever works in one unit is told 404 for the whole.
"""

from __future__ import annotations

from expectation import EVERYBODY, Page
from pages_surveys import AT, NOTHING
from survey_maker import made_survey

from fivegaps.web.people.rights import Role
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.services.programmes import add_link

SEES = EVERYBODY - {Role.HR}
SEES_ALL = SEES - {Role.UNIT_MANAGER, Role.EMPLOYEE}
EXPORTS = {Role.ADMINISTRATOR, Role.QUALITY_MANAGER, Role.ANALYST, Role.AUDITOR}
OF_WAVE = {"wave_results": Page(SEES_ALL)}
OF_UNIT = {"unit_results": Page(SEES)}
PAGES = (
    OF_WAVE
    | OF_UNIT
    | {
        "results": Page(SEES),
        "staff_results": Page(SEES, is_unknown=True),  # nobody asked the staff
        "voice_results": Page(SEES, (NOTHING,), is_unknown=True),
        "unit_voice_results": Page(SEES, (NOTHING, "riga"), is_unknown=True),
        "export_voice": Page(EXPORTS, (NOTHING,), method="post", is_unknown=True),
        "export_answers": Page(EXPORTS, (NOTHING,), method="post", is_unknown=True),
        "export_questionnaire": Page(EXPORTS, (NOTHING,), method="post", is_unknown=True),
        "export_unit_answers": Page(EXPORTS, (NOTHING, "riga"), method="post", is_unknown=True),
        "wave_since": Page(SEES, (NOTHING, NOTHING), is_unknown=True),
        "unit_since": Page(SEES, (NOTHING, "riga", NOTHING), is_unknown=True),
        "wave_remarks": Page(SEES, (NOTHING,), is_unknown=True),
        "unit_remarks": Page(SEES, (NOTHING, "riga"), is_unknown=True),
    }
)


def prepare(office) -> dict[str, tuple[object, ...]]:
    """Make a wave that riga takes part in."""
    survey = made_survey()
    places = {"unit": office.riga, "channel": None, "touchpoint": None}
    add_link(actor=None, survey=survey, at=AT, **places)
    wave = selectors.waves_of(survey)[0]
    return dict.fromkeys(OF_WAVE, (wave.id,)) | dict.fromkeys(OF_UNIT, (wave.id, "riga"))
