"""Put the words of a trade and a firm's name into a wording."""

from __future__ import annotations

import re

from fivegaps.model.instrument import Instrument

PLACEHOLDER = re.compile(r"\{(provider|company|customers|customer)\}")


def filled(text: str, instrument: Instrument, lang: str, *, company: str | None = None) -> str:
    """Return a wording as a respondent reads it: placeholders filled, first letter large.

    Args:
        text: A wording of the instrument; without placeholders it comes back unchanged.
        instrument: Gives the words of its trade.
        lang: Language of the wording.
        company: Name of the firm that is rated; "this bank" and the like when None.
    """
    words = dict(instrument.words.get(lang, {}))
    if company is not None:
        words["company"] = company
    if PLACEHOLDER.search(text) is None:
        return text
    sentence = PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), text)
    return sentence[:1].upper() + sentence[1:]


def placeholders(text: str) -> frozenset[str]:
    """Return the placeholders of a wording; singular and plural of customer count as one."""
    found = (name.removesuffix("s") for name in PLACEHOLDER.findall(text))
    return frozenset(found)
