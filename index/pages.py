"""Rows of an SQLite file read page by page, without SQLite: for one so damaged that SQLite refuses it or parts of it.

SQLite finds a row by way of the pages above it, so that one damaged page hides everything below. Here every page that
holds rows is read by itself. Which row belongs to which table, and whether it is sound, the caller must tell: nothing
here is verified. The format: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

Cell: TypeAlias = "int | float | str | bytes | None"

_MAGIC = b"SQLite format 3\0"
_USUAL_SIZE = 4096
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER, _TABLE_INNER = 0x0D, 0x0A, 0x02, 0x05
_HOLDING = (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER)
_INNER = (_INDEX_INNER, _TABLE_INNER)
_WRONG = (IndexError, ValueError, struct.error, OverflowError)
"""What decoding bytes raises that were never meant to be decoded so."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a cell holds."""

    rowid: int | None
    """None for an entry of an index, and for a row of a table that has no row numbers."""
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Pages:
    """A database file and what its write-ahead log holds of it. `opened` makes one."""

    file: BinaryIO
    size: int
    usable: int
    """Bytes of a page that hold anything."""
    count: int
    newer: Mapping[int, bytes] = field(default_factory=dict)
    """Pages that are newer in the write-ahead log."""

    def page(self, number: int) -> bytes:
        """From 1 on. Raises IndexError for one that the file does not have."""
        if number in self.newer:
            return self.newer[number]
        if not 1 <= number <= self.count:
            raise IndexError(number)
        self.file.seek((number - 1) * self.size)
        return self.file.read(self.size).ljust(self.size, b"\0")

    def rows(self) -> Iterator[Row]:
        """Every row that can be decoded, in no order; those of deleted pages left out as far as these are known."""
        free = free_pages(self)
        for number in range(1, self.count + 1):
            if number not in free:
                yield from self.rows_of(number)

    def rows_of(self, number: int) -> Iterator[Row]:
        """Those of one page."""
        page = self.page(number)
        kind = page[_start(number)]
        if kind not in _HOLDING:
            return
        for at in _cells(page, number):
            try:
                yield self._row(page, at, kind)
            except _WRONG:
                continue

    def _row(self, page: bytes, at: int, kind: int) -> Row:
        if kind == _INDEX_INNER:
            at += 4
        length, at = _varint(page, at)
        rowid = None
        if kind == _TABLE_LEAF:
            rowid, at = _varint(page, at)
        return Row(rowid, _record(self._payload(page, at, length, is_table=kind == _TABLE_LEAF)))

    def _payload(self, page: bytes, at: int, length: int, *, is_table: bool) -> bytes:
        """With what stands on overflow pages."""
        if length > self.size * self.count:
            raise ValueError(length)
        here = _local(length, self.usable, is_table=is_table)
        parts, missing = [page[at : at + here]], length - here
        following = int.from_bytes(page[at + here : at + here + 4], "big") if missing else 0
        while missing > 0:
            overflow = self.page(following)
            parts.append(overflow[4 : 4 + min(missing, self.usable - 4)])
            missing -= self.usable - 4
            following = int.from_bytes(overflow[:4], "big")
        return b"".join(parts)


def opened(file: BinaryIO, log: Path) -> Pages:
    """Of an open file and the write-ahead log beside it, which may be missing."""
    file.seek(0)
    header = file.read(100).ljust(100, b"\0")
    size, usable = _sizes(header)
    newer = _log_pages(log, size)
    file.seek(0, 2)
    count = max(-(-file.tell() // size), max(newer, default=0))
    return Pages(file, size, usable, count, newer)


def free_pages(pages: Pages) -> set[int]:
    """Numbers of pages whose rows were deleted with them: those that are listed as free and that no page points at.

    Where the list is damaged, those that no table leads to; none where a page on the way to them is damaged too.
    """
    header = pages.page(1) if pages.count else b""
    listed = _listed_as_free(pages)
    if header[:16] != _MAGIC or int.from_bytes(header[36:40], "big") != len(listed):
        return _led_to_by_nothing(pages)
    if not listed:
        return listed
    others = (number for number in range(1, pages.count + 1) if number not in listed)
    return listed - {child for number in others for child in _children(pages, number)}


def _led_to_by_nothing(pages: Pages) -> set[int]:
    reached: set[int] = set()
    waiting = _roots(pages)
    while waiting:
        number = waiting.pop()
        if number in reached:
            continue
        if not 1 <= number <= pages.count or pages.page(number)[_start(number)] not in (*_HOLDING, _TABLE_INNER):
            return set()
        reached.add(number)
        waiting += _children(pages, number)
    return set(range(1, pages.count + 1)) - reached if reached else set()


def _roots(pages: Pages) -> list[int]:
    """Where tables and indexes begin, as far as rows of the schema tell."""
    found = []
    for number in range(1, pages.count + 1):
        for row in pages.rows_of(number):
            match row.cells:
                case ("table" | "index", str(), str(), int(root), _):
                    found.append(root)
    return found


def _sizes(header: bytes) -> tuple[int, int]:
    """Bytes of a page, and how many of them are used; the usual ones where the header tells nothing likely."""
    told = int.from_bytes(header[16:18], "big")
    size = 65536 if told == 1 else told
    if header[:16] != _MAGIC or size < 512 or size & (size - 1):
        return _USUAL_SIZE, _USUAL_SIZE
    return size, size - header[20] if header[20] <= size - 480 else size


def _listed_as_free(pages: Pages) -> set[int]:
    found: set[int] = set()
    trunk = int.from_bytes(pages.page(1)[32:36], "big") if pages.count else 0
    while 1 < trunk <= pages.count and trunk not in found:
        page = pages.page(trunk)
        found.add(trunk)
        trunk, leaves = struct.unpack(">II", page[:8])
        if leaves <= pages.usable // 4 - 2:
            found.update(struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves]))
    return found


def _children(pages: Pages, number: int) -> Iterator[int]:
    page, start = pages.page(number), _start(number)
    if page[start] not in _INNER:
        return
    yield int.from_bytes(page[start + 8 : start + 12], "big")
    for at in _cells(page, number):
        yield int.from_bytes(page[at : at + 4], "big")


def _start(number: int) -> int:
    """The first page begins with the header of the file."""
    return 100 if number == 1 else 0


def _cells(page: bytes, number: int) -> Iterator[int]:
    """Where the cells of a page begin."""
    start = _start(number)
    first = start + (12 if page[start] in _INNER else 8)
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    for at in range(first, min(first + 2 * count, len(page) - 1), 2):
        yield int.from_bytes(page[at : at + 2], "big")


def _local(length: int, usable: int, *, is_table: bool) -> int:
    """How many bytes of a payload stand on the page itself."""
    most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
    if length <= most:
        return length
    fewest = (usable - 12) * 32 // 255 - 23
    here = fewest + (length - fewest) % (usable - 4)
    return here if here <= most else fewest


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of 1 to 9 bytes, and where it ends."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, at + 9


def _record(payload: bytes) -> tuple[Cell, ...]:
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    cells = []
    for kind in kinds:
        cell, at = _cell(payload, at, kind)
        cells.append(cell)
    if at != len(payload):
        raise ValueError(at)
    return tuple(cells)


_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of whole numbers by kind."""


def _cell(payload: bytes, at: int, kind: int) -> tuple[Cell, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    width = _INTEGERS.get(kind) or (8 if kind == 7 else (kind - 12) // 2)
    raw = payload[at : at + width]
    if kind < 0 or kind in (10, 11) or len(raw) != width:
        raise ValueError(kind)
    if kind == 7:
        return float(struct.unpack(">d", raw)[0]), at + width
    if kind < 7:
        return int.from_bytes(raw, "big", signed=True), at + width
    return raw.decode() if kind % 2 else raw, at + width


def _log_pages(log: Path, size: int) -> dict[int, bytes]:
    """The last committed state of each page in a write-ahead log; frames of earlier uses of the file left out."""
    if not log.is_file():
        return {}
    committed: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    with log.open("rb") as file:
        salts = file.read(32)[16:24]
        while len(frame := file.read(24 + size)) == 24 + size and frame[8:16] == salts:
            number, commit = struct.unpack(">II", frame[:8])
            waiting[number] = frame[24:]
            if commit:
                committed |= waiting
                waiting = {}
    return committed
