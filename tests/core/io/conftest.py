"""Two items asked twice, and files to read them from."""

from dataclasses import replace

import pytest

from fivegaps.model.instrument import Battery, Instrument, Item, Outcome


@pytest.fixture
def small():
    """An instrument of two items; 9 is no answer in the perception battery."""
    return Instrument(
        id="small",
        version="1",
        languages=("en",),
        title={"en": "Small"},
        batteries=(Battery("expectation", 1, 7), Battery("perception", 1, 7, missing=(9,))),
        dimensions=(),
        items=tuple(
            Item(f"i{number}", None, {"expectation": f"E{number}", "perception": f"P{number}"})
            for number in (1, 2)
        ),
    )


@pytest.fixture
def with_outcome(small):
    """The small instrument with an outcome from 1 to 5 in the column ``overall``."""
    return replace(small, outcomes=(Outcome("overall", ("overall",), 1, 5),))


@pytest.fixture
def save(tmp_path):
    """A function that writes text or bytes to a file and returns its path."""

    def to_file(content, name="answers.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return to_file
