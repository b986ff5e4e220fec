"""Files for translators: the texts of a questionnaire in two languages, as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from fivegaps.errors import Fault, FileRefused
from fivegaps.io.open_raw import open_raw
from fivegaps.io.table import Table
from fivegaps.io.write_xlsx import write_xlsx
from fivegaps.web.surveys.texts import Text

KEY = "key"
MOST_ROWS = 2000
# What a spreadsheet would take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@")


def write_wordings(path: Path, texts: Sequence[Text], *, source: str, lang: str) -> None:
    """Write the texts of a form: key, source language, and the language to translate into."""
    columns = {
        KEY: [text.key for text in texts],
        source: [one.in_language(source) for one in texts],
    }
    if lang != source:
        columns[lang] = [text.in_language(lang) for text in texts]
    write_xlsx(path, {lang: Table.of(columns)})


def read_wordings(path: Path, lang: str, *, name: str) -> list[tuple[int, str, str]]:
    """Return row number, key and text in a language from a file that came back.

    Raises:
        FileRefused: It is no table, lacks one of the two columns, or has too many rows.
    """
    try:
        table = open_raw(path, expected=frozenset({KEY, lang}))
    except FileRefused as refused:
        raise FileRefused(name, *refused.faults) from None
    if table.faults:
        raise FileRefused(name, *table.faults)
    columns = {str(column).strip().casefold(): column for column in table.names}
    for wanted in (KEY, lang):
        if wanted not in columns:
            told = _("lacks the column %(column)s.") % {"column": wanted}
            advice = _("Take the file out again, and fill in its last column.")
            raise FileRefused(name, Fault(told, advice))
    rows: list[tuple[int, str, str]] = []
    for batch in table.batches():
        keys = batch.column(columns[KEY]).to_pylist()
        texts = batch.column(columns[lang]).to_pylist()
        for key, text in zip(keys, texts, strict=True):
            if key is not None or text is not None:
                rows.append((table.row(len(rows)), _said(key), _said(text)))
        if len(rows) > MOST_ROWS:
            raise FileRefused(name, Fault(_("has more than %(n)s rows.") % {"n": MOST_ROWS}))
    return rows


def _said(cell: object) -> str:
    """Return a cell as text, without the apostrophe that guards a formula."""
    # A database holds no NUL; what stands for it is refused with its row later.
    text = "" if cell is None else str(cell).strip().replace("\x00", "\ufffd")
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
