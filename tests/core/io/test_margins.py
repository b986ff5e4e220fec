import pytest

from fivegaps.errors import FileRefused
from fivegaps.io.margins import read_margins
from fivegaps.stats.weights import Margin


def _written(folder, text, encoding="utf-8"):
    path = folder / "margins.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_margins_are_read_in_the_order_of_the_file(tmp_path):
    path = _written(tmp_path, "column,value,share\nage,old,0.4\nage,young,0.6\nchannel,web,1\n")

    assert read_margins(path) == (
        Margin("age", {"old": 0.4, "young": 0.6}),
        Margin("channel", {"web": 1.0}),
    )


@pytest.mark.parametrize(
    "text",
    [
        "value;count;column\nkênh;4421;channel\n",
        "Column,Value,Count\n\nchannel,kênh,4421\n",
        "\ufeffcolumn,value,count,note\nchannel,kênh,4421,\n",
        "column,value,count\nchannel,kênh,4421%\n",
    ],
)
def test_other_ways_to_write_the_same_are_read(tmp_path, text):
    assert read_margins(_written(tmp_path, text)) == (Margin("channel", {"kênh": 4421.0}),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "needs the columns"),
        ("a,b\n1,2\n", "row 1"),
        ("column,value,share\n", "holds no margin"),
        ("column,value,share\nage,old,many\n", "row 2.*'many'"),
        ("column,value,share\nage,old,-0.2\n", "row 2.*'-0.2'"),
        ("column,value,share\nage,old,nan\n", "row 2.*'nan'"),
        ("column,value,share\nage,old,\n", "row 2"),
        ("column,value,share\nage,old\n", "row 2.*2 cells"),
        ("column,value,share\n,old,0.2\n", "row 2.*no column"),
        ("column,value,share\nage,old,0.2\nage,old,0.3\n", "row 3.*given twice"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_with_its_row(tmp_path, text, message):
    with pytest.raises(FileRefused, match=f"(?s){message}"):
        read_margins(_written(tmp_path, text))


def test_every_fault_is_told_at_once(tmp_path):
    path = _written(tmp_path, "column,value,share\nage,old,x\nage,young,y\n")

    with pytest.raises(FileRefused) as refused:
        read_margins(path)

    assert len(refused.value.faults) == 2


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = _written(tmp_path, "column,value,share\nkênh,a,1\n", "utf-16")

    with pytest.raises(FileRefused, match="UTF-8"):
        read_margins(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="No such file"):
        read_margins(tmp_path / "none.csv")
