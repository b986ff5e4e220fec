"""Where it differs: waves, units, channels, and how the gaps go together across units."""

from __future__ import annotations

from fivegaps.report.diagnosis.overall import GAPS, overall
from fivegaps.report.diagnosis.picturing import whisker, whisker_chart
from fivegaps.report.diagnosis.seen import VOICES, Heads, Seen
from fivegaps.report.document import Block, Paragraph, Section
from fivegaps.report.tables import Cell, Named
from fivegaps.scoring.results import Segments, SegmentSpread

MOST_UNITS = 60
MOST_DRAWN = 40
GAPS_OF_UNITS = (1, 2, 3, 4, 5)


def waves(seen: Seen) -> Section | None:
    """Return every gap over the waves; None with one wave."""
    names = list(seen.diagnosis.waves)
    if len(names) < 2:
        return None
    rows: list[tuple[Cell, ...]] = []
    for gap in GAPS:
        for name in names:
            one = overall(seen.diagnosis.waves[name].gaps, gap)
            shown = seen.shielded(one, VOICES[gap], seen.diagnosis.waves[name].asked)
            rows.append((Named(f"gap{gap}", seen.gap_name(gap)), name, shown, shown.n))
    heads: Heads = (
        ("gap_of_model", "name"), ("wave", "text"), ("value", "signed"), ("n", "count"),
    )  # fmt: skip
    table = seen.table("waves", seen.tell("table.all_waves"), heads, rows)
    lead = Paragraph(seen.tell("waves_lead"), "lead")
    return Section("waves", seen.tell("sections.waves"), "analyst", (lead, table))


def units(seen: Seen) -> Section | None:
    """Return the units: gap 5 with the spread beyond chance, then every gap of each unit."""
    found = seen.measured.units
    if len(found) < 2:
        return None
    blocks: list[Block] = [Paragraph(seen.tell("units_lead"), "lead")]
    segments = seen.measured.segments.get("unit")
    if segments is not None:
        blocks += _spread(seen, segments, "unit")
    rows: list[tuple[Cell, ...]] = []
    for name, one in list(found.items())[:MOST_UNITS]:
        figures = [
            seen.shielded(overall(one.gaps, gap), VOICES[gap], one.asked) for gap in GAPS_OF_UNITS
        ]
        counts: list[Cell] = [
            one.asked.get(voice, f"< {seen.names.minimum[voice]}")
            for voice in ("customers", "employees", "managers")
        ]
        rows.append((seen.unit(name), *figures, *counts))
    heads: Heads = (
        ("unit", "name"), *((f"gap{gap}", "signed") for gap in GAPS_OF_UNITS),
        ("n_customers", "count"), ("n_employees", "count"), ("n_managers", "count"),
    )  # fmt: skip
    blocks.append(seen.table("units", seen.tell("table.all_units"), heads, rows))
    return Section("units", seen.tell("sections.units"), "analyst", tuple(blocks))


def channels(seen: Seen) -> Section | None:
    """Return whether the channels serve alike; None where no channel is recorded."""
    segments = seen.measured.segments.get("channel")
    if segments is None or len(segments.values) < 2:
        return None
    blocks: list[Block] = [Paragraph(seen.tell("channels_lead"), "lead")]
    blocks += _spread(seen, segments, "channel")
    rows: list[tuple[Cell, ...]] = []
    for name, label in seen.dimensions.items():
        known = segments.dimensions.get(name)
        figures = [
            one.dimensions[name].gap if name in one.dimensions else None
            for one in segments.values.values()
        ]
        spread = known.spread if known else None
        rows.append(
            (
                Named(name, label), *figures, spread.range if spread else None,
                spread.p if spread else None, _apart(seen, spread),
            )
        )  # fmt: skip
    heads: Heads = (
        ("dimension", "name"), *(
            (f"channel:{name} (n = {seen.numerals.count(one.n)})", "signed")
            for name, one in segments.values.items()
        ),
        ("spread", "statistic"), ("p", "p"), ("told_apart", "text"),
    )  # fmt: skip
    title, note = seen.tell("table.channels"), seen.tell("channels_note")
    blocks.append(seen.table("channels", title, heads, rows, note))
    return Section("channels", seen.tell("sections.channels"), "analyst", tuple(blocks))


def _apart(seen: Seen, spread: SegmentSpread | None) -> str:
    if spread is None or spread.p is None:
        return seen.tell("verdict.cannot_tell")
    return seen.words.say("phrases.yes" if spread.told_apart else "phrases.no")


def _spread(seen: Seen, segments: Segments, column: str) -> list[Block]:
    """Return the picture of gap 5 by segment, and whether they differ beyond chance."""
    spread, numerals = segments.spread, seen.numerals
    if spread.q is None or spread.p is None or spread.df is None:
        told = seen.words.say("segments.untold")
    else:
        told = seen.words.say(
            "segments.told_apart" if spread.told_apart else "segments.alike",
            count=len(segments.values),
            df=spread.df,
            q=numerals.number(spread.q),
            p=numerals.p_phrase(spread.p),
            tau=numerals.number(spread.tau or 0.0),
            range=numerals.number(spread.range or 0.0),
        )
    ordered = sorted(
        segments.values.items(),
        key=lambda pair: (pair[1].overall.value is None, pair[1].overall.value or 0.0),
    )
    rows: list[tuple[Cell, ...]] = []
    drawn = []
    for name, one in ordered[:MOST_DRAWN]:
        label = seen.unit(name) if column == "unit" else Named(name, name)
        figure = seen.shielded(one.overall, "customers", {"customers": one.n})
        place = seen.tell(f"funnel.{one.outlying}") if one.outlying else "–"
        rows.append((label, figure, one.n, place))
        tone = {"below": "trouble", "above": "strength"}.get(one.outlying or "", "mark")
        drawn.append(whisker(seen, label.name, figure, tone=tone))
    heads: Heads = (
        (column, "name"), ("gap", "signed"), ("n", "count"), ("funnel_place", "text"),
    )  # fmt: skip
    table = seen.table(f"{column}_gap5", seen.tell(f"table.by_{column}"), heads, rows)
    asked = sum(one.n for one in segments.values.values())
    key = "apart" if spread.told_apart else "alike"
    chart = whisker_chart(
        seen, f"by-{column}", drawn, table,
        title=seen.tell(f"by.{column}_{key}"),
        subtitle=seen.tell("by.subtitle", n=numerals.count(asked)),
        axis=seen.tell("axis.gap5"),
        note=seen.tell("by.note"),
    )  # fmt: skip
    return [Paragraph(told), chart or table]


def relations(seen: Seen) -> Section:
    """Return how each gap goes with gap 5 across units: association, never cause."""
    found = seen.measured.relations
    blocks: list[Block] = [Paragraph(seen.tell("relations_lead"), "lead")]
    rows: list[tuple[Cell, ...]] = []
    drawn = []
    for name, one in found.items():
        label = seen.form(name)
        rows.append((Named(name, label), one.rank_correlation, one.slope, one.units))
        drawn.append(whisker(seen, label, one.rank_correlation, kind="coefficient"))
    heads: Heads = (
        ("gap_of_model", "name"), ("rank_correlation", "coefficient"), ("slope_units", "signed"),
        ("units", "count"),
    )  # fmt: skip
    table = seen.table("relations", seen.tell("table.relations"), heads, rows)
    known = [row for row in drawn if row.value is not None]
    clear = [row for row in known if row.tone != "mark"]
    title = seen.tell(
        "relations.clear" if clear else "relations.unclear",
        names=seen.numerals.listed([row.label for row in clear]),
    )
    chart = whisker_chart(
        seen, "relations", known, table,
        title=title, subtitle=seen.tell("relations.subtitle"), axis=seen.tell("axis.rank"),
        ends=(-1.0, 1.0), write=seen.numerals.signed,
    ) if known else None  # fmt: skip
    blocks.append(chart or table)
    if not known:
        blocks.insert(1, Paragraph(seen.tell("relations.none")))
    return Section("relations", seen.tell("sections.relations"), "analyst", tuple(blocks))
