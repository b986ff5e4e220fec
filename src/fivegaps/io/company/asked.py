"""Which questions a company's files ask: the instrument bound to its columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from fivegaps.errors import Fault
from fivegaps.io.company.cell_kinds import Unusable
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.sheets import Sheet
from fivegaps.io.where import close_names
from fivegaps.model.instrument import Instrument, Item, Outcome, Structure

LETTERS = {
    "e": "expectation", "p": "perception", "a": "adequate", "d": "desired", "i": "importance",
    "s": "satisfaction",
}  # fmt: skip
OUTCOMES = ("satisfaction", "recommend", "repurchase", "trust", "worry", "heard", "image")
_VOICES = {"managers": "e", "employees": "em"}
_LISTS = {"standards": "items", "promises": "items", "cases": "items", "competitors": "item"}


def asked_instrument(
    trade: Instrument, plain: Instrument, sheets: Mapping[str, Sheet]
) -> Instrument:
    """Return the instrument with the items that any file asks about, bound to ``customers``.

    ``trade`` is the instrument as its profile words it, ``plain`` without profile:
    an item that the profile drops still counts where a file asks it.
    """
    items = _in_order(trade, plain)
    batteries = {battery: letter for letter, battery in LETTERS.items()}
    columns = sheets["customers"].names if "customers" in sheets else ()
    elsewhere = _elsewhere(sheets)
    bound = []
    for item in items:
        own = {
            battery.id: f"{batteries[battery.id]}_{item.id}"
            for battery in trade.batteries
            if f"{batteries[battery.id]}_{item.id}" in columns
        }
        if own or item.id in elsewhere:
            bound.append(replace(item, columns=own))
    asked = {battery for item in bound for battery in item.columns}
    return replace(
        trade,
        items=tuple(bound),
        batteries=tuple(one for one in trade.batteries if one.id in asked) or trade.batteries,
        outcomes=_outcomes(trade, columns),
        kano=(),
        weights={
            dimension.id: f"w_{dimension.id}"
            for dimension in trade.dimensions
            if f"w_{dimension.id}" in columns
        },
        weights_optional=True,
        structure=Structure(
            respondent=_if_there("respondent", columns),
            cluster=_if_there("unit", columns),
            segments=tuple(name for name in ("unit", "channel") if name in columns),
            date=_if_there("date", columns),
        ),
    )


def refuse_unasked(reading: Reading, trade: Instrument, plain: Instrument) -> None:
    """Note a fault for each column of ``customers`` that looks like a question and is none."""
    items = {item.id for item in (*trade.items, *plain.items)}
    dimensions = [dimension.id for dimension in trade.dimensions]
    outcomes = [*OUTCOMES, *(outcome.id for outcome in trade.outcomes)]
    for name in reading.names:
        letter, _, rest = name.partition("_")
        if not rest:
            continue
        said: Unusable | None = None
        if letter in LETTERS:
            said = _item_fault(LETTERS[letter], rest, trade, items)
        elif letter == "w" and rest not in dimensions:
            said = Unusable(f"{rest!r} is no dimension{close_names(rest, dimensions) or '.'}")
        elif letter == "o" and rest not in outcomes:
            said = Unusable(f"{rest!r} is no outcome{close_names(rest, outcomes) or '.'}")
        if said is None and letter in {*LETTERS, "w", "o"}:
            reading.has(name)
        elif said is not None:
            reading.has(name)
            advice = said.advice or (
                f"company.toml names instrument {trade.id}; one folder holds one instrument."
            )
            reading.fault(Fault(f"is no question here: {said.what}", advice, row=1, column=name))


def _item_fault(
    battery: str, item: str, trade: Instrument, items: Collection[str]
) -> Unusable | None:
    if item not in items:
        near = close_names(item, items)
        return Unusable(f"{item!r} is no item of {trade.id}{near or '.'}")
    if not trade.has(battery):
        listed = ", ".join(one.id for one in trade.batteries)
        return Unusable(
            f"{trade.id} has no battery {battery!r}; it has {listed}.",
            "Are two instruments mixed? One folder holds one, the one that company.toml names.",
        )
    return None


def _in_order(trade: Instrument, plain: Instrument) -> list[Item]:
    """Return the items of both, dimension by dimension when the plain one has more."""
    known = {item.id for item in trade.items}
    dropped = [item for item in plain.items if item.id not in known]
    if not dropped:
        return list(trade.items)
    order = {item.id: place for place, item in enumerate(plain.items)}
    dimensions = {dimension.id: place for place, dimension in enumerate(trade.dimensions)}
    return sorted(
        (*trade.items, *dropped),
        key=lambda item: (
            dimensions.get(item.dimension or "", len(dimensions)),
            order.get(item.id, len(order)),
        ),
    )


def _elsewhere(sheets: Mapping[str, Sheet]) -> set[str]:
    """Return what other files name where items are named."""
    found: set[str] = set()
    for file, letters in _VOICES.items():
        if file in sheets:
            found |= {
                name.partition("_")[2] for name in sheets[file].names if name[:2] in {
                    f"{letter}_" for letter in letters
                }
            }  # fmt: skip
    for file, column in _LISTS.items():
        sheet = sheets.get(file)
        if sheet is not None and sheet.raw is not None and column in sheet.names:
            found |= _listed(sheet, column)
    return found


def _listed(sheet: Sheet, column: str) -> set[str]:
    from fivegaps.errors import FileRefused
    from fivegaps.io.company.distinct import distinct

    found: set[str] = set()
    try:
        for batch in sheet.raw.batches(wanted=[column]) if sheet.raw is not None else ():
            for text in distinct(batch.column(column)).texts:
                found |= {part.strip() for part in text.split(";")}
    except FileRefused:
        return set()  # told when the file is read
    return found


def _outcomes(trade: Instrument, columns: Collection[str]) -> tuple[Outcome, ...]:
    known = {outcome.id: outcome for outcome in trade.outcomes}
    ids = dict.fromkeys((*OUTCOMES, *known))
    return tuple(
        replace(known[name], columns=(f"o_{name}",), minimum=1, maximum=7, optional=True)
        if name in known
        else Outcome(name, (f"o_{name}",), 1, 7, optional=True)
        for name in ids
        if f"o_{name}" in columns
    )


def _if_there(name: str, columns: Collection[str]) -> str | None:
    return name if name in columns else None
