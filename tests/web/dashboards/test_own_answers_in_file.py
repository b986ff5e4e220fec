"""Own questions stand in the exported file, and change no figure of the core."""

from __future__ import annotations

import csv
import dataclasses
from uuid import UUID

import pytest
from results_maker import AT, a_survey, link_in, wave_of

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.encoding import encode
from fivegaps.analysis.options import Options
from fivegaps.io.read import read
from fivegaps.knowledge.instruments import instrument
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.answers import answers_of
from fivegaps.web.surveys.own_questions import Option, OwnQuestion
from fivegaps.web.surveys.services import editing
from fivegaps.web.surveys.services.programmes import move_wave
from fivegaps.web.surveys.services.submitting import submit
from fivegaps.web.surveys.sheet import read_sheet
from fivegaps.web.surveys.ways import way_through

pytestmark = pytest.mark.postgres

OPTIONS = (Option("a", {"en": "Yes"}), Option("b", {"en": "No"}))
OWN = (
    OwnQuestion("q1", "single", {"en": "A queue?"}, OPTIONS),
    OwnQuestion("q2", "multiple", {"en": "Which?"}, OPTIONS),
    OwnQuestion("q3", "number", {"en": "How much?"}, maximum=10**9, decimals=3),
    OwnQuestion("q4", "short", {"en": "=cmd"}),
    OwnQuestion("q5", "points", {"en": "Share out."}, OPTIONS),
)
GIVEN = (
    {"x_q1": "a", "x_q2_b": "1", "x_q3": "1234567.125", "x_q4": "=1+1"},
    {"x_q1": "b", "x_q5_a": "30", "x_q5_b": "70"},
    {"x_q3": "0.1"},
)


@pytest.fixture
def wave(office):
    """A wave of 42 answers, a third of them with one set of own answers each; drawn by lot."""
    survey = a_survey(state="draft")
    for question in OWN:
        editing.put_question(actor=None, survey=survey, question=question, at=AT)
    move_wave(actor=None, wave=wave_of(survey), verb="open", at=AT)
    wave, link = wave_of(survey), link_in(survey)
    fields = selectors.fields_in(wave)
    for n in range(42):
        values = {
            one.name: str(1 + (7 * n + 3 * place) % 7) for place, one in enumerate(fields.items)
        }
        sheet = read_sheet(fields, values | GIVEN[n % 3], named=False)
        submit(
            way=way_through(link),
            wave=wave,
            submission_id=UUID(int=n + 1),
            sheet=sheet,
            lang="en",
            is_trial=False,
            started_at=None,
            at=AT,
        )
    return wave


def exported(browser, wave, folder):
    file = folder / "answers.csv"
    file.write_bytes(browser.post(f"/results/{wave.id}/answers.csv").content)
    asked = folder / "questionnaire.toml"
    asked.write_bytes(browser.post(f"/results/{wave.id}/questionnaire.toml").content)
    return file, asked


def test_file_holds_own_answers_with_every_digit_and_no_free_text(
    wave, administrator, as_member, tmp_path
) -> None:
    file, _ = exported(as_member(administrator), wave, tmp_path)

    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    told = {tuple((name, row[name]) for name in row if name.startswith("x_")) for row in rows}

    assert told == {
        (
            ("x_q1", "a"), ("x_q2_a", "0"), ("x_q2_b", "1"),
            ("x_q3", "1234567.125"), ("x_q5_a", ""), ("x_q5_b", ""),
        ),
        (
            ("x_q1", "b"), ("x_q2_a", ""), ("x_q2_b", ""),
            ("x_q3", ""), ("x_q5_a", "30"), ("x_q5_b", "70"),
        ),
        (
            ("x_q1", ""), ("x_q2_a", ""), ("x_q2_b", ""),
            ("x_q3", "0.1"), ("x_q5_a", ""), ("x_q5_b", ""),
        ),
    }  # fmt: skip


def test_file_with_own_answers_gives_the_same_figures(
    wave, administrator, as_member, tmp_path
) -> None:
    file, asked = exported(as_member(administrator), wave, tmp_path)

    filed = analyze(read(file, instrument(str(asked))), Options())
    ours = analyze(answers_of(wave), Options())

    def figures(results):
        names = [one.name for one in dataclasses.fields(results) if one.name != "provenance"]
        return {name: encode(getattr(results, name)) for name in names}

    assert figures(ours) == figures(filed)
