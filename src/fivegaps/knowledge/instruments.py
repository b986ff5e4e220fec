"""Instruments: shipped ones by their id, one's own by the path of a TOML file."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from fivegaps.errors import Fault, InstrumentRefused
from fivegaps.knowledge.reading import read_instrument
from fivegaps.knowledge.shelf import instrument_ids, profile_ids, shipped_table
from fivegaps.knowledge.table import nearest
from fivegaps.knowledge.writing import to_toml
from fivegaps.model.instrument import Instrument

__all__ = ["instrument", "instruments", "load", "to_toml"]


def load(path: str | Path) -> Instrument:
    """Return the instrument of a TOML file (contracts, section 1).

    Raises:
        InstrumentRefused: The file cannot be read, is not TOML or describes no
            valid instrument; holds every fault that was found.
    """
    file = Path(path)
    content = _content(file)
    loaded = _read(_parsed(str(path), content), str(path))
    return replace(loaded, sha256=hashlib.sha256(content).hexdigest())


def instrument(id_or_path: str | Path, *, profile: str | None = None) -> Instrument:
    """Return a shipped instrument by its id, or one's own by its path.

    Args:
        id_or_path: ``rater-22``, ``rater-22@bank`` (also ``rater-22:bank``), or
            the path of a ``.toml`` file.
        profile: An industry profile for a shipped instrument, such as ``bank``.

    Raises:
        InstrumentRefused: No such instrument, profile or file, or a bad one.
    """
    name = str(id_or_path)
    if isinstance(id_or_path, Path) or name.endswith(".toml") or "/" in name or "\\" in name:
        if profile is not None:
            raise InstrumentRefused(name, Fault("A profile fits shipped instruments only."))
        return load(id_or_path)
    base, _, named = name.replace(":", "@").partition("@")
    return _shipped(base, profile or named)


def instruments() -> tuple[Instrument, ...]:
    """Return the shipped instruments without profile, in the order of the shelf."""
    return tuple(_shipped(name, "") for name in instrument_ids())


@cache
def _shipped(base: str, profile: str) -> Instrument:
    if base not in instrument_ids():
        advice = nearest(base, instrument_ids()) or f"Shipped are {', '.join(instrument_ids())}."
        if Path(base).is_file():
            advice = f"To read the file of that name, write ./{base}."
        raise InstrumentRefused(base, Fault(f"there is no instrument {base!r}.", advice))
    if profile and profile not in profile_ids():
        advice = nearest(profile, profile_ids()) or f"Shipped are {', '.join(profile_ids())}."
        raise InstrumentRefused(base, Fault(f"there is no profile {profile!r}.", advice))
    table, sha256 = shipped_table(base, profile)
    return replace(_read(table, base), sha256=sha256)


def _content(file: Path) -> bytes:
    if file.is_dir():
        raise InstrumentRefused(str(file), Fault("this is a folder, not a file."))
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise InstrumentRefused(str(file), Fault("there is no such file.")) from None
    except OSError as error:
        raise InstrumentRefused(str(file), Fault(f"it cannot be read: {error.strerror}.")) from None


def _parsed(name: str, content: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        fault = Fault("this is not UTF-8.", "Save the file as UTF-8.", row=row)
        raise InstrumentRefused(name, fault) from None
    except tomllib.TOMLDecodeError as error:
        raise InstrumentRefused(name, Fault(f"this is not TOML: {error}.")) from None


def _read(table: Mapping[str, object], name: str) -> Instrument:
    faults: list[Fault] = []
    read = read_instrument(table, faults)
    if faults:
        raise InstrumentRefused(name, *faults)
    return read
