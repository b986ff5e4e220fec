"""The faults of a company folder, collected over all its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from fivegaps.errors import CompanyRefused, Fault

MOST_PLACES = 6
MOST_A_COLUMN = 8


class Faults:
    """Every fault so far, file by file."""

    def __init__(self) -> None:
        self._found: dict[str, list[Fault]] = {}

    def add(self, file: str, *faults: Fault) -> None:
        """Note faults of a file."""
        self._found.setdefault(file, []).extend(faults)

    def of(self, file: str) -> list[Fault]:
        """Return the list of a file's faults; what is appended to it counts."""
        return self._found.setdefault(file, [])

    def tell_of(self, name: str) -> bool:
        """Tell whether anything is wrong with the file of a name, such as customers."""
        return any(Path(file).stem == name and of for file, of in self._found.items())

    def __bool__(self) -> bool:
        """Tell whether anything is wrong."""
        return any(self._found.values())

    def refuse(self, folder: str, order: Iterable[str] = ()) -> None:
        """Raise when anything is wrong.

        Raises:
            CompanyRefused: With the faults of all files, those of ``order`` first.
        """
        if self:
            first = [file for file in order if file in self._found]
            rest = [file for file in self._found if file not in first]
            raise CompanyRefused(folder, {file: self._found[file] for file in (*first, *rest)})


def also_in(rows: Sequence[int], total: int) -> str:
    """Return "; also in rows 7, 9 and 12 more" for the rows after the first, or ""."""
    if total < 2:
        return ""
    shown = ", ".join(str(row) for row in rows[1:MOST_PLACES])
    left = total - min(len(rows), MOST_PLACES)
    more = f" and {left:,} more" if left else ""
    return f" Also in row{'s' if total > 2 else ''} {shown}{more}."
