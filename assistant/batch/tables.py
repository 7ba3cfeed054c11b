"""Rows of a table of questions, CSV or TSV with a line of column names, as the values that JSON lines would hold.

The separator is the one that makes the first line yield the most known names. A row is known by the line it begins on.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.batch.lines import LONGEST, TextLine
from assistant.errors import BadInput

_LISTS = frozenset({"publishers", "expected_answers", "expected_articles"})
_EXPECTED = "expected_"
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
COLUMNS = (
    "id", "question", "as_of", "publishers", "since", "until", "top_k", "explain",
    "expected_answers", "expected_status", "expected_articles", "expected_conflict",
)  # fmt: skip
_SEPARATORS = ",;\t|"

Value = str | int | bool | list[str]
Cells = dict[str, Value | dict[str, Value]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a question's fields, or what is wrong with it."""

    number: int
    text: str
    """The row as its line has it, or its lines."""
    cells: Cells
    refused: str | None = None


def unused(header: str) -> list[str]:
    """Columns that no question has."""
    return [name for name in columns(header) if name not in COLUMNS]


def columns(header: str) -> list[str]:
    """Names in the first line. Raises BadInput where none is `question`."""
    names = max((_names(header, sign) for sign in _SEPARATORS), key=_fit)
    if "question" not in names:
        shown = ", ".join(repr(name[:40]) for name in names[:12])
        raise BadInput(f"The table has no column 'question'; its first line has {shown}. Known: {', '.join(COLUMNS)}.")
    return names


def rows(header: str, below: Iterable[TextLine]) -> Iterator[Row]:
    """The rows under a line of names."""
    names = columns(header)
    separator = max(_SEPARATORS, key=lambda sign: _fit(_names(header, sign)))
    csv.field_size_limit(LONGEST)
    taken = _Taken(iter(below))
    parsed = csv.reader(taken, delimiter=separator, strict=True)
    while True:
        taken.begin()
        try:
            cells = next(parsed, None)
        except csv.Error as error:
            yield taken.failed(f"The row is not valid CSV ({error})")
            continue
        if cells is None:
            return
        if taken.refused:
            yield Row(taken.refused.number, taken.refused.text, {}, taken.refused.refused)
        elif len(cells) not in (0, len(names)):
            count = f"The row has {len(cells)} cells, and the first line has {len(names)} names"
            yield taken.failed(f"{count}; put quotes around a cell that holds the separator")
        elif any(cell.strip() for cell in cells):
            yield Row(taken.first, taken.text, _values(dict(zip(names, cells, strict=True))))


class _Taken:
    """Lines for the csv library, and which of them made the row that it gave last."""

    def __init__(self, lines: Iterator[TextLine]) -> None:
        self._lines = lines
        self._row: list[TextLine] = []

    def begin(self) -> None:
        self._row = []

    def __iter__(self) -> _Taken:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._row.append(line)
        return "\n" if line.refused else line.text + "\n"

    @property
    def first(self) -> int:
        return self._row[0].number

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self._row)

    @property
    def refused(self) -> TextLine | None:
        return next((line for line in self._row if line.refused), None)

    def failed(self, reason: str) -> Row:
        last = self._row[-1].number
        reach = f"; it reaches to line {last:,}, since a quote opens and does not close" if last > self.first else ""
        return Row(self.first, self.text[:LONGEST], {}, f"{reason}{reach}.")


def _names(header: str, separator: str) -> list[str]:
    try:
        return [name.strip().casefold() for name in next(csv.reader([header], delimiter=separator), [])]
    except csv.Error:
        return []


def _fit(names: list[str]) -> tuple[int, int]:
    return len(set(names) & set(COLUMNS)), len(names)


def _values(cells: dict[str, str]) -> Cells:
    """Empty cells say nothing; what cannot be converted stays as it is, and is refused with its name."""
    given = {name: _value(name, cell.strip()) for name, cell in cells.items() if name in COLUMNS and cell.strip()}
    plain: Cells = {name: value for name, value in given.items() if not name.startswith(_EXPECTED)}
    expected = {name.removeprefix(_EXPECTED): value for name, value in given.items() if name.startswith(_EXPECTED)}
    return {**plain, "expected": expected} if expected else plain


def _value(name: str, cell: str) -> Value:
    if name in _LISTS:
        return [part.strip() for part in cell.split("|") if part.strip()]
    if name == "top_k" and cell.isascii() and cell.isdecimal() and len(cell) < 10:
        return int(cell)
    if name in ("expected_conflict", "explain"):
        return _YES_NO.get(cell.casefold(), cell)
    return cell
