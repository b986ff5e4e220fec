"""Column names that tell which battery and which item a column belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fivegaps.io.cells import tidy

Key = int | str

LETTERS = {
    "e": "expectation",
    "p": "perception",
    "a": "adequate",
    "d": "desired",
    "i": "importance",
    "s": "satisfaction",
}

# Words for the batteries in headers, case-folded; longer ones first in the patterns below.
WORDS: Mapping[str, tuple[str, ...]] = {
    "expectation": (
        "expectations", "expectation", "expected", "expect", "exp", "기대", "期望", "预期", "預期",
        "kỳ vọng", "mong đợi", "verwachtingen", "verwachting", "erwartung", "attentes", "attente",
        "expectativas", "expectativa",
    ),
    "perception": (
        "perceptions", "perception", "perceived", "perc", "per", "performance", "인지", "지각",
        "感知", "实际", "實際", "cảm nhận", "thực tế", "percepties", "perceptie", "ervaring",
        "beleving", "wahrnehmung", "percepción", "percepciones",
    ),
    "adequate": ("adequate", "minimum", "adeq", "min", "最低", "tối thiểu", "minimaal"),
    "desired": ("desired", "des", "理想", "mong muốn", "gewenst"),
    "importance": (
        "importance", "imp", "중요도", "중요", "重要性", "重要", "tầm quan trọng", "belang",
    ),
    "satisfaction": (
        "satisfaction", "sat", "만족도", "만족", "满意度", "滿意度", "hài lòng", "tevredenheid",
    ),
}  # fmt: skip
_OF_WORD = {word: battery for battery, words in WORDS.items() for word in words}
_ANY_WORD = "|".join(re.escape(word) for word in sorted(_OF_WORD, key=len, reverse=True))

_LETTER = re.compile(r"(?P<letter>[EePpAaDdIiSs])[ _.-]?0*(?P<number>[0-9]{1,3})")
_DEFAULT = re.compile(r"(?P<letter>[epadis])_(?P<item>[a-z]+[a-z0-9-]*)")
_PREFIX = re.compile(rf"(?P<word>{_ANY_WORD})(?P<item>[0-9]+|[ _.-]+[a-z0-9][a-z0-9-]*)")
_SUFFIX = re.compile(rf"(?P<item>[a-z0-9-]*[a-z0-9])[ _.-]+(?P<word>{_ANY_WORD})")
_HEADED = re.compile(rf"(?P<word>{_ANY_WORD})\s*[:：–—-]\s*(?P<rest>.+)")
_BEFORE, _WITHIN, _AFTER = r"[\[(（【<]", r"[^\[\](（）)】]", r"[\])）】>]"
_BRACKETED = re.compile(
    rf"(?P<before>.*?)\s*{_BEFORE}(?:{_WITHIN}*\s)?(?P<word>{_ANY_WORD})(?:\s{_WITHIN}*)?{_AFTER}"
    r"\s*(?P<after>.*)"
)
_DUAL = re.compile(
    r"(?P<stem>.+?)\s*(?:#(?P<hash>[01])|\[(?P<plain>[12])\]|\[(?:scale|skala|schaal|échelle|escala)"
    r" (?P<scale>[12])\]|_(?P<under>[01])(?=$)(?<=sq[0-9]{3}_[01]))"
)
_NUMBER = re.compile(r"\D{0,3}0*(?P<number>[0-9]{1,3})(?:-[0-9]+)?[.)\s_]")


@dataclass(frozen=True, slots=True)
class Family:
    """Columns by battery and item key, and how that was told; keys in order of appearance."""

    how: str
    columns: Mapping[str, Mapping[Key, str]]

    @property
    def size(self) -> int:
        """Number of columns."""
        return sum(len(columns) for columns in self.columns.values())


def families(names: Sequence[str], labels: Mapping[str, str]) -> list[Family]:
    """Return the ways of reading the column names that find any battery, best guesses first."""
    ways: list[tuple[str, Callable[[str], tuple[str, Key] | None]]] = [
        ("letter and number", _by_letter),
        ("letter and item", _by_default),
        ("prefix", _by_prefix),
        ("suffix", _by_suffix),
        ("two scales of one question", _by_dual),
    ]
    found = []
    for how, way in ways:
        columns: dict[str, dict[Key, str]] = {}
        for name in names:
            told = way(name)
            if told is not None:
                columns.setdefault(told[0], {}).setdefault(told[1], name)
        found.append(Family(how, columns))
    found.append(_by_headers({name: name for name in names}, "header words"))
    found.append(_by_headers(dict(labels), "label words"))
    return [family for family in found if family.columns]


def _by_letter(name: str) -> tuple[str, Key] | None:
    match = _LETTER.fullmatch(name)
    return None if match is None else (LETTERS[match["letter"].lower()], int(match["number"]))


def _by_default(name: str) -> tuple[str, Key] | None:
    match = _DEFAULT.fullmatch(name.casefold())
    return None if match is None else (LETTERS[match["letter"]], match["item"])


def _by_prefix(name: str) -> tuple[str, Key] | None:
    match = _PREFIX.fullmatch(name.casefold())
    return None if match is None else (_OF_WORD[match["word"]], _key(match["item"]))


def _by_suffix(name: str) -> tuple[str, Key] | None:
    match = _SUFFIX.fullmatch(name.casefold())
    return None if match is None else (_OF_WORD[match["word"]], _key(match["item"]))


def _by_dual(name: str) -> tuple[str, Key] | None:
    match = _DUAL.fullmatch(name.casefold())
    if match is None:
        return None
    first = match["hash"] == "0" or match["under"] == "0" or "1" in {match["plain"], match["scale"]}
    return "expectation" if first else "perception", match["stem"]


def _key(item: str) -> Key:
    stripped = item.strip(" _.-")
    bare = re.fullmatch(r"(?:q|item)?0*([0-9]{1,3})", stripped)
    return int(bare[1]) if bare else stripped


def _by_headers(texts: Mapping[str, str], how: str) -> Family:
    """Read wordings: "Expectation: …", "1-1. … (기대 설문)"; paired by words, number or order."""
    told = list(_told(texts))
    columns: dict[str, dict[Key, str]] = {}
    for battery in dict.fromkeys(battery for battery, _, _ in told):
        own = [(rest, name) for known, rest, name in told if known == battery]
        numbers = [_number(rest) for rest, _ in own]
        keys: list[Key]
        if None not in numbers and len(set(numbers)) == len(numbers):
            keys = [number for number in numbers if number is not None]
        else:
            keys = [tidy(rest).casefold() for rest, _ in own]
        columns[battery] = {key: name for key, (_, name) in zip(keys, own, strict=True)}
    sizes = {len(own) for own in columns.values()}
    kinds = {frozenset(own) for own in columns.values()}
    if len(sizes) == 1 and len(kinds) > 1:
        # The same number of questions in other words: paired by their order.
        columns = {
            battery: dict(enumerate(own.values(), start=1)) for battery, own in columns.items()
        }
    return Family(how, columns)


def _told(texts: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name, text in texts.items():
        folded = tidy(text).casefold()
        match = _HEADED.fullmatch(folded)
        if match is not None:
            yield _OF_WORD[match["word"]], match["rest"], name
            continue
        match = _BRACKETED.fullmatch(folded)
        if match is not None:
            yield _OF_WORD[match["word"]], f"{match['before']} {match['after']}".strip(), name


def _number(text: str) -> int | None:
    match = _NUMBER.match(text)
    return None if match is None else int(match["number"])
