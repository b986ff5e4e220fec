"""Industry profiles: keep, reword, add or drop items of an instrument."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from fivegaps.knowledge.records import names, subtables


def with_profile(whole: Mapping[str, object], record: Mapping[str, object]) -> dict[str, object]:
    """Return the instrument as a trade asks it.

    Items that the record doesn't name stay as they are. An added item comes
    after the other items of its dimension.

    Args:
        whole: Table of the instrument, in the form of an instrument file.
        record: ``drop`` (ids), ``[[reword]]`` (item, short, text), ``[[add]]``
            (a whole item), words, mission and sources of the trade.

    Raises:
        KeyError: The record drops or rewords an item that is not there.
    """
    changed = deepcopy(dict(whole))
    items = {str(item["id"]): item for item in subtables(changed, "item")}
    for name in names(record, "drop"):
        del items[name]
    for rewording in subtables(record, "reword"):
        item = items[str(rewording["item"])]
        item.update({key: deepcopy(value) for key, value in rewording.items() if key != "item"})
    ordered: list[dict[str, object]] = []
    for dimension in subtables(changed, "dimension"):
        ordered.extend(item for item in items.values() if item["dimension"] == dimension["id"])
        ordered.extend(
            {"status": record.get("status", "draft"), **deepcopy(added)}
            for added in subtables(record, "add")
            if added["dimension"] == dimension["id"]
        )
    changed["item"] = ordered
    changed["profile"] = record["id"]
    changed["base"] = str(whole["id"])
    changed["words"] = deepcopy(record["words"])
    for key in ("mission", "sources"):
        both = [*names(whole, key), *names(record, key)]
        changed[key] = list(dict.fromkeys(both))
    return changed
