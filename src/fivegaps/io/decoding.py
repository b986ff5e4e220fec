"""A text file gone through once, then read as UTF-8 whatever it was written in."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fivegaps.errors import Fault, FileRefused
from fivegaps.io import encodings
from fivegaps.io.encodings import Encoding

_CHUNK = 4 << 20
SAMPLE_BYTES = 4 << 20
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\x0c\x1a\x1b"))


@dataclass(frozen=True, slots=True)
class TextFile:
    """What one pass over a text file tells; ``quotes`` and ``feeds`` are counts."""

    path: Path
    sha256: str
    size: int
    encoding: Encoding
    ascii_only: bool
    quotes: int
    feeds: int

    def sample(self) -> str:
        """Return the beginning of the text, about 4 MiB of it."""
        with self.path.open("rb") as file:
            start = file.read(SAMPLE_BYTES)
        decoder = codecs.getincrementaldecoder(self.encoding.name)("strict")
        return decoder.decode(start, final=len(start) == self.size)

    @property
    def is_utf8(self) -> bool:
        """Tell whether the bytes can be read as they are."""
        return self.encoding.name in {"utf-8", "utf-8-sig", "ascii"}

    def texts(self) -> Iterator[str]:
        """Yield the text, chunk by chunk."""
        decoder = codecs.getincrementaldecoder(self.encoding.name)("strict")
        with self.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)

    def lines(self) -> Iterator[str]:
        """Yield the lines, each with a line feed at its end whatever ends it in the file."""
        newlines = io.IncrementalNewlineDecoder(None, translate=True)
        left = ""
        for chunk in self.texts():
            pieces = (left + newlines.decode(chunk)).split("\n")
            left = pieces.pop()
            for piece in pieces:
                yield piece + "\n"
        if left:
            yield left


def survey(path: Path, encoding: str | None = None) -> TextFile:
    """Go through a text file once: hash, encoding, quotes; refuse what is no text.

    Raises:
        FileRefused: Empty, binary, NUL bytes, or not in the encoding named.
    """
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileRefused(
            path.name, Fault("is empty.", "Export the answers again, with a header row.")
        )
    if encoding is not None:
        known = encodings.named(encoding)
    else:
        known = encodings.marked(start) or encodings.without_mark(start) or Encoding("utf-8", True)
    if known.name == "utf-8-sig":
        known = replace(known, mark=len(codecs.BOM_UTF8) * start.startswith(codecs.BOM_UTF8))
    wide = known.name.startswith(("utf-16", "utf-32"))
    if not wide:
        _refuse_binary(path, start)
    seen = _pass(path, known, stop_at_null=not wide)
    if isinstance(seen, UnicodeDecodeError):
        if encoding is not None or known.certain is False or known.name != "utf-8":
            raise FileRefused(path.name, _undecodable(path, known.name, seen))
        known = _other_than_utf8(path, seen)
        seen = _pass(path, known, stop_at_null=True)
        if isinstance(seen, UnicodeDecodeError):
            raise FileRefused(path.name, _undecodable(path, known.name, seen))
    return seen


def _pass(path: Path, encoding: Encoding, *, stop_at_null: bool) -> TextFile | UnicodeDecodeError:
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(encoding.name)("strict")
    single_byte_quotes = not encoding.name.startswith(("utf-16", "utf-32"))
    size = quotes = feeds = 0
    ascii_only = True
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if stop_at_null and b"\0" in chunk:
                raise FileRefused(path.name, _null(path))
            digest.update(chunk)
            is_ascii = single_byte_quotes and chunk.isascii()
            quotes += chunk.count(b'"')
            feeds += chunk.count(b"\n")
            if not is_ascii or not ascii_only:
                ascii_only = False
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    return _placed(error, size)
            size += len(chunk)
    if not ascii_only:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return _placed(error, size)
    return TextFile(path, digest.hexdigest(), size, encoding, ascii_only, quotes, feeds)


def _placed(error: UnicodeDecodeError, before: int) -> UnicodeDecodeError:
    """Return the error with its place counted from the file's beginning, to a chunk's margin."""
    return UnicodeDecodeError(
        error.encoding, error.object[error.start : error.end], before + error.start,
        before + error.end, error.reason,
    )  # fmt: skip


def _other_than_utf8(path: Path, error: UnicodeDecodeError) -> Encoding:
    """Return the encoding of a file that is not UTF-8, from bytes around the first trouble."""
    with path.open("rb") as file:
        head = file.read(min(SAMPLE_BYTES, 1 << 20))
        file.seek(max(0, error.start - 1000))
        around = file.read(1 << 20)
    sample = head if error.start < len(head) // 2 else around
    broken = sample.decode("utf-8", errors="replace")
    beyond = sum(ord(sign) > 127 for sign in broken)
    replaced = broken.count("\ufffd")
    if beyond > 20 * replaced:
        raise FileRefused(path.name, _undecodable(path, "utf-8", error))
    guess = encodings.guessed(sample)
    if guess is None:
        raise FileRefused(
            path.name,
            Fault(
                "is in an encoding that could not be recognised.",
                "Name it, for example --encoding windows-1258, or save the file as UTF-8.",
            ),
        )
    return guess


def _undecodable(path: Path, encoding: str, error: UnicodeDecodeError) -> Fault:
    with path.open("rb") as file:
        before = file.read(error.start)
    return Fault(
        f"cannot be read as {encoding.removesuffix('-sig')}: {error.reason}.",
        "Name the right encoding with --encoding, or save the file as UTF-8;"
        " without --encoding it is detected.",
        row=before.count(b"\n") + 1,
        value=f"byte {error.start}: {error.object[:4].hex(' ')}",
    )


def _refuse_binary(path: Path, start: bytes) -> None:
    strange = len(start) - len(start.translate(None, _CONTROL))
    nulls = start.count(0)
    if strange > 8 and strange > 0.02 * len(start):
        raise FileRefused(
            path.name,
            Fault(
                "is neither text nor a format known here.",
                "Give CSV, TSV, XLSX, ODS, SAV, ZSAV, DTA or Parquet.",
            ),
        )
    if nulls:
        raise FileRefused(path.name, _null(path))


def _null(path: Path) -> Fault:
    row = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            place = chunk.find(0)
            if place >= 0:
                row += chunk.count(b"\n", 0, place)
                break
            row += chunk.count(b"\n")
    return Fault(
        "holds a NUL byte, which no text has: the file is damaged or is no text file.",
        "Export it again.",
        row=row,
    )


class Recoded(io.RawIOBase):
    """The text of a file as a stream of UTF-8 bytes, its first characters left out."""

    def __init__(self, source: TextFile, skip: int) -> None:
        self._texts = source.texts()
        self._skip = skip
        self._left = b""

    def readable(self) -> bool:
        """Tell that the stream can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; nothing at the end."""
        while not self._left:
            text = next(self._texts, None)
            if text is None:
                return b""
            if self._skip:
                cut = min(self._skip, len(text))
                self._skip -= cut
                text = text[cut:]
            self._left = text.encode()
        if size < 0:
            rest = [self._left, *(text.encode() for text in self._texts)]
            self._left = b""
            return b"".join(rest)
        part, self._left = self._left[:size], self._left[size:]
        return part
