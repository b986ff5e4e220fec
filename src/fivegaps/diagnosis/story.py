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
    "nl": {
        "short": "Klanten krijgen minder dan zij verwachten: kloof 5 is {gap} ({low} tot {high}), "
        "het wijdst bij {dimension} ({worst}).",
        "level": "Klanten krijgen ongeveer wat zij verwachten of meer: kloof 5 is {gap} ({low} tot "
        "{high}); het laagst is {dimension} ({worst}).",
        "unknown": "Hoe het klanten vergaat, is niet te zeggen: {reason}.",
        "claimed": "Het bewijs draagt één oorzaak: {title} (kloof {gap}).",
        "several": "Het bewijs draagt {count} oorzaken, allereerst: {title} (kloof {gap}).",
        "none": "Er wordt geen oorzaak genoemd, want geen teken valt buiten het toeval (5 % voor "
        "alle samen); het dichtst erbij is: {title} (kloof {gap}).",
        "nothing": "Geen oorzaak is te wegen: niemand is gevraagd wat er een zou tonen.",
        "begin": "Begin met: {title} ({first} tot {last} weken).",
        "no_remedy": "Er wordt geen maatregel voorgeschreven.",
        "actions": "Acties tot nu toe: {told}.",
        "better": "beter {n}",
        "equivalent": "geen verschil {n}",
        "worse": "slechter {n}",
        "cannot_tell": "niet te zeggen {n}",
    },
    "zh-hans": {
        "short": "顾客得到的少于期望：差距 5 为 {gap}"
        "（{low} 至 {high}），以{dimension}最大（{worst}）。",
        "level": "顾客得到的大致符合或超过期望：差距 5 为 {gap}"
        "（{low} 至 {high}），最低为{dimension}（{worst}）。",
        "unknown": "顾客感受如何尚无法判断：{reason}。",
        "claimed": "证据足以认定一个原因：{title}（差距 {gap}）。",
        "several": "证据足以认定 {count} 个原因，首先是：{title}（差距 {gap}）。",
        "none": "没有认定任何原因，因为没有迹象超出偶然（合计 5 %）；"
        "最接近的是：{title}（差距 {gap}）。",
        "nothing": "无法衡量任何原因：没有人被问到能显示原因的问题。",
        "begin": "先做：{title}（{first} 至 {last} 周）。",
        "no_remedy": "没有建议任何措施。",
        "actions": "迄今的行动：{told}。",
        "better": "更好 {n}",
        "equivalent": "没有差别 {n}",
        "worse": "更差 {n}",
        "cannot_tell": "无法判断 {n}",
    },
    "zh-hant": {
        "short": "顧客得到的少於期望：差距 5 為 {gap}"
        "（{low} 至 {high}），以{dimension}最大（{worst}）。",
        "level": "顧客得到的大致符合或超過期望：差距 5 為 {gap}"
        "（{low} 至 {high}），最低為{dimension}（{worst}）。",
        "unknown": "顧客感受如何尚無法判斷：{reason}。",
        "claimed": "證據足以認定一個原因：{title}（差距 {gap}）。",
        "several": "證據足以認定 {count} 個原因，首先是：{title}（差距 {gap}）。",
        "none": "沒有認定任何原因，因為沒有跡象超出偶然（合計 5 %）；"
        "最接近的是：{title}（差距 {gap}）。",
        "nothing": "無法衡量任何原因：沒有人被問到能顯示原因的問題。",
        "begin": "先做：{title}（{first} 至 {last} 周）。",
        "no_remedy": "沒有建議任何措施。",
        "actions": "迄今的行動：{told}。",
        "better": "更好 {n}",
        "equivalent": "沒有差別 {n}",
        "worse": "更差 {n}",
        "cannot_tell": "無法判斷 {n}",
    },
}


def three_sentences(
    diagnosis: Diagnosis, lang: str = "en", *, names: Mapping[str, str] | None = None
) -> tuple[str, str, str]:
    """Return how customers fare, why, and what to do first.

    Args:
        diagnosis: As made.
        lang: One of the shipped languages; any other gets the English sentences.
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
    return text.replace(".", ",") if lang in {"vi", "nl"} else text
