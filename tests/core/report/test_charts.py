"""Charts: every one in every shape of survey, honest, named and with its numbers."""

import re
from xml.etree import ElementTree as ET

import pytest
from made_results import results
from reported_answers import kiosk, made

from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.charts.chart import as_file, on_page
from fivegaps.report.charts.dumbbell import dumbbell
from fivegaps.report.charts.funnel import funnel
from fivegaps.report.charts.heat import heat_map
from fivegaps.report.charts.importance_grid import importance_grid
from fivegaps.report.charts.item_gaps import item_gaps
from fivegaps.report.charts.kano import kano
from fivegaps.report.compose import compose
from fivegaps.report.picture import png
from fivegaps.report.view import View

LONG = "Nhân viên luôn sẵn lòng giải thích cặn kẽ mọi khoản phí phát sinh, điều"
SHAPES = {
    "kiosk": lambda: kiosk(units=5),
    "no gaps": lambda: made(batteries=("perception",), units=4),
    "zones": lambda: made(batteries=("adequate", "desired", "perception")),
    "sixty items": lambda: made(dimensions=6, each=10, label=LONG),
    "one dimension": lambda: made(dimensions=1),
    "two hundred units": lambda: made(n=3000, units=200),
    "three answers": lambda: made(n=3),
}


@pytest.fixture(scope="module")
def documents():
    found = {}
    for name, make in SHAPES.items():
        asked = make()
        found[name] = compose(results(asked), asked.instrument, lang="vi")
    return found


def numbers_in(picture):
    root = ET.fromstring(picture)  # noqa: S314 - our own picture
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            if name in element.attrib and not element.attrib[name].endswith("%"):
                yield element.tag, float(element.attrib[name])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_nothing_is_drawn_beside_the_picture(documents, shape, layout):
    outside = []
    for chart in documents[shape].charts():
        canvas = getattr(chart, layout)
        for tag, x in numbers_in(on_page(chart, layout)):
            if not -0.5 <= x <= canvas.width + 0.5:
                outside.append((chart.name, tag, x))

    assert outside == []


@pytest.mark.parametrize("shape", SHAPES)
def test_every_chart_has_a_title_words_for_the_blind_and_a_table(documents, shape):
    for chart in documents[shape].charts():
        assert chart.title
        assert len(chart.alt) > 20
        assert chart.table.rows


@pytest.mark.parametrize("shape", SHAPES)
def test_chart_files_are_well_formed_and_name_themselves(documents, shape):
    for chart in documents[shape].charts():
        root = ET.fromstring(as_file(chart))  # noqa: S314 - our own picture
        kinds = [child.tag.rpartition("}")[2] for child in root][:2]
        assert kinds == ["title", "desc"]


def test_chart_names_are_different(documents):
    for document in documents.values():
        names = [chart.name for chart in document.charts()]
        assert len(names) == len(set(names))


def test_segment_columns_in_other_scripts_keep_apart():
    asked = made(units=4)
    whole = results(asked)
    both = {"支店": whole.segments["branch"], "渠道": whole.segments["branch"]}
    view = View(results(asked, segments=both), asked.instrument, "zh-hans")

    assert len({view.stem(column) for column in both}) == 2


def test_the_axis_says_when_it_does_not_start_at_the_scales_end():
    asked = kiosk()
    chart = dumbbell(View(results(asked), asked.instrument, "en"))

    assert "axis starts at 3" in chart.wide.body(on_page=True)


def test_a_small_cell_of_the_map_is_grey():
    asked = kiosk(units=20)
    chart = heat_map(View(results(asked), asked.instrument, "en"), "branch")

    assert set(re.findall(r"f-heat\d+", chart.wide.body(on_page=True))) == set()


def test_many_units_are_cut_to_the_ends_and_the_table_keeps_all():
    asked = made(n=3000, units=200)
    chart = heat_map(View(results(asked), asked.instrument, "en"), "branch")

    assert (len(chart.table.rows), "30 of 200" in chart.note) == (200, True)


def test_two_units_make_no_funnel():
    asked = made(units=2)

    assert funnel(View(results(asked), asked.instrument, "en"), "branch") is None


def test_marks_differ_in_shape_as_well_as_colour():
    asked = kiosk()
    body = item_gaps(View(results(asked), asked.instrument, "en")).wide.body(on_page=False)

    assert body.count("<polygon") > 10
    assert body.count("<circle") == 3


def test_charts_without_their_question_are_left_out():
    asked = made()
    view = View(results(asked), asked.instrument, "en")

    assert (kano(view), importance_grid(view, "stated")) == (None, None)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_can_be_painted_in_every_language(lang):
    asked = kiosk()
    chart = dumbbell(View(results(asked), asked.instrument, lang))

    assert png(chart).startswith(b"\x89PNG")
