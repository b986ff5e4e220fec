"""Answers of a wave, as the core reads them."""

from __future__ import annotations

import numpy as np
import pytest
from django.test import Client
from survey_maker import AT, address, filled, made_survey

from fivegaps.analysis.analyze import analyze
from fivegaps.io.answers import Part
from fivegaps.io.read import read
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.answers import answers_of
from fivegaps.web.surveys.models import Response
from fivegaps.web.surveys.services.programmes import add_link

pytestmark = pytest.mark.postgres


def sent(survey, place: str, n: int, *, seed: int = 1) -> list[dict[str, str]]:
    draw = np.random.default_rng(seed)
    names = [one.name for one in selectors.fields_in(selectors.waves_of(survey)[0]).items]
    forms = []
    for _ in range(n):
        answers = {name: str(draw.integers(1, 8)) for name in names}
        forms.append(filled(survey, **answers))
        assert Client().post(place, forms[-1]).status_code == 303
    return forms


def test_answers_hold_every_byte_and_where_it_came_from(office) -> None:
    survey = made_survey()
    link = add_link(
        actor=None, survey=survey, unit=office.riga, channel=office.counter, touchpoint=None, at=AT
    )
    sent(survey, f"/s/{link.token}/", 3)
    Client().post(address(survey), filled(survey, o_satisfaction="7", p_tan1="none"))

    wave = selectors.waves_of(survey)[0]
    whole, riga = answers_of(wave), answers_of(wave, [office.riga])
    block = whole.read(Part(0, 4), {"unit": "categories", "o_satisfaction": "numbers"})

    rows = [list(row.codes) for row in Response.objects.order_by("id")]
    assert block.codes.T.tolist() == rows
    assert (whole.rows, riga.rows) == (4, 3)
    assert sorted(block.columns["unit"].codes) == [-1, 0, 0, 0]
    assert np.nansum(block.columns["o_satisfaction"].values) == 7


def test_trial_answers_are_in_no_result(office) -> None:
    survey = made_survey("pilot")
    sent(survey, address(survey), 2)

    assert answers_of(selectors.waves_of(survey)[0]).rows == 0


def test_core_analyses_them_as_it_does_the_same_file(office, tmp_path) -> None:
    survey = made_survey(points=False, outcomes=[])
    forms = {form["submission_id"]: form for form in sent(survey, address(survey), 40)}
    wave = selectors.waves_of(survey)[0]
    names = [one.name for one in selectors.fields_in(wave).items]
    file = tmp_path / "answers.csv"
    lines = [",".join(["respondent", "unit", "channel", "date", *names])]
    for row in Response.objects.order_by("id"):
        form = forms[str(row.submission_id)]
        cells = [row.receipt, "", "", f"{row.submitted_at:%Y-%m-%d}", *map(form.get, names)]
        lines.append(",".join(cells))
    file.write_text("\n".join(lines))

    ours = analyze(answers_of(wave))
    filed = analyze(read(file, selectors.instrument_of(wave)))

    assert ours.dimensions == filed.dimensions
    assert ours.overall == filed.overall
