"""The comparison of two files as a table in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from fivegaps.analysis.comparing import Compared
from fivegaps.stats.estimate import GapEstimate

REASONS = {
    "changed_wording": "its wording changed",
    "changed_scale": "its scale changed",
    "changed_direction": "it was turned around",
    "changed_dimension": "it moved to another dimension",
    "only_in_first": "it is asked in the first file only",
    "only_in_second": "it is asked in the second file only",
}


def print_compared(compared: Compared) -> None:
    """Print overall, dimensions and items, then what was refused."""
    console = Console()
    console.print(
        f"[bold]{compared.second}[/] (n = {compared.n[1]:,}) against "
        f"[bold]{compared.first}[/] (n = {compared.n[0]:,})"
    )
    console.print(
        f"Difference of the {compared.measure}, second − first: positive means the second "
        "scores higher.\n"
    )
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("")
    for title in ("Difference", "Interval", "n", "p", "p adjusted"):
        table.add_column(title, justify="right", no_wrap=True)
    _add(table, "Overall (mean of dimensions)", compared.overall)
    table.add_section()
    for name, estimate in compared.dimensions.items():
        _add(table, name, estimate)
    table.add_section()
    for name, estimate in compared.items.items():
        _add(table, f"  {name}", estimate)
    console.print(table)
    for refused in compared.refused:
        console.print(f"[dim]{refused.item} is not compared: {REASONS[refused.reason]}[/]")
    console.print(
        "[dim]Welch intervals; p adjusted by Holm over dimensions, "
        "by Benjamini-Hochberg over items[/]"
    )


def _add(table: Table, name: str, estimate: GapEstimate) -> None:
    if estimate.value is None:
        table.add_row(name, "–", estimate.reason or "", f"{estimate.n:,}", "", "")
        return
    table.add_row(
        name,
        _signed(estimate.value),
        f"{_signed(estimate.low)} … {_signed(estimate.high)}",
        f"{estimate.n:,}",
        _chance(estimate.p),
        _chance(estimate.p_adjusted),
    )


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")


def _chance(p: float | None) -> str:
    if p is None:
        return ""
    return "< .001" if p < 0.001 else f"{p:.3f}".lstrip("0")
