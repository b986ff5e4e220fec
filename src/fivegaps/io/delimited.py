"""CSV, TSV and other delimited text, in any encoding."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
from pyarrow import compute
from pyarrow import csv as arrow_csv

from fivegaps.errors import Fault, FileRefused, OptionRefused
from fivegaps.io.answers import Notice
from fivegaps.io.cells import is_missing_word
from fivegaps.io.decoding import SAMPLE_BYTES, Recoded, TextFile, survey
from fivegaps.io.header import header
from fivegaps.io.raw import Origin, RawTable
from fivegaps.io.shape import faults_of_shape

DELIMITERS = (",", ";", "\t", "|")
_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|"}
_BLOCK = 2 << 20
_FIRST = 50
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_DECIMAL_POINT = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_TEXTS = pa.dictionary(pa.int32(), pa.string())

csv.field_size_limit(1 << 24)


class DelimitedTable(RawTable):
    """A delimited text file; its rows are parsed by Arrow, block by block."""

    def __init__(
        self,
        path: Path,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        decimal: str | None = None,
        expected: frozenset[str] = frozenset(),
    ) -> None:
        self._text = survey(path, encoding)
        sample = self._text.sample()
        is_whole = self._text.size <= SAMPLE_BYTES
        self._skip, sample, stated = _without_separator_line(sample)
        self._delimiter = _delimiter(delimiter) or stated or detected_delimiter(sample)
        records, ends = _first_records(sample, self._delimiter, is_whole=is_whole)
        if self._text.quotes % 2 and (
            faults := faults_of_shape(self._text, self._delimiter, len(records[0]))
        ):
            raise FileRefused(path.name, *faults)
        found = header(records, expected=expected)
        self._header_rows = found.rows
        self._header_feeds = sample[: ends[found.rows - 1]].count("\n") + (stated is not None)
        self._skip += ends[found.rows - 1]
        answers = records[found.rows :]
        if not answers:
            raise FileRefused(
                path.name,
                *found.faults,
                Fault("holds a header and no answers.", "Export the answers again."),
            )
        self._plain = _plain_columns(answers, len(found.columns))
        super().__init__(
            Origin(
                file_name=path.name,
                format="csv" if self._delimiter != "\t" else "tsv",
                sha256=self._text.sha256,
                first_row=found.rows + 1 + (stated is not None),
                encoding=self._text.encoding.name.removesuffix("-sig"),
                delimiter=self._delimiter,
                decimal=_decimal(decimal) or _detected_decimal(answers, self._delimiter),
            ),
            found.columns,
            faults=found.faults,
            notices=(*_told(self._text), *found.notices),
        )

    def batches(
        self, *, scale: Collection[str] = (), wanted: Collection[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Yield the rows; scale columns as 16-bit integers where the file allows."""
        plain = self._plain_names().intersection(scale)
        given = 0
        try:
            for batch in self._parsed(plain, scale, wanted):
                given += batch.num_rows
                yield batch
        except _NotPlain:
            # A text turned up in a column that began with plain integers. Rows
            # handed out already are read again as texts and passed over.
            yield from _after(given, self._parsed(frozenset(), scale, wanted))

    def row(self, index: int) -> int:
        """Return the row in the file; blank lines count, as they do in a spreadsheet."""
        return self.origin.first_row + index + self._blank_lines_before(index)

    def _plain_names(self) -> frozenset[str]:
        return frozenset(self.columns[place].name for place in self._plain)

    def _parsed(
        self, plain: Collection[str], scale: Collection[str], wanted: Collection[str] | None
    ) -> Iterator[pa.RecordBatch]:
        ragged = 0

        def on_ragged(_: object) -> str:
            nonlocal ragged
            ragged += 1
            return "skip"

        names = [column.name for column in self.columns]
        keys = [f"c{place}" for place in range(len(names))]
        if wanted is not None and not set(wanted).intersection(names):
            wanted = names[:1]  # the rows still count
        chosen = [
            (key, name) for key, name in zip(keys, names, strict=True)
            if wanted is None or name in wanted
        ]  # fmt: skip
        types = {
            key: pa.int16() if name in plain else _TEXTS if name in scale else pa.string()
            for key, name in chosen
        }
        try:
            reader = arrow_csv.open_csv(
                self._stream(),
                read_options=arrow_csv.ReadOptions(column_names=keys, block_size=_BLOCK),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=self._delimiter,
                    newlines_in_values=self._text.quotes > 0,
                    invalid_row_handler=on_ragged,
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=types,
                    include_columns=list(types),
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=True,
                ),
            )
            schema_names = [name for _, name in chosen]
            given = 0
            for batch in reader:
                given += batch.num_rows
                if not ragged:
                    yield self._normal(batch.rename_columns(schema_names))
        except pa.ArrowInvalid as error:
            if "conversion error" in str(error) and plain:
                raise _NotPlain from error
            self._refuse_shape(str(error))
        if ragged:
            self._refuse_shape("rows of unequal length")
        if self._text.quotes and self._text.feeds - self._header_feeds > given:
            # Texts of several lines, or two open quotes that Arrow took for a pair.
            self._refuse_open_quotes()

    def _normal(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the batch with its texts in NFC, when the file has more than ASCII."""
        if self._text.ascii_only:
            return batch
        columns = [
            compute.utf8_normalize(column, "NFC") if pa.types.is_string(column.type) else column
            for column in batch.columns
        ]
        return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)

    def _stream(self) -> pa.NativeFile:
        if not self._text.is_utf8:
            return pa.PythonFile(Recoded(self._text, self._skip), mode="r")
        stream = pa.OSFile(str(self._text.path), "rb")
        head = next(self._text.texts())[: self._skip]
        stream.seek(self._text.encoding.mark + len(head.encode()))
        return stream

    def _refuse_open_quotes(self) -> None:
        faults = faults_of_shape(self._text, self._delimiter, len(self.columns))
        if faults:
            raise FileRefused(self.origin.file_name, *faults)

    def _refuse_shape(self, problem: str) -> None:
        faults = faults_of_shape(self._text, self._delimiter, len(self.columns))
        raise FileRefused(
            self.origin.file_name,
            *(faults or [Fault(f"is no table of {len(self.columns)} columns: {problem}.")]),
        )

    def _blank_lines_before(self, index: int) -> int:
        blank = answers = 0
        records = csv.reader(self._text.lines(), delimiter=self._delimiter)
        for record in itertools.islice(records, self.origin.first_row - 1, None):
            if record:
                if answers == index:
                    break
                answers += 1
            else:
                blank += 1
        return blank


class _NotPlain(Exception):
    """A column taken for integers holds something else; never leaves this file."""


def _after(given: int, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        if given >= batch.num_rows:
            given -= batch.num_rows
            continue
        yield batch.slice(given)
        given = 0


def _delimiter(delimiter: str | None) -> str | None:
    if delimiter is None:
        return None
    sign = _NAMES.get(delimiter.casefold(), delimiter)
    if len(sign) != 1 or not sign.isascii() or sign in '"\r\n':
        raise OptionRefused("--delimiter", f"{delimiter!r} is no single sign such as , ; | or tab")
    return sign


def _decimal(decimal: str | None) -> str | None:
    if decimal is None:
        return None
    sign = {"point": ".", "comma": ","}.get(decimal.casefold(), decimal)
    if sign not in {".", ","}:
        raise OptionRefused("--decimal", f"{decimal!r} is neither . nor ,")
    return sign


def _without_separator_line(sample: str) -> tuple[int, str, str | None]:
    """Return the sample without Excel's first line ``sep=;``, its length, and the sign it names."""
    match = re.match(r'"?sep=(.)"?\r?\n', sample)
    if match is None:
        return 0, sample, None
    return match.end(), sample[match.end() :], match[1]


def detected_delimiter(sample: str) -> str:
    """Return the sign that cuts the first rows into the most columns of equal number."""
    best, best_score = ",", (0.0, 0)
    for sign in DELIMITERS:
        lengths = [len(record) for record in _records(sample, sign) if record][:_FIRST]
        if not lengths or lengths[0] < 2:
            continue
        even = sum(length == lengths[0] for length in lengths) / len(lengths)
        # A header that falls apart evenly wins; among such, the finer cut.
        score = (round(even, 1), lengths[0])
        if score > best_score:
            best, best_score = sign, score
    return best


def _records(sample: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(itertools.islice(_lines(sample), 400), delimiter=delimiter)
    except csv.Error:
        return


def _lines(sample: str) -> Iterator[str]:
    """Yield lines with their ends, cut at line feeds and carriage returns alone."""
    for match in re.finditer(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$", sample):
        yield match[0]


def _first_records(
    sample: str, delimiter: str, *, is_whole: bool
) -> tuple[list[list[str]], list[int]]:
    """Return the first records that are not blank, and where in the sample each ends."""
    records: list[list[str]] = []
    ends: list[int] = []
    taken = 0

    def counted() -> Iterator[str]:
        nonlocal taken
        for line in _lines(sample):
            taken += len(line)
            yield line

    try:
        for record in csv.reader(counted(), delimiter=delimiter):
            if not record:
                continue
            if taken >= len(sample) and not is_whole:
                break
            records.append(record)
            ends.append(taken)
            if len(records) == _FIRST + 3:
                break
    except csv.Error:
        pass
    return records, ends


def _plain_columns(answers: Sequence[Sequence[str]], width: int) -> frozenset[int]:
    """Return the places of columns whose first answers are small integers or empty."""
    return frozenset(
        place
        for place in range(width)
        if all(
            re.fullmatch(r"-?[0-9]{1,4}|", answer[place])
            for answer in answers
            if place < len(answer)
        )
    )


def _detected_decimal(answers: Sequence[Sequence[str]], delimiter: str) -> str:
    cells = [cell for answer in answers for cell in answer if not is_missing_word(cell)]
    if delimiter != "," and not any(_DECIMAL_POINT.fullmatch(cell) for cell in cells):
        if any(_DECIMAL_COMMA.fullmatch(cell) for cell in cells) or delimiter == ";":
            return ","
        return "."
    comma = sum(_DECIMAL_COMMA.fullmatch(cell) is not None for cell in cells)
    point = sum(_DECIMAL_POINT.fullmatch(cell) is not None for cell in cells)
    return "," if comma > point else "."


def _told(text: TextFile) -> tuple[Notice, ...]:
    if text.encoding.certain:
        return ()
    name = text.encoding.name
    return (
        Notice(
            "assumed_encoding",
            f"the file is not UTF-8 and was read as {name}; if letters look wrong,"
            " name another with --encoding",
            about=(name,),
        ),
    )
