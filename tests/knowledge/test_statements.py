"""The statements to managers and employees are whole, short, single and in five languages."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from fivegaps.knowledge.constructs import constructs
from fivegaps.knowledge.instruments import instrument
from fivegaps.knowledge.phrasing import filled, placeholders
from fivegaps.model.instrument import LANGUAGES

VOICES = ("managers", "employees")
MOST_WORDS = 20  # of an English statement: a cashier reads it once
TWO_IDEAS = (";", "；", "—", "–", "/", "and/or")
# A published item may be cited, never printed: openings of the extended gaps questionnaires
# (Zeithaml, Parasuraman and Berry 1990) and of the role scales (Rizzo, House and Lirtzman 1970).
PUBLISHED = (
    "we regularly collect information",
    "the managers in our company",
    "our company has",
    "our company does not commit",
    "i feel that i am",
    "my fellow employees",
    "my company gives me",
    "i feel certain about",
    "i know exactly what is expected",
    "i receive incompatible requests",
    "i have to do things that should",
    "i work under incompatible",
)


def statements(voice):
    """Return the records of the voice, each with its own file's keys."""
    folder = files("fivegaps.knowledge") / "voices" / "statements"
    return tomllib.loads((folder / f"{voice}.toml").read_text(encoding="utf-8"))["statement"]


def texts(lang):
    """Return (voice, construct, k) to the text in one language, of both voices."""
    return {
        (voice, one["construct"], one["k"]): one["text"][lang]
        for voice in VOICES
        for one in statements(voice)
    }


def reversed_count(voice):
    return Counter(one["construct"] for one in statements(voice) if one["reversed"])


@pytest.mark.parametrize("voice", VOICES)
def test_each_construct_has_its_statements_in_order(voice):
    expected = [(one.id, k) for one in constructs(voice) for k in range(1, one.statements + 1)]

    assert [(one["construct"], one["k"]) for one in statements(voice)] == expected


@pytest.mark.parametrize("voice", VOICES)
def test_a_statement_has_no_other_keys(voice):
    keys = {tuple(one) for one in statements(voice)}

    assert keys == {("construct", "k", "reversed", "text", "status")}


@pytest.mark.parametrize("part", ["text", "status"])
@pytest.mark.parametrize("voice", VOICES)
def test_each_statement_is_in_every_language(voice, part):
    lacking = [
        (one["construct"], one["k"], lang)
        for one in statements(voice)
        for lang in LANGUAGES
        if not one[part].get(lang, "").strip()
    ]

    assert lacking == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_statements_are_alike(lang):
    often = Counter(text.casefold() for text in texts(lang).values())

    assert [text for text, n in often.items() if n > 1] == []


def test_no_english_statement_is_long():
    long = [text for text in texts("en").values() if len(text.split()) > MOST_WORDS]

    assert long == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_statement_joins_two_sentences(lang):
    joined = [text for text in texts(lang).values() if any(mark in text for mark in TWO_IDEAS)]

    assert joined == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_statement_is_one_sentence(lang):
    stop = "。" if lang.startswith("zh") else "."
    faulty = [
        text for text in texts(lang).values() if not text.endswith(stop) or text.count(stop) != 1
    ]

    assert faulty == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_leaves_the_same_places_for_the_words_of_a_trade(lang):
    english = texts("en")

    assert [
        text
        for where, text in texts(lang).items()
        if placeholders(text) != placeholders(english[where])
    ] == []


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("en", "customer"),
        ("vi", "khách hàng"),
        ("zh-hans", "顾客"),
        ("zh-hant", "顧客"),
        ("nl", "klant"),
    ],
)
def test_staff_of_a_hospital_are_not_asked_about_customers(lang, word):
    hospital = instrument("rater-22", profile="hospital")
    read = [filled(text, hospital, lang) for text in texts(lang).values()]

    assert [text for text in read if word in text.casefold() or "{" in text] == []


@pytest.mark.parametrize("voice", VOICES)
def test_long_constructs_have_one_or_two_reversed_statements(voice):
    """Whoever agrees to everything lands in the middle, not at the top, of a long construct."""
    often = reversed_count(voice)

    assert {
        one.id: often[one.id]
        for one in constructs(voice)
        if one.statements >= 3 and often[one.id] not in (1, 2)
    } == {}


@pytest.mark.parametrize("voice", VOICES)
def test_most_statements_of_a_construct_are_straight(voice):
    """Two statements leave no room for a reversed one: it would carry half of the score."""
    often = reversed_count(voice)

    assert [one.id for one in constructs(voice) if 2 * often[one.id] >= one.statements] == []


@pytest.mark.parametrize("opening", PUBLISHED)
def test_no_statement_opens_as_a_published_one(opening):
    assert [text for text in texts("en").values() if text.lower().startswith(opening)] == []


@pytest.mark.parametrize(("lang", "characters"), [("zh-hans", "gb2312"), ("zh-hant", "big5")])
def test_chinese_is_written_in_its_own_script(lang, characters):
    """GB 2312 holds no traditional-only characters (們, 務, 個), Big5 no simplified-only ones."""
    mixed = [text for text in texts(lang).values() if not _fits(text, characters)]

    assert mixed == []


def test_the_two_chinese_scripts_differ():
    simplified, traditional = texts("zh-hans"), texts("zh-hant")

    assert [where for where in simplified if simplified[where] == traditional[where]] == []


@pytest.mark.parametrize(("character", "characters"), [("們", "gb2312"), ("们", "big5")])
def test_a_character_of_the_other_script_is_noticed(character, characters):
    assert not _fits(character, characters)


def _fits(text, characters):
    """Return whether the character set can write the text."""
    try:
        text.encode(characters)
    except UnicodeEncodeError:
        return False
    return True
