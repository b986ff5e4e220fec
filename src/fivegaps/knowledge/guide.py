"""The page docs/instruments.md, written from the records.

``python -m fivegaps.knowledge.guide docs/instruments.md`` renews it; a test
fails when the page no longer says what the records say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fivegaps.knowledge.instruments import instrument, instruments
from fivegaps.knowledge.phrasing import filled
from fivegaps.knowledge.records import names, subtable, subtables
from fivegaps.knowledge.shelf import profile_ids, profile_record, sources
from fivegaps.knowledge.voices import questionnaires
from fivegaps.model.instrument import LANGUAGES, Instrument, Item
from fivegaps.model.questionnaire import Questionnaire

INTRODUCTION = """\
# Instruments

<!-- Written by fivegaps.knowledge.guide from src/fivegaps/knowledge; change the records. -->

An instrument is a questionnaire: items in dimensions, asked in batteries (what an excellent
provider would do, what one gets, …). fivegaps ships the ones below. All wordings are our own, in
English, Vietnamese, Simplified and Traditional Chinese and Dutch; they are not the published
SERVQUAL or LibQUAL wordings, which are protected. Each wording has a status: `draft` until a named
person has approved it in that language. Test drafts with a few people before you use them.

```console
fivegaps instruments list
fivegaps instruments show rater-22@bank --lang vi
fivegaps instruments export rater-22@bank --lang nl --company "Bank Noord" --format pdf
fivegaps instruments export rater-22 --format xlsx      # a workbook to key answers in
fivegaps instruments export rater-22 --format xlsform   # for KoboToolbox and ODK
fivegaps instruments export rater-22 --format toml      # a copy to make your own
fivegaps instruments check my-instrument.toml
fivegaps instruments export managers@bank --format pdf  # what managers are asked, see below
```

The format of an instrument file is in [formats](formats.md).
"""
COLUMNS = """\
## Columns of answers

The column of an item is a letter and its id: `e_tan1` expectation, `p_tan1` perception, `a_tan1`
adequate, `d_tan1` desired. A file with numbered columns is read too: `E1` … `E22` and `P1` … `P22`
stand for the items in the order below (`A1`, `D1` for the zone), and so do `exp_tan1` and
`perc_tan1`. The 100 points over the dimensions are `w_<dimension>`, outcomes are `o_<outcome>`;
both may be absent.
"""
VOICES = """\
## Questionnaires of other voices

Managers, employees and an outside assessor are asked too, on the same items: one item bank, several
voices. `managers` and `employees` are whole forms; the others are their parts, to be asked one at a
time, and the pulse is a short form for every quarter. Each form says who asks, how long it takes,
what becomes of the answers and that no result is shown for fewer than 3 managers or 5 employees.

```console
fivegaps instruments show managers-on-customers@bank --lang vi
fivegaps instruments export employees@bank --lang nl --company "Bank Noord" --format pdf
fivegaps instruments export manager-self-audit --channel counter --channel phone
fivegaps instruments export managers --instrument my-instrument.toml --format xlsx
fivegaps instruments export third-party-assessor --folder my-company   # names its standards
```

`--folder DIR` takes the firm's name, its language, its instrument and profile from a company
folder, before anybody has answered; the assessor's form then lists the standards of the folder.

The first sheet of the workbook (`--format xlsx`) has exactly the columns of the file `managers` or
`employees` of a [company folder](formats.md#the-company-folder): save it as CSV, or as a sheet of
that name in `company.xlsx`. Sheets of several parts, and exports of an XLSForm (which calls
`x_s0-09@phone` `x_s0-09_phone`), are put together by respondent and wave:

```console
fivegaps instruments join customers.xlsx standards.xlsx audit.csv --out bank/managers.csv
```

The assessor's workbook has the sheets `observations` and `facts`, with the columns of those files.

A column beside those of the format is `evidence_s0-07`; a company folder may hold it, and
`fivegaps check` tells that nothing reads it yet.
"""
PROFILES = """\
## Industry profiles

A profile keeps, rewords, adds or drops items of rater-22 and puts in the words of its trade. It
fits every shipped instrument: `rater-22@bank`, `rater-10@bank`, or `--profile bank`.
"""


def instruments_page() -> str:
    """Return the text of docs/instruments.md."""
    rater = instrument("rater-22")
    parts = [
        INTRODUCTION,
        _shelf(),
        COLUMNS,
        _items(rater),
        _labels(rater),
        _voices(),
        PROFILES,
        *(_profile(name) for name in profile_ids()),
        _sources(),
    ]
    return "\n".join(parts)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |"]
    lines.append("|" + "---|" * (lines[0].count("|") - 1))
    lines.extend("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join(lines) + "\n"


def _shelf() -> str:
    rows = (
        (
            f"`{one.id}`",
            one.title["en"],
            str(len(one.items)),
            ", ".join(battery.id for battery in one.batteries),
            f"{one.batteries[0].minimum} to {one.batteries[0].maximum}",
        )
        for one in instruments()
    )
    return "## Shipped instruments\n\n" + _table(
        ("id", "what", "items", "batteries", "scale"), rows
    )


def _items(rater: Instrument) -> str:
    rows = (
        (
            str(number),
            f"`{item.id}`",
            item.dimension or "",
            _said(item, rater, "expectation"),
            _said(item, rater, "perception"),
            ", ".join(item.mission),
        )
        for number, item in enumerate(rater.items, 1)
    )
    head = ("no.", "item", "dimension", "expectation", "perception", "serves")
    return "## rater-22\n\n" + _table(head, rows)


def _said(item: Item, asked: Instrument, battery: str) -> str:
    return filled(item.text["en"][battery], asked, "en")


def _labels(rater: Instrument) -> str:
    rows = (
        (f"`{item.id}`", *(f"{item.short[lang]} ({item.status[lang]})" for lang in LANGUAGES))
        for item in rater.items
    )
    return "### Labels and status by language\n\n" + _table(("item", *LANGUAGES), rows)


def _voices() -> str:
    rows = (
        (
            f"`{one.id}`",
            one.voice,
            one.title["en"],
            ", ".join(f"`{column}`" for column in dict.fromkeys(_kinds_of_columns(one))),
            str(len(one.prompts)),
            one.status,
            "what its parts serve" if one.parts else ", ".join(one.served),
        )
        for one in questionnaires()
    )
    head = ("id", "answered by", "what", "columns", "questions", "status", "serves")
    return VOICES + "\n" + _table(head, rows)


def _kinds_of_columns(one: Questionnaire) -> Iterator[str]:
    for section in one.sections:
        first = section.prompts[0].column
        if section.ask == "statements":
            yield "a_<construct>_<k>"
        elif section.ask == "items":
            yield f"{first.partition('_')[0]}_<item>"
        elif section.ask in {"dimensions", "points"}:
            yield f"{first.rpartition('_')[0]}_<dimension>"
        elif first.startswith("x_"):
            yield "x_<question>"
        else:
            yield from (prompt.column for prompt in section.prompts)


def _profile(name: str) -> str:
    record = profile_record(name)
    profiled = instrument("rater-22", profile=name)
    changed = {str(one["item"]) for one in subtables(record, "reword")}
    added = {str(one["id"]) for one in subtables(record, "add")}
    rows = (
        (
            f"`{item.id}`",
            "added" if item.id in added else "reworded",
            item.dimension or "",
            _said(item, profiled, "expectation"),
            _said(item, profiled, "perception"),
            ", ".join(item.mission),
        )
        for item in profiled.items
        if item.id in changed | added
    )
    dropped = names(record, "drop")
    facts = [
        f"{len(profiled.items)} items. Serves {', '.join(names(record, 'mission'))}.",
        f"Sources: {', '.join(names(record, 'sources'))}.",
    ]
    if dropped:
        facts.append(f"Drops {', '.join(f'`{one}`' for one in dropped)}.")
    head = ("item", "change", "dimension", "expectation", "perception", "serves")
    title = str(subtable(record, "title")["en"])
    return f"### {title} (`{name}`)\n\n{' '.join(facts)}\n\n" + _table(head, rows)


def _sources() -> str:
    return "## Sources\n\n" + "\n".join(_citations()) + "\n"


def _citations() -> Iterator[str]:
    for name in sorted(sources()):
        record = subtable(sources(), name)
        yield (
            f"- `{name}`: {record['authors']} ({record['year']}). {record['title']}. "
            f"{record['container']}."
        )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(instruments_page(), encoding="utf-8")
