"""The words of the report: every language whole, with the same placeholders."""

import re
import string
from pathlib import Path

import pytest

import fivegaps.report
from fivegaps.errors import OptionRefused
from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.words import Words, catalogue

OTHERS = [lang for lang in LANGUAGES if lang != "en"]
# Figures, abbreviations and names of works read the same in every language.
SAME_EVERYWHERE = re.compile(
    r"^[^a-z]*$|^(terms\.value|columns|terms\.rotation)\.|name$|terminal\."
)


def placeholders(phrase):
    return sorted({field for _, field, _, _ in string.Formatter().parse(phrase) if field})


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_the_keys_of_english(lang):
    assert set(catalogue(lang)) == set(catalogue("en"))


@pytest.mark.parametrize("lang", OTHERS)
def test_placeholders_are_those_of_english(lang):
    english, other = catalogue("en"), catalogue(lang)

    differing = [key for key in english if placeholders(english[key]) != placeholders(other[key])]

    assert differing == []


@pytest.mark.parametrize("lang", OTHERS)
def test_sentences_are_translated(lang):
    english, other = catalogue("en"), catalogue(lang)

    untouched = [
        key
        for key, phrase in english.items()
        if other[key] == phrase
        and len(re.findall(r"[a-z]{3,}", re.sub(r"\{\w+\}", "", phrase))) > 2
    ]

    assert [key for key in untouched if not SAME_EVERYWHERE.search(key)] == []


def test_traditional_chinese_is_its_own_text():
    simplified, traditional = catalogue("zh-hans"), catalogue("zh-hant")

    shared = [
        key
        for key, phrase in simplified.items()
        if phrase == traditional[key] and len(re.findall(r"[\u4e00-\u9fff]", phrase)) > 8
    ]

    assert shared == []


SIMPLIFIED, TRADITIONAL = "维题项为这个区间数据检验质态读", "維題項為這個區間數據檢驗質態讀"


@pytest.mark.parametrize(("lang", "foreign"), [("zh-hans", TRADITIONAL), ("zh-hant", SIMPLIFIED)])
def test_chinese_keeps_to_one_script(lang, foreign):
    text = "".join(catalogue(lang).values())

    assert [sign for sign in foreign if sign in text] == []


def test_every_phrase_that_the_code_asks_for_is_there():
    folder = Path(fivegaps.report.__file__).parent
    asked = set()
    for file in [*folder.rglob("*.py"), *folder.rglob("*.j2")]:
        if "forms" not in file.parts:
            asked |= set(re.findall(r'say\(\s*"([a-z_.A-Z]+)"', file.read_text(encoding="utf-8")))

    missing = {key for key in asked if not key.endswith(".") and key not in catalogue("en")}

    assert missing == set()


def test_an_unknown_language_is_refused():
    with pytest.raises(OptionRefused, match="--lang"):
        Words("fr")
