import codecs
import hashlib
import unicodedata
from dataclasses import replace

import pytest
from iofiles import CODES, codes_of

from fivegaps.io.open_raw import open_raw
from fivegaps.io.read import read
from fivegaps.model.instrument import Battery

HEADER = "id,E1,E2,P1,P2\n"
BODY = "a,1,2,3,4\nb,5,6,7,\n"

SPOKEN = {
    "utf-8": "branch,Rīga — Đà Nẵng 东京 서울",
    "cp949": "귀하의 지점을 선택해주세요,강남 지점",
    "gb18030": "您的门店,北京西单",
    "big5": "您的門市,台北車站",
    "cp1252": "Filiale,Größe für München",
    "latin-1": "Agence,Évreux près de Caen",
}


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949", "ascii"],
)
def test_answers_are_the_same_in_every_encoding(small, save, encoding):
    path = save(HEADER + BODY, encoding=encoding)

    answers = read(path, small)

    assert codes_of(answers) == CODES


@pytest.mark.parametrize("encoding", SPOKEN)
def test_names_and_labels_are_detected_in_their_encoding(small, save, encoding):
    name, value = SPOKEN[encoding].split(",")
    path = save(f"{name},E1,E2,P1,P2\n{value},1,2,3,4\n", encoding=encoding)

    answers = read(path, small)

    assert answers.column_names[0] == name
    assert answers.read(answers.parts()[0], {name: "categories"}).columns[name].values == (value,)


def vietnamese(text):
    """Return windows-1258 bytes: letters with hats whole, tones as marks of their own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for letter in unicodedata.normalize("NFC", text):
        decomposed = unicodedata.normalize("NFD", letter)
        base = "".join(sign for sign in decomposed if sign not in tones)
        tone = "".join(sign for sign in decomposed if sign in tones)
        parts.append((unicodedata.normalize("NFC", base) + tone).encode("cp1258"))
    return b"".join(parts)


@pytest.mark.parametrize("named", [None, "windows-1258"])
def test_vietnamese_tones_are_joined_to_their_letters(small, save, named):
    text = "Chi nhánh,E1,E2,P1,P2\nHà Nội điện thoại,1,2,3,4\nĐà Nẵng,1,2,3,4\n"
    path = save(vietnamese(text))

    answers = read(path, small, encoding=named)

    branch = answers.read(answers.parts()[0], {"Chi nhánh": "categories"}).columns["Chi nhánh"]
    assert branch.values == ("Hà Nội điện thoại", "Đà Nẵng")


def test_an_assumed_encoding_is_told(small, save):
    path = save("지점 이름,E1,E2,P1,P2\n서울,1,2,3,4\n", encoding="cp949")

    answers = read(path, small)

    assert [(notice.code, notice.about) for notice in answers.notices] == [
        ("assumed_encoding", ("cp949",))
    ]


def test_a_named_encoding_is_used(small, save):
    path = save("Zweigstelle,E1,E2,P1,P2\nŁódź,1,2,3,4\n", encoding="cp1250")

    answers = read(path, small, encoding="windows-1250")

    column = answers.read(answers.parts()[0], {"Zweigstelle": "categories"})
    assert column.columns["Zweigstelle"].values == ("Łódź",)


def test_decomposed_names_meet_composed_ones(small, save):
    path = save(unicodedata.normalize("NFD", "Chi nhánh,E1,E2,P1,P2\nHuế,1,2,3,4\n"))

    answers = read(path, small, where="'Chi nhánh' = Huế")

    assert answers.rows == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(small, save, delimiter):
    path = save((HEADER + BODY).replace(",", delimiter))

    assert codes_of(read(path, small)) == CODES


def test_a_named_delimiter_wins(small, save):
    path = save((HEADER + BODY).replace(",", "^"))

    assert codes_of(read(path, small, delimiter="^")) == CODES


def test_excels_separator_line_is_obeyed(small, save):
    path = save("sep=;\n" + (HEADER + BODY).replace(",", ";"))

    assert codes_of(read(path, small)) == CODES


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(small, save, ending):
    path = save((HEADER + BODY).replace("\n", ending))

    assert codes_of(read(path, small)) == CODES


@pytest.mark.parametrize("five", ["5", "5.0", "5,0", " 5 ", "5.", "+5", "05", "5e0"])
def test_every_spelling_of_five_is_five(small, save, five):
    path = save(f"id;E1;E2;P1;P2\na;{five};2;3;4\n")

    assert codes_of(read(path, small))[0] == [5]


def test_decimal_commas_are_numbers_in_other_columns(small, save):
    path = save("id;E1;E2;P1;P2;weight\na;1;2;3;4;0,5\nb;1;2;3;4;1,25\n")

    answers = read(path, small)

    weights = answers.read(answers.parts()[0], {"weight": "numbers"}).columns["weight"]
    assert weights.values.tolist() == [0.5, 1.25]


@pytest.mark.parametrize(
    "word", ["", "NA", "N/A", "n/a", "-", ".", "NULL", "NaN", "#N/A", '""', " "]
)
def test_words_for_nothing_are_no_answer(small, save, word):
    path = save(f"{HEADER}a,{word},2,3,4\nb,5,6,7,1\n")

    assert codes_of(read(path, small))[0] == [0, 5]


def test_codes_for_nothing_are_counted_in_a_notice(small, save):
    path = save(f"{HEADER}a,NA,2,9,4\nb,NA,6,7,1\n")

    (notice,) = read(path, small).notices

    assert notice.code == "missing_codes"
    assert notice.about == ("E1", "P1")
    assert notice.values == {"NA": 2.0, "9": 1.0}


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (["7 - strongly agree", "1 - strongly disagree"], [7, 1]),
        (["7: agree", "4"], [7, 4]),
        (["agree (7)", "disagree (1)"], [7, 1]),
        (["7점", "1점"], [7, 1]),
        (["7 非常同意", "1 非常不同意"], [7, 1]),
        (["A7", "A1"], [7, 1]),
        (["AO07", "AO01"], [7, 1]),
    ],
)
def test_labels_and_codes_give_their_point(small, save, cells, codes):
    rows = "".join(f"x,{cell},2,3,4\n" for cell in cells)

    answers = read(save(HEADER + rows), small)

    assert codes_of(answers)[0] == codes
    assert answers.notices[-1].code == "labelled_answers"


def test_a_batterys_anchors_are_points(small, save):
    anchored = replace(small.batteries[0], anchors={"en": {7: "Strongly agree", 1: "No"}})
    words = replace(small, batteries=(anchored, small.batteries[1]))

    answers = read(save(f"{HEADER}a,strongly  AGREE,no,3,4\n"), words)

    assert codes_of(answers)[:2] == [[7], [1]]


def test_reversed_items_are_recoded_in_all_batteries_but_importance(small, save):
    item = replace(
        small.items[0],
        reversed=True,
        columns={"expectation": "E1", "perception": "P1", "importance": "I1"},
    )
    asked = replace(small, items=(item,), batteries=(*small.batteries, Battery("importance", 1, 5)))

    answers = read(save("E1,P1,I1\n1,7,2\n,5,3\n"), asked)

    assert codes_of(answers) == [[7, 0], [1, 3], [2, 3]]
    block = answers.read(answers.parts()[0], {"E1": "numbers", "P1": "numbers"})
    assert block.columns["P1"].values.tolist() == [7.0, 5.0]


def test_qualtrics_three_header_rows_are_one_header(small, save):
    ids = ",".join(f'"{{""ImportId"":""QID{number}""}}"' for number in range(5))
    path = save(f'{HEADER}Response,"First,\nreally",Second,Third,Fourth\n{ids}\n{BODY}')

    answers = read(path, small)

    assert codes_of(answers) == CODES
    assert answers.notices[0].values == {"rows": 3.0}
    assert open_raw(path).columns[1].label == "First, really"


def test_a_row_of_wordings_above_numbers_is_header(small, save):
    path = save(f"{HEADER}Who,First item,Second item,Third item,Fourth item\n{BODY}")

    assert codes_of(read(path, small)) == CODES


def test_blank_rows_are_left_out_and_told(small, save):
    path = save(f"{HEADER}a,1,2,3,4\n\n,,,,\nb,5,6,7,\n,,,,\n")

    answers = read(path, small)

    assert codes_of(answers) == CODES
    assert answers.notices[-1].values == {"rows": 2.0}


def test_a_text_after_many_plain_rows_is_read(small, save):
    path = save(HEADER + "a,1,2,3,4\n" * 400_000 + "b,5,N/A,7,4.0\n")

    answers = read(path, small)

    assert answers.rows == 400_001
    assert [column[-1] for column in codes_of(answers)] == [5, 0, 7, 4]


def test_ten_thousand_columns_are_read(small, save):
    names = [f"x{number}" for number in range(10_000)]
    path = save(f"{','.join([*names, 'E1', 'E2', 'P1', 'P2'])}\n{'0,' * 10_000}1,2,3,4\n")

    answers = read(path, small)

    assert len(answers.column_names) == 10_004
    assert codes_of(answers) == [[1], [2], [3], [4]]


def test_only_rows_that_meet_the_condition_are_read_and_judged(small, save):
    path = save(f"{HEADER}a,1,2,3,4\nb,99,6,7,x\nc,5,6,7,\n")

    answers = read(path, small, where="id != b and E2 >= 2")

    assert codes_of(answers) == CODES
    assert answers.read(answers.parts()[0]).rows.tolist() == [0, 2]


def test_the_hash_is_that_of_the_file(small, save):
    path = save(codecs.BOM_UTF8 + (HEADER + BODY).encode())

    assert read(path, small).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_parts_are_blocks_of_the_whole(small, save):
    path = save(HEADER + "".join(f"{row},{row % 7 + 1},2,3,4\n" for row in range(150_000)))

    answers = read(path, small)

    assert [part.n for part in answers.parts()] == [65_536, 65_536, 18_928]
    last = answers.read(answers.parts()[2], {"id": "numbers"})
    assert last.columns["id"].values[-1] == 149_999
    assert last.rows[-1] == 149_999
