"""Gaps 2, 3 and 4: as rated by those who deliver, beside what registers show."""

from __future__ import annotations

from collections.abc import Mapping

from fivegaps.diagnosis.gap_results import RatedDimension, SelfRated
from fivegaps.report.charts.chart import Chart
from fivegaps.report.diagnosis.coverage_matrix import coverage_matrix
from fivegaps.report.diagnosis.picturing import (
    panel,
    panel_chart,
    percent,
    shifted,
    whisker,
    whisker_chart,
)
from fivegaps.report.diagnosis.seen import VOICES, Figure, Heads, Seen, as_estimate
from fivegaps.report.document import Block, Paragraph
from fivegaps.report.tables import Cell, Kind
from fivegaps.stats.estimate import Estimate

_NOTHING = Estimate.cannot("not_asked")
# A rating less the top of a seven-point scale.
_LOWEST = -6.0
MOST_DRAWN = 12


def forms(seen: Seen, gap: int) -> list[Block]:
    """Return the blocks of gap 2, 3 or 4."""
    blocks: list[Block] = [Paragraph(seen.tell("both_forms"), "note"), _both(seen, gap)]
    match gap:
        case 2:
            matrix = coverage_matrix(seen)
            blocks.append(matrix or Paragraph(seen.tell("coverage_none")))
        case 3:
            blocks += [*_sources(seen), *_standards(seen)]
        case _:
            blocks += _promises(seen)
    return blocks


def any_figure(seen: Seen, gap: int) -> bool:
    """Tell whether gap 2, 3 or 4 was rated or measured at all."""
    figures = (*_rated(seen, gap).dimensions.values(), *_measured(seen, gap).values())
    return any(one.value is not None for one in figures)


def _rated(seen: Seen, gap: int) -> SelfRated:
    gaps = seen.measured.gaps
    return (gaps.gap2.self_rated, gaps.gap3.self_rated, gaps.gap4.self_rated)[gap - 2]


def _measured(seen: Seen, gap: int) -> Mapping[str, Figure]:
    """Return the measured form: points for gap 2, the share met or kept for 3 and 4."""
    gaps = seen.measured.gaps
    if gap == 2:
        levels = gaps.gap2.measured.dimensions
        return {name: seen.shielded(one, "managers") for name, one in levels.items()}
    found = (gaps.gap3.measured if gap == 3 else gaps.gap4.measured).dimensions
    return {name: shifted(one, 1.0) for name, one in found.items()}


def _both(seen: Seen, gap: int) -> Block:
    rated, measured = _rated(seen, gap), _measured(seen, gap)
    asks_none = any(one.none_share is not None for one in rated.dimensions.values())
    rows: list[tuple[Cell, ...]] = []
    own: dict[str, Figure] = {}
    for name in seen.dimensions:
        one = rated.dimensions.get(name)
        own[name] = seen.shielded(as_estimate(one) if one else _NOTHING, VOICES[gap])
        other = measured.get(name, Estimate.cannot("no_register"))
        none = (_none_share(one),) if asks_none else ()
        rows.append((seen.dimension(name), own[name], own[name].n, *none, other, other.n))
    kind: Kind = "signed" if gap == 2 else "share"
    heads: Heads = (
        ("dimension", "name"), ("self_rated", "signed"), ("n", "count"),
        *((("none_share", "share"),) if asks_none else ()),
        (f"measured{gap}", kind), ("n_measured", "count"),
    )  # fmt: skip
    title = seen.tell("table.gap", gap=gap)
    table = seen.table(f"gap{gap}_dimensions", title, heads, rows, seen.tell(f"sign.{gap}"))
    panels = (
        panel(
            seen, seen.tell(f"forms.rated.{gap}"), own, kind="signed", reach=(_LOWEST, 0.0),
            rule=0.0,
        ),
        panel(
            seen, seen.tell(f"forms.measured.{gap}"), dict(measured), kind=kind,
            reach=(0.0, 1.0) if gap != 2 else (0.0,) * 2, rule=0.0 if gap == 2 else 1.0,
            toned=gap == 2,
        ),
    )  # fmt: skip
    chart: Chart | None = panel_chart(
        seen,
        f"gap{gap}",
        panels,
        table,
        title=_title(seen, gap, own, measured),
        subtitle=seen.tell(
            "forms.subtitle",
            rated=seen.numerals.count(_most(own)),
            measured=seen.numerals.count(_most(measured)),
        ),
    )
    return chart or table


def _none_share(one: RatedDimension | None) -> Estimate:
    return (one.none_share if one else None) or _NOTHING


def _most(figures: Mapping[str, Figure]) -> int:
    return max((one.n for one in figures.values()), default=0)


def _title(seen: Seen, gap: int, own: Mapping[str, Figure], other: Mapping[str, Figure]) -> str:
    """Return the finding: the dimensions that stand out as lowest, by rating and by register."""
    if not any(one.value is not None for one in (*own.values(), *other.values())):
        return seen.tell("voices.untold")
    rated, found = _lowest(own), _lowest(other)
    if gap == 2 and found and (other[found].value or 0.0) >= 0:
        # Standards above what is expected are not loose, whichever is the lowest.
        found = ""
    if not rated and not found:
        return seen.tell(f"forms.alike.{gap}")
    none = seen.tell("forms.none")
    return seen.tell(
        f"forms.finding.{gap}",
        rated=seen.dimension(rated).name if rated else none,
        found=seen.dimension(found).name if found else none,
    )


def _lowest(figures: Mapping[str, Figure]) -> str:
    """Return the lowest dimension where its interval ends below another's, else ""."""
    known = {name: one for name, one in figures.items() if one.value is not None}
    if len(known) < len(figures):
        # One that is hidden or missing may be lower still.
        return ""
    lowest = min(known, key=lambda name: known[name].value or 0.0)
    end = known[lowest].high
    stands_out = any(
        one.low is not None and end is not None and end < one.low for one in known.values()
    )
    return lowest if stands_out else ""


def _sources(seen: Seen) -> list[Block]:
    """Return how far the sources put the units in the same order."""
    found = seen.measured.gaps.gap3.sources_agree
    rows: list[tuple[Cell, ...]] = []
    for pair, one in found.items():
        sides = [seen.tell(f"source.{name}") for name in pair.split("|")]
        rows.append((" · ".join(sides), one, one.n))
    if not rows:
        return []
    heads: Heads = (("sources", "text"), ("rank_correlation", "coefficient"), ("units", "count"))
    title, note = seen.tell("table.sources"), seen.tell("sources_note")
    return [seen.table("gap3_sources", title, heads, rows, note)]


def _standards(seen: Seen) -> list[Block]:
    found = seen.measured.gaps.gap3.measured.standards
    ordered = sorted(
        found.items(),
        key=lambda pair: (pair[1].conformance.value is None, pair[1].conformance.value or 0.0),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            seen.standard(name), one.conformance, one.conformance.n, one.difference,
            one.unit_of_measure or "–",
        )
        for name, one in ordered
    ]  # fmt: skip
    if not rows:
        return []
    heads: Heads = (
        ("standard", "name"), ("conformance", "share"), ("n", "count"),
        ("difference", "signed"), ("unit_of_measure", "text"),
    )  # fmt: skip
    note = seen.tell("sign.standards")
    table = seen.table("standards", seen.tell("table.standards"), heads, rows, note)
    known = [(name, one) for name, one in ordered if one.conformance.value is not None]
    drawn = [
        whisker(seen, seen.standard(name).name, one.conformance, kind="share", tone="mark")
        for name, one in known[:MOST_DRAWN]
    ]
    title = seen.tell("standards_title", name=drawn[0].label, share=drawn[0].shown) if drawn else ""
    chart = whisker_chart(
        seen, "standards", drawn, table,
        title=title,
        subtitle=seen.tell("standards_subtitle", shown=len(drawn), all=len(rows)),
        axis=seen.tell("column.measured3"),
        ends=(0.0, 1.0), rules=(1.0,), write=percent(seen),
    ) if drawn else None  # fmt: skip
    return [chart or table]


def _promises(seen: Seen) -> list[Block]:
    found = seen.measured.gaps.gap4.measured.promises
    rows: list[tuple[Cell, ...]] = []
    for name, one in found.items():
        if one.running and one.chance.value is None:
            chance: Cell = seen.tell("promise.cannot", n=one.chance.n)
        else:
            chance = one.chance if one.running else seen.tell("promise.ended")
        rows.append(
            (
                seen.promise(name), one.kept, one.kept.n, one.delivered_minus_claimed,
                one.delivered_minus_claimed.n, chance, one.customer_caused,
            )
        )  # fmt: skip
    heads: Heads = (
        ("promise", "name"), ("kept", "share"), ("n", "count"), ("delivered", "signed"),
        ("n_measured", "count"), ("chance", "share"), ("customer_caused", "share"),
    )  # fmt: skip
    note = seen.tell("sign.promises")
    return [seen.table("promises", seen.tell("table.promises"), heads, rows, note)] if rows else []
