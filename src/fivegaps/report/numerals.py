"""Numbers as a language writes them; the one place where figures are rounded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

MINUS = "−"
_LOCALES = {"zh-hans": "zh_Hans_CN", "zh-hant": "zh_Hant_TW", "vi": "vi_VN", "nl": "nl_NL"}


class Numerals:
    """Writes numbers, intervals, lists and dates in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._locale = Locale.parse(_LOCALES.get(lang, "en_GB"))
        symbols = self._locale.number_symbols["latn"]
        self._point = symbols["decimal"]
        self._group = symbols["group"]
        # English style drops the zero before figures that cannot pass 1 (APA).
        self._drops_zero = lang == "en"

    def number(self, value: float, decimals: int = 2) -> str:
        """Return a number with a fixed count of decimals; "−0.00" becomes "0.00"."""
        if not math.isfinite(value):
            return "∞" if value > 0 else f"{MINUS}∞" if value < 0 else "–"
        text = f"{abs(value):,.{decimals}f}"
        whole, _, fraction = text.partition(".")
        digits = whole.replace(",", self._group) + (self._point + fraction if fraction else "")
        empty = not text.strip("0.,")
        return digits if value >= 0 or empty else MINUS + digits

    def signed(self, value: float, decimals: int = 2) -> str:
        """Return a number with its sign, plus or minus; nothing before zero."""
        text = self.number(value, decimals)
        bare = text.strip("0" + self._point)
        return text if text.startswith(MINUS) or not bare else f"+{text}"

    def coefficient(self, value: float, decimals: int = 2) -> str:
        """Return a figure that cannot pass 1, without its leading zero in English."""
        text = self.number(value, decimals)
        if self._drops_zero and abs(value) < 1:
            return text.replace(f"0{self._point}", self._point, 1) if decimals else text
        return text

    def count(self, value: float) -> str:
        """Return a whole number with the language's thousands mark."""
        return self.number(value, 0)

    def share(self, value: float, decimals: int = 0) -> str:
        """Return a share of 1 as a percentage."""
        return f"{self.number(100 * value, decimals)}%"

    def p(self, value: float) -> str:
        """Return a p-value with three decimals, or "< .001"."""
        if value < 0.001:
            return f"< {self.coefficient(0.001, 3)}"
        return self.coefficient(value, 3)

    def p_phrase(self, value: float) -> str:
        """Return "p = .012" or "p < .001"."""
        text = self.p(value)
        return f"p {text}" if text.startswith("<") else f"p = {text}"

    def span(self, low: float, high: float, decimals: int = 2, kind: str = "number") -> str:
        """Return an interval in square brackets; a semicolon where the comma is the point."""
        write = {"signed": self.signed, "coefficient": self.coefficient, "share": self.share}.get(
            kind, self.number
        )
        joint = "; " if self._point == "," else ", "
        return f"[{write(low, decimals)}{joint}{write(high, decimals)}]"

    def listed(self, names: Sequence[str]) -> str:
        """Return names joined as the language joins them."""
        return format_list(list(names), locale=self._locale) if names else ""

    def date(self, moment: str) -> str:
        """Return the day of an ISO instant in words; an unreadable one as it is."""
        try:
            day = datetime.fromisoformat(moment)
        except ValueError:
            return moment
        return format_date(day, format="long", locale=self._locale)
