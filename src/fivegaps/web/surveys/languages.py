"""Which of a survey's languages a browser wants."""

from __future__ import annotations

from collections.abc import Sequence

# Chinese is two scripts here. A reader of one is never given the other for his own.
_TRADITIONAL = {"tw", "hk", "mo", "hant"}


def wanted_language(accepted: str, offered: Sequence[str]) -> str:
    """Return the offered language that an Accept-Language header puts first, else the first.

    A header longer than any browser's is not read.
    """
    tags = _in_order(accepted) if len(accepted) <= 500 else []
    # Browsers list plain zh after zh-TW; it means the same script then.
    script = next((_script(tag) for tag in tags if tag.startswith("zh-")), "zh-hans")
    for tag in tags:
        main = tag.partition("-")[0]
        code = main if main != "zh" else script if tag == "zh" else _script(tag)
        if code in offered:
            return code
    return offered[0]


def _script(tag: str) -> str:
    return "zh-hant" if _TRADITIONAL & set(tag.split("-")) else "zh-hans"


def _in_order(accepted: str) -> list[str]:
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.lower().split(",")):
        tag, _, weight = part.partition(";q=")
        try:
            share = float(weight) if weight else 1.0
        except ValueError:
            continue
        if 0 < share <= 1:
            weighed.append((-share, place, tag.strip()))
    return [tag for _, _, tag in sorted(weighed)]
