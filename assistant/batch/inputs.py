"""A file of questions, read line by line: JSON lines, a table, or one question a line.

Whatever a line holds, it becomes an entry: a question, or the sentence that says why it is none. Nothing is asked here.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal, get_args

from assistant.batch.lines import TextLine, lines
from assistant.batch.tables import rows, unused
from assistant.errors import BadInput
from assistant.records import Failed, Line, read_line, read_value

Kind = Literal["jsonl", "csv", "tsv", "text"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STDIN = "-"
_BY_SUFFIX: dict[str, Kind] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".txt": "text", ".text": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the input: the question on it or why there is none, and what names it."""

    read: Line | Failed
    asked: str
    """A hash of all that the line asks; of a line that asks nothing, of its text."""

    @property
    def number(self) -> int:
        return self.read.line if isinstance(self.read, Failed) else self.read.number


@dataclass(frozen=True, slots=True)
class Source:
    """A file of questions of a known kind."""

    path: Path
    name: str
    """As the user gave it."""
    kind: Kind

    def entries(self) -> Iterator[Entry]:
        """From the first line on. An id that stands on an earlier line already is refused. Raises BadInput."""
        lines_of: dict[str, int] = {}
        for entry in _READERS[self.kind](self.path):
            known = _id(entry.read)
            first = lines_of.setdefault(known, entry.number) if known else entry.number
            yield entry if first == entry.number else _again(entry, known, first)

    def notices(self) -> list[str]:
        """What of the file is not used. Raises BadInput."""
        names = unused(_header(self.path)) if self.kind in ("csv", "tsv") else []
        shown = ", ".join(repr(name[:40]) for name in names[:12])
        return [f"Note: these columns of the table are not used: {shown}."] if names else []


def kind_of(name: str, given: str | None) -> Kind:
    """By what was said, else by the end of the file's name; of stdin, JSON lines. Raises BadInput."""
    if given is not None:
        found = next((kind for kind in KINDS if kind == given), None)
        if found is None:
            raise BadInput(f"There is no input format {given!r}. Choose one of: {', '.join(KINDS)}.")
        return found
    if name == STDIN:
        return "jsonl"
    suffix = Path(name).suffix.casefold()
    if suffix not in _BY_SUFFIX:
        known = ", ".join(_BY_SUFFIX)
        raise BadInput(f"The name of {name!r} does not say what it holds ({known}). Say it: --input-format jsonl")
    return _BY_SUFFIX[suffix]


@contextmanager
def opened(name: str, kind: Kind) -> Iterator[Source]:
    """A file, or all of stdin set aside in a temporary one, since it is read more than once. Raises BadInput."""
    if name != STDIN:
        path = Path(name)
        if not path.is_file():
            raise BadInput(f"There is no file {name!r} to read questions from.")
        yield Source(path, name, kind)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questions"
        with path.open("wb") as kept:
            shutil.copyfileobj(sys.stdin.buffer, kept)
        yield Source(path, name, kind)


def _json_lines(path: Path) -> Iterator[Entry]:
    """An empty line is refused too, unless nothing but empty lines comes after it."""
    empty: list[int] = []
    for line in lines(path):
        if not line.refused and not line.text.strip():
            empty.append(line.number)
            continue
        yield from (_entry(Failed(line=number, error=_EMPTY), "") for number in empty)
        empty.clear()
        yield _read(line, lambda text, number: read_line(text.encode(errors="replace"), number=number))


_EMPTY = "The line is empty. Take it out, or write a question on it."


def _plain(path: Path) -> Iterator[Entry]:
    for line in lines(path):
        if line.refused or line.text.strip():
            yield _read(line, _plain_line)


def _plain_line(text: str, number: int) -> Line | Failed:
    if "\r" in text:
        return Failed(line=number, error="The line holds CR alone as the end of a line. Save the file with LF or CRLF.")
    return read_value({"question": text}, number=number)


def _table(path: Path) -> Iterator[Entry]:
    below = lines(path)
    header = _first(below, path)
    for row in rows(header.text, below):
        if row.refused:
            yield _entry(Failed(line=row.number, error=row.refused), row.text)
        else:
            yield _entry(read_value(row.cells, number=row.number), row.text)


_READERS: Mapping[Kind, Callable[[Path], Iterator[Entry]]] = {
    "jsonl": _json_lines,
    "csv": _table,
    "tsv": _table,
    "text": _plain,
}


def _header(path: Path) -> str:
    return _first(lines(path), path).text


def _first(some: Iterator[TextLine], path: Path) -> TextLine:
    found = next(some, None)
    if found is None or found.refused or not found.text.strip():
        raise BadInput(f"The table {str(path)!r} has no first line with the names of its columns.")
    return found


def _read(line: TextLine, read: Callable[[str, int], Line | Failed]) -> Entry:
    if line.refused:
        return _entry(Failed(line=line.number, error=line.refused), line.text)
    return _entry(read(line.text, line.number), line.text)


def _entry(read: Line | Failed, text: str) -> Entry:
    """What a line asks names it, not how it is written."""
    if isinstance(read, Failed):
        return Entry(read, _hash("failed", text))
    expected = read.expected.model_dump_json() if read.expected else ""
    return Entry(read, _hash(read.question.model_dump_json(), expected))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:16]


def _id(read: Line | Failed) -> str | None:
    return read.id if isinstance(read, Failed) else read.question.id


def _again(entry: Entry, known: str | None, first: int) -> Entry:
    if isinstance(entry.read, Failed):
        return entry
    error = f"The id {known!r} stands on line {first:,} already. Give each question an id of its own."
    failed = Failed(line=entry.number, id=known, expected=entry.read.expected, error=error)
    return Entry(failed, _hash("again", entry.asked))


def some(entries: Iterator[Entry]) -> Iterator[Entry]:
    """The same entries. Raises BadInput where there are none."""
    first = next(entries, None)
    if first is None:
        raise BadInput("The input holds no questions. Write one on each line.")
    return chain([first], entries)
