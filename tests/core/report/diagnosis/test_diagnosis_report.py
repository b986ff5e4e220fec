"""The report of a diagnosis: whole in every language, every figure with n or a reason."""

import io
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from diagnosed_company import diagnosed

import fivegaps.report.diagnosis
from fivegaps.diagnosis.encoding import diagnosis_json
from fivegaps.errors import OutputExists
from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.charts.chart import on_page
from fivegaps.report.diagnosis.compose import compose
from fivegaps.report.diagnosis.write import write
from fivegaps.report.document import Facts, Remarks, Subheading
from fivegaps.report.html import page
from fivegaps.report.tables import reason_in_words
from fivegaps.report.words import Words, catalogue
from fivegaps.report.workbook import workbook
from fivegaps.stats.estimate import Estimate, GapEstimate

SECTIONS = [
    "story", "board", "first", "largest", "gap1", "gap2", "gap3", "gap4", "gap5", "gap6", "gap7",
    "blind-spot", "inside",
    "units", "channels", "relations", "causes", "remedies", "actions", "competitors",
    "consequences", "cannot-tell", "ages", "methods",
    "provenance",
]  # fmt: skip
COUNTS = {"n", "n_measured", "units", "n_customers"}
VOID = {"meta", "link", "br", "rect", "line", "circle", "polygon", "polyline"}


class Reader(HTMLParser):
    """Follows the tags of a page and keeps ids and addresses."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.addresses = [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.addresses += [given[name] for name in ("href", "src") if name in given]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def made():
    return diagnosed()


def report(made, lang="en"):
    diagnosis, company = made
    return compose(diagnosis, company.instrument, lang=lang)


def read(made, lang):
    reader = Reader()
    reader.feed(page(report(made, lang), version="1"))
    return reader


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sections_stand_in_their_order_in_every_language(made, lang):
    assert [section.id for section in report(made, lang).sections] == SECTIONS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_and_needs_nothing_else(made, lang):
    reader = read(made, lang)

    assert reader.open == []
    assert len(set(reader.ids)) == len(reader.ids)
    assert {address.lstrip("#") for address in reader.addresses} <= set(reader.ids)


def test_figures_have_n_or_a_reason_in_words(made):
    words = Words("en")
    for table in report(made).tables():
        heads = {column.id for column in table.columns}
        for row in table.rows:
            for cell in row:
                if isinstance(cell, Estimate | GapEstimate):
                    if cell.value is None:
                        said = reason_in_words(cell.reason, words)
                        assert said, table.id
                        assert "_" not in said, table.id
                    else:
                        titles = " ".join(column.title for column in table.columns)
                        assert heads & COUNTS or "(n = " in titles, table.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_measured_form_has_a_reason_that_the_language_knows(made, lang):
    words = Words(lang)
    codes = {
        cell.reason
        for table in report(made, lang).tables()
        for row in table.rows
        for cell in row
        if isinstance(cell, Estimate | GapEstimate) and cell.value is None
    }

    assert [code for code in codes if not words.knows(f"reasons.short.{code}")] == []


def test_the_board_draws_five_circles_of_the_palette_twice(made):
    chart = next(report(made).charts())

    for layout in ("wide", "narrow"):
        picture = on_page(chart, layout)
        assert picture.count("<circle") == 5
        assert not re.search(r'(fill|stroke)="#', picture)
    assert [row[0].id for row in chart.table.rows] == [f"gap{gap}" for gap in range(1, 6)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_board_says_in_words_what_it_shows(made, lang):
    told = next(report(made, lang).charts()).alt

    assert sum(Words(lang).say(f"diagnosis.gap.{gap}") in told for gap in range(1, 6)) == 5


def test_a_claimed_cause_shows_what_speaks_for_it(made):
    diagnosis, _ = made
    section = next(one for one in report(made).sections if one.id == "causes")
    ids = [block.id for block in section.blocks if isinstance(block, Subheading)]

    claimed = [f"cause-{one.id}" for one in diagnosis.causes if one.claimed]
    assert claimed
    assert ids[: len(claimed)] == claimed
    assert any(isinstance(block, Remarks) and block.sentences for block in section.blocks)


def test_each_card_names_steps_owner_cost_time_proof_and_risks(made):
    section = next(one for one in report(made, "vi").sections if one.id == "remedies")
    cards = [block for block in section.blocks if isinstance(block, Facts)]
    steps = [
        block
        for block in section.blocks
        if isinstance(block, Remarks) and block.title == Words("vi").say("diagnosis.card.steps")
    ]

    assert len(cards) == len(steps) > 0
    assert all(len(card.pairs) >= 6 and all(text for _, text in card.pairs) for card in cards)
    assert all(len(block.sentences) >= 3 for block in steps)


def test_opponents_stand_below_the_card_with_both_texts_and_the_rule(made):
    """design.md 6: where remedies contradict each other, both sides and the policy are shown."""
    diagnosis, company = made
    first, second = diagnosis.remedies[0], diagnosis.remedies[1]
    torn = replace(first, both_sides=(second.id,), policy="feedback-first")
    changed = replace(diagnosis, remedies=(torn, *diagnosis.remedies[1:]))

    document = compose(changed, company.instrument)

    section = next(one for one in document.sections if one.id == "remedies")
    told = next(
        block
        for block in section.blocks
        if isinstance(block, Remarks) and second.title in block.title
    )
    assert [side.partition(":")[0] for side in told.sentences[:2]] == [first.title, second.title]
    assert Words("en").say("diagnosis.policy.feedback-first") in told.sentences[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_opens_with_a_sheet_for_each_table(made, lang):
    document = report(made, lang)
    book = openpyxl.load_workbook(io.BytesIO(workbook(document)))

    assert len(book.sheetnames) == len([one for one in document.tables() if one.rows]) + 2


def test_a_folder_takes_report_results_tables_and_the_board(made, tmp_path):
    diagnosis, company = made
    out = tmp_path / "out"
    text = diagnosis_json(diagnosis)

    write(diagnosis, company.instrument, out, results_json=text)

    names = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert {
        "report.html", "board.html", "results.json", "tables.xlsx", "charts/model-board.svg",
        "charts/coverage-matrix.svg",
    } <= names  # fmt: skip
    with pytest.raises(OutputExists):
        write(diagnosis, company.instrument, out, results_json=text)


def test_every_phrase_of_a_diagnosis_is_there():
    folder = Path(fivegaps.report.diagnosis.__file__).parent
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    asked = set(re.findall(r'tell\(\s*"([a-z_.]+)"', source))

    assert {key for key in asked if f"diagnosis.{key}" not in catalogue("en")} == set()
