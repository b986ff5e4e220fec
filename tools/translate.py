"""Keep the catalogues of the office: each app has its own, in every language but English.

    python tools/translate.py update [APP …]      take up new texts, drop gone ones, compile
    python tools/translate.py missing APP         print what lacks a translation, as JSON
    python tools/translate.py fill APP FILE       put translations in: {"text": {"vi": "…", …}}
    python tools/translate.py check               say what is missing or stale

Works with Babel alone; no gettext program is needed. A text with a plural is named by its
singular and filled with a list. Texts of Django and allauth that the office shows and that
they have not translated themselves are kept with the accounts app.
"""

from __future__ import annotations

import gettext
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as MessageEntry
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src/fivegaps/web"
LANGUAGES = {"vi": "vi", "zh-hans": "zh_Hans", "zh-hant": "zh_Hant", "nl": "nl"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
Message = str | tuple[str, str]

# Templates of allauth that stand as they are, and its modules whose messages people meet.
BORROWED = (
    "templates/account/account_inactive.html",
    "templates/account/password_change.html",
    "templates/account/password_reset*.html",
    "templates/account/password_set.html",
    "templates/account/base_reauthenticate.html",
    "templates/account/reauthenticate.html",
    "templates/account/messages/*.txt",
    "templates/account/email/base_*.txt",
    "templates/account/email/password_reset_key*.txt",
    "templates/mfa/**/*.html",
    "templates/mfa/messages/*.txt",
    "account/adapter.py",
    "account/fields.py",
    "account/forms.py",
    "account/internal/flows/*.py",
    "mfa/adapter.py",
    "mfa/**/forms.py",
)
NEVER_SHOWN = re.compile(
    r"username|phone|sign ?up|social|third-party|Verif|verif|Confirm Email|confirm.*email address|"
    r"email addresses?\b.*(primary|removed|account\.)|unit tests|sign-in code|login code|trust"
    r"|Trust|Email address confirmation|another email|must type the same email|Email \(again\)",
    re.IGNORECASE,
)
DJANGO = (
    "This field is required.",
    "Enter a valid email address.",
    "Enter a valid date.",
    "Enter a valid URL.",
    "Enter a whole number.",
    "Enter a number.",
    "Null characters are not allowed.",
    "The submitted file is empty.",
    "No file was submitted. Check the encoding type on the form.",
    "Select a valid choice. That choice is not one of the available choices.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "This password is too common.",
    "This password is entirely numeric.",
    "The password is too similar to the %(verbose_name)s.",
    "%(model_name)s with this %(field_label)s already exists.",
)


def apps() -> list[str]:
    """Return the apps that have texts."""
    return sorted(path.parent.name for path in WEB.glob("*/apps.py"))


@cache
def texts_of(app: str) -> dict[Message, None]:
    """Return every text of an app, in order, once."""
    found = dict.fromkeys(message for path in _sources(WEB / app) for message in _texts(path))
    if app == "accounts":
        found |= dict.fromkeys(borrowed())
    return found


def borrowed() -> Iterator[Message]:
    """Yield the texts of Django and allauth that the office shows."""
    import allauth

    yield from DJANGO
    folder = Path(allauth.__file__).parent
    own = WEB / "accounts/templates"
    for pattern in BORROWED:
        for path in sorted(folder.glob(pattern)):
            name = path.relative_to(folder)
            replaced = name.parts[0] == "templates" and (own / Path(*name.parts[1:])).exists()
            if not replaced and "signup" not in path.name and "trust" not in path.name:
                for message in _texts(path):
                    words = message if isinstance(message, str) else message[0]
                    if not NEVER_SHOWN.search(words):
                        yield message


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".html", ".txt", ".js"} and "migrations" not in path.parts:
            yield path


def _texts(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    if path.suffix in {".html", ".txt"}:
        from django.utils.translation.template import templatize

        lines = templatize(source).splitlines()
        source = "\n".join(line.strip() for line in lines)
    for _, message, _, _ in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield message if isinstance(message, str) else (message[-2], message[-1])


def catalogue_path(app: str, language: str) -> Path:
    """Return where the catalogue of an app is in a language."""
    return WEB / app / "locale" / LANGUAGES[language] / "LC_MESSAGES" / "django.po"


def catalogue(app: str, language: str) -> Catalog:
    """Return an app's texts with the translations that there are."""
    path = catalogue_path(app, language)
    known = Catalog()
    if path.is_file():
        with path.open("rb") as file:
            known = read_po(file)
    fresh = Catalog(locale=LANGUAGES[language], project="fivegaps", header_comment="", fuzzy=False)
    for message in texts_of(app):
        key = message if isinstance(message, str) else message[0]
        old = known.get(key)
        kept = old.string if old is not None and bool(old.string) else None
        is_borrowed = kept is None and app == "accounts" and message not in _own()
        if is_borrowed and _translated_elsewhere(key, language):
            continue
        entry = fresh.add(message)
        if kept is not None:
            entry.string = kept
    return fresh


@cache
def _own() -> frozenset[Message]:
    return frozenset(text for path in _sources(WEB / "accounts") for text in _texts(path))


def _translated_elsewhere(text: str, language: str) -> bool:
    return any(texts.get(text) or texts.get((text, 0)) for texts in _others(language))


@cache
def _others(language: str) -> tuple[dict[object, str], ...]:
    import allauth
    import django

    folders = [Path(package.__file__).parent for package in (allauth, django)]
    found = []
    for inner in ("locale", "conf/locale", "contrib/auth/locale"):
        for folder in folders:
            for file in (folder / inner / LANGUAGES[language]).glob("LC_MESSAGES/django.mo"):
                with file.open("rb") as opened:
                    found.append(gettext.GNUTranslations(opened)._catalog)  # noqa: SLF001
    return tuple(found)


def write(app: str, language: str, content: Catalog) -> None:
    """Write a catalogue and its compiled form."""
    path = catalogue_path(app, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po_bytes(content))
    path.with_suffix(".mo").write_bytes(mo_bytes(content))


def po_bytes(content: Catalog) -> bytes:
    """Return a catalogue as text, without dates and places: it changes only with its words."""
    out = io.BytesIO()
    write_po(out, content, width=100, no_location=True, omit_header=True, sort_output=True)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {content.locale_identifier}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {content.plural_forms}\\n"\n\n'
    )
    return head.encode() + out.getvalue()


def mo_bytes(content: Catalog) -> bytes:
    """Return a catalogue in compiled form."""
    out = io.BytesIO()
    plain = read_po(io.BytesIO(po_bytes(content)))
    plain.creation_date = plain.revision_date = NO_DATE
    write_mo(out, plain)
    return out.getvalue()


def lacking(app: str) -> dict[str, list[str]]:
    """Return each text without translation, and in which languages."""
    missing: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for entry in catalogue(app, language):
            if entry.id and not all(_said(entry)):
                key = entry.id if isinstance(entry.id, str) else entry.id[0]
                missing.setdefault(key, []).append(language)
    return missing


def fill(app: str, words: dict[str, dict[str, str | list[str]]]) -> None:
    """Put translations into the catalogues of an app."""
    for language in LANGUAGES:
        content = catalogue(app, language)
        for text, told in words.items():
            entry = content.get(text)
            if entry is not None and language in told:
                said = told[language]
                entry.string = said if isinstance(said, str) else tuple(said)
        write(app, language, content)


def faults(*chosen: str) -> list[str]:
    """Return what is missing, wrong or stale, in all apps or these."""
    found = []
    for app in chosen or apps():
        for language in LANGUAGES:
            path, content = catalogue_path(app, language), catalogue(app, language)
            place = path.relative_to(ROOT)
            if not path.is_file() or path.read_bytes() != po_bytes(content):
                found.append(f"{place} is stale; run python tools/translate.py update")
            elif path.with_suffix(".mo").read_bytes() != mo_bytes(content):
                found.append(f"{place.with_suffix('.mo')} is stale; run the same")
            found += [f"{place}: {fault}" for fault in _wrong(content)]
    return found


def _said(entry: MessageEntry) -> list[str]:
    return list(entry.string or ("",)) if not isinstance(entry.string, str) else [entry.string]


def _wrong(content: Catalog) -> Iterator[str]:
    marks = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    for entry in content:
        if not entry.id:
            continue
        sources = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        said = _said(entry)
        if not all(said):
            yield f"no translation of {sources[0]!r}"
            continue
        wanted = set(marks.findall(sources[-1]))
        yield from (
            f"other marks in {one!r}" for one in said[-1:] if set(marks.findall(one)) != wanted
        )


def main(words: list[str]) -> int:
    """Do what the first word says and return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fivegaps.web.config.settings")
    os.environ.setdefault("FIVEGAPS_HOME", tempfile.gettempdir())
    match words:
        case ["update", *chosen]:
            for app in chosen or apps():
                for language in LANGUAGES:
                    write(app, language, catalogue(app, language))
        case ["missing", app]:
            print(json.dumps(lacking(app), ensure_ascii=False, indent=1))
        case ["fill", app, file]:
            fill(app, json.loads(Path(file).read_text(encoding="utf-8")))
        case ["check"]:
            found = faults()
            for fault in found:
                print(f"translate: {fault}")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
