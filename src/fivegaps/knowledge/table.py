"""One table of a TOML file, read key by key while faults are collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TypeGuard

from fivegaps.errors import Fault
from fivegaps.model.instrument import LANGUAGES


def nearest(word: str, known: Sequence[str]) -> str:
    """Return "did you mean 'x'?" for the known word nearest to this one, or ""."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else ""


def is_table(value: object) -> TypeGuard[Mapping[str, object]]:
    """Tell whether a TOML value is a table; its keys are then strings."""
    return isinstance(value, Mapping)


def is_whole(value: object) -> TypeGuard[int]:
    """Tell whether a TOML value is a whole number; true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


class Table:
    """A table with its place in the file, the faults so far and the keys asked for.

    A value of the wrong kind becomes a fault and its default is returned, so one
    reading finds every fault of a file.
    """

    def __init__(self, values: Mapping[str, object], place: str, faults: list[Fault]) -> None:
        self.values = values
        self.place = place
        self.faults = faults
        self._asked: list[str] = []

    def fault(self, what: str, advice: str = "") -> None:
        """Note a fault of this table."""
        head = f"{self.place}: " if self.place else ""
        self.faults.append(Fault(f"{head}{what}.", advice))

    def has(self, key: str) -> bool:
        """Tell whether the table gives this key."""
        return key in self.values

    def value(self, key: str) -> object:
        """Return the raw value of a key, None when it is not given."""
        if key not in self._asked:
            self._asked.append(key)
        return self.values.get(key)

    def string(self, key: str, *, default: str = "", required: bool = False) -> str:
        """Return a string that is not empty, or the default."""
        value = self.value(key)
        if value is None:
            if required:
                self.fault(f"{key!r} is missing")
            return default
        if not isinstance(value, str) or not value.strip():
            self.fault(f"{key!r} must be a text that is not empty, not {value!r}")
            return default
        return value

    def whole(self, key: str) -> int | None:
        """Return a whole number; a fault when missing or of another kind."""
        value = self.value(key)
        if value is None:
            self.fault(f"{key!r} is missing")
            return None
        if not is_whole(value):
            self.fault(f"{key!r} must be a whole number, not {value!r}")
            return None
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false when not given."""
        value = self.value(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            self.fault(f"{key!r} must be true or false, not {value!r}")
            return False
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; one text stands for a list of one."""
        value = self.value(key)
        if value is None:
            return ()
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(one, str) and one for one in given):
            self.fault(f"{key!r} must be a list of texts, not {value!r}")
            return ()
        return tuple(one for one in given if isinstance(one, str))

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers; one number stands for a list of one."""
        value = self.value(key)
        if value is None:
            return ()
        given = [value] if is_whole(value) else value
        if not isinstance(given, list) or not all(is_whole(one) for one in given):
            self.fault(f"{key!r} must be a list of whole numbers, not {value!r}")
            return ()
        return tuple(one for one in given if is_whole(one))

    def table(self, key: str) -> Table:
        """Return a table within this one; empty when not given."""
        value = self.value(key)
        place = f"{self.place}, [{key}]" if self.place else f"[{key}]"
        if value is None:
            return Table({}, place, self.faults)
        if not is_table(value):
            self.fault(f"{key!r} must be a table, not {value!r}")
            return Table({}, place, self.faults)
        return Table(value, place, self.faults)

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return the tables of ``[[key]]``, each named by its id or its place."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(is_table(one) for one in value):
            self.fault(f"{key!r} must be written as [[{key}]] tables")
            return ()
        found: list[Table] = []
        for number, one in enumerate(value, 1):
            if is_table(one):
                name = one.get("id", one.get("item"))
                place = f"{key} {name!r}" if isinstance(name, str) and name else f"{key} {number}"
                found.append(Table(one, place, self.faults))
        return tuple(found)

    def by_language(self, key: str) -> dict[str, str]:
        """Return language to text of ``key = { en = "…" }``."""
        value = self.value(key)
        if isinstance(value, str):
            advice = f"Write {key} = {{ en = {value!r} }}."
            self.fault(f"{key!r} must say its language", advice)
            return {}
        inner = self.table(key)
        texts = {lang: inner.string(lang) for lang in inner.languages()}
        return {lang: text for lang, text in texts.items() if text}

    def languages(self) -> tuple[str, ...]:
        """Return the keys of this table that are languages; others are faults."""
        for key in self.values:
            if key not in LANGUAGES:
                self.fault(
                    f"{key!r} is not a language of fivegaps ({', '.join(LANGUAGES)})",
                    nearest(key, LANGUAGES),
                )
        return tuple(key for key in self.values if key in LANGUAGES)

    def points_by_language(self, key: str) -> dict[str, dict[int, str]]:
        """Return language to scale point to words of ``anchors = { en = { 1 = "…" } }``."""
        outer = self.table(key)
        found: dict[str, dict[int, str]] = {}
        for lang in outer.languages():
            inner = outer.table(lang)
            points: dict[int, str] = {}
            for point in inner.values:
                if point.removeprefix("-").isdecimal():
                    points[int(point)] = inner.string(point)
                else:
                    inner.fault(f"{point!r} is not a scale point")
            found[lang] = points
        return found

    def refuse_unknown_keys(self) -> None:
        """Note a fault for each key that nobody asked for."""
        for key in self.values:
            if key not in self._asked:
                self.fault(f"unknown key {key!r}", nearest(key, self._asked))
