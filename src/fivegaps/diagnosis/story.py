"""The diagnosis in three sentences: where it goes wrong, why, and what to do first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from fivegaps.diagnosis.evidence.telling import title as measure_title
from fivegaps.diagnosis.results import CauseFound, Diagnosis, Evidence
from fivegaps.diagnosis.story_words import ENGLISH, words
from fivegaps.knowledge.causes import cause
from fivegaps.knowledge.constructs import construct
from fivegaps.knowledge.measures import measure as known_measure
from fivegaps.knowledge.remedies import remedy
from fivegaps.scoring.results import DimensionScores
from fivegaps.stats.estimate import GapEstimate

# Roles whose ids are short for their names; other languages name no role.
OWNERS = {"hr": "human resources", "it": "information technology"}
# How many causes beyond the first are named.
MOST_NAMED = 3


def three_sentences(
    diagnosis: Diagnosis, lang: str = "en", *, names: Mapping[str, str] | None = None
) -> tuple[str, str, str]:
    """Return where it goes wrong, why, and what to do first.

    Args:
        diagnosis: As made.
        lang: One of the shipped languages; any other gets the English sentences.
        names: Titles of dimensions in that language, by id.
    """
    say = words(lang)
    stop = say["stop"]
    where = _customers(diagnosis, say, names or {}, lang)
    return (
        where + _inside(diagnosis, say, names or {}, lang) + stop,
        _why(diagnosis, say, lang) + stop,
        _what_first(diagnosis, say, lang) + stop,
    )


def cause_title(found: CauseFound, lang: str) -> str:
    """Return a cause's title in a language, in English where there is none."""
    return cause(found.id).title.get(lang, found.title)


def leading(found: CauseFound) -> Evidence | None:
    """Return the evidence that speaks loudest for a cause, a leading sign before others."""
    speaking = sorted(
        found.for_, key=lambda one: (one.part != "lead", -one.values.get("distance", 0.0))
    )
    return speaking[0] if speaking else None


def _customers(
    diagnosis: Diagnosis, say: Mapping[str, str], names: Mapping[str, str], lang: str
) -> str:
    last = diagnosis.waves[list(diagnosis.waves)[-1]]
    surveyed = last.gaps.gap5.surveyed
    overall = surveyed.overall
    whole = overall if isinstance(overall, GapEstimate) else overall.mean_of_dimensions
    gaps = {
        name: one.gap.value
        for name, one in surveyed.dimensions.items()
        if isinstance(one, DimensionScores) and one.gap.value is not None
    }
    if whole.value is None or not gaps:
        return say["unknown"].format(reason=whole.reason or "not_asked")
    worst = min(gaps, key=lambda name: gaps[name])
    is_short = whole.high is not None and whole.high < 0
    return say["short" if is_short else "level"].format(
        gap=_signed(whole.value, lang),
        low="–" if whole.low is None else _signed(whole.low, lang),
        high="–" if whole.high is None else _signed(whole.high, lang),
        dimension=names.get(worst, worst),
        worst=_signed(gaps[worst], lang),
    )


def _inside(
    diagnosis: Diagnosis, say: Mapping[str, str], names: Mapping[str, str], lang: str
) -> str:
    """Return the largest of gaps 1 to 4 in the last wave, and whether others are as large."""
    last = list(diagnosis.waves)[-1]
    largest = next((one for one in diagnosis.largest if one.wave == last), None)
    if largest is None:
        return ""
    told = say["inside"].format(
        gap=largest.gap,
        name=say["names"].split(", ")[largest.gap - 1],
        dimension=names.get(largest.dimension, largest.dimension),
        size=_number(largest.standardised, lang),
        low=_number(largest.low, lang),
        high=_number(largest.high, lang),
        n=largest.n,
    )
    count = len(largest.tied_with)
    return told + (say["tied"].format(count=count) if count else "")


def _why(diagnosis: Diagnosis, say: Mapping[str, str], lang: str) -> str:
    claimed = [one for one in diagnosis.causes if one.claimed]
    if not claimed:
        return _unclaimed(diagnosis, say, lang)
    first = claimed[0]
    told = say["claimed" if len(claimed) == 1 else "several"]
    told = told.format(title=cause_title(first, lang), gap=first.gap, count=len(claimed))
    told += _seen(first, say, lang)
    # A claimed cause is tied with one that is not where both show in the carrying sign.
    alike = [one for one in diagnosis.causes if not one.claimed and one.id in first.tied_with]
    if alike:
        told += say["fits"].format(titles=", ".join(cause_title(one, lang) for one in alike))
    titles = [cause_title(one, lang) for one in claimed[1 : 1 + MOST_NAMED]]
    return told + (say["then"].format(titles=", ".join(titles)) if titles else "")


def _unclaimed(diagnosis: Diagnosis, say: Mapping[str, str], lang: str) -> str:
    """Return why no cause is claimed, and the first that has any sign."""
    asked = any(one.p_adjusted is not None for one in diagnosis.causes)
    told = say["none" if asked else "nothing"]
    nearest = next((one for one in diagnosis.causes if one.for_), None)
    if nearest is None:
        return told
    told += say["nearest"].format(title=cause_title(nearest, lang), gap=nearest.gap)
    return told + _seen(nearest, say, lang)


def _seen(found: CauseFound, say: Mapping[str, str], lang: str) -> str:
    loudest = leading(found)
    evidence = "" if loudest is None else _evidence(loudest, say, lang)
    return say["seen"].format(evidence=evidence) if evidence else ""


def _evidence(found: Evidence, say: Mapping[str, str], lang: str) -> str:
    """Return the evidence in a language, "" where it has no words for it."""
    if say is words(ENGLISH):
        return found.text.rstrip(".")
    values, estimate = found.values, found.estimate
    relative = "mean" in values
    name = _measure_title(found.measure, lang)
    if not name or estimate is None or ("relative" if relative else "threshold") not in say:
        return ""
    if relative:
        return say["relative"].format(
            measure=name,
            mean=_number(values["mean"], lang, 1),
            others=_number(values["others"], lang, 1),
            distance=_number(abs(values["distance"]), lang, 1),
            n=estimate.n,
        )
    kind = known_measure(found.measure)
    shares = kind is not None and kind.kind == "share"

    def written(value: float) -> str:
        return f"{100 * value:.0f} %" if shares else _number(value, lang, 1)

    return say["threshold"].format(
        measure=name,
        value=written(estimate.value or 0.0),
        line=written(values.get("threshold", 0.0)),
        n=estimate.n,
    )


def _measure_title(name: str, lang: str) -> str:
    """Return a measure's title in a language, "" where it has none."""
    family, _, rest = name.partition(".")
    if family == "construct":
        who, _, which = rest.partition(".")
        known = construct("managers" if who == "managers" else "employees", which)
        return known.title.get(lang, "")
    kind = known_measure(name)
    return measure_title(name, lang) if kind is not None and lang in kind.title else ""


def _what_first(diagnosis: Diagnosis, say: Mapping[str, str], lang: str) -> str:
    told = say["no_remedy"]
    if diagnosis.remedies:
        first = diagnosis.remedies[0]
        told = say["begin" if first.claimed else "try"].format(
            title=remedy(first.id).title.get(lang, first.title),
            owner=OWNERS.get(first.owner) or first.owner.replace("-", " "),
            first=first.weeks[0],
            last=first.weeks[1],
        )
    verdicts = Counter(one.effect_verdict for one in diagnosis.actions.values())
    if verdicts:
        said = ", ".join(
            say[name].format(n=verdicts[name])
            for name in ("better", "equivalent", "worse", "cannot_tell")
            if verdicts[name]
        )
        told += say["actions"].format(told=said)
    return told


def _signed(value: float, lang: str) -> str:
    return _in_language(f"{value:+.2f}", lang)


def _number(value: float, lang: str, digits: int = 2) -> str:
    return _in_language(f"{value:.{digits}f}", lang)


def _in_language(text: str, lang: str) -> str:
    text = text.replace("-", "−")
    return text.replace(".", ",") if lang in {"vi", "nl"} else text
