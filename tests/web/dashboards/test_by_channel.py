"""Results through one channel: as the file filtered by it, and only where nobody is singled out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from results_maker import AT, a_survey, answer, wave_of
from test_same_as_the_file import downloaded, told

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.options import Options
from fivegaps.io.read import read
from fivegaps.knowledge.instruments import instrument
from fivegaps.web.dashboards import selectors
from fivegaps.web.dashboards.analyses import results_of
from fivegaps.web.dashboards.by_channel import channels_in
from fivegaps.web.people.models import ChannelKind
from fivegaps.web.people.rights import Right
from fivegaps.web.people.services.channels import add_channel
from fivegaps.web.surveys.models import Response, Survey


@pytest.fixture
def phone(office):
    return add_channel(actor=None, code="phone", name="Phone", kind=ChannelKind.PHONE, at=AT)


def through(survey: Survey, channel, unit, n: int, *, seed: int) -> None:
    """Let n customers of a unit answer through a channel."""
    before = set(Response.objects.values_list("id", flat=True))
    answer(survey, unit, n, seed=seed)
    Response.objects.exclude(id__in=before).update(channel=channel)


def result(browser, wave, channel: str = "", code: str = ""):
    units = f"units/{code}/" if code else ""
    return browser.get(f"/results/{wave.id}/{units}", {"channel": channel} if channel else {})


def test_page_by_channel_tells_what_the_filtered_file_tells(
    office, phone, administrator, as_member, tmp_path
) -> None:
    survey = a_survey()
    through(survey, office.counter, office.riga, 21, seed=1)
    through(survey, phone, office.riga, 14, seed=2)
    wave, browser = wave_of(survey), as_member(administrator)
    file = downloaded(browser, f"/results/{wave.id}/answers.csv", tmp_path, "answers.csv")
    asked = downloaded(browser, f"/results/{wave.id}/questionnaire.toml", tmp_path, "asked.toml")

    filed = analyze(read(file, instrument(str(asked)), where="channel=phone"), Options())
    place = selectors.place_of(selectors.scope_of(administrator, Right.SEE_RESULTS), "")
    known = selectors.counted(wave)
    channels = channels_in(wave, known)
    at_phone = replace(place, channel=phone.pk)
    ours = results_of(wave.id, at_phone, channels.through(phone, known))
    page = result(browser, wave, "phone").content.decode()

    assert ours.n == 14
    assert told(ours) == told(filed)
    assert 'href="?channel=phone" aria-current="true"' in page
    assert "channel=counter" in page


def test_channel_with_few_answers_closes_the_choice(
    office, phone, administrator, as_member
) -> None:
    survey = a_survey()
    through(survey, office.counter, office.riga, 21, seed=1)
    through(survey, phone, office.riga, 4, seed=2)
    browser, wave = as_member(administrator), wave_of(survey)

    assert "?channel=" not in result(browser, wave).content.decode()
    assert result(browser, wave, "counter")["Location"] == f"/results/{wave.id}/"


def test_unit_with_a_small_channel_is_hidden_in_each(
    office, phone, administrator, as_member
) -> None:
    survey = a_survey()
    through(survey, office.counter, office.riga, 9, seed=1)
    through(survey, phone, office.riga, 9, seed=2)
    through(survey, office.counter, office.vilnius, 9, seed=3)
    through(survey, phone, office.vilnius, 3, seed=4)
    browser, wave = as_member(administrator), wave_of(survey)

    assert result(browser, wave, "counter", "vilnius").status_code == 302
    assert result(browser, wave, "counter").status_code == 200


def test_protected_wave_has_no_filter(office, phone, administrator, as_member) -> None:
    survey = a_survey()
    through(survey, office.counter, office.riga, 21, seed=1)
    through(survey, phone, office.riga, 21, seed=2)
    Survey.objects.filter(id=survey.id).update(identification="anonymous")
    wave = wave_of(Survey.objects.get(id=survey.id))

    assert channels_in(wave, selectors.counted(wave)).shown == frozenset()
    assert result(as_member(administrator), wave, "phone").status_code == 302
