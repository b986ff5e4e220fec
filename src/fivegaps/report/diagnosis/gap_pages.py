"""A section for each gap: self-rated and measured side by side, dimensions, units, waves."""

from __future__ import annotations

from collections.abc import Mapping

from fivegaps.diagnosis.gap_results import CustomerScores, Gaps, SelfRated, Surveyed, UnitScores
from fivegaps.report.diagnosis.seen import Figure, Heads, Seen, as_estimate
from fivegaps.report.document import Block, Paragraph, Section
from fivegaps.report.tables import Cell, Kind, Named, Table
from fivegaps.stats.estimate import Estimate

MOST_UNITS = 60
_NOTHING = Estimate.cannot("not_asked")


def gap_section(seen: Seen, gap: int) -> Section:
    """Return the section of one gap, 1 to 7."""
    gaps = seen.measured.gaps
    blocks: list[Block] = [Paragraph(seen.tell(f"meaning.{gap}"), "lead")]
    match gap:
        case 2:
            blocks.append(_both(seen, 2, gaps.gap2.self_rated, gaps.gap2.measured.dimensions))
            blocks.append(_coverage(seen))
        case 3:
            blocks.append(_both(seen, 3, gaps.gap3.self_rated, gaps.gap3.measured.dimensions))
            blocks += _standards(seen)
        case 4:
            blocks.append(_both(seen, 4, gaps.gap4.self_rated, gaps.gap4.measured.dimensions))
            blocks += _promises(seen)
        case 5:
            blocks.append(_customers(seen))
        case _:
            blocks.append(_voices(seen, gap, _surveyed(gaps, gap)))
    if gap in (2, 3, 4):
        blocks.insert(1, Paragraph(seen.tell("both_forms"), "note"))
    for name, rows in (("waves", _over_waves(seen, gap)), ("units", _by_unit(seen, gap))):
        if len(rows) > 1:
            column = "wave" if name == "waves" else "unit"
            title = seen.tell(f"table.{name}", gap=gap)
            heads: Heads = ((column, "name"), ("value", "signed"), ("n", "count"))
            blocks.append(seen.table(f"gap{gap}_{name}", title, heads, rows))
    title = seen.tell("sections.gap", gap=gap, name=seen.tell(f"gap.{gap}"))
    return Section(f"gap{gap}", title, "analyst", tuple(blocks))


def _both(seen: Seen, gap: int, rated: SelfRated, measured: Mapping[str, Figure]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name in seen.dimensions:
        one = rated.dimensions.get(name)
        own = as_estimate(one) if one else _NOTHING
        none = (one.none_share if one else None) or _NOTHING
        other = measured.get(name, Estimate.cannot("no_register"))
        rows.append((seen.dimension(name), own, own.n, none, other, other.n))
    kind: Kind = "signed" if gap == 2 else "share"
    return seen.table(
        f"gap{gap}_dimensions",
        seen.tell("table.gap", gap=gap),
        (
            ("dimension", "name"), ("self_rated", "signed"), ("n", "count"),
            ("none_share", "share"), ("measured", kind), ("n_measured", "count"),
        ),
        rows,
    )  # fmt: skip


def _voices(seen: Seen, gap: int, surveyed: Surveyed) -> Table:
    """Return a table of two voices: the difference and each side's level."""
    sides = list(surveyed.sides)
    heads: Heads = (("dimension", "name"), ("surveyed", "signed"), ("n", "count"))
    rows: list[tuple[Cell, ...]] = []
    for name in seen.dimensions:
        figure = surveyed.dimensions.get(name, _NOTHING)
        levels = [surveyed.sides[side].dimensions.get(name, _NOTHING) for side in sides]
        row: tuple[Cell, ...] = (seen.dimension(name), figure, figure.n, *levels)
        rows.append(row)
    levels_of: Heads = tuple((side, "mean") for side in sides)
    title = seen.tell("table.gap", gap=gap)
    return seen.table(f"gap{gap}_dimensions", title, (*heads, *levels_of), rows)


def _customers(seen: Seen) -> Table:
    scores = seen.measured.gaps.gap5.surveyed
    rows: list[tuple[Cell, ...]] = [
        (seen.dimension(name), one.expectation, one.perception, one.gap, one.gap.n)
        for name, one in scores.dimensions.items()
    ]
    heads: Heads = (
        ("dimension", "name"), ("expectation", "mean"), ("perception", "mean"),
        ("gap", "signed"), ("n", "count"),
    )  # fmt: skip
    return seen.table("gap5_dimensions", seen.tell("table.gap", gap=5), heads, rows)


def _coverage(seen: Seen) -> Block:
    covered = seen.measured.gaps.gap2.coverage
    if not covered:
        return Paragraph(seen.tell("coverage_none"))
    rows: list[tuple[Cell, ...]] = [
        (
            seen.item(name),
            seen.tell(f"covered.{one.state}"),
            len(one.standards),
            ", ".join(one.standards) or "–",
            ", ".join(seen.tell(f"covered.{state}") for state in one.unchecked) or "–",
        )
        for name, one in covered.items()
    ]
    heads: Heads = (
        ("item", "name"), ("state", "text"), ("number_of_standards", "count"),
        ("standards", "text"), ("unchecked", "text"),
    )  # fmt: skip
    return seen.table("coverage_matrix", seen.tell("table.coverage"), heads, rows)


def _standards(seen: Seen) -> list[Block]:
    found = seen.measured.gaps.gap3.measured.standards
    rows: list[tuple[Cell, ...]] = [
        (name, one.conformance, one.conformance.n, one.difference, one.unit_of_measure)
        for name, one in found.items()
    ]
    heads: Heads = (
        ("standard", "text"), ("conformance", "share"), ("n", "count"),
        ("difference", "signed"), ("unit_of_measure", "text"),
    )  # fmt: skip
    return [seen.table("standards", seen.tell("table.standards"), heads, rows)] if rows else []


def _promises(seen: Seen) -> list[Block]:
    found = seen.measured.gaps.gap4.measured.promises
    rows: list[tuple[Cell, ...]] = [
        (name, one.kept, one.kept.n, one.delivered_minus_claimed, one.chance)
        for name, one in found.items()
    ]
    heads: Heads = (
        ("promise", "text"), ("kept", "share"), ("n", "count"), ("delivered", "signed"),
        ("chance", "share"),
    )  # fmt: skip
    return [seen.table("promises", seen.tell("table.promises"), heads, rows)] if rows else []


def overall(gaps: Gaps, gap: int) -> Figure:
    """Return the overall figure of a gap: of voices, or as rated."""
    match gap:
        case 2 | 3 | 4:
            rated = (gaps.gap2.self_rated, gaps.gap3.self_rated, gaps.gap4.self_rated)
            return as_estimate(rated[gap - 2].overall)
        case 5:
            scores: CustomerScores | UnitScores = gaps.gap5.surveyed
            if isinstance(scores, CustomerScores):
                return scores.overall.mean_of_dimensions
            return scores.overall
        case _:
            return _surveyed(gaps, gap).overall


def _surveyed(gaps: Gaps, gap: int) -> Surveyed:
    voices = {1: gaps.gap1.surveyed, 6: gaps.gap6.surveyed, 7: gaps.gap7.surveyed}
    return voices[gap]


def _over_waves(seen: Seen, gap: int) -> list[tuple[Cell, ...]]:
    figures = {name: overall(one.gaps, gap) for name, one in seen.diagnosis.waves.items()}
    return [(Named(name, name), one, one.n) for name, one in figures.items()]


def _by_unit(seen: Seen, gap: int) -> list[tuple[Cell, ...]]:
    """Return the units that have a figure, in the register's order: ranking them is no aim."""
    figures = {name: overall(one.gaps, gap) for name, one in seen.measured.units.items()}
    known = [(name, one) for name, one in figures.items() if one.value is not None]
    return [(Named(name, name), one, one.n) for name, one in known[:MOST_UNITS]]
