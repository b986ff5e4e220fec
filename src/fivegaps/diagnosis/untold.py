"""What a diagnosis cannot tell, why, and what to collect so that it can."""

from __future__ import annotations

from collections.abc import Sequence

from fivegaps.diagnosis.gap_results import WaveGaps
from fivegaps.diagnosis.missing import cannot_tell
from fivegaps.diagnosis.results import ActionVerdict, CannotTell, CauseFound
from fivegaps.io.company.company import Company

CAUSES = "Ask managers and employees the statements of the constructs (columns a_<construct>_<k>)."


def untold(
    company: Company,
    waves: dict[str, WaveGaps],
    causes: Sequence[CauseFound],
    actions: dict[str, ActionVerdict],
) -> tuple[CannotTell, ...]:
    """Return what cannot be told of the company as a whole, the latest wave first."""
    found = [
        one for wave in reversed(list(waves)) for one in cannot_tell(company, wave, waves[wave])
    ]
    if not any(one.p_adjusted is not None for one in causes):
        found.append(CannotTell("causes", "not_asked", CAUSES, advice="causes"))
    found += [
        CannotTell(
            f"actions.{name}",
            verdict.effect.reason or "too_few",
            "Register the metric, both waves and comparison units (file actions), and measure "
            "the metric in both waves.",
            advice="actions",
            about=(name,),
        )
        for name, verdict in actions.items()
        if verdict.effect.value is None
    ]
    if not company.has("competitors"):
        found.append(
            CannotTell(
                "competitors",
                "no_register",
                "Add competitors' means on the same items (file competitors).",
                advice="competitors",
            )
        )
    if not company.has("cases"):
        found.append(
            CannotTell(
                "customer_part",
                "no_register",
                "Record on whose side each case's cause lay (file cases, cause_side).",
                advice="customer_part",
            )
        )
    return tuple(found)
