"""What passes between a process that wants files read and the worker that reads them: frames of JSON, by length.

Both ends speak through this module alone. JSON can only say values, so that whatever a hostile file makes of the
worker, the other end gets articles, records or an error. What comes in is checked here; nothing here knows processes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Protocol

from corpus.models import Draft, Skipped
from corpus.readers.raw import Limits

LARGEST = 1 << 26
"""Bytes of a frame. The largest article, every character of it escaped, fits with all its fields."""

_ENOUGH = 1 << 20
"""Characters after which a frame is sent, so that a file of a million rows is never whole in the worker."""

_EACH = 200
"""Characters that an article or record counts as beside its text."""

LENGTH = 4
"""Bytes before a frame that tell its length, the greatest first."""

_LABELS = tuple(field.name for field in fields(Draft) if field.name not in ("text", "source", "row"))


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

GREETING = " ".join(("reading", *_LABELS)).encode()
"""What a worker says first, once everything is loaded; it differs where the worker is of another version than its
parent, as after an update under a server that runs on."""


class BrokenFrame(Exception):
    """The other end said something that it never says, or stopped in the middle."""


class Stream(Protocol):
    """As much of a file as is needed here."""

    def read(self, size: int, /) -> bytes | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a worker is told once, before the first file."""

    parent: int
    """Process id; the worker ends when its parent is another one."""
    memory: int
    """Bytes that it may take beside those it begins with."""
    fields: Mapping[str, str]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Order:
    """One file to read, and after how many seconds of computing the system ends the worker."""

    path: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some of what a file holds, in order."""

    found: Sequence[Draft | Skipped]
    last: bool
    size: int
    """Bytes of the frame."""


def frame(value: object) -> bytes:
    """A value as one frame."""
    return framed(_written(value).encode("utf-8", "surrogatepass"))


def framed(body: bytes) -> bytes:
    return len(body).to_bytes(LENGTH, "big") + body


def received(stream: Stream) -> bytes | None:
    """The body of the next frame; None where the other end has finished. Raises `BrokenFrame`."""
    head = stream.read(LENGTH)
    if not head:
        return None
    size = int.from_bytes(head, "big")
    if len(head) < LENGTH or size > LARGEST:
        raise BrokenFrame("a frame has no length")
    body = stream.read(size) or b""
    if len(body) < size:
        raise BrokenFrame("a frame is cut off")
    return body


def terms_frame(terms: Terms) -> bytes:
    return frame([terms.parent, terms.memory, dict(terms.fields), asdict(terms.limits)])


def terms_of(body: bytes) -> Terms:
    parent, memory, fields, limits = json.loads(body)
    return Terms(parent=parent, memory=memory, fields=fields, limits=Limits(**limits))


def order_frame(order: Order) -> bytes:
    return frame([order.path, order.seconds])


def order_of(body: bytes) -> Order:
    path, seconds = json.loads(body)
    return Order(path, seconds)


def part_frames(found: Iterator[Draft | Skipped]) -> Iterator[bytes]:
    """The frames that a file's articles and records make; the last one says so."""
    rows: list[list[object]] = []
    size = 0
    for item in found:
        rows.append(_row(item))
        size += _EACH + (len(item.text) if isinstance(item, Draft) else len(item.reason))
        if size > _ENOUGH:
            yield frame([False, rows])
            rows, size = [], 0
    yield frame([True, rows])


def part_of(body: bytes, path: Path) -> Part:
    """What a frame says of the file at `path`. Raises `BrokenFrame`."""
    try:
        last, rows = json.loads(body)
        return Part([_item(row, str(path)) for row in rows], last is True, len(body))
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise BrokenFrame("a frame holds no articles") from error


def _row(item: Draft | Skipped) -> list[object]:
    """The path stays out: the other end knows which file it asked for."""
    if isinstance(item, Skipped):
        return [item.reason, item.line]
    return [item.text, item.row, *(getattr(item, name) for name in _LABELS)]


def _item(row: list[object], path: str) -> Draft | Skipped:
    text, number, *labels = row
    if not isinstance(text, str) or not (number is None or type(number) is int):
        raise TypeError("a text is no string, or a row no number")
    if not labels:
        return Skipped(path=path, reason=text, line=number)
    named = dict(zip(_LABELS, map(_label, labels), strict=True))
    return Draft(text=text, source=path, row=number, **named)


def _label(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError("a field is no string")
