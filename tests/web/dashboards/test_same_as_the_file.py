"""The page's figures are those of ``fivegaps.analyze`` on the exported file, to the last bit."""

from __future__ import annotations

import dataclasses

import pytest
from results_maker import a_survey, answer, wave_of

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.encoding import encode
from fivegaps.analysis.options import Options
from fivegaps.analysis.results import Results
from fivegaps.io.read import read
from fivegaps.knowledge.instruments import instrument
from fivegaps.web.dashboards import selectors
from fivegaps.web.dashboards.analyses import STEP, results_of
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.models import AuditRow

pytestmark = pytest.mark.postgres

# What the page leaves to the whole report: models of measurement.
MEASURED = {"reliability", "validity", "difference_reliability"}


def told(results: Results) -> dict[str, object]:
    """Return the figures of results.json; not of measurement, segments and provenance."""
    found = {}
    for field in dataclasses.fields(results):
        if field.name in {"dimensions", "items"}:
            found[field.name] = {
                name: {key: one for key, one in encode(scores).items() if key not in MEASURED}
                for name, scores in getattr(results, field.name).items()
            }
        elif field.name not in {"factors", "segments", "provenance"}:
            found[field.name] = encode(getattr(results, field.name))
    return found


def downloaded(browser, address: str, folder, name: str):
    answer = browser.post(address)
    assert answer.status_code == 200
    file = folder / name
    file.write_bytes(answer.content)
    return file


@pytest.fixture(params=["rater-22", "rater-10"])
def wave(request, office):
    """A wave with answers in two units and without unit, some questions left out."""
    survey = a_survey(pack=request.param)
    for seed, (unit, n) in enumerate(((office.riga, 23), (office.vilnius, 17), (None, 9))):
        answer(survey, unit, n, seed=seed)
    return wave_of(survey)


@pytest.mark.parametrize("code", ["", "riga"])
def test_page_tells_what_the_exported_file_tells(
    wave, administrator, as_member, tmp_path, code: str
) -> None:
    browser = as_member(administrator)
    base = f"/results/{wave.id}/"
    place_address = f"{base}units/{code}/" if code else base
    file = downloaded(browser, f"{place_address}answers.csv", tmp_path, "answers.csv")
    asked = downloaded(browser, f"{base}questionnaire.toml", tmp_path, "questionnaire.toml")

    filed = analyze(read(file, instrument(str(asked))), Options(by=("unit",)))
    scope = selectors.scope_of(administrator, Right.SEE_RESULTS)
    place = selectors.place_of(scope, code)
    ours = results_of(wave.id, place, selectors.counted(wave))

    assert told(ours) == told(filed)
    if not code:
        units = {unit.code: str(unit.pk) for unit in scope.units.values()}
        for unit, region in (("riga", "north"), ("vilnius", "south")):
            step = ours.segments[STEP].values[units[region]]
            assert encode(step.overall) == encode(filed.segments["unit"].values[unit].overall) | {
                "p_adjusted": step.overall.p_adjusted
            }


def test_export_is_kept_in_the_audit_log(wave, administrator, as_member) -> None:
    as_member(administrator).post(f"/results/{wave.id}/answers.csv")

    row = AuditRow.objects.order_by("number").last()
    assert (row.verb, row.kind, row.subject) == ("exported", "answers", str(wave.id))
    assert row.actor == str(administrator.user_id)


def test_new_answer_is_in_the_figures_at_once(wave, office, administrator) -> None:
    place = selectors.place_of(selectors.scope_of(administrator, Right.SEE_RESULTS), "")
    before = results_of(wave.id, place, selectors.counted(wave))
    answer(wave.survey, office.riga, 1, seed=99)

    after = results_of(wave.id, place, selectors.counted(wave))

    assert after.n == before.n + 1
