"""Write and check docs/: generated pages, links, examples that run.

    python tools/docs.py write      write docs/commands.md and docs/errors.md anew
    python tools/docs.py check      fail when they are stale or a link leads nowhere
    python tools/docs.py run        run the examples (a test does the same)

An example runs when its fence says so: ```python run and ```console run (lines that begin
with `$ `). All examples of a page share one scratch folder in which examples/ is there.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def main(words: list[str]) -> int:
    """Do what the first word says and return the exit code."""
    if words == ["write"]:
        for path, text in generated().items():
            (ROOT / path).write_text(text, encoding="utf-8")
            print(f"docs: wrote {path}")
        return 0
    checks = {"check": lambda: [*stale(), *broken_links()], "run": failing_examples}
    if len(words) == 1 and words[0] in checks:
        faults = checks[words[0]]()
        for fault in faults:
            print(f"docs: {fault}")
        return 1 if faults else 0
    print(__doc__)
    return 2


def generated() -> dict[str, str]:
    """Return the pages that are made from the code: path to text."""
    from fivegaps.knowledge.cards import causes_page, remedies_page
    from fivegaps.knowledge.coverage import coverage_page
    from fivegaps.knowledge.guide import instruments_page

    return {
        "docs/causes.md": causes_page(),
        "docs/commands.md": commands_page(),
        "docs/coverage.md": coverage_page(),
        "docs/errors.md": errors_page(),
        "docs/instruments.md": instruments_page(),
        "docs/remedies.md": remedies_page(),
    }


def stale() -> list[str]:
    """Return what to do about generated pages that differ from the code."""
    return [
        f"{path} is stale; run make docs"
        for path, text in generated().items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text(encoding="utf-8") != text
    ]


# ── the command line ────────────────────────────────────────────────────────


def commands_page() -> str:
    """Return the page of every command with every argument and option."""
    from fivegaps.cli.main import EXIT_CODES, fivegaps_command

    lines = [
        "# Commands",
        "",
        "Made from the code by `make docs`; `fivegaps COMMAND --help` says the same.",
        "",
        *_command("fivegaps", fivegaps_command, level=2),
        "## Exit codes",
        "",
        "| code | meaning |",
        "|---:|---|",
        *(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()),
        "",
    ]
    return "\n".join(lines)


def _command(name: str, command: click.Command, *, level: int) -> list[str]:
    context = click.Context(command, info_name=name, resilient_parsing=True)
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"{'#' * level} {name}", "", f"`{name} {usage}`", ""]
    if command.help:
        lines += [_prose(command.help), ""]
    rows = [_row(parameter, context) for parameter in command.get_params(context)]
    if rows:
        lines += ["| option | what it does |", "|---|---|", *filter(None, rows), ""]
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                lines += _command(f"{name} {child}", found, level=min(level + 1, 4))
    return lines


def _prose(text: str) -> str:
    # click's \b keeps lines as they are: such a paragraph is shown as it stands.
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.lstrip().startswith("\b"):
            paragraphs.append("```\n" + paragraph.lstrip().removeprefix("\b\n") + "\n```")
        else:
            paragraphs.append(" ".join(paragraph.split()))
    return "\n\n".join(paragraphs)


def _row(parameter: click.Parameter, context: click.Context) -> str:
    if isinstance(parameter, click.Argument):
        said = _cell(getattr(parameter, "help", None) or "")
        return f"| `{parameter.make_metavar(context)}` | {said} |"
    record = parameter.get_help_record(context)
    if record is None:
        return ""
    return f"| `{_cell(record[0])}` | {_cell(record[1])} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# ── errors ──────────────────────────────────────────────────────────────────


def errors_page() -> str:
    """Return the page of every error class, as the tree that it is."""
    from fivegaps.errors import FivegapsError

    lines = [
        "# Errors",
        "",
        "Made from the code by `make docs`. Every error that fivegaps raises on purpose is in this",
        "tree; whoever uses the library catches `fivegaps.errors.FivegapsError`. The command line",
        "prints the message and ends with the exit code of [commands](commands.md#exit-codes).",
        "",
        *_error(FivegapsError, 0),
        "",
    ]
    return "\n".join(lines)


def _error(kind: type[Exception], depth: int) -> Iterator[str]:
    first = (kind.__doc__ or "").strip().splitlines()[0]
    yield f"{'  ' * depth}- `{kind.__name__}`: {first}"
    for child in sorted(kind.__subclasses__(), key=lambda one: one.__name__):
        if child.__module__ == "fivegaps.errors":
            yield from _error(child, depth + 1)


# ── links ───────────────────────────────────────────────────────────────────


def pages() -> list[Path]:
    """Return every page that is checked."""
    own = [ROOT / page for page in PAGES if (ROOT / page).is_file()]
    return own + sorted((ROOT / "docs").rglob("*.md"))


def broken_links() -> list[str]:
    """Return each link to a file or heading that is not there."""
    faults = []
    for page in pages():
        for link in _links(page):
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = link.partition("#")
            target = (page.parent / name).resolve() if name else page
            if not target.exists():
                faults.append(f"{page.relative_to(ROOT)}: no such file: {link}")
            elif anchor and target.suffix == ".md" and anchor not in _anchors(target):
                faults.append(f"{page.relative_to(ROOT)}: no such heading: {link}")
    return faults


@cache
def _tokens(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def _links(page: Path) -> Iterator[str]:
    for token in _tokens(page):
        for child in token.children or []:
            if child.type == "link_open":
                yield str(child.attrs["href"])
            elif child.type == "image":
                yield str(child.attrs["src"])


@cache
def _anchors(page: Path) -> set[str]:
    tokens = _tokens(page)
    headings = [
        tokens[place + 1].content
        for place, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


# ── examples ────────────────────────────────────────────────────────────────


def failing_examples() -> list[str]:
    """Run every example that is marked to run; return those that fail."""
    return [fault for page in pages() for fault in run_examples(page)]


def marked_examples(page: Path) -> list[Token]:
    """Return the fences of a page that are marked to run."""
    fences = [token for token in _tokens(page) if token.type == "fence"]
    return [token for token in fences if token.info.split()[1:] == ["run"]]


def run_examples(page: Path) -> list[str]:
    """Run the marked examples of one page in a scratch folder; return what failed.

    Python examples go on from each other, as in a notebook: they run as one program.
    """
    marked = marked_examples(page)
    program = [token for token in marked if token.info.startswith("python")]
    for token in program:
        token.content = "".join(one.content for one in program) if token is program[0] else ""
    faults = []
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "examples").symlink_to(ROOT / "examples")
        for token in marked:
            for command in _commands(token):
                ended = _run(command, scratch)
                if ended.returncode != 0:
                    line = (token.map or [0])[0] + 1
                    tail = (ended.stderr or ended.stdout).strip()[-800:]
                    faults.append(f"{page.relative_to(ROOT)}:{line}: the example fails:\n{tail}")
                    break
    return faults


def _commands(token: Token) -> list[list[str]]:
    if token.info.startswith("python"):
        return [[sys.executable, "-c", token.content]] if token.content else []
    joined = token.content.replace("\\\n", " ")
    return [
        shlex.split(line.removeprefix("$ "), comments=True)
        for line in joined.splitlines()
        if line.startswith("$ ")
    ]


def _run(command: list[str], folder: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
