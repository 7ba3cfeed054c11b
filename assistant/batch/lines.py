"""The lines of a file of questions as text, each bounded, whatever the encoding; one that cannot be read says why.

Bytes to text is the work of `corpus.encodings`; what a line holds, `inputs` knows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadInput
from corpus import encodings

LONGEST = 1 << 18
"""Bytes of a line. A question of the most characters, each written as \\uXXXX, fits twice."""
_WHOLE = 100_000_000
"""Bytes of a file in UTF-16 or UTF-32, which is decoded as a whole."""
_HEAD = 1 << 17
_OLDER = "cp1252"
"""What is not UTF-8; Latin-1 is part of it. Questions are English and have few letters that an alphabet could be
guessed from: a lone "é?" would be taken for Chinese.
"""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line without its end, or what is wrong with it."""

    number: int
    """1-based."""
    text: str
    """Of a refused line, its beginning, as far as it can be shown."""
    refused: str | None = None
    """A sentence."""


def lines(path: Path) -> Iterator[TextLine]:
    """All lines, each decoded by itself. Raises BadInput where the file cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.peek(_HEAD)
            if encodings.wide(head):
                yield from _bounded(io.BytesIO(_whole(stream, path)))
            else:
                yield from _bounded(stream)
    except OSError as error:
        raise BadInput(f"The questions in {str(path)!r} cannot be read ({error.strerror or error}).") from error


def _whole(stream: io.BufferedReader, path: Path) -> bytes:
    raw = stream.read(_WHOLE + 1)
    try:
        if len(raw) <= _WHOLE:
            return encodings.decode(raw).encode()
    except encodings.NotText as error:
        raise BadInput(f"The file {str(path)!r} {error}.") from error
    raise BadInput(f"The file {str(path)!r} is in UTF-16 or UTF-32 and too large to be read so. Save it as UTF-8.")


def _bounded(stream: io.BufferedIOBase) -> Iterator[TextLine]:
    number = 0
    while raw := stream.readline(LONGEST):
        number += 1
        if len(raw) == LONGEST and not raw.endswith(b"\n"):
            _skip(stream)
            shown = raw[:_SHOWN].decode(errors="replace")
            yield TextLine(number, shown, f"The line is longer than {LONGEST:,} bytes, the most that is read.")
        else:
            yield _decoded(number, raw)


_SHOWN = 1000


def _skip(stream: io.BufferedIOBase) -> None:
    """To the end of the line."""
    while (part := stream.readline(1 << 20)) and not part.endswith(b"\n"):
        pass


def _decoded(number: int, raw: bytes) -> TextLine:
    raw = raw.removesuffix(b"\n").removesuffix(b"\r")
    if b"\0" in raw:  # would be taken for UTF-16
        return TextLine(number, raw.decode(errors="replace"), "The line is not text: it holds NUL bytes.")
    try:
        return TextLine(number, encodings.decode(raw, declared=_OLDER))
    except encodings.NotText as error:
        return TextLine(number, raw.decode(errors="replace"), f"The line {error}.")
