"""The shelf of shipped records: instruments and the profiles that change them.

An instrument is a folder ``packs/<id>/`` with ``instrument.toml`` and one file of
wordings for each language, so that a translator works on a single file; or one
file ``packs/<id>.toml`` that takes its items from another instrument.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from fivegaps.knowledge.profiles import with_profile
from fivegaps.knowledge.records import subtable
from fivegaps.knowledge.wordings import derived, with_wordings
from fivegaps.model.instrument import LANGUAGES

ORDER = ("rater-22", "rater-22-performance", "rater-22-zone", "rater-10")


def instrument_ids() -> tuple[str, ...]:
    """Return the ids of the shipped instruments."""
    return ORDER


@cache
def profile_ids() -> tuple[str, ...]:
    """Return the ids of the shipped industry profiles, in alphabetical order."""
    names = (one.name for one in (_root() / "profiles").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def shipped_table(base: str, profile: str = "") -> tuple[dict[str, object], str]:
    """Return the whole table of a shipped instrument and the SHA-256 of its files.

    Wordings, base instrument and profile are worked in: the table has the form
    of a user's instrument file.
    """
    own, names = _pack(base)
    record = profile_record(profile) if profile else None
    root = str(own.get("base", ""))
    whole, root_names = _pack(root) if root else (own, [])
    if record is not None:
        whole = with_profile(whole, record)
        names = [*names, f"profiles/{profile}.toml"]
    if root:
        whole = derived(whole, own)
    if record is not None:
        trade = subtable(record, "title")
        titles = subtable(whole, "title")
        whole["title"] = {lang: f"{trade[lang]} – {text}" for lang, text in titles.items()}
    whole["id"] = f"{base}@{profile}" if profile else base
    digest = hashlib.sha256()
    for name in sorted({*names, *root_names}):
        digest.update(_root().joinpath(name).read_bytes())
    return whole, digest.hexdigest()


@cache
def _profile(name: str) -> Mapping[str, object]:
    return _toml(f"profiles/{name}.toml")


def profile_record(name: str) -> Mapping[str, object]:
    """Return the record of an industry profile as it stands in its file."""
    return deepcopy(_profile(name))


@cache
def sources() -> Mapping[str, object]:
    """Return source id to its bibliographic facts."""
    return _toml("sources.toml")


def _pack(name: str) -> tuple[dict[str, object], list[str]]:
    if _root().joinpath(f"packs/{name}.toml").is_file():
        return _toml(f"packs/{name}.toml"), [f"packs/{name}.toml"]
    names = [f"packs/{name}/instrument.toml", *(f"packs/{name}/{lang}.toml" for lang in LANGUAGES)]
    wordings = {lang: _toml(f"packs/{name}/{lang}.toml") for lang in LANGUAGES}
    return with_wordings(_toml(names[0]), wordings), names


def _toml(name: str) -> dict[str, object]:
    return tomllib.loads(_root().joinpath(name).read_text(encoding="utf-8"))


def _root() -> Traversable:
    return files("fivegaps.knowledge")
