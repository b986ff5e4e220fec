"""What a diagnosis cannot tell, why, and what to collect so that it can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fivegaps.diagnosis.gap_results import RatedDimension, WaveGaps
from fivegaps.diagnosis.results import ActionVerdict, CannotTell, CauseFound
from fivegaps.io.company.company import Company
from fivegaps.stats.estimate import Estimate, GapEstimate

Figure = Estimate | GapEstimate | RatedDimension

MANAGERS = "Ask managers what excellent service is for customers (file managers, columns e_<item>)."
STANDARDS_RATED = "Ask managers how far formal standards exist (file managers, s_<dimension>)."
STANDARDS = "Register standards with items, target and level (file standards)."
DELIVERY_RATED = (
    "Ask contact staff how far they can meet the standards (file employees, d_<dimension>)."
)
OBSERVATIONS = "Observe whether standards are met (files standards and observations)."
PROMISES_RATED = (
    "Ask contact staff how far they can keep what is promised (file employees, c_<dimension>)."
)
OUTCOMES = "Register promises and count how often they are kept (files promises, promise_outcomes)."
CUSTOMERS = "Ask customers what they expect and perceive (file customers, e_<item> and p_<item>)."
STAFF_ON_CUSTOMERS = "Ask staff what customers expect (file employees, e_<item>)."
STAFF_ON_MANAGERS = "Ask staff what managers think customers expect (file employees, m_<item>)."
MORE = "Too few answered to be shown; ask more people."
CAUSES = "Ask managers and employees the statements of the constructs (columns a_<construct>_<k>)."


def untold(
    company: Company,
    waves: dict[str, WaveGaps],
    causes: Sequence[CauseFound],
    actions: dict[str, ActionVerdict],
) -> tuple[CannotTell, ...]:
    """Return what cannot be told of the company as a whole, the latest wave first."""
    found = [one for wave in reversed(list(waves)) for one in _of_wave(wave, waves[wave])]
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


def _of_wave(wave: str, measured: WaveGaps) -> Iterator[CannotTell]:
    gaps = measured.gaps
    overall: tuple[tuple[str, Figure | None, str], ...] = (
        ("gap1", gaps.gap1.surveyed.overall, MANAGERS),
        ("gap2.self_rated", gaps.gap2.self_rated.overall, STANDARDS_RATED),
        ("gap2.measured", gaps.gap2.measured.overall, STANDARDS),
        ("gap3.self_rated", gaps.gap3.self_rated.overall, DELIVERY_RATED),
        ("gap3.measured", gaps.gap3.measured.overall, OBSERVATIONS),
        ("gap4.self_rated", gaps.gap4.self_rated.overall, PROMISES_RATED),
        ("gap4.measured", gaps.gap4.measured.overall, OUTCOMES),
        ("gap6", gaps.gap6.surveyed.overall, STAFF_ON_CUSTOMERS),
        ("gap7", gaps.gap7.surveyed.overall, STAFF_ON_MANAGERS),
    )
    for what, figure, collect in overall:
        if figure is not None and figure.value is None:
            reason = figure.reason or "not_asked"
            more = f"{MORE} {collect}" if reason == "small_cell" else collect
            yield CannotTell(what, reason, more, wave, advice=what)
    scores = gaps.gap5.surveyed.dimensions
    if all(one.gap.value is None for one in scores.values()):
        reason = next((one.gap.reason for one in scores.values() if one.gap.reason), "not_asked")
        yield CannotTell("gap5", reason, CUSTOMERS, wave, advice="gap5")
