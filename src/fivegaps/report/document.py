"""A report as a list of blocks, before it is a page, a workbook or anything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fivegaps.report.charts.chart import Chart
from fivegaps.report.tables import Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a ``lead`` opens a section, a ``note`` is small."""

    text: str
    kind: Literal["body", "lead", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section, with an id to link to."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the three sentences of the verdict, with the question it answers."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, in three sentences; ``tone``: trouble | strength | mark."""

    answers: tuple[Answer, ...]
    tone: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure in large type."""

    label: str
    value: str
    detail: str
    tone: str = "mark"


@dataclass(frozen=True, slots=True)
class Tiles:
    """A row of figures in large type."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Remarks:
    """A list of sentences under a heading; ``caution`` ones stand out."""

    title: str
    sentences: tuple[str, ...]
    kind: Literal["caution", "plain"] = "caution"


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms and what they are here."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A short text on its own: a tag that says how sure it is, and a few terms with texts.

    ``tone``: trouble | strength | mark.
    """

    title: str
    tag: str
    pairs: tuple[tuple[str, str], ...]
    tone: str = "mark"


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards beside one another, one below the other on a phone."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A command to type."""

    text: str


@dataclass(frozen=True, slots=True)
class References:
    """Works cited, in APA's manner."""

    entries: tuple[str, ...]


Block = (
    Paragraph
    | Subheading
    | Verdict
    | Tiles
    | Cards
    | Remarks
    | Facts
    | Code
    | References
    | Chart
    | Table
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section; ``part`` is ``board`` for the first five minutes, else ``analyst``."""

    id: str
    title: str
    part: Literal["board", "analyst"]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report in one language; ``more_tables`` are for the workbook alone."""

    lang: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    more_tables: tuple[Table, ...] = ()

    def charts(self) -> Iterator[Chart]:
        """Yield every chart, in order."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Chart):
                    yield block

    def tables(self) -> Iterator[Table]:
        """Yield every table, those beside charts included, each id once, in order."""
        seen: set[str] = set()
        for section in self.sections:
            for block in section.blocks:
                table = block.table if isinstance(block, Chart) else block
                if isinstance(table, Table) and table.id not in seen:
                    seen.add(table.id)
                    yield table
        yield from self.more_tables
