"""The drawing kit: scales, lettering, placement, colours."""

import pytest

from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.lettering import fitted, hyphenated, shortened, width_of, wrapped
from fivegaps.report.drawing.palette import DARK, LIGHT, heat
from fivegaps.report.drawing.placement import Box, Label, placed
from fivegaps.report.drawing.scale import Scale, decimals_of, ticks, widened


def luminance(colour):
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_letters_stand_out_from_every_ground_they_stand_on(colours):
    pairs = [(ink, ground) for ink in ("ink", "muted", "faint") for ground in ("paper", "small")]
    pairs += [("trouble", "paper"), ("strength", "paper"), ("trouble", "trouble-wash")]
    pairs += [(f"heat-ink{step}", f"heat{step}") for step in range(11)]

    weak = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]

    assert weak == []


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_stand_out_from_the_page(colours):
    assert min(contrast(colours[mark], colours["paper"]) for mark in ("mark", "rule")) >= 3


def test_both_palettes_name_the_same_parts():
    assert set(LIGHT) == set(DARK)


def test_a_heat_cell_without_reach_is_neutral():
    assert heat(0.7, 0.0)[0] == "heat5"


def test_ticks_are_round_and_inside_the_range():
    assert ticks(-3.1, 1.2, 5) == [-3.0, -2.0, -1.0, 0.0, 1.0]


def test_an_empty_range_is_widened():
    low, high = widened(4.0, 4.0)

    assert low < 4.0 < high


def test_a_quarter_needs_two_decimals():
    assert decimals_of(4.25) == 2


def test_a_clamped_position_stays_on_the_scale():
    assert Scale(0, 10, 100, 200).clamped(12) == 200


def test_chinese_letters_are_one_em_wide_and_marks_add_nothing():
    assert (width_of("可靠", 10), width_of("ộ", 10)) == (20, width_of("o", 10))


def test_chinese_breaks_between_letters_and_never_before_a_stop():
    lines = wrapped("可靠性最低，请看", 10, 50)

    assert lines == ["可靠性最", "低，请看"]


def test_a_word_longer_than_the_line_stays_whole():
    assert wrapped("a Donaudampfschiff", 10, 30) == ["a", "Donaudampfschiff"]


def test_a_shortened_label_fits_and_says_so():
    cut = shortened("Knowledgeable and courteous staff", 13, 90)

    assert (cut[-1], width_of(cut, 13) <= 90) == ("…", True)


def test_a_fitted_label_takes_at_most_the_lines_given():
    assert len(fitted("one two three four five six seven eight", 13, 60, 2)) == 2


def test_placed_names_touch_neither_each_other_nor_the_points():
    labels = [Label(150 + 9 * k, 60 + 14 * k, f"Item number {k}") for k in range(12)]
    frame = Box(0, 0, 400, 300)

    places = placed(labels, frame, size=12)

    boxes = []
    for label, place in zip(labels, places, strict=True):
        if place is not None:
            width = width_of(label.text, 12)
            left = place.x - {"start": 0, "middle": width / 2, "end": width}[place.anchor]
            boxes.append(Box(left, place.y - 11, left + width, place.y + 2))
    met = [(a, b) for k, a in enumerate(boxes) for b in boxes[k + 1 :] if a.meets(b)]
    assert (met, len(boxes) > 6) == ([], True)


def test_a_name_without_room_is_left_out():
    assert placed([Label(5, 5, "A label wider than its frame")], Box(0, 0, 40, 20), size=12) == [
        None
    ]


def test_text_in_a_picture_is_escaped():
    canvas = Canvas(100)

    canvas.text((0, 0), '<script>"&')

    assert "&lt;script&gt;&quot;&amp;" in canvas.body(on_page=True)


def test_a_file_names_colours_and_a_page_names_parts():
    canvas = Canvas(100)

    canvas.disc((1, 1), 2, fill="trouble")

    assert LIGHT["trouble"] in canvas.body(on_page=False)
    assert 'class="f-trouble"' in canvas.body(on_page=True)


def test_a_heading_too_wide_for_its_column_is_hyphenated():
    lines = fitted(hyphenated("Responsiveness", 11, 52), 11, 52, 3)

    assert "".join(lines) == "Respons-iveness"
    assert max(width_of(line, 11) for line in lines) <= 52
