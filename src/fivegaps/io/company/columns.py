"""The columns of every file of a company folder, in the order in which they are written."""

from __future__ import annotations

from fivegaps.io.company.asked import LETTERS, OUTCOMES
from fivegaps.io.company.voices import QUESTIONS
from fivegaps.knowledge.constructs import constructs
from fivegaps.model.company.constructs import Voice
from fivegaps.model.instrument import Instrument

FIXED: dict[str, tuple[str, ...]] = {
    "units": ("unit", "parent", "name", "kind", "opened", "closed"),
    "standards": (
        "standard", "text", "touchpoint", "items", "measure", "comparison", "target",
        "unit_of_measure", "tolerance", "level", "source", "owner", "written_with_staff",
        "result_fixed", "method_free", "accepted", "committed",
    ),
    "observations": ("standard", "unit", "wave", "date", "value", "met", "n"),
    "policies": ("policy", "text", "purpose", "conflicts_with", "resisted", "explained_on"),
    "promises": (
        "promise", "text", "medium", "campaign", "from", "until", "items", "level", "standard",
        "signed_by_delivery", "previewed_by_staff",
    ),
    "promise_outcomes": ("promise", "unit", "date", "kept", "n", "customer_caused"),
    "cases": (
        "case", "unit", "channel", "opened", "closed", "items", "contacts", "handlers",
        "first_contact_solved", "reopened", "contradicted", "cause_side",
        "justice_distributive", "justice_procedural", "justice_interactional",
    ),
    "ideas": (
        "idea", "unit", "from", "submitted", "answered", "decision", "cost_change",
        "satisfaction_change",
    ),
    "decisions": (
        "decision", "unit", "date", "amount", "within_limit", "good_faith", "overridden",
    ),
    "competitors": ("competitor", "wave", "dimension", "item", "mean", "sd", "n", "source"),
    "facts": ("unit", "wave", "fact", "value"),
    "actions": (
        "action", "cause", "remedy", "metric", "target", "margin", "units", "comparison_units",
        "chosen_for_being_worst", "wave_before", "wave_after", "registered", "started", "due",
        "better",
    ),
}  # fmt: skip


def columns_of(file: str, instrument: Instrument) -> tuple[str, ...]:
    """Return the columns of a file for an instrument's items and dimensions."""
    if file in FIXED:
        return FIXED[file]
    items = [item.id for item in instrument.items]
    dimensions = [dimension.id for dimension in instrument.dimensions]
    weights = [f"w_{dimension}" for dimension in dimensions]
    if file == "customers":
        letters = {battery: letter for letter, battery in LETTERS.items()}
        asked = [f"{letters[one.id]}_{item}" for one in instrument.batteries for item in items]
        outcomes = [f"o_{outcome}" for outcome in OUTCOMES]
        first = ("respondent", "wave", "unit", "channel", "date")
        return (*first, *asked, *weights, *outcomes, "had_problem", "complained")
    expected = [f"e_{item}" for item in items]
    if file == "managers":
        return (
            "respondent", "wave", "unit", "level", *expected, *weights,
            *(f"s_{dimension}" for dimension in dimensions), *statement_names("managers"),
            *(f"x_{question}" for question in QUESTIONS),
        )  # fmt: skip
    return (
        "respondent", "wave", "unit", "role",
        *(f"d_{dimension}" for dimension in dimensions),
        *(f"c_{dimension}" for dimension in dimensions), *expected,
        *(f"m_{item}" for item in items), *statement_names("employees"),
        "problem", "first_change", "support_unit",
        *(f"i_{dimension}" for dimension in dimensions),
    )  # fmt: skip


def statement_names(voice: Voice) -> list[str]:
    """Return the columns of a voice's statements."""
    return [
        f"a_{one.id}_{number}"
        for one in constructs(voice)
        for number in range(1, one.statements + 1)
    ]
