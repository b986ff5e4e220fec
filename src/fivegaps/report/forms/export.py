"""Write a form to a file: paper, workbook, XLSForm or instrument file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fivegaps.errors import OptionRefused
from fivegaps.io.atomic import atomic_file
from fivegaps.knowledge.writing import to_toml
from fivegaps.model.questionnaire import Questionnaire
from fivegaps.report.forms.asking import Asked, form_of

SUFFIXES = {
    "html": ".html",
    "pdf": ".pdf",
    "xlsx": ".xlsx",
    "xlsform": ".xlsform.xlsx",
    "toml": ".toml",
}


def export(
    asked: Asked,
    kind: str,
    *,
    out: str | Path | None = None,
    languages: Sequence[str] = (),
    company: str | None = None,
    overwrite: bool = False,
) -> Path:
    """Write a form and return the path of its file.

    Args:
        asked: A shipped instrument, one's own, or another voice's questionnaire.
        kind: html, pdf, xlsx (to key answers in), xlsform or toml.
        out: The file; ``<id>.<language><suffix>`` here when None.
        languages: Of the texts; its first, all of them in an XLSForm.
        company: Name of the firm that is rated.
        overwrite: Replace a file that is there.

    Raises:
        OptionRefused: An unknown kind, a language without texts, a questionnaire as
            an instrument file, or a file that is there already without ``overwrite``.
    """
    if kind not in SUFFIXES:
        raise OptionRefused("--format", f"{kind} is not one of {', '.join(SUFFIXES)}")
    if kind == "toml" and isinstance(asked, Questionnaire):
        raise OptionRefused("--format", f"{asked.id} is no instrument: print it, or key it in")
    chosen = tuple(languages) or _default_languages(asked, kind)
    if kind not in {"xlsform", "toml"} and len(chosen) > 1:
        raise OptionRefused("--lang", f"a form as {kind} is in one language")
    target = Path(out) if out is not None else Path(_name(asked, kind, chosen))
    if target.exists() and not overwrite:
        raise OptionRefused(
            "--out", f"{target} is there already; choose another name or give --overwrite"
        )
    content = _content(asked, kind, chosen, company)
    with atomic_file(target) as temporary:
        temporary.write_bytes(content)
    return target


def _default_languages(asked: Asked, kind: str) -> tuple[str, ...]:
    return asked.languages if kind == "xlsform" else asked.languages[:1]


def _name(asked: Asked, kind: str, languages: Sequence[str]) -> str:
    language = "" if kind in {"xlsform", "toml"} else f".{languages[0]}"
    return f"{asked.id.replace('@', '-')}{language}{SUFFIXES[kind]}"


def _content(asked: Asked, kind: str, languages: Sequence[str], company: str | None) -> bytes:
    # Each form imports its own library only when it is asked for.
    if kind == "toml" and not isinstance(asked, Questionnaire):
        return to_toml(asked).encode()
    if kind == "xlsform":
        from fivegaps.report.forms.xlsform import xlsform

        return xlsform(asked, languages, company=company)
    form = form_of(asked, languages[0], company=company)  # refuses a language without texts
    if kind == "xlsx":
        from fivegaps.report.forms.key_in import key_in_workbook

        return key_in_workbook(asked, languages[0], company=company)
    from fivegaps.report.forms.paper import paper_html, paper_pdf

    return paper_pdf(form) if kind == "pdf" else paper_html(form).encode()
