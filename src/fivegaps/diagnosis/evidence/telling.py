"""Evidence in plain sentences, with the rule that was applied."""

from __future__ import annotations

from fivegaps.diagnosis.evidence.dossier import Reading
from fivegaps.diagnosis.evidence.judging import SPEAKS, Judgement
from fivegaps.diagnosis.results import Evidence
from fivegaps.knowledge.measures import measure as known_measure
from fivegaps.model.knowledge import Measure, Sign

RELATIVE_RULE = (
    "Judged against the other answers of the same people, in SD of persons; measures differ "
    "among themselves without any cause, and that usual spread counts as error. "
    f"It speaks for the cause from {SPEAKS} SD on."
)
SHARE_RULE = (
    "It speaks for the cause beyond the line, {line}; the line is a convention, which counts "
    "as error."
)
PARTS = {
    "lead": "It can carry a claim.",
    "record": "It orders causes and carries no claim: what is usual here is not known.",
    "support": "It can support a claim, not carry it.",
    "gap": "It is the gap itself: it tells where, not why, and carries no claim.",
}
REASONS = {
    "not_asked": "was not asked",
    "no_register": "has no file in the folder",
    "not_recorded": "is not recorded in the file",
    "too_few": "was answered by too few",
    "too_few_others": "stands alone: fewer than four other measures of the same people",
    "small_cell": "may not be shown: too few answered, or all said the same",
    "constant": "does not vary",
}
COLLECT = {
    "managers": "Ask managers (file managers).",
    "employees": "Ask employees (file employees).",
    "customers": "Ask customers whether they had a problem and complained (file customers).",
    "standards": "Keep the register of standards with all its columns.",
    "observations": "Observe the standards (file observations).",
    "policies": "Keep the register of policies with all its columns.",
    "promises": "Keep the register of promises with all its columns.",
    "promise_outcomes": "Count how often promises were kept (file promise_outcomes).",
    "cases": "Record every case of complaint with all columns (file cases).",
    "ideas": "Register ideas with dates and decisions (file ideas).",
    "decisions": "Record decisions of the front line (file decisions).",
    "facts": "Note the fact for this wave (file facts).",
    "competitors": "Add competitors' mean perceptions (file competitors).",
    "internal_service": "Let staff rate support units (support_unit, i_<dimension>).",
}


def told(judgement: Judgement) -> Evidence:
    """Return the sign as evidence: a sentence with its numbers, and the rule."""
    reading = judgement.reading
    low, high = judgement.ends()
    values = {"distance": judgement.distance, "low": low, "high": high, "p": judgement.p}
    standing = reading.standing
    speaks = "for" if judgement.speaks else "against"
    if standing is not None:
        # Rounded as in the sentence: they hold each person's level over all measures, and
        # the exact difference of two could tell the level of the one who left one out.
        values |= {"mean": round(standing.mean, 1), "others": round(standing.others, 1)}
        code = f"relative.{speaks}"
        rule = RELATIVE_RULE
    else:
        line = _line(judgement.sign)
        values["threshold"] = line
        code = f"threshold.{speaks}"
        rule = SHARE_RULE.format(line=_written(_kind(reading), line))
    return Evidence(
        measure=reading.measure,
        text=_sentence(judgement),
        estimate=reading.estimate,
        about=reading.about,
        values=values,
        code=code,
        part=judgement.part,
        rule=f"{rule} {PARTS[_role(judgement)]}",
    )


def _role(judgement: Judgement) -> str:
    return "record" if judgement.part == "lead" and not judgement.carries else judgement.part


def told_missing(reading: Reading) -> Evidence:
    """Return the evidence that could not be had, why, and what to collect."""
    reason = reading.estimate.reason or "not_asked"
    kind = _kind(reading)
    table = kind.table if kind is not None else ""
    why = REASONS.get(reason, reason)
    text = f"{title(reading.measure)}: {why}. {COLLECT.get(table, '')}".strip()
    return Evidence(
        measure=reading.measure,
        text=text,
        estimate=reading.estimate,
        about=(table,) if table else (),
        code=f"missing.{reason}",
    )


def title(measure: str, lang: str = "en") -> str:
    """Return a measure's title, with the dimension, question or theme that it is about."""
    known = known_measure(measure)
    if known is None:
        return measure
    name = known.title.get(lang, known.title["en"])
    return name if known.slot is None else f"{name} ({measure.rpartition('.')[2]})"


def _sentence(judgement: Judgement) -> str:
    reading = judgement.reading
    standing = reading.standing
    name, n = title(reading.measure), reading.estimate.n
    if standing is not None:
        if reading.measure == "commitment-difference":
            which = "more than staff see of it" if judgement.speaks else "as staff see it too"
            return f"Managers state their commitment {which}: {judgement.distance:+.1f} SD."
        where = "bad side of" if judgement.distance > 0 else "good side of"
        size = abs(judgement.distance)
        off = f"{size:.1f} SD on the {where} the other answers of the same people"
        near = "" if judgement.speaks else ", too little to speak for this cause"
        return f"{name}: {standing.mean:.1f} of 7 (n = {n:,}), {off} ({standing.others:.1f}){near}."
    value = reading.estimate.value or 0.0
    kind = _kind(reading)
    line = _line(judgement.sign)
    beyond = (
        "above" if judgement.sign.above is not None or judgement.sign.bad == "high" else "below"
    )
    verb = beyond if judgement.speaks else f"not clearly {beyond}"
    return f"{name}: {_written(kind, value)} (n = {n:,}), {verb} {_written(kind, line)}."


def _kind(reading: Reading) -> Measure | None:
    return known_measure(reading.measure)


def _line(sign: Sign) -> float:
    return sign.above if sign.above is not None else sign.below if sign.below is not None else 0.0


def _written(kind: Measure | None, value: float) -> str:
    if kind is not None and kind.kind == "share":
        return f"{100 * value:.0f} %"
    return f"{value:.0f}" if kind is not None and kind.kind == "count" else f"{value:.1f}"
