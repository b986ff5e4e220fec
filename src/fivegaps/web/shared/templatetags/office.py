"""Tags that every template of the office has: fields of forms, languages, dates."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from django import forms, template
from django.conf import settings
from django.utils import timezone, translation
from django.utils.safestring import SafeString

register = template.Library()

BABEL_LOCALES = {"vi": "vi_VN", "zh-hans": "zh_Hans_CN", "zh-hant": "zh_Hant_TW", "nl": "nl_NL"}
HTML_LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


def babel_locale() -> str:
    """Return Babel's name of the present language."""
    return BABEL_LOCALES.get(translation.get_language() or "en", "en_GB")


@register.filter
def day(value: date | None) -> str:
    """Return a day as the reader writes it: 5 Oct 2026."""
    return "" if value is None else format_date(value, "medium", babel_locale())


@register.filter
def moment(value: datetime | None) -> str:
    """Return a day and time of day in the reader's time zone."""
    if value is None:
        return ""
    return format_datetime(timezone.localtime(value), "medium", locale=babel_locale())


@register.simple_tag
def html_language() -> str:
    """Return the present language as HTML's lang attribute takes it."""
    code = translation.get_language() or "en"
    return HTML_LANGUAGES.get(code, code)


@register.simple_tag
def languages() -> list[dict[str, str]]:
    """Return the languages of the office: code, HTML's name of it, own name."""
    return [
        {"code": code, "html": HTML_LANGUAGES.get(code, code), "name": name}
        for code, name in settings.LANGUAGES
    ]


@register.inclusion_tag("shared/fields.html")
def fields(form: forms.BaseForm, *names: str) -> dict[str, object]:
    """Draw the fields of a form, all or the named ones: label, help, errors, input."""
    chosen = [form[name] for name in names] if names else form.visible_fields()
    return {
        "form": form,
        "fields": chosen,
        "hidden": [] if names else form.hidden_fields(),
        "summary": not names,
    }


@register.filter
def input_kind(bound: forms.BoundField) -> str:
    """Return how a field is drawn: ``checkbox``, ``choices`` or ``line``."""
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    return "line"


@register.simple_tag
def glyph(name: str) -> SafeString:
    """Return a small drawing that stands beside words, never instead of them."""
    return GLYPHS[name]


GLYPHS = {
    "mark": SafeString(
        '<svg class="glyph" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">'
        '<circle cx="6" cy="12" r="4" fill="currentColor"/>'
        '<circle cx="18" cy="12" r="3" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<path d="M10 12h5" stroke="currentColor" stroke-width="2"/></svg>'
    ),
}
