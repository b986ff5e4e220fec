"""Posters: what stands on them is what a phone reads, in every language of the survey."""

from __future__ import annotations

import base64
import io
from urllib.parse import unquote_to_bytes

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from survey_maker import AT, link_of, made_survey

from fivegaps.web.collecting.posters import posters_pdf, qr_picture, sheets
from fivegaps.web.people.rights import Role
from fivegaps.web.surveys.models import Link
from fivegaps.web.surveys.services.programmes import add_link, close_link


def link_at(survey, unit, channel=None) -> Link:
    return add_link(actor=None, survey=survey, unit=unit, channel=channel, touchpoint=None, at=AT)


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def seen_by_a_phone(picture: str) -> str:
    import vl_convert

    svg = unquote_to_bytes(picture.partition(",")[2]).decode()
    png = vl_convert.svg_to_png(svg, scale=6)
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))
    return found.text


def test_a_phone_reads_the_link_from_the_code(office) -> None:
    address = "https://survey.example.org/s/Ab-_3xYz90Qw/"

    assert seen_by_a_phone(qr_picture(address)) == address


def test_poster_carries_the_code_of_its_own_link(office, settings) -> None:
    settings.PUBLIC_URL = "https://survey.example.org"
    survey = made_survey(languages=["en"])

    (poster,) = sheets(survey, [link_of(survey)], "a4").posters

    assert seen_by_a_phone(poster.code) == f"https://{poster.address}"
    assert poster.address == f"survey.example.org/s/{link_of(survey).token}/"


@pytest.mark.parametrize(("size", "width", "height"), [("a4", 210, 297), ("a6", 105, 148)])
def test_every_unit_has_one_page_of_the_right_size(office, size, width, height) -> None:
    survey = made_survey()
    links = [link_at(survey, unit, office.counter) for unit in (office.riga, office.tartu)]

    reader = PdfReader(io.BytesIO(posters_pdf(sheets(survey, links, size))))

    assert len(reader.pages) == 2
    box = reader.pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (
        width,
        height,
    )


def test_poster_speaks_every_language_of_the_survey(office) -> None:
    survey = made_survey()
    link = link_at(survey, office.riga, office.counter)

    (text,) = text_of(posters_pdf(sheets(survey, [link], "a4")))

    for words in ("Baltic Service Bank", "How was our service?", "Riga", "Counter", link.token):
        assert words in text.replace("\n", " ")
    told = sheets(survey, [link], "a4")
    assert [one.lang for one in told.others] == ["vi", "zh-Hans", "zh-Hant", "nl"]
    assert len({one.asks for one in (told.first, *told.others)}) == 5


def test_poster_is_tagged_for_screen_readers(office) -> None:
    survey = made_survey(languages=["vi"])

    reader = PdfReader(io.BytesIO(posters_pdf(sheets(survey, [link_of(survey)], "a6"))))

    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "vi"
    assert "/StructTreeRoot" in catalogue


def test_logo_that_is_an_address_is_not_fetched(office) -> None:
    survey = made_survey(languages=["en"])
    survey.logo = "https://elsewhere.example/logo.png"
    survey.colour = "red} body {display: none"

    told = sheets(survey, [link_of(survey)], "a4")

    assert told.logo == ""
    assert "display: none" not in told.style


def test_logo_and_colour_of_the_survey_are_shown(office) -> None:
    survey = made_survey(languages=["en"])
    picture = io.BytesIO()
    Image.new("RGB", (40, 10), "#aa3355").save(picture, "PNG")
    survey.logo = "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()
    survey.colour = "#AA3355"

    told = sheets(survey, [link_of(survey)], "a4")

    assert told.logo == survey.logo
    assert "--colour: #AA3355" in told.style
    assert b"/Image" in posters_pdf(told)


def test_unit_manager_prints_the_posters_of_her_branch_alone(
    office, riga_manager, charlie, as_member
) -> None:
    survey = made_survey(languages=["en"])
    link = link_at(survey, office.riga)
    link_at(survey, office.vilnius)
    page = f"/surveys/{survey.id}/posters/"

    hers, his = as_member(riga_manager), as_member(charlie)

    assert "Riga" in hers.get(page).content.decode()
    assert "Vilnius" not in hers.get(page).content.decode()
    assert len(text_of(hers.get(f"{page}a4/1/").content)) == 1
    assert hers.get(f"{page}{link.id}/a6.pdf")["Content-Type"] == "application/pdf"
    assert his.get(f"{page}{link.id}/a6.pdf").status_code == 404


def test_closed_link_has_no_poster(office, quality_manager, as_member) -> None:
    survey = made_survey(languages=["en"])
    close_link(actor=quality_manager, link=link_of(survey), at=AT)
    browser = as_member(quality_manager)

    assert browser.get(f"/surveys/{survey.id}/posters/a4/1/").status_code == 404
    assert "A poster needs a link" in browser.get(f"/surveys/{survey.id}/posters/").content.decode()


@pytest.mark.parametrize("address", ["a5/1/", "a4/99/", "a4/0/"])
def test_odd_address_of_a_poster_is_no_fault(office, quality_manager, as_member, address) -> None:
    survey = made_survey(languages=["en"])

    answer = as_member(quality_manager).get(f"/surveys/{survey.id}/posters/{address}")

    assert answer.status_code in {200, 404}


@pytest.mark.parametrize("role", list(Role))
def test_posters_are_for_those_who_see_surveys(office, as_member, role) -> None:
    survey = made_survey(languages=["en"])
    bound = role in {Role.UNIT_MANAGER, Role.EMPLOYEE}
    link_at(survey, office.riga)
    member = office.member(role, office.riga if bound else None)

    status = as_member(member).get(f"/surveys/{survey.id}/posters/").status_code

    assert status == (403 if role in {Role.EMPLOYEE, Role.HR} else 200)
