"""What each file of a company folder is for, in words of the shipped languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fivegaps.knowledge.records import subtable, subtables


@dataclass(frozen=True, slots=True)
class FileGuide:
    """Who fills in a file, why, what is unknown without it and what to collect.

    Each maps a language to a text.
    """

    id: str
    who: Mapping[str, str]
    why: Mapping[str, str]
    unknown: Mapping[str, str]
    collect: Mapping[str, str]


def file_guides() -> tuple[FileGuide, ...]:
    """Return the guide of every file, the most needed first."""
    return tuple(
        FileGuide(
            id=str(table["id"]),
            who=_texts(table, "who"),
            why=_texts(table, "why"),
            unknown=_texts(table, "unknown"),
            collect=_texts(table, "collect"),
        )
        for table in subtables(_record(), "file")
    )


@dataclass(frozen=True, slots=True)
class PartGuide:
    """Questions that a file may leave out; ``prefix`` is how their columns begin."""

    file: str
    prefix: str
    unknown: Mapping[str, str]
    collect: Mapping[str, str]


def part_guides() -> tuple[PartGuide, ...]:
    """Return the guide of every part of a file that a form may leave out."""
    return tuple(
        PartGuide(
            file=str(table["file"]),
            prefix=str(table["prefix"]),
            unknown=_texts(table, "unknown"),
            collect=_texts(table, "collect"),
        )
        for table in subtables(_record(), "part")
    )


def readme_words(lang: str) -> dict[str, str]:
    """Return the parts of a folder's README in a language; English where it lacks."""
    return _in(subtable(_record(), "readme"), lang)


def example_words(lang: str) -> dict[str, str]:
    """Return the texts of the worked rows in a language; English where it lacks."""
    return _in(subtable(_record(), "words"), lang)


def said(texts: Mapping[str, str], lang: str) -> str:
    """Return a text in a language, or in English when it lacks that one."""
    return texts.get(lang) or texts["en"]


def _in(table: Mapping[str, object], lang: str) -> dict[str, str]:
    return {key: said(_texts(table, key), lang).strip("\n") for key in table}


def _texts(table: Mapping[str, object], key: str) -> dict[str, str]:
    return {lang: str(text) for lang, text in subtable(table, key).items()}


@cache
def _record() -> dict[str, object]:
    text = files("fivegaps.knowledge").joinpath("company_folder.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
