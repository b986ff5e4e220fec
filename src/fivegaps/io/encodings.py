"""Which encoding a text file is in: told by a mark, by the bytes, or by what they spell."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

from fivegaps.errors import OptionRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000

# The commonest characters of Chinese and Korean text and of questionnaires.
_SIMPLIFIED = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么"
    "心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知样现"
    "分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便"
    "位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市"
    "服务满意员工您企业顾客应该设备总体期望感知重要编号门店性别年龄渠道质量及时可靠优秀提供需要帮助"
)
_TRADITIONAL = frozenset(
    "的一是不了在人有我他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼"
    "心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知樣現"
    "分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新什打便"
    "位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市"
    "服務滿意員工您企業顧客應該設備總體期望感知重要編號門市性別年齡管道質量及時可靠優秀提供需要幫助品質"
)
_HANGUL = frozenset(
    "이다는을에의가고하지한로기스도서자리시어대인사해은를과와으나니라일정부그수들게만있없않했었였것되된될할합습까요"
    "면보여원장주전제상성구조비선공동세계신유무방미연진국내교회문화생개소물중간년월일때적더안위용통터트오우"
    "객점직원귀매만족기대인지중도질문항별남녀나령업점포령성택거래결키편리"
)
_WESTERN = frozenset("äöüßÄÖÜéèêëàâáåãçîïíñôóòõøùûúæœÉÈÀÅÇÑÓØÆ«»„“”’‘–—…€°§²·¿¡ºª´×•")
_VOWELS = frozenset("aeiouyAEIOUYâêôăơưÂÊÔĂƠƯ")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by Python's name; ``certain`` when the bytes leave no choice."""

    name: str
    certain: bool
    mark: int = 0


def marked(start: bytes) -> Encoding | None:
    """Return the encoding that a byte-order mark at the start of a file tells, if any."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name, certain=True, mark=len(mark))
    return None


def named(name: str) -> Encoding:
    """Return the encoding that a person named.

    Raises:
        OptionRefused: Python knows none of this name.
    """
    usual = {"windows-1258": "cp1258", "windows-1252": "cp1252", "ansi": "cp1252", "big5": "cp950"}
    try:
        known = codecs.lookup(usual.get(name.strip().casefold(), name.strip()))
        "".encode(known.name)  # refuses codecs that are no encodings of text
    except (LookupError, ValueError) as error:
        raise OptionRefused(
            "--encoding",
            f"no encoding is called {name!r}; some that are:"
            " utf-8, utf-16, cp949, gb18030, big5, windows-1258, windows-1252, latin-1",
        ) from error
    return Encoding("utf-8-sig" if known.name == "utf-8" else known.name, certain=True)


def without_mark(sample: bytes) -> Encoding | None:
    """Return UTF-16 when every other byte of the sample is 0, as it is without a mark."""
    if len(sample) < 4:
        return None
    even, odd = sample[0::2], sample[1::2]
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.05 * len(even):
        return Encoding("utf-16-le", certain=True)
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.05 * len(odd):
        return Encoding("utf-16-be", certain=True)
    return None


def guessed(sample: bytes) -> Encoding | None:
    """Return the likeliest encoding of a sample that is not UTF-8, or None.

    The sample is cut at lines, so that no character is halved. East Asian
    encodings are told by what they spell, the commonest
    syllables (CP949) or characters (GB18030, Big5); Vietnamese by tone marks that follow
    vowels (windows-1258); anything else is left to charset-normalizer.
    """
    sample = _telling_lines(sample)
    scores = {
        "cp949": _korean(_decoded(sample, "cp949")),
        "gb18030": _chinese(_decoded(sample, "gb18030"), _SIMPLIFIED),
        "cp950": _chinese(_decoded(sample, "cp950"), _TRADITIONAL),
        "cp1258": _vietnamese(_decoded(sample, "cp1258")),
    }
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 0.5:
        return Encoding(best, certain=False)
    western = _decoded(sample, "cp1252")
    if western is not None and _is_western(western):
        return Encoding("cp1252", certain=False)
    from charset_normalizer import from_bytes  # 30 ms, and rarely needed

    found = from_bytes(sample).best()
    if found is not None and found.encoding not in {"ascii", "utf_8"}:
        return Encoding(codecs.lookup(found.encoding).name, certain=False)
    return None if western is None else Encoding("cp1252", certain=False)


def _telling_lines(sample: bytes) -> bytes:
    """Return the lines that hold a byte beyond ASCII, up to a bound."""
    lines = [line for line in sample.splitlines() if not line.isascii()]
    if len(lines) > 1:
        del lines[-1]  # the sample may have cut it
    return b"\n".join(lines)[:_SAMPLE] if len(lines) == 1 else _bounded(lines)


def _bounded(lines: list[bytes]) -> bytes:
    kept: list[bytes] = []
    size = 0
    for line in lines:
        size += len(line)
        if kept and size > _SAMPLE:
            break
        kept.append(line)
    return b"\n".join(kept)


def _decoded(sample: bytes, encoding: str) -> str | None:
    try:
        return sample.decode(encoding)
    except UnicodeDecodeError as error:
        # A character halved by the end of the sample is no contradiction.
        if error.start < len(sample) - 4:
            return None
        return sample[: error.start].decode(encoding)


def _korean(text: str | None) -> float:
    """Return how common the Hangul syllables are: about 0.5 and more in real text."""
    letters = _letters(text)
    hangul = [letter for letter in letters if "\uac00" <= letter <= "\ud7a3"]
    # Chinese text read as CP949 is a mixture of rare Hangul and Hanja.
    if len(hangul) < 0.8 * len(letters) or not hangul:
        return 0.0
    return min(1.0, 1.5 * sum(letter in _HANGUL for letter in hangul) / len(hangul))


def _chinese(text: str | None, common: frozenset[str]) -> float:
    """Return how common the Chinese characters are: about 0.5 and more in real text."""
    letters = _letters(text)
    if not letters or any("\ue000" <= letter <= "\uf8ff" for letter in letters):
        return 0.0
    han = [letter for letter in letters if "\u4e00" <= letter <= "\u9fff"]
    if len(han) < 0.8 * len(letters):
        return 0.0
    return min(1.0, 1.5 * sum(letter in common for letter in han) / len(han))


def _vietnamese(text: str | None) -> float:
    """Return the share of combining tone marks that stand on a vowel, if there are any."""
    if text is None:
        return 0.0
    marks = [place for place, sign in enumerate(text) if unicodedata.combining(sign)]
    if not marks:
        return 0.0
    settled = sum(place > 0 and text[place - 1] in _VOWELS for place in marks)
    return 0.95 * settled / len(marks)


def _is_western(text: str) -> bool:
    """Tell whether signs beyond ASCII are western letters that stand among ASCII letters."""
    beyond = [sign for sign in text if ord(sign) > 127]
    western = sum(sign in _WESTERN for sign in beyond)
    return bool(beyond) and western > 0.95 * len(beyond)


def _letters(text: str | None) -> list[str]:
    return [sign for sign in text or "" if ord(sign) > 127 and sign.isalpha()]
