"""One file's bytes, bounded: its kind, size, unpacked size and line length are checked before anything is parsed.

What refuses a file here raises `Unreadable`, which `corpus.reading` turns into a record. Nothing here knows a format.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from corpus import encodings
from corpus.models import Skipped

_BUFFER = 1 << 17
_CHUNK = 1 << 20


class Unreadable(Exception):
    """Nothing more can be read from a file; the message completes "the file ..."."""

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is refused for its size, so that one file cannot take the memory or the hour."""

    characters: int = 2_000_000
    """Of one article's text."""
    file_bytes: int = 100_000_000
    """Of a file that is read whole; unpacked, where it is zipped."""
    markup_bytes: int = 10_000_000
    """Of a page, feed or Markdown file: parsers take a second or more for each million."""
    rows_bytes: int = 8_000_000_000
    """Of a file that is read row by row, unpacked: all its articles must fit into memory."""
    elements: int = 100_000
    """Of a page; long ones have 10,000."""
    line_bytes: int = 16_000_000
    """Of one row. A text of `characters`, every one written as \\uXXXX, fits."""
    unpacking: int = 200
    """How many times its size a zipped file of rows may unpack to; text reaches 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawLine:
    number: int
    """1-based."""
    raw: bytes
    """With its line end."""
    cut: bool
    """Whether the line is longer than the limit, and `raw` only its beginning."""
    charset: str | None
    """The older encoding that the file is in, where it is not UTF-8."""

    def text(self) -> str:
        """The line decoded; only at the beginning of a file is a byte order mark one. Raises `NotText`."""
        mark = "\ufeff" if self.number > 1 and self.raw.startswith(codecs.BOM_UTF8) else ""
        return mark + encodings.decode(self.raw, declared=self.charset)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """A file about to be read."""

    path: Path
    shown: str
    """The path as messages and records name it."""
    zipped: bool
    limits: Limits

    def skipped(self, reason: str, *, line: int | None = None) -> Skipped:
        return Skipped(path=self.shown, reason=reason, line=line)

    def whole(self, *, limit: int | None = None) -> bytes:
        """All bytes, unpacked. Raises `Unreadable` where they are none or more than `limit`."""
        most = self.limits.file_bytes if limit is None else limit
        with _named_errors(), self._open() as stream:
            known_size = 0 if self.zipped else os.fstat(stream.fileno()).st_size
            raw = b"" if known_size > most else stream.read(most + 1)
        if max(known_size, len(raw)) > most:
            raise Unreadable(oversized(most))
        if not raw:
            raise Unreadable("is empty")
        return raw

    def text(self, *, limit: int | None = None) -> str:
        """The whole file decoded, without a byte order mark. Raises `Unreadable`."""
        return decoded(self.whole(limit=limit))

    def lines(self) -> Iterator[RawLine]:
        """The lines, each bounded. Raises `Unreadable`."""
        with _named_errors(), self._open() as stream:
            if self.path.stat().st_size > self.limits.rows_bytes:
                raise Unreadable(oversized(self.limits.rows_bytes))
            head = stream.peek(_BUFFER)
            if not head:
                raise Unreadable("is empty")
            encodings.refuse_binary(head)
            if encodings.wide(head):
                yield from self._bounded(io.BytesIO(self.text().encode()), None)
            else:
                yield from self._bounded(stream, encodings.older_charset(head))

    def _bounded(self, stream: io.BufferedIOBase, charset: str | None) -> Iterator[RawLine]:
        number, left = 0, self._unpacked_limit()
        while raw := stream.readline(self.limits.line_bytes):
            number += 1
            cut = len(raw) == self.limits.line_bytes and not raw.endswith(b"\n")
            left -= len(raw) + (_skip_line(stream, left) if cut else 0)
            if left < 0 and self._unpacked_limit() == self.limits.rows_bytes:
                raise Unreadable(oversized(self.limits.rows_bytes), line=number)
            if left < 0:
                raise Unreadable(f"unpacks to more than {self.limits.unpacking} times its size", line=number)
            yield RawLine(number=number, raw=raw, cut=cut, charset=charset)

    def _unpacked_limit(self) -> float:
        if not self.zipped:
            return float("inf")
        packed = self.path.stat().st_size
        return min(self.limits.rows_bytes, max(self.limits.file_bytes, self.limits.unpacking * packed))

    def _open(self) -> io.BufferedReader:
        file = io.FileIO(self.path, opener=_opener)
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise Unreadable("is not a regular file")
        if not self.zipped:
            return io.BufferedReader(file, buffer_size=_BUFFER)
        file.close()
        # GzipFile reads like a raw stream, which its type does not say.
        return io.BufferedReader(cast(io.RawIOBase, gzip.open(self.path)), buffer_size=_BUFFER)


def _opener(path: str, flags: int) -> int:
    """Opens without waiting for somebody to write into it, should it be a pipe by now."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def decoded(raw: bytes, *, declared: str | None = None) -> str:
    """A whole file as text; `declared` is the charset it names itself. Raises `Unreadable`."""
    with _named_errors():
        encodings.refuse_binary(raw)
        return encodings.decode(raw, declared=declared)


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Unreadable(f"is a broken gzip file ({error})") from error
    except encodings.NotText as error:
        raise Unreadable(str(error)) from error
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror or error})") from error


def _skip_line(stream: io.BufferedIOBase, most: float) -> int:
    """Reads on to the end of the line, but not more than about `most` bytes; how many it were."""
    skipped = 0
    while skipped <= most and (part := stream.readline(_CHUNK)):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def oversized(most: int) -> str:
    """Why a file of more than `most` bytes is refused."""
    return f"is larger than {_megabytes(most)}, the most that is read of such a file; split it"


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count >= 1_000_000 else f"{count:,} bytes"
