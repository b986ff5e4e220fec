"""Start a company folder: every file with its header and two worked rows, and a README."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from fivegaps.errors import OptionRefused
from fivegaps.io.atomic import atomic_folder
from fivegaps.io.company.columns import columns_of
from fivegaps.io.company.examples import example_rows
from fivegaps.io.company.sheets import SETTINGS
from fivegaps.knowledge.company_folder import FileGuide, file_guides, readme_words, said
from fivegaps.knowledge.instruments import instrument as find_instrument
from fivegaps.model.company.settings import FORMAT, CompanySettings, Wave
from fivegaps.model.instrument import LANGUAGES, Instrument


def start_company(
    folder: str | os.PathLike[str],
    *,
    profile: str | None = None,
    instrument: str = "rater-22",
    lang: str = "en",
    today: dt.date | None = None,
) -> tuple[str, ...]:
    """Write a company folder to fill in and return the names of its files.

    Args:
        folder: A folder that is empty or not there.
        profile: An industry profile, such as ``bank``.
        instrument: A shipped instrument, or the path of an instrument file, which
            is copied into the folder.
        lang: The language of README and worked rows (texts are in en and vi).
        today: The date of the first wave; that of the clock when None.

    Raises:
        OptionRefused: The folder holds something, or there is no such language.
        InstrumentRefused: There is no such instrument or profile.
    """
    target = Path(folder)
    if target.is_dir() and any(target.iterdir()):
        raise OptionRefused(str(folder), "is not empty; name a folder that is not there yet")
    if lang not in LANGUAGES:
        raise OptionRefused("--lang", f"{lang!r} is not one of {', '.join(LANGUAGES)}")
    own = Path(instrument) if instrument.endswith(".toml") else None
    found = find_instrument(own or instrument, profile=None if own else profile)
    ended = today or dt.datetime.now(tz=dt.UTC).date()
    wave = str(ended.year)
    rows = example_rows(found, wave=wave, ended=ended, lang=lang)
    settings = CompanySettings(
        name=target.resolve().name,
        instrument=own.name if own else instrument,
        waves=(Wave(wave, ended),),
        profile=profile or "",
        lang=lang,
    )
    with atomic_folder(target) as temporary:
        if own:
            (temporary / own.name).write_bytes(own.read_bytes())
        (temporary / SETTINGS).write_text(_settings(settings, found), encoding="utf-8")
        for file, two in rows.items():
            text = csv_text(columns_of(file, found), two)
            (temporary / f"{file}.csv").write_text(text, encoding="utf-8", newline="")
        (temporary / "README.md").write_text(readme(settings.name, lang, found), encoding="utf-8")
        return tuple(sorted(path.name for path in temporary.iterdir()))


def csv_text(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as CSV with a header; what a row does not give is an empty cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def readme(name: str, lang: str, instrument: Instrument) -> str:
    """Return who fills in which file of the folder, and why, in a language."""
    words = readme_words(lang)
    parts = [
        f"# {words['title'].replace('{name}', name)}",
        words["intro"],
        words["files"],
        *(_about(guide, words, lang, instrument) for guide in file_guides()),
        words["rules"],
        words["next"],
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _about(guide: FileGuide, words: Mapping[str, str], lang: str, instrument: Instrument) -> str:
    columns = columns_of(guide.id, instrument)
    shown = columns if len(columns) <= 20 else (*columns[:5], "…", *columns[-3:])
    listed = ", ".join(name if name == "…" else f"`{name}`" for name in shown)
    return (
        f"### {guide.id}.csv\n\n{said(guide.why, lang)}\n\n"
        f"- **{words['who']}**: {said(guide.who, lang)}\n"
        f"- **{words['without']}**: {said(guide.unknown, lang)}\n"
        f"- {listed}"
    )


def _settings(settings: CompanySettings, found: Instrument) -> str:
    dimension = found.dimensions[0].id if found.dimensions else "overall"
    trade = f'profile = "{settings.profile}"\n' if settings.profile else ""
    wave = settings.waves[0]
    return (
        f"name = {_quoted(settings.name)}\n"
        f"format = {FORMAT}\n"
        f"{trade}"
        f"instrument = {_quoted(settings.instrument)}\n"
        f'lang = "{settings.lang}"\n'
        "# The fewest people behind a figure that is shown.\n"
        "minimum_cell = { customers = 5, employees = 5, managers = 3 }\n"
        "\n"
        "[[wave]]\n"
        f'id = "{wave.id}"\n'
        f"date = {wave.date.isoformat()}\n"
        "\n"
        "[managers]\n"
        "census = false                     # true: all managers were asked and answered\n"
        "\n"
        "# [targets]                        # gap 5 wanted, a dimension\n"
        f"# {dimension} = -0.5\n"
    )


def _quoted(text: str) -> str:
    """Return a TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    plain = (sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in escaped)
    return f'"{"".join(plain)}"'
