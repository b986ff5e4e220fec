"""Open any file as a raw table: told by its content first, by its suffix second."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from fivegaps.errors import Fault, FileRefused
from fivegaps.io.raw import RawTable

KNOWN = "CSV, TSV, XLSX, ODS, SAV, ZSAV, DTA or Parquet"

_SIGNS = {
    b"$FL2": "sav",
    b"$FL3": "zsav",
    b"PAR1": "parquet",
    b"\xd0\xcf\x11\xe0": "xls",
    b"<stata_dta>": "dta",
}
_OLD_STATA = range(102, 116)  # the first byte is the version, without any other sign
_BINARY_SUFFIXES = frozenset({".xlsx", ".ods", ".sav", ".zsav", ".parquet", ".dta", ".xls"})
_COMPRESSED = Fault("is compressed.", f"Unpack it, and give {KNOWN}.")
_USELESS = {
    b"\x1f\x8b": _COMPRESSED,
    b"7z\xbc\xaf": _COMPRESSED,
    b"Rar!": _COMPRESSED,
    b"\xfd7zXZ": _COMPRESSED,
    b"BZh": _COMPRESSED,
    b"\x28\xb5\x2f\xfd": _COMPRESSED,
    b"%PDF": Fault("is a PDF.", f"Export the answers as {KNOWN}."),
}


def format_of(path: str | os.PathLike[str]) -> str:
    """Return csv (any delimited text), xlsx, ods, xls, sav, zsav, dta or parquet.

    Raises:
        FileRefused: Not there, a folder, not permitted, empty, or an archive of something else.
    """
    file = Path(path)
    start = _start(file)
    if start.startswith(b"PK\x03\x04"):
        return _in_zip(file)
    for sign, known in _SIGNS.items():
        if start.startswith(sign):
            return known
    suffix = file.suffix.casefold()
    if suffix == ".dta" and start[0] in _OLD_STATA:
        return "dta"
    if suffix in _BINARY_SUFFIXES and (b"\0" in start or not start.isascii()):
        what = f"is called {suffix} and holds something else, or is damaged."
        raise FileRefused(file.name, Fault(what, "Export it again."))
    for sign, fault in _USELESS.items():
        if start.startswith(sign):
            raise FileRefused(file.name, fault)
    return "csv"


def _start(file: Path) -> bytes:
    if file.is_dir():
        raise FileRefused(str(file), Fault("is a folder.", "Name the file in it."))
    try:
        with file.open("rb") as stream:
            start = stream.read(512)
    except FileNotFoundError as error:
        raise FileRefused(str(file), Fault(f"does not exist{_near(file)}")) from error
    except PermissionError as error:
        advice = "Ask for the right, or copy the file."
        raise FileRefused(str(file), Fault("may not be read by you.", advice)) from error
    except (OSError, ValueError) as error:
        raise FileRefused(str(file), Fault(f"cannot be read: {error}.")) from error
    if not start:
        advice = "Export the answers again, with a header row."
        raise FileRefused(file.name, Fault("is empty.", advice))
    return start


def open_raw(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
    expected: frozenset[str] = frozenset(),
) -> RawTable:
    """Return the raw table of a file; options that its format has no use for are left aside.

    ``expected`` are column names that an instrument asks for.

    Raises:
        FileRefused: The file cannot be read as a table.
        OptionRefused: An option names an encoding, a delimiter or a sheet there is not.
    """
    kind = format_of(path)
    file = Path(path)
    if kind in {"sav", "zsav", "dta"}:
        from fivegaps.io.statistical import StatisticalTable

        return StatisticalTable(file, kind=kind, encoding=encoding)
    if kind in {"xlsx", "ods", "xls"}:
        from fivegaps.io.sheets import SheetTable

        return SheetTable(file, kind=kind, sheet=sheet, expected=expected)
    if kind == "parquet":
        from fivegaps.io.columnar import ParquetTable

        return ParquetTable(file)
    from fivegaps.io.delimited import DelimitedTable

    return DelimitedTable(
        file, encoding=encoding, delimiter=delimiter, decimal=decimal, expected=expected
    )


def _in_zip(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.open("mimetype").read(
                200
            ):
                return "ods"
            if "xl/workbook.bin" in names:
                raise FileRefused(file.name, Fault("is a .xlsb workbook.", "Save it as .xlsx."))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise FileRefused(
            file.name, Fault(f"is damaged and cannot be unpacked ({error}).", "Export it again.")
        ) from error
    raise FileRefused(
        file.name, Fault("is an archive and no workbook.", f"Unpack it, and give {KNOWN}.")
    )


def _near(file: Path) -> str:
    """Return "; did you mean …?" with the closest names in the folder, or nothing."""
    from fivegaps.io.where import close_names

    if not file.parent.is_dir():
        return f"; there is no folder {str(file.parent)!r} either."
    names = [other.name for other in file.parent.iterdir() if other.is_file()]
    return close_names(file.name, names) or "."
