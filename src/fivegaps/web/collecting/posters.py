"""Posters and table cards that lead to a survey: what they say, and the PDF of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fivegaps.report.drawing.canvas import fonts
from fivegaps.web.people.members import Member
from fivegaps.web.people.selectors import organisation
from fivegaps.web.shared.templatetags.office import HTML_LANGUAGES
from fivegaps.web.surveys.models import Link, Survey
from fivegaps.web.surveys.selectors import links_visible_to, told_of, waves_of

Size = Literal["a4", "a6"]
SIZES: tuple[Size, ...] = get_args(Size)
# A quarter of the code may be torn or stained: paper on a counter does not stay clean.
ERROR_LEVEL = "q"
PLAIN_COLOUR = "#15629f"
STYLE = Path(__file__).parent / "static" / "collecting" / "css" / "poster.css"
_PICTURE = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a poster asks, in one language."""

    lang: str
    asks: str
    tells: str


@dataclass(frozen=True, slots=True)
class Poster:
    """One sheet: ``code`` is the picture of the QR code, ``address`` the same to be typed."""

    place: str
    detail: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """Posters of one survey that are printed together."""

    size: Size
    html_lang: str
    title: str
    company: str
    logo: str
    style: str
    first: Sentence
    others: tuple[Sentence, ...]
    is_invented: bool
    posters: tuple[Poster, ...]


def link_address(link: Link) -> str:
    """Return the whole address of a link."""
    return str(settings.PUBLIC_URL) + reverse("answer", args=[link.token])


def qr_picture(address: str) -> str:
    """Return the QR code of an address, as the address of an SVG picture with its quiet zone."""
    made = segno.make(address, error=ERROR_LEVEL, boost_error=True, micro=False)
    return str(made.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True))


def open_links(member: Member, survey: Survey) -> list[Link]:
    """Return the links of a survey that take answers, in the units that a member sees."""
    return [link for link in links_visible_to(member, survey) if link.closed_at is None]


def sheets(survey: Survey, links: Sequence[Link], size: Size) -> Sheets:
    """Return what the posters of a survey's links show."""
    company = organisation()
    name = "" if company is None else company.name
    first, *others = [_sentence(survey, lang, name) for lang in survey.languages]
    return Sheets(
        size=size,
        html_lang=first.lang,
        title=survey.title,
        company=name,
        logo=survey.logo if _PICTURE.fullmatch(survey.logo) else "",
        style=_style(survey, size),
        first=first,
        others=tuple(others),
        is_invented=company is not None and company.is_invented,
        posters=tuple(_poster(link) for link in links),
    )


def posters_pdf(told: Sheets) -> bytes:
    """Return posters as a tagged PDF, a page each; nothing is fetched for it."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    with translation.override(told.first.lang):
        html = render_to_string("collecting/poster.html", {"sheets": told})
    # Pictures stand in the page; an address in a text or a logo is never called.
    inside = URLFetcher(allowed_protocols={"data"})
    pdf = HTML(string=html, url_fetcher=inside).write_pdf(pdf_tags=True)
    if not isinstance(pdf, bytes):
        raise TypeError("WeasyPrint gave no document")
    return pdf


def _sentence(survey: Survey, lang: str, company: str) -> Sentence:
    minutes = told_of(waves_of(survey)[0], lang).minutes
    with translation.override(lang):
        asks = _("How was our service?")
        tells = _("%(company)s wants to know. Scan, answer, about %(n)s minutes.")
        told = tells % {"company": company, "n": minutes}
    return Sentence(HTML_LANGUAGES.get(lang, lang), asks, told)


def _poster(link: Link) -> Poster:
    address = link_address(link)
    details = [one.name for one in (link.channel, link.touchpoint) if one is not None]
    return Poster(
        place="" if link.unit is None else link.unit.name,
        detail=" · ".join(details),
        code=qr_picture(address),
        address=address.partition("://")[2],
    )


def _style(survey: Survey, size: Size) -> str:
    colour = survey.colour if re.fullmatch("#[0-9a-fA-F]{6}", survey.colour) else PLAIN_COLOUR
    codes = [HTML_LANGUAGES.get(lang, lang) for lang in survey.languages]
    families = "".join(
        f":lang({html}) {{ font-family: {fonts(lang)} }}\n"
        for html, lang in zip(codes, survey.languages, strict=True)
    )
    own = f"@page {{ size: {size.upper()} }}\n:root {{ --colour: {colour} }}\n"
    return own + families + _sheet()


@cache
def _sheet() -> str:
    return STYLE.read_text(encoding="utf-8")
