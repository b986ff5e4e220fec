"""A questionnaire on paper: one HTML file that prints well, and the PDF of it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from fivegaps.report.drawing.canvas import fonts
from fivegaps.report.forms.layout import Block, Form, Line, Scale
from fivegaps.report.words import Words

EXAMPLE_POINT_FROM_TOP = 1
LINES_A_PAGE = 22
FEWEST_FREE_ROWS = 2
PAGE_MARK, PAGES_MARK = "\u0001", "\u0002"


def paper_html(form: Form) -> str:
    """Return the questionnaire as one HTML file without scripts or outside links."""
    words = Words(form.lang)
    example = _example(form)
    return _template().render(
        form=form,
        shares=[(share.title, share.text) for share in form.shares],
        say=words.say,
        css=_css(form, words),
        html_lang={"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(form.lang, form.lang),
        example=example,
        example_point=example.maximum - EXAMPLE_POINT_FROM_TOP if example else None,
        anchor_cells=anchor_cells,
        wide=is_wide,
        dense=is_dense,
        tone=_tone,
        numbered=_numbered,
        width=_width,
        labelled=_labelled,
        rows_of=_rows,
        together=lambda place: _together(form, place),
    )


def paper_pdf(form: Form) -> bytes:
    """Return the questionnaire as a tagged PDF (A4)."""
    from weasyprint import HTML

    pdf = HTML(string=paper_html(form)).write_pdf(pdf_tags=True)
    if not isinstance(pdf, bytes):
        raise TypeError("WeasyPrint gave no document")
    return pdf


def anchor_cells(scale: Scale) -> tuple[tuple[int, str, str], ...]:
    """Return the cells over a scale: number of columns, words and alignment.

    A scale with words for every point has a cell each; else the ends share the
    columns with the middle, when that has words.
    """
    points = scale.points
    if len(points) > 1 and all(point in scale.anchors for point in points):
        return tuple((1, scale.anchors[point], "middle") for point in points)
    low, high = scale.anchors.get(points[0], ""), scale.anchors.get(points[-1], "")
    middle = scale.anchors.get(points[len(points) // 2], "")
    if len(points) < 3:
        return ((1, low, "low"), (1, high, "high"))
    ends = (len(points) - 1) // 2
    between = len(points) - 2 * ends
    cells = ((ends, low, "low"), (between, middle, "middle"), (ends, high, "high"))
    return tuple(cell for cell in cells if cell[0])


def is_wide(block: Block) -> bool:
    """Tell whether a block needs the long side of the paper."""
    return block.kind == "kano" or sum(len(scale.points) for scale in block.scales) > 11


def is_dense(block: Block) -> bool:
    """Tell whether a block needs closer lines to stay on one page."""
    return len(block.lines) > LINES_A_PAGE


def _tone(block: Block) -> str:
    if block.kind == "statements" and len(block.scales) == 1:
        return block.scales[0].id
    return block.kind if block.kind != "statements" else "zone"


def _numbered(block: Block) -> tuple[tuple[Line, int, str], ...]:
    """Return each line with its question's number, and the heading before it or ""."""
    found: list[tuple[Line, int, str]] = []
    number, before = 0, ""
    for line in block.lines:
        opens = line.heading != before or not line.heading
        number += opens
        found.append((line, number, line.heading if opens else ""))
        before = line.heading
    return tuple(found)


def _width(block: Block) -> int:
    return sum(len(scale.points) + bool(scale.none) for scale in block.scales)


def _rows(block: Block) -> tuple[str, ...]:
    """Return what stands in the first cell of each row: names, then rows to write on."""
    free = max(FEWEST_FREE_ROWS, block.space - len(block.choices))
    return (*block.choices, *[""] * free)


def _labelled(block: Block) -> list[tuple[str, str]]:
    return [(line.label, line.text) for line in block.lines]


def _together(form: Form, place: int) -> bool:
    """Tell whether a block goes on where the one before it ends.

    Short blocks share a page; the batteries of a survey begin one each.
    """
    if form.voice:
        return True
    return place == 0 and not form.shares


def _example(form: Form) -> Scale | None:
    scales = [block.scales[0] for block in form.blocks if block.scales]
    for block in form.blocks:
        if block.kind == "statements":
            return block.scales[0]
    return scales[0] if scales else None


def _css(form: Form, words: Words) -> str:
    sentence = words.say("form.page", page=PAGE_MARK, pages=PAGES_MARK)
    # In a CSS string each number stands outside the quotes, as a counter.
    page = '"' + sentence.replace('"', "'") + '"'
    page = page.replace(PAGE_MARK, '" counter(page) "').replace(PAGES_MARK, '" counter(pages) "')
    name = form.name.replace("\\", "").replace('"', "'")
    sheet = files("fivegaps.report.forms").joinpath("form.css").read_text(encoding="utf-8")
    return (
        sheet.replace("FONTS", fonts(form.lang))
        .replace("PAGE_OF_PAGES", page)
        .replace("FORM_NAME", f'"{name}"')
    )


@cache
def _template() -> Template:
    text = files("fivegaps.report.forms").joinpath("form.html.jinja").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(text)
