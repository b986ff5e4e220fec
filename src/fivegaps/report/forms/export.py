"""Write a form to a file: paper, workbook, XLSForm or instrument file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fivegaps.errors import OptionRefused
from fivegaps.io.atomic import atomic_file
from fivegaps.knowledge.writing import to_toml
from fivegaps.model.instrument import Instrument

SUFFIXES = {
    "html": ".html",
    "pdf": ".pdf",
    "xlsx": ".xlsx",
    "xlsform": ".xlsform.xlsx",
    "toml": ".toml",
}


def export(
    instrument: Instrument,
    kind: str,
    *,
    out: str | Path | None = None,
    languages: Sequence[str] = (),
    company: str | None = None,
    overwrite: bool = False,
) -> Path:
    """Write a form of an instrument and return the path of its file.

    Args:
        instrument: A shipped instrument or one's own.
        kind: html, pdf, xlsx (to key answers in), xlsform or toml.
        out: The file; ``<id>.<language><suffix>`` here when None.
        languages: Of the texts; the instrument's first, all of them in an XLSForm.
        company: Name of the firm that is rated.
        overwrite: Replace a file that is there.

    Raises:
        OptionRefused: An unknown kind, a language without texts, or a file that is
            there already without ``overwrite``.
    """
    if kind not in SUFFIXES:
        raise OptionRefused("--format", f"{kind} is not one of {', '.join(SUFFIXES)}")
    chosen = tuple(languages) or _default_languages(instrument, kind)
    if kind not in {"xlsform", "toml"} and len(chosen) > 1:
        raise OptionRefused("--lang", f"a form as {kind} is in one language")
    target = Path(out) if out is not None else Path(_name(instrument, kind, chosen))
    if target.exists() and not overwrite:
        raise OptionRefused(
            "--out", f"{target} is there already; choose another name or give --overwrite"
        )
    content = _content(instrument, kind, chosen, company)
    with atomic_file(target) as temporary:
        temporary.write_bytes(content)
    return target


def _default_languages(instrument: Instrument, kind: str) -> tuple[str, ...]:
    return instrument.languages if kind == "xlsform" else instrument.languages[:1]


def _name(instrument: Instrument, kind: str, languages: Sequence[str]) -> str:
    language = "" if kind in {"xlsform", "toml"} else f".{languages[0]}"
    return f"{instrument.id.replace('@', '-')}{language}{SUFFIXES[kind]}"


def _content(
    instrument: Instrument, kind: str, languages: Sequence[str], company: str | None
) -> bytes:
    # Each form imports its own library only when it is asked for.
    if kind == "toml":
        return to_toml(instrument).encode()
    if kind == "xlsform":
        from fivegaps.report.forms.xlsform import xlsform

        return xlsform(instrument, languages, company=company)
    if kind == "xlsx":
        from fivegaps.report.forms.key_in import key_in_workbook
        from fivegaps.report.forms.layout import form_of

        form_of(instrument, languages[0])  # refuses a language without texts
        return key_in_workbook(instrument, languages[0], company=company)
    from fivegaps.report.forms.layout import form_of
    from fivegaps.report.forms.paper import paper_html, paper_pdf

    form = form_of(instrument, languages[0], company=company)
    return paper_pdf(form) if kind == "pdf" else paper_html(form).encode()
