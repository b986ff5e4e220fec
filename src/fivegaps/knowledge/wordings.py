"""Join the structure of a shipped instrument with its wordings by language."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from fivegaps.knowledge.records import names, subtable, subtables

_NAMED = ("battery", "dimension", "item", "outcome")
_WORDED = ("title", "text", "short", "instruction", "anchors", "status")


def with_wordings(
    structure: Mapping[str, object], wordings: Mapping[str, Mapping[str, object]]
) -> dict[str, object]:
    """Return one table in the form of an instrument file.

    Args:
        structure: What is the same in every language: ids, scales, columns.
        wordings: Language to title, text, words and ``<kind>.<id>`` tables with
            title, short, instruction, anchors, text; an item's expectation and
            perception are its texts.
    """
    whole = deepcopy(dict(structure))
    whole["lang"] = list(wordings)
    for lang, words in wordings.items():
        for key in ("title", "text", "words"):
            if key in words:
                _put(whole, key, lang, words[key])
        for kind in _NAMED:
            by_id = subtable(words, kind)
            for record in subtables(whole, kind):
                own = subtable(by_id, str(record["id"]))
                if kind in {"item", "outcome"}:
                    own = {"status": words.get("status", "draft"), **own}
                _put_words(record, lang, own)
    return whole


def derived(whole: Mapping[str, object], own: Mapping[str, object]) -> dict[str, object]:
    """Return an instrument that asks another one's items in batteries of its own.

    ``own`` may name ``items`` (a short form) and says in ``[wording]`` which
    wording of the base each battery uses. An item that is gone from the base
    gives its place to the next one of its dimension.
    """
    joined = {**deepcopy(dict(whole)), **deepcopy(dict(own))}
    wording = subtable(joined, "wording")
    wanted = names(joined, "items")
    joined.pop("wording", None)
    joined.pop("items", None)
    items = [deepcopy(item) for item in subtables(whole, "item")]
    if wanted:
        items = _chosen(items, wanted, subtables(whole, "dimension"))
    for item in items:
        text = subtable(item, "text")
        for lang in text:
            words = subtable(text, lang)
            text[lang] = {battery: words[str(source)] for battery, source in wording.items()}
        item["text"] = text
    joined["item"] = items
    return joined


def _chosen(
    items: list[dict[str, object]], wanted: tuple[str, ...], dimensions: list[dict[str, object]]
) -> list[dict[str, object]]:
    chosen: list[dict[str, object]] = []
    size = len(wanted) // len(dimensions)  # a short form asks each dimension alike
    for dimension in dimensions:
        own = [item for item in items if item["dimension"] == dimension["id"]]
        first = [item for item in own if item["id"] in wanted]
        rest = [item for item in own if item["id"] not in wanted]
        taken = [str(item["id"]) for item in (*first, *rest)[:size]]
        chosen.extend(item for item in own if item["id"] in taken)
    return chosen


def _put(record: dict[str, object], key: str, lang: str, value: object) -> None:
    texts = subtable(record, key)
    texts[lang] = value
    record[key] = texts


def _put_words(record: dict[str, object], lang: str, own: Mapping[str, object]) -> None:
    texts: dict[str, object] = {}
    for key, value in own.items():
        if key in _WORDED:
            _put(record, key, lang, value)
        else:
            texts[key] = value
    if texts:
        _put(record, "text", lang, texts)
