"""What a wave cannot tell, why, and what to collect so that it can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from fivegaps.diagnosis.gap_results import CustomerScores, WaveGaps
from fivegaps.diagnosis.results import CannotTell
from fivegaps.io.company.company import Company


@dataclass(frozen=True, slots=True)
class Advice:
    """What to collect: an English sentence, its code, and the files and columns it names."""

    code: str
    text: str
    about: tuple[str, ...]


def _columns(code: str, text: str, *about: str) -> Advice:
    return Advice(code, text, about)


ADVICE: Mapping[str, Advice] = {
    "gap1.surveyed": _columns(
        "ask_managers_expectations",
        "Ask managers what excellent service is for your customers: e_<item> in managers,"
        " and the same of customers.",
        "managers",
        "e_<item>",
    ),
    "gap1.weights": _columns(
        "ask_points",
        "Let managers and customers share 100 points over the dimensions: w_<dimension>.",
        "managers",
        "customers",
        "w_<dimension>",
    ),
    "gap1.rank_agreement": _columns(
        "ask_managers_items",
        "Ask managers and customers about at least five items each: e_<item>.",
        "managers",
        "e_<item>",
    ),
    "gap2.self_rated": _columns(
        "ask_managers_standards",
        "Ask managers how far formal standards exist: s_<dimension>, 1 to 7 or none.",
        "managers",
        "s_<dimension>",
    ),
    "gap2.measured": _columns(
        "register_standards",
        "Register standards with target and level, and ask managers for e_<item>.",
        "standards",
        "level",
    ),
    "gap2.coverage": _columns(
        "register_standards_items",
        "Register the standards that you have, with the items that each is about.",
        "standards",
        "items",
    ),
    "gap3.self_rated": _columns(
        "ask_staff_delivery",
        "Ask contact staff how far they can meet the standards: d_<dimension>, 1 to 7 or none.",
        "employees",
        "d_<dimension>",
    ),
    "gap3.measured": _columns(
        "observe_standards",
        "Record observations of standards that have a target: value, or met of n.",
        "observations",
        "standard",
    ),
    "gap3.sources_agree": _columns(
        "more_units",
        "At least ten units need two of: ratings of enough staff, observations, customers.",
        "units",
    ),
    "gap4.self_rated": _columns(
        "ask_staff_promises",
        "Ask contact staff how far they can live up to what is promised: c_<dimension>, 1 to 7.",
        "employees",
        "c_<dimension>",
    ),
    "gap4.measured": _columns(
        "record_promises",
        "Register promises with their items, and record how often each was kept.",
        "promises",
        "promise_outcomes",
    ),
    "gap4.delivered_minus_claimed": _columns(
        "claim_levels",
        "Give each promise the scale point that it claims: level in promises.",
        "promises",
        "level",
    ),
    "gap5.surveyed": _columns(
        "ask_customers_both",
        "Ask customers for expectation and perception of the same items: e_<item>, p_<item>.",
        "customers",
        "e_<item>",
        "p_<item>",
    ),
    "gap6.surveyed": _columns(
        "ask_staff_expectations",
        "Ask employees what customers expect: e_<item>.",
        "employees",
        "e_<item>",
    ),
    "gap7.surveyed": _columns(
        "ask_staff_of_managers",
        "Ask employees what managers believe that customers expect: m_<item>.",
        "employees",
        "m_<item>",
    ),
    "blind_spot": _columns(
        "audit_managers",
        "Let managers audit their own service: x_s0-07 to x_s0-27.",
        "managers",
        "x_<question>",
    ),
    "constructs": _columns(
        "ask_statements",
        "Ask the statements of these constructs: a_<construct>_<k>.",
        "a_<construct>_<k>",
    ),
    "commitment": _columns(
        "ask_commitment",
        "Ask managers about commitment and employees about commitment-seen.",
        "a_commitment_<k>",
        "a_commitment-seen_<k>",
    ),
    "leadership": _columns(
        "ask_leadership",
        "Ask managers about leads-by-serving and employees about served-by-leaders.",
        "a_leads-by-serving_<k>",
        "a_served-by-leaders_<k>",
    ),
    "internal_service": _columns(
        "rate_support_units",
        "Let employees rate the support units that they depend on: support_unit, i_<dimension>.",
        "employees",
        "support_unit",
    ),
    "relations": _columns(
        "more_units",
        "At least ten units need both figures: more units, or more people asked in each.",
        "units",
    ),
}

CONSTRUCTS = "constructs"


class _WithReason(Protocol):
    """A figure that says why there is none."""

    @property
    def reason(self) -> str | None: ...


def cannot_tell(company: Company, wave: str, found: WaveGaps) -> tuple[CannotTell, ...]:
    """Return everything that the wave cannot tell about the whole company.

    A form of a gap of which no dimension can be told is one entry; otherwise each
    dimension that cannot is one. Constructs are one entry a reason.
    """
    minimum = company.settings.minimum_cell
    entries: list[CannotTell] = []
    for what, reasons in _forms(found):
        missing = {name: reason for name, reason in reasons.items() if reason is not None}
        if not reasons or not missing:
            continue
        if what == CONSTRUCTS:
            for reason in dict.fromkeys(missing.values()):
                ids = tuple(name for name, why in missing.items() if why == reason)
                entry = _entry(what, what, reason, wave, minimum)
                entries.append(replace(entry, about=(*ids, *entry.about)))
        elif len(missing) == len(reasons):
            reason = next(iter(missing.values()))
            entries.append(_entry(what, what, reason, wave, minimum))
        else:
            entries += [
                _entry(f"{what}.{name}", what, reason, wave, minimum)
                for name, reason in missing.items()
            ]
    if not company.has("standards"):
        entries.append(_entry("gap2.coverage", "gap2.coverage", "not_asked", wave, minimum))
    if not found.internal_service:
        entries.append(_entry("internal_service", "internal_service", "not_asked", wave, minimum))
    return tuple(entries)


def _forms(found: WaveGaps) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Yield each form of a gap with the reason of each of its figures, None where there is one."""
    gaps = found.gaps
    yield "gap1.surveyed", _reasons(gaps.gap1.surveyed.dimensions)
    yield "gap1.weights", _reasons(gaps.gap1.weights)
    yield "gap1.rank_agreement", {"": gaps.gap1.rank_agreement.reason}
    yield "gap2.self_rated", _reasons(gaps.gap2.self_rated.dimensions)
    yield "gap2.measured", _reasons(gaps.gap2.measured.dimensions)
    yield "gap3.self_rated", _reasons(gaps.gap3.self_rated.dimensions)
    yield "gap3.measured", _reasons(gaps.gap3.measured.dimensions)
    yield "gap3.sources_agree", _reasons(gaps.gap3.sources_agree)
    yield "gap4.self_rated", _reasons(gaps.gap4.self_rated.dimensions)
    yield "gap4.measured", _reasons(gaps.gap4.measured.dimensions)
    yield (
        "gap4.delivered_minus_claimed",
        {
            name: one.delivered_minus_claimed.reason
            for name, one in gaps.gap4.measured.promises.items()
        },
    )
    if isinstance(gaps.gap5.surveyed, CustomerScores):
        yield (
            "gap5.surveyed",
            {name: one.gap.reason for name, one in gaps.gap5.surveyed.dimensions.items()},
        )
    yield "gap6.surveyed", _reasons(gaps.gap6.surveyed.dimensions)
    yield "gap7.surveyed", _reasons(gaps.gap7.surveyed.dimensions)
    yield "blind_spot", _reasons(found.blind_spot.dimensions)
    yield "commitment", {"": found.commitment.difference.reason}
    # Managers need not be asked this; staff are, so what they alone say is no lack.
    if found.leadership.managers.reason != "not_asked":
        yield "leadership", {"": found.leadership.difference.reason}
    yield "constructs", _reasons(found.constructs)
    yield (
        "relations",
        {name: one.rank_correlation.reason for name, one in found.relations.items()},
    )


def _reasons(figures: Mapping[str, _WithReason]) -> dict[str, str | None]:
    return {name: figure.reason for name, figure in figures.items()}


def _entry(what: str, form: str, reason: str, wave: str, minimum: Mapping[str, int]) -> CannotTell:
    advice = ADVICE[form]
    text, code, about = advice.text, advice.code, advice.about
    if reason == "small_cell":
        code, about = "ask_more_people", tuple(f"{k}={v}" for k, v in minimum.items())
        text = (
            "Too few people stand behind this figure (at least "
            + ", ".join(f"{number} {voice}" for voice, number in minimum.items())
            + " are needed), or all of them said the same, or a smaller group could be worked"
            " out from it. Ask more people, or look at larger groups."
        )
    elif reason == "constant":
        code, about = "nothing_varies", ()
        text = "Everybody answered alike, so that nothing can be compared; look at the question."
    return CannotTell(what, reason, text, wave=wave, advice=code, about=about)
