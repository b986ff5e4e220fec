"""Every shipped instrument and profile loads and reads well."""

from dataclasses import replace
from pathlib import Path

import pytest

from fivegaps.errors import InstrumentRefused
from fivegaps.knowledge.checking import check, check_shelf, length
from fivegaps.knowledge.guide import instruments_page
from fivegaps.knowledge.instruments import instrument, instruments, load
from fivegaps.knowledge.phrasing import filled, placeholders
from fivegaps.knowledge.shelf import profile_ids
from fivegaps.model.instrument import LANGUAGES

ROOT = Path(__file__).parents[2]
SERVQUAL_ORDER = [
    *(f"tan{n}" for n in range(1, 5)),
    *(f"rel{n}" for n in range(1, 6)),
    *(f"res{n}" for n in range(1, 5)),
    *(f"ass{n}" for n in range(1, 5)),
    *(f"emp{n}" for n in range(1, 6)),
]
INDUSTRIES = {
    "airline",
    "bank",
    "e-commerce",
    "freight",
    "hospital",
    "hotel",
    "library",
    "repair",
    "restaurant",
    "retail",
    "self-service",
    "telecom",
}


def told(faults) -> str:
    return "\n".join(map(str, faults))


def test_no_fault_is_found_on_the_shelf():
    assert check_shelf() == {}


def test_rater_22_asks_its_items_in_the_published_order():
    rater = instrument("rater-22")

    assert [item.id for item in rater.items] == SERVQUAL_ORDER
    assert [dimension.id for dimension in rater.dimensions] == [
        "tangibles",
        "reliability",
        "responsiveness",
        "assurance",
        "empathy",
    ]


def test_the_zone_asks_three_columns_on_nine_points():
    zone = instrument("rater-22-zone")

    assert [battery.id for battery in zone.batteries] == ["adequate", "desired", "perception"]
    assert {battery.levels for battery in zone.batteries} == {9}
    assert zone.items[0].columns == {
        "adequate": "a_tan1",
        "desired": "d_tan1",
        "perception": "p_tan1",
    }


def test_the_short_form_asks_two_items_a_dimension():
    short = instrument("rater-10")

    assert [len(short.items_of(one.id)) for one in short.dimensions] == [2] * 5


def test_a_profile_that_drops_an_item_of_the_short_form_gives_its_place_to_the_next():
    short = instrument("rater-10", profile="e-commerce")

    assert [item.id for item in short.items_of("tangibles")] == ["tan1", "tan4"]


def test_every_instrument_offers_the_hundred_points():
    for shipped in instruments():
        assert list(shipped.weights) == [dimension.id for dimension in shipped.dimensions]
        assert shipped.weights_optional


def test_the_promised_industries_have_a_profile():
    assert set(profile_ids()) == INDUSTRIES


@pytest.mark.parametrize("name", sorted(INDUSTRIES))
def test_a_profile_keeps_every_dimension(name):
    profiled = instrument("rater-22", profile=name)

    assert all(len(profiled.items_of(one.id)) >= 2 for one in profiled.dimensions)


def test_a_profile_is_named_behind_the_instrument():
    assert instrument("rater-22@bank") == instrument("rater-22", profile="bank")
    assert instrument("rater-22:bank").id == "rater-22@bank"


def test_a_profile_rewords_and_adds():
    plain, bank = instrument("rater-22"), instrument("rater-22@bank")
    items = {item.id: item for item in bank.items}

    assert items["rel5"].text != plain.items[8].text
    assert items["rel1"].text == plain.items[4].text
    assert items["ass_privacy"].dimension == "assurance"


def test_a_profile_has_a_hash_of_its_own():
    names = ["rater-22", "rater-10", "rater-22@bank", "rater-22@hotel"]

    assert len({instrument(name).sha256 for name in names}) == 4


def test_an_unknown_profile_names_the_nearest():
    with pytest.raises(InstrumentRefused, match="Did you mean 'hospital'"):
        instrument("rater-22@hospitals")


def test_a_profile_does_not_fit_a_file_of_ones_own():
    with pytest.raises(InstrumentRefused, match="shipped instruments only"):
        instrument(ROOT / "examples/kiosk/kiosk.toml", profile="bank")


def test_a_wording_is_filled_with_the_words_of_the_trade():
    hospital = instrument("rater-22@hospital")
    emp1 = next(item for item in hospital.items if item.id == "emp1")

    said = filled(emp1.text["en"]["expectation"], hospital, "en")

    assert said == "An excellent hospital would treat each patient as an individual."


def test_a_wording_begins_with_a_large_letter_and_names_the_firm():
    bank = instrument("rater-22@bank")

    assert filled("{company} is open.", bank, "en") == "This bank is open."
    assert filled("{company} is open.", bank, "en", company="eBank") == "EBank is open."


def test_a_wording_without_placeholder_stays_as_it_is():
    assert filled("iPads {work}.", instrument("rater-22"), "en") == "iPads {work}."


def test_no_placeholder_is_left_in_any_wording():
    for name in ["rater-22", *(f"rater-22@{profile}" for profile in profile_ids())]:
        one = instrument(name)
        for item in one.items:
            for lang in LANGUAGES:
                for text in item.text[lang].values():
                    assert "{" not in filled(text, one, lang), (name, item.id, lang)


def test_the_kiosk_reads_well():
    assert check(load(ROOT / "examples/kiosk/kiosk.toml")) == ()


def test_the_kiosk_groups_its_items_as_the_authors_do():
    kiosk = load(ROOT / "examples/kiosk/kiosk.toml")
    groups = {one.id: [item.id for item in kiosk.items_of(one.id)] for one in kiosk.dimensions}

    assert groups == {
        "tangibles": ["q4", "q5", "q6", "q22"],
        "security": ["q19", "q20", "q21"],
        "economy": ["q10", "q11", "q18"],
        "convenience": ["q13", "q14", "q15", "q16", "q17"],
        "reliability": ["q1", "q2", "q3"],
        "control": ["q7", "q8"],
    }


def test_the_kano_pairs_of_the_kiosk_are_about_what_their_headers_ask():
    """Header of the published CSV: pair 10 asks about low prices, which is item 12."""
    kiosk = load(ROOT / "examples/kiosk/kiosk.toml")
    about = {pair.item: pair.about for pair in kiosk.kano}

    assert len(about) == 29
    assert about["k10"] == ("q12",)
    assert about["k4"] == ("q4", "q5")
    assert about["k27"] == ()


def changed(**changes):
    rater = instrument("rater-22")
    return replace(rater, items=(replace(rater.items[0], **changes), *rater.items[1:]))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"status": {}}, "item 'tan1' has no status in en, vi"),
        ({"short": {"en": "Tools"}}, "short label of item 'tan1' is not given in vi"),
        ({"mission": ()}, "item 'tan1' names no mission id"),
        ({"mission": ("S9.1",)}, "'S9.1' is no mission id"),
    ],
)
def test_a_fault_of_an_item_is_found(changes, message):
    assert message in told(check(changed(**changes), shipped=True))


@pytest.mark.parametrize(
    ("lang", "wording", "message"),
    [
        ("en", "{company} is good.", "other placeholders in some language"),
        ("en", "An {provider} " + "very " * 15 + "good.", "has 18 words"),
        ("en", "An {provider} would never not help.", "negates twice"),
        ("zh-hant", "{provider}会使用先进设备。", "is not written so in zh-hant"),
        ("zh-hans", "{provider}會使用先進設備。", "is not written so in zh-hans"),
        ("nl", "", "expectation of item 'tan1' is not given in nl"),
    ],
)
def test_a_fault_of_a_wording_is_found(lang, wording, message):
    item = instrument("rater-22").items[0]
    text = {**item.text, lang: {**item.text[lang], "expectation": wording}}

    assert message in told(check(changed(text=text), shipped=True))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rights": ""}, "rights are not stated"),
        ({"sources": ()}, "no source is named"),
        ({"sources": ("nobody-1900",)}, "'nobody-1900' is not in sources.toml"),
        ({"mission": ()}, "no mission id is named"),
    ],
)
def test_a_fault_of_the_record_is_found(changes, message):
    record = replace(instrument("rater-22"), **changes)

    assert message in told(check(record, shipped=True))


def test_ones_own_instrument_may_do_without_texts(tmp_path):
    file = tmp_path / "bare.toml"
    file.write_text(
        'id="x"\n[[battery]]\nid="perception"\nminimum=1\nmaximum=5\n[[item]]\nid="a"\n'
    )

    assert check(load(file)) == ()


def test_chinese_is_counted_in_characters_and_a_placeholder_as_one():
    assert length("{company}很好。", "zh-hans") == 3
    assert length("{company} is good.", "en") == 3


def test_one_customer_and_many_are_one_placeholder():
    assert placeholders("{customer} and {customers} of {provider}") == {"customer", "provider"}


def test_the_page_about_instruments_says_what_the_records_say():
    """When stale: python -m fivegaps.knowledge.guide docs/instruments.md."""
    page = (ROOT / "docs/instruments.md").read_text(encoding="utf-8")

    assert page == instruments_page()
