"""The pictures of a diagnosis: coverage matrix, places, axes, and the room of the board paper."""

import io
import re
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from diagnosed_company import diagnosed

from fivegaps.diagnosis.gap_results import CoveredItem
from fivegaps.diagnosis.results import Located
from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.charts.chart import on_page
from fivegaps.report.diagnosis.board_paper import Judged, Sheet, Step, Unknown, Why, board_page
from fivegaps.report.diagnosis.compose import compose
from fivegaps.report.diagnosis.coverage_matrix import answers_of, coverage_matrix, lines_of
from fivegaps.report.diagnosis.names import names_of
from fivegaps.report.diagnosis.opening import largest
from fivegaps.report.diagnosis.picturing import shifted
from fivegaps.report.diagnosis.seen import Seen
from fivegaps.report.document import Remarks
from fivegaps.report.workbook import workbook
from fivegaps.stats.estimate import Estimate


@pytest.fixture(scope="module")
def made():
    return diagnosed()


@pytest.fixture
def seen(made):
    diagnosis, company = made
    return Seen(diagnosis, company.instrument, "en", names_of(company))


@pytest.mark.parametrize(
    ("state", "unchecked", "expected"),
    [
        ("uncovered", (), ("no", "after", "after", "after", "after")),
        ("unmeasured", (), ("yes", "yes", "no", "after", "after")),
        ("unknown_to_staff", ("looser",), ("yes", "yes", "yes", "unknown", "no")),
        ("covered", (), ("yes", "yes", "yes", "yes", "yes")),
        ("covered", ("looser",), ("yes", "yes", "yes", "unknown", "yes")),
    ],
)
def test_a_state_is_the_first_question_that_fails(state, unchecked, expected):
    """contracts.md 4: of the states the first that holds, in this order."""
    assert answers_of(CoveredItem(state, ("s-1",), unchecked)) == expected


def test_the_matrix_puts_the_heaviest_dimension_first(seen):
    lines = lines_of(seen)

    weights = [line.weight.value for line in lines]
    assert weights == sorted(weights, reverse=True)
    assert len(lines) == 22


def test_the_matrix_tells_yes_and_no_by_shape(seen):
    """A tick is a line through three points, a cross two crossing lines: grey print keeps both."""
    picture = on_page(coverage_matrix(seen), "wide")
    lines = lines_of(seen)

    ticks = sum(line.answers.count("yes") for line in lines)
    crosses = sum(line.answers.count("no") for line in lines)
    assert picture.count("<polyline") == ticks
    assert len(re.findall(r'<line [^>]*class="s-trouble"', picture)) == 2 * crosses


def test_the_matrix_has_a_row_beside_it_for_each_expectation_and_standard(seen):
    table = coverage_matrix(seen).table

    pairs = sum(max(1, len(line.covered.standards)) for line in lines_of(seen))
    assert len(table.rows) == pairs


def test_without_a_register_there_is_no_matrix(seen):
    measured = seen.measured
    gap2 = replace(measured.gaps.gap2, coverage={})
    waves = {seen.wave: replace(measured, gaps=replace(measured.gaps, gap2=gap2))}

    assert coverage_matrix(replace(seen, diagnosis=replace(seen.diagnosis, waves=waves))) is None


def test_tied_gaps_share_their_places(seen):
    """The first two overlap and may stand first or second; the third stands third alone."""

    def located(dimension, size, tied=()):
        return Located(seen.wave, 3, dimension, -size, -size - 0.1, -size + 0.1, tied, 90)

    found = (
        located("reliability", 1.2, ("gap3.empathy",)),
        located("empathy", 1.1, ("gap3.reliability",)),
        located("assurance", 0.3),
    )
    shown = replace(seen, diagnosis=replace(seen.diagnosis, largest=found, worst=()))

    chart = largest(shown).blocks[-1]

    assert [row[3] for row in chart.table.rows] == ["1–2", "1–2", "3"]


def test_small_differences_stay_small_on_the_axis(made):
    """An axis cut to the answers makes a tenth of a point look like a chasm."""
    diagnosis, company = made
    charts = {one.name: one for one in compose(diagnosis, company.instrument).charts()}

    ticks = [float(text) for text in re.findall(r">(\d\.\d)<", on_page(charts["gap6"], "wide"))]

    assert max(ticks) - min(ticks) >= 1.5
    assert "from 1 to 7" in on_page(charts["gap6"], "wide")


def test_a_shortfall_becomes_the_share_met():
    moved = shifted(Estimate(-0.2, -0.3, -0.1, 40, "m"), 1.0)

    assert (moved.value, moved.low, moved.high) == pytest.approx((0.8, 0.7, 0.9))
    assert moved.n == 40


def sheet(length):
    text = "word " * length
    return Sheet(
        sentences=(("q", text), ("q", text), ("q", text)),
        causes=(Why("cause", "tag", text, "sure", claimed=True),) * 2,
        steps=(Step("step", "owner", "effort", text),) * 3,
        verdicts=(Judged("action", text, "state", text),) * 3,
        missing=(Unknown("what", "why", text),) * 3,
    )


def test_a_fuller_sheet_is_set_smaller():
    assert [sheet(length).density() for length in (4, 12, 60)] == ["roomy", "dense", "tight"]


def test_an_overfull_sheet_keeps_fewer_verdicts():
    """The report has them all; the sheet says how many more there are."""
    full = sheet(60)

    short = full.shortened()

    assert 1 <= len(short.verdicts) < len(full.verdicts)
    assert len(sheet(12).shortened().verdicts) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_board_paper_says_what_was_found_why_what_to_do_and_what_is_not_known(made, lang):
    diagnosis, company = made
    seen = Seen(diagnosis, company.instrument, lang)

    text = board_page(diagnosis, company.instrument, lang=lang, names=names_of(company))

    for key in ("why", "actions", "verdicts", "untold"):
        assert f">{seen.tell(f'board_paper.{key}')}</h2>" in text
    assert text.count("<li><h3>") == 3
    assert "http" not in text.replace("http://www.w3.org", "")


def test_a_gap_that_nobody_measured_says_what_to_collect(made):
    diagnosis, company = made
    wave = list(diagnosis.waves)[-1]
    measured = diagnosis.waves[wave]
    gap7 = measured.gaps.gap7.surveyed
    none = {name: replace(one, value=None, reason="not_asked") for name, one in
            gap7.dimensions.items()}  # fmt: skip
    gaps = replace(measured.gaps, gap7=replace(measured.gaps.gap7, surveyed=replace(
        gap7, dimensions=none)))  # fmt: skip
    asked = replace(
        diagnosis.cannot_tell[0], what="gap7.surveyed", reason="not_asked", collect="Ask staff."
    )
    empty = replace(diagnosis, waves={wave: replace(measured, gaps=gaps)}, cannot_tell=(asked,))

    sections = {one.id: one for one in compose(empty, company.instrument).sections}

    told = [block for block in sections["gap7"].blocks if isinstance(block, Remarks)]
    assert [block.sentences for block in told] == [("Ask staff.",)]


def test_the_workbook_holds_what_the_page_tells_in_prose(made):
    diagnosis, company = made
    document = compose(diagnosis, company.instrument, names=names_of(company))

    book = openpyxl.load_workbook(io.BytesIO(workbook(document)))

    assert {"evidence", "remedy_steps", "action_verdicts", "coverage_matrix"} <= set(
        book.sheetnames
    )
    signs = sum(len(one.for_ + one.against + one.missing) for one in diagnosis.causes)
    assert book["evidence"].max_row == signs + 1
