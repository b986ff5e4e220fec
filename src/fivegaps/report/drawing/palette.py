"""The colours of every chart, by the part they play, for light and for dark pages.

A chart names a part (``ink``, ``trouble``), never a colour. On a page the part
becomes a class that custom properties colour, so that one picture serves light,
dark and print; in a file of its own it becomes the light colour. Contrast
against the page: text parts at least 4.5 to 1, marks at least 3 to 1.
"""

from __future__ import annotations

LIGHT: dict[str, str] = {
    "paper": "#ffffff",
    "ink": "#1b2530",
    "muted": "#586574",
    "faint": "#5f6b78",
    "grid": "#dde3ea",
    "rule": "#8794a3",
    "mark": "#4a5765",
    "mark-soft": "#b9c3ce",
    "trouble": "#ad2d22",
    "trouble-soft": "#e9b4ae",
    "trouble-wash": "#fbeae8",
    "strength": "#15629f",
    "strength-soft": "#a9c9e4",
    "strength-wash": "#e8f1f9",
    "middle": "#8a5a00",
    "middle-wash": "#fcf2dc",
    "zone": "#dbe4ee",
    "band": "#e9eef4",
    "band-inner": "#d8e1ea",
    "small": "#f0f2f5",
    "heat0": "#a33025",
    "heat1": "#ba5045",
    "heat2": "#d8857c",
    "heat3": "#ebb5ae",
    "heat4": "#f7dfdc",
    "heat5": "#f1f3f5",
    "heat6": "#dceaf5",
    "heat7": "#aecde6",
    "heat8": "#78a9d2",
    "heat9": "#3876ad",
    "heat10": "#1b5f9a",
    "heat-ink0": "#ffffff",
    "heat-ink1": "#ffffff",
    "heat-ink2": "#1b2530",
    "heat-ink3": "#1b2530",
    "heat-ink4": "#1b2530",
    "heat-ink5": "#1b2530",
    "heat-ink6": "#1b2530",
    "heat-ink7": "#1b2530",
    "heat-ink8": "#10181f",
    "heat-ink9": "#ffffff",
    "heat-ink10": "#ffffff",
}

DARK: dict[str, str] = {
    "paper": "#11181f",
    "ink": "#e7ecf1",
    "muted": "#a3b0be",
    "faint": "#8d9aa8",
    "grid": "#2a3642",
    "rule": "#6c7a89",
    "mark": "#aab6c3",
    "mark-soft": "#55626f",
    "trouble": "#f48377",
    "trouble-soft": "#7c3f3a",
    "trouble-wash": "#2d1b1c",
    "strength": "#74b9f2",
    "strength-soft": "#2f5878",
    "strength-wash": "#15283a",
    "middle": "#e0b062",
    "middle-wash": "#30260f",
    "zone": "#2a3a4a",
    "band": "#1b2630",
    "band-inner": "#253340",
    "small": "#1a232c",
    "heat0": "#e9796d",
    "heat1": "#b95045",
    "heat2": "#8c4038",
    "heat3": "#63332f",
    "heat4": "#3d2728",
    "heat5": "#232d36",
    "heat6": "#1e3346",
    "heat7": "#24486a",
    "heat8": "#2f6291",
    "heat9": "#4485bd",
    "heat10": "#74b9f2",
    "heat-ink0": "#11181f",
    "heat-ink1": "#ffffff",
    "heat-ink2": "#ffffff",
    "heat-ink3": "#f2f5f8",
    "heat-ink4": "#e7ecf1",
    "heat-ink5": "#e7ecf1",
    "heat-ink6": "#e7ecf1",
    "heat-ink7": "#f2f5f8",
    "heat-ink8": "#ffffff",
    "heat-ink9": "#10181f",
    "heat-ink10": "#11181f",
}

HEAT_STEPS = 5


def heat(value: float, reach: float) -> tuple[str, str]:
    """Return the parts that fill and letter a cell, for a value between −reach and +reach."""
    step = 0 if reach <= 0 else round(HEAT_STEPS * max(-1.0, min(1.0, value / reach)))
    at = HEAT_STEPS + step
    return f"heat{at}", f"heat-ink{at}"


def custom_properties(colours: dict[str, str]) -> str:
    """Return the CSS declarations that give every part its colour."""
    return "".join(f"--{part}:{colour};" for part, colour in colours.items())


def classes() -> str:
    """Return the CSS rules by which a drawing's classes take the page's colours."""
    return "".join(
        f".f-{part}{{fill:var(--{part})}}.s-{part}{{stroke:var(--{part})}}" for part in LIGHT
    )
