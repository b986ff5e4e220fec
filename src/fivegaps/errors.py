"""Every error that fivegaps raises on purpose, in one tree.

Each class is named as the fact it reports, keeps its numbers as attributes and
says what to do. A caller that wants to show a message to a person catches
:class:`FivegapsError`; nothing else is expected to leave the library.

::

    FivegapsError
     ├─ InputRefused          what a person gave cannot be used (exit code 2)
     │   ├─ FileRefused       a file cannot be read as answers
     │   ├─ CompanyRefused    a company folder holds faults, named file by file
     │   ├─ InstrumentRefused an instrument file is not valid or does not fit
     │   └─ OptionRefused     an option's value makes no sense here
     ├─ OutputExists          a folder holds another analysis
     └─ CannotCompute         a figure cannot be had; turned into a reason code
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class FivegapsError(Exception):
    """Any error raised on purpose; its text is fit to be shown to a person."""


class InputRefused(FivegapsError):
    """What was given cannot be used; nothing was written."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where it is, what it is and what to do.

    ``row`` counts from 1 as a person sees the file in a spreadsheet (the header
    is row 1); None when the fault concerns the whole file or a whole column.
    """

    what: str
    advice: str = ""
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        """Return the fault as one sentence, place first."""
        place = [f"row {self.row}"] if self.row is not None else []
        if self.column is not None:
            place.append(f"column {self.column!r}")
        if self.value is not None:
            place.append(f"value {self.value!r}")
        head = ", ".join(place)
        sentence = f"{head}: {self.what}" if head else self.what
        return f"{sentence} {self.advice}".rstrip()


class FileRefused(InputRefused):
    """A file cannot be read as answers; holds every fault that was found."""

    def __init__(self, file: str, *faults: Fault) -> None:
        self.file = file
        self.faults = faults
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(f"{file} cannot be used:\n{lines}")


class CompanyRefused(InputRefused):
    """A company folder cannot be used; holds every fault of every file.

    ``faults`` maps a file of the folder to its faults, in the order of the files.
    """

    def __init__(self, folder: str, faults: Mapping[str, Sequence[Fault]]) -> None:
        self.folder = folder
        self.faults = {file: tuple(found) for file, found in faults.items() if found}
        total = sum(len(found) for found in self.faults.values())
        lines = [f"{folder} cannot be used: {total} fault{'' if total == 1 else 's'}"]
        for file, found in self.faults.items():
            lines += [f"  {file}", *(f"    {fault}" for fault in found)]
        super().__init__("\n".join(lines))


class InstrumentRefused(InputRefused):
    """An instrument file is not valid, or does not fit the answers."""

    def __init__(self, instrument: str, *faults: Fault) -> None:
        self.instrument = instrument
        self.faults = faults
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(f"instrument {instrument} cannot be used:\n{lines}")


class OptionRefused(InputRefused):
    """An option's value makes no sense here."""

    def __init__(self, option: str, problem: str) -> None:
        self.option = option
        super().__init__(f"{option}: {problem}")


class OutputExists(InputRefused):
    """The folder to write to holds another analysis."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(
            f"{folder} already holds an analysis; choose another folder or give --overwrite"
        )


class CannotCompute(FivegapsError):
    """A figure cannot be had from these answers; ``reason`` is its code.

    Codes are those of ``results.json``: too_few, constant, not_asked,
    small_cell, not_converged, not_positive_definite, no_outcome, ...
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{reason}: {detail}" if detail else reason)
