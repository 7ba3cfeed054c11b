"""`.csv` and `.tsv`: a line of column names, then one article a row, its text exactly as given.

The separator is the one that makes the first line yield the most known column names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence

from corpus import encodings, fields
from corpus.models import Draft, Skipped
from corpus.readers import rows
from corpus.readers.raw import RawFile, RawLine, Unreadable

_SEPARATORS = ",;\t|"
_ENDLESS = ("unexpected end of data", "field larger than field limit")


def read(file: RawFile, mapping: Mapping[str, str]) -> Iterator[Draft | Skipped]:
    # The limit of the csv library is one for the process; a cell must hold a whole article.
    csv.field_size_limit(file.limits.line_bytes)
    lines = _Lines(file)
    header = next(lines)
    if "\r" in header.rstrip("\r\n"):
        raise Unreadable("has lines that end in CR alone, as on old Macs; save it with LF or CRLF", line=1)
    try:
        separator = max(_SEPARATORS, key=lambda sign: _fit(_names(header, sign), mapping))
    except csv.Error as error:
        raise Unreadable(f"has a first line that names no columns ({error})", line=1) from error
    columns = _names(header, separator)
    if "text" not in fields.recognised(columns, mapping):
        raise Unreadable(f"has no text: map the column that holds it to text; it has {_shown(columns)}", line=1)
    parsed = csv.reader(lines, delimiter=separator, strict=True)
    yield from _articles(file, parsed, columns=columns, mapping=mapping, lines=lines)


class _Lines:
    """The file's lines as text, and which one was the last that the csv library took."""

    def __init__(self, file: RawFile) -> None:
        self.number = 0
        self._most = file.limits.line_bytes
        self._lines = file.lines()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number = line.number
        if line.cut:
            raise Unreadable(
                f"line {line.number} is longer than {self._most:,} bytes; from there on it is not read",
                line=line.number,
            )
        return _decoded(line)


def _decoded(line: RawLine) -> str:
    try:
        return line.text()
    except encodings.NotText:
        # The row it belongs to is refused with its place; the lines after it are still wanted.
        return line.raw.decode(errors="replace")


def _articles(
    file: RawFile,
    parsed: Iterator[list[str]],
    *,
    columns: Sequence[str],
    mapping: Mapping[str, str],
    lines: _Lines,
) -> Iterator[Draft | Skipped]:
    row = 0
    while True:
        line = lines.number + 1
        try:
            cells = next(parsed, None)
        except csv.Error as error:
            row += 1
            yield _refused(file, error, row=row, line=line)
            continue
        if cells is None:
            break
        if cells:
            row += 1
            yield _article(file, cells, columns=columns, mapping=mapping, row=row, line=line)
    if not row:
        raise Unreadable("has column names but no rows")


def _article(
    file: RawFile, cells: list[str], *, columns: Sequence[str], mapping: Mapping[str, str], row: int, line: int
) -> Draft | Skipped:
    place = f"row {row}"
    if len(cells) != len(columns):
        reason = f"{place} has another number of cells ({len(cells)}) than the first line has names ({len(columns)})"
        return file.skipped(f"{reason}; put quotes around a cell that holds the separator", line=line)
    record = dict(zip(columns, cells, strict=True))
    return rows.article(file, record, mapping=mapping, row=row, line=line, place=place)


def _refused(file: RawFile, error: csv.Error, *, row: int, line: int) -> Skipped:
    if str(error).startswith(_ENDLESS):
        raise Unreadable(f"row {row} opens a quote that does not close; from there on it is not read", line=line)
    return file.skipped(f"row {row} is not valid CSV ({error})", line=line)


def _names(header: str, separator: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([header], delimiter=separator), [])]


def _fit(columns: Sequence[str], mapping: Mapping[str, str]) -> tuple[int, int]:
    return len(fields.recognised(columns, mapping)), len(columns)


def _shown(columns: Sequence[str]) -> str:
    return ", ".join(repr(name[:40]) for name in columns[:12]) + (", ..." if len(columns) > 12 else "")
