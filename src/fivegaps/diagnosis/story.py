"""The diagnosis in three sentences: how customers fare, why, and what to do first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from fivegaps.diagnosis.results import CauseFound, Diagnosis, Evidence
from fivegaps.knowledge.causes import cause
from fivegaps.knowledge.remedies import remedy
from fivegaps.scoring.results import DimensionScores
from fivegaps.stats.estimate import GapEstimate

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "short": "Customers get less than they expect: gap 5 is {gap} ({low} to {high}), and it is "
        "widest in {dimension} ({worst}).",
        "level": "Customers get about what they expect or more: gap 5 is {gap} ({low} to {high}); "
        "lowest is {dimension} ({worst}).",
        "unknown": "How customers fare cannot be told: {reason}.",
        "claimed": "The evidence carries one cause: {title} (gap {gap}). {evidence}",
        "several": "The evidence carries {count} causes, first of all: {title} (gap {gap}). "
        "{evidence}",
        "none": "No cause is claimed, since no sign lies beyond chance (5 % for all together); "
        "nearest is: {title} (gap {gap}).",
        "nothing": "No cause can be weighed: nobody was asked what would show one.",
        "begin": "Begin with: {title} ({owner}, {first} to {last} weeks).",
        "no_remedy": "No remedy is prescribed.",
        "actions": "Actions so far: {told}.",
        "better": "better {n}",
        "equivalent": "no different {n}",
        "worse": "worse {n}",
        "cannot_tell": "cannot tell {n}",
    },
    "vi": {
        "short": "Khách hàng nhận được ít hơn kỳ vọng: khoảng cách 5 là {gap} ({low} đến {high}), "
        "rộng nhất ở {dimension} ({worst}).",
        "level": "Khách hàng nhận được gần bằng hoặc hơn kỳ vọng: khoảng cách 5 là {gap} ({low} "
        "đến {high}); thấp nhất là {dimension} ({worst}).",
        "unknown": "Chưa thể nói khách hàng được phục vụ ra sao: {reason}.",
        "claimed": "Bằng chứng đủ để nêu một nguyên nhân: {title} (khoảng cách {gap}).",
        "several": "Bằng chứng đủ để nêu {count} nguyên nhân, trước hết: {title} (khoảng cách "
        "{gap}).",
        "none": "Chưa nêu nguyên nhân nào, vì không dấu hiệu nào vượt quá ngẫu nhiên (5 % cho tất "
        "cả); gần nhất là: {title} (khoảng cách {gap}).",
        "nothing": "Chưa thể cân nhắc nguyên nhân nào: chưa hỏi ai điều cho thấy nguyên nhân.",
        "begin": "Bắt đầu với: {title} ({first} đến {last} tuần).",
        "no_remedy": "Chưa có biện pháp nào được đề xuất.",
        "actions": "Các hành động đến nay: {told}.",
        "better": "tốt hơn {n}",
        "equivalent": "không khác {n}",
        "worse": "xấu hơn {n}",
        "cannot_tell": "chưa thể nói {n}",
    },
}


def three_sentences(
    diagnosis: Diagnosis, lang: str = "en", *, names: Mapping[str, str] | None = None
) -> tuple[str, str, str]:
    """Return how customers fare, why, and what to do first.

    Args:
        diagnosis: As made.
        lang: en or vi; others get the English sentences with titles in their language.
        names: Titles of dimensions in that language, by id.
    """
    say = SENTENCES.get(lang, SENTENCES["en"])
    return (
        _customers(diagnosis, say, names or {}, lang),
        _why(diagnosis, say, lang),
        _what_first(diagnosis, say, lang),
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


def _why(diagnosis: Diagnosis, say: Mapping[str, str], lang: str) -> str:
    claimed = [one for one in diagnosis.causes if one.claimed]
    known = [one for one in diagnosis.causes if one.strength.value is not None]
    if not known:
        return say["nothing"]
    first = claimed[0] if claimed else known[0]
    key = "none" if not claimed else "claimed" if len(claimed) == 1 else "several"
    found = leading(first)
    told = say[key].format(
        title=cause_title(first, lang),
        gap=first.gap,
        count=len(claimed),
        evidence="" if found is None else found.text,
    )
    return told.strip()


def _what_first(diagnosis: Diagnosis, say: Mapping[str, str], lang: str) -> str:
    parts = [say["no_remedy"]]
    if diagnosis.remedies:
        first = diagnosis.remedies[0]
        parts = [
            say["begin"].format(
                title=remedy(first.id).title.get(lang, first.title),
                owner=first.owner.replace("-", " "),
                first=first.weeks[0],
                last=first.weeks[1],
            )
        ]
    verdicts = Counter(one.effect_verdict for one in diagnosis.actions.values())
    if verdicts:
        told = ", ".join(
            say[name].format(n=verdicts[name])
            for name in ("better", "equivalent", "worse", "cannot_tell")
            if verdicts[name]
        )
        parts.append(say["actions"].format(told=told))
    return " ".join(parts)


def _signed(value: float, lang: str) -> str:
    text = f"{value:+.2f}".replace("-", "−")
    return text.replace(".", ",") if lang == "vi" else text
