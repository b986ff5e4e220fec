"""Which instrument a file was collected with, told from the names of its columns."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fivegaps.errors import Fault, FileRefused, InstrumentRefused
from fivegaps.io.answers import Answers, Notice
from fivegaps.io.observing import observe
from fivegaps.io.open_raw import open_raw
from fivegaps.io.patterns import Family, Key, families
from fivegaps.io.raw import RawTable
from fivegaps.io.read import answers_in
from fivegaps.io.scales import merged, scale_of_answers
from fivegaps.io.where import RowFilter
from fivegaps.knowledge.binding import bind
from fivegaps.knowledge.instruments import instrument, instruments, to_toml
from fivegaps.model.instrument import Battery, Instrument, Item, KanoPair

Counts = Mapping[str, Mapping[float, int]]
Observing = Callable[[Collection[str]], Counts]

# Which batteries a shipped instrument of 22 items needs, best first.
_SHIPPED = (
    ("rater-22", frozenset({"expectation", "perception"})),
    ("rater-22-zone", frozenset({"adequate", "desired", "perception"})),
    ("rater-22-performance", frozenset({"perception"})),
)
_COMPARED = ("expectation", "perception", "adequate", "desired")
_ORDER = (*_COMPARED, "importance", "satisfaction")
_KANO = re.compile(r"[Kk]0*(?P<number>[0-9]{1,3})_?(?P<side>[fdFD])")
_GIVE = (
    "`fivegaps inspect FILE --draft my.toml` drafts an instrument; correct it and give it with"
    " --instrument my.toml."
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """An instrument told from column names, and what was assumed, in whole sentences."""

    instrument: Instrument
    assumptions: tuple[str, ...]


def recognise(
    column_names: Sequence[str],
    *,
    labels: Mapping[str, str] | None = None,
    observed: Observing | None = None,
) -> Recognised:
    """Return the instrument that the names (and labels) of columns point to.

    Knows the columns of the shipped instruments; E1…E22 and P1…P22 in SERVQUAL's
    order, however padded; ``exp_``/``perc_``; headers such as "Expectation: …";
    the two scales of LimeSurvey's dual arrays. Other numbers of items give an
    instrument whose items are in no dimension.

    Args:
        column_names: The file's, in order.
        labels: Wordings by column name, such as SPSS's variable labels.
        observed: Gives counts of the values in columns; sets the scale. Without
            it the scale is 1 to 7.

    Raises:
        InstrumentRefused: No battery is recognised, or two of unequal items.
    """
    shipped = _shipped_by_own_columns(column_names)
    if shipped is not None:
        sentence = f"the columns are those of {shipped.id}, so that instrument was taken"
        return _scaled(Recognised(shipped, (sentence,)), observed)
    found = [
        family
        for family in families(column_names, labels or {})
        if "perception" in family.columns and len(family.columns["perception"]) > 1
    ]
    if not found:
        raise InstrumentRefused("(none given)", _nothing(column_names))
    # Two batteries to compare say more than one; then the larger.
    family = max(
        found, key=lambda family: (len(set(_COMPARED) & set(family.columns)) > 1, family.size)
    )
    kept = _even(family)
    return _scaled(_built(kept, column_names), observed)


def recognised_in(raw: RawTable) -> Recognised:
    """Return the instrument that a raw table points to; see :func:`recognise`."""
    if raw.faults:
        raise FileRefused(raw.origin.file_name, *raw.faults)

    def observed(names: Collection[str]) -> Counts:
        return {name: seen.numbers() for name, seen in observe(raw, names).items()}

    labels = {column.name: column.label for column in raw.columns if column.label}
    return recognise(raw.names, labels=labels, observed=observed)


def recognised_answers(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
    where: str | RowFilter | None = None,
) -> Answers:
    """Return a file's answers by the instrument recognised in it; says what was assumed.

    The assumptions are a notice of code ``assumed_instrument``.

    Raises:
        As :func:`recognise` and :func:`fivegaps.io.read.read`.
    """
    raw = open_raw(path, encoding=encoding, delimiter=delimiter, decimal=decimal, sheet=sheet)
    found = recognised_in(raw)
    answers = answers_in(path, raw, found.instrument, where=where, decimal=decimal)
    text = f"no instrument was given: {'; '.join(found.assumptions)}. {_GIVE}"
    answers.notices = (Notice("assumed_instrument", text, found.assumptions), *answers.notices)
    return answers


def _shipped_by_own_columns(names: Sequence[str]) -> Instrument | None:
    """Return the largest shipped instrument whose items' own columns (e_tan1) are all there."""
    present = frozenset(names)
    fitting = [
        known
        for known in instruments()
        if all(column in present for item in known.items for column in item.columns.values())
    ]
    if not fitting:
        return None
    largest = max(fitting, key=lambda known: sum(len(item.columns) for item in known.items))
    return bind(largest, names)


def _even(family: Family) -> Family:
    """Return the family without batteries of other items; refuse when two to compare differ."""
    perception = family.columns["perception"]
    columns: dict[str, Mapping[Key, str]] = {}
    for battery in _ORDER:
        own = family.columns.get(battery)
        if own is None:
            continue
        if set(own) == set(perception):
            columns[battery] = {key: own[key] for key in _sorted(own)}
        elif battery == "expectation":
            raise InstrumentRefused("(none given)", *_uneven(own, perception))
    return Family(family.how, columns)


def _uneven(own: Mapping[Key, str], perception: Mapping[Key, str]) -> list[Fault]:
    faults = [
        Fault(
            f"{len(own)} columns of expectation ({_span(own.values())}) and {len(perception)} of"
            f" perception ({_span(perception.values())}) were recognised: two batteries of"
            " unequal items have no gaps.",
            _GIVE,
        )
    ]
    for battery, mine, other in (
        ("perception", own, perception),
        ("expectation", perception, own),
    ):
        faults += [
            Fault(f"has no column of {battery} beside it.", column=name)
            for key, name in list(mine.items())[:200]
            if key not in other
        ][:10]
    return faults


def _sorted(own: Mapping[Key, str]) -> list[Key]:
    numbers = sorted(key for key in own if isinstance(key, int))
    return [*numbers] if len(numbers) == len(own) else list(own)


def _built(family: Family, names: Sequence[str]) -> Recognised:
    perception = family.columns["perception"]
    keys = list(perception)
    said = [
        f"{battery} is in {_span(own.values())} ({len(own)} columns)"
        for battery, own in family.columns.items()
    ]
    if family.how == "two scales of one question":
        said.append("the first scale of each question is expectation, the second perception")
    for shipped_id, needed in _SHIPPED:
        shipped = instrument(shipped_id)
        ids = [item.id for item in shipped.items]
        if not needed <= set(family.columns) or len(keys) != len(ids):
            continue
        by_id = set(keys) == set(ids)
        if not by_id:
            said.append(f"the columns follow SERVQUAL's order of 22 statements, as in {shipped_id}")
        order = {item: item if by_id else keys[place] for place, item in enumerate(ids)}
        return Recognised(_extended(shipped, family, order, names), tuple(said))
    said.append(
        f"{len(keys)} items are not SERVQUAL's 22, so they are in no dimension: means and gaps of"
        " items and their mean are given, dimensions and factors are not"
    )
    return Recognised(_plain(family, names), tuple(said))


def _extended(
    shipped: Instrument, family: Family, order: Mapping[str, Key], names: Sequence[str]
) -> Instrument:
    batteries = tuple(
        shipped.battery(battery) if shipped.has(battery) else Battery(battery, 1, 7)
        for battery in family.columns
    )
    items = tuple(
        replace(
            item,
            columns={battery: own[order[item.id]] for battery, own in family.columns.items()},
        )
        for item in shipped.items
    )
    return bind(replace(shipped, batteries=batteries, items=items), names)


def _plain(family: Family, names: Sequence[str]) -> Instrument:
    """Return an instrument of items in no dimension: item1, item2, … in order."""
    ids = {
        key: f"item{key if isinstance(key, int) else place}"
        for place, key in enumerate(family.columns["perception"], start=1)
    }
    items = tuple(
        Item(
            ids[key],
            None,
            {battery: own[key] for battery, own in family.columns.items()},
            short={"en": key} if isinstance(key, str) and len(key) <= 40 else {},
        )
        for key in ids
    )
    plain = Instrument(
        id="recognised",
        version="1",
        languages=("en",),
        title={"en": "Recognised from the names of the columns"},
        batteries=tuple(Battery(battery, 1, 7) for battery in family.columns),
        dimensions=(),
        items=items,
        kano=_kano(names, {key: ids[key] for key in ids if isinstance(key, int)}),
    )
    return replace(plain, sha256=hashlib.sha256(to_toml(plain).encode()).hexdigest())


def _kano(names: Sequence[str], ids: Mapping[Key, str]) -> tuple[KanoPair, ...]:
    """Return the pairs K1f, K1d, …: functional and dysfunctional."""
    sides: dict[int, dict[str, str]] = {}
    for name in names:
        if match := _KANO.fullmatch(name):
            sides.setdefault(int(match["number"]), {})[match["side"].lower()] = name
    return tuple(
        KanoPair(ids.get(number, f"kano{number}"), pair["f"], pair["d"])
        for number, pair in sorted(sides.items())
        if len(pair) == 2
    )


def _scaled(found: Recognised, observed: Observing | None) -> Recognised:
    """Return the instrument with the scale its answers were given on."""
    if observed is None:
        return found
    known = found.instrument
    columns = {
        battery.id: [item.columns[battery.id] for item in known.items_in(battery.id)]
        for battery in known.batteries
    }
    counts = observed([name for names in columns.values() for name in names])
    compared = [battery for battery in columns if battery in _COMPARED]
    groups = [compared, *([battery] for battery in columns if battery not in _COMPARED)]
    scales: dict[str, tuple[int, int]] = {}
    said = []
    for group in groups:
        answers = merged(counts[name] for battery in group for name in columns[battery])
        scale = scale_of_answers(answers)
        if scale is not None:
            scales |= dict.fromkeys(group, scale)
            said.append(f"{' and '.join(group)} {scale[0]} to {scale[1]}")
    batteries = tuple(
        _on_scale(battery, scales.get(battery.id, (battery.minimum, battery.maximum)))
        for battery in known.batteries
    )
    told = f"the scales that hold the answers are: {', '.join(said)}"
    return Recognised(
        replace(known, batteries=batteries),
        (*found.assumptions, told) if said else found.assumptions,
    )


def _on_scale(battery: Battery, scale: tuple[int, int]) -> Battery:
    if scale == (battery.minimum, battery.maximum):
        return battery
    # Anchors belong to the points of the shipped scale.
    return replace(battery, minimum=scale[0], maximum=scale[1], anchors={})


def _span(names: Iterable[str]) -> str:
    listed = [name if len(name) <= 40 else name[:39] + "…" for name in names]
    return listed[0] if len(listed) == 1 else f"{listed[0]} … {listed[-1]}"


def _nothing(names: Sequence[str]) -> Fault:
    shown = ", ".join(name if len(name) <= 30 else name[:29] + "…" for name in names[:12])
    more = ", …" if len(names) > 12 else ""
    return Fault(
        f"no instrument was given, and none was recognised in the columns {shown}{more}."
        " Recognised are E1…E22 with P1…P22, exp_… with perc_…, headers such as"
        " 'Expectation: …' with 'Perception: …', and LimeSurvey's dual scales.",
        _GIVE,
    )
