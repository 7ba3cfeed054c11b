"""The file of records: written a line at a time, read again by whoever goes on with it.

A record that is there is there whole: one that a killed run left half written is cut off before anything else happens.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import BadInput
from assistant.records import Answered, Failed, one_line, read_record

Record = Answered | Failed
Write = Callable[[Record], None]


class OutputBusy(BadInput):
    """Another run writes to the same file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Another run is writing to {str(path)!r}. Wait for it, or choose another file with -o.")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keeps other runs away from an output file; ends with the process. Raises OutputBusy or BadInput."""
    from filelock import FileLock, Timeout

    try:
        lock = FileLock(path.with_name(f".{path.name}.lock")).acquire(timeout=0)
    except Timeout as error:
        raise OutputBusy(path) from error
    except OSError as error:
        raise BadInput(
            f"{str(path)!r} cannot be written ({error.strerror or error}). Choose another with -o."
        ) from error
    with lock:
        yield


@contextmanager
def appending(path: Path) -> Iterator[Write]:
    """Adds records at the end of a file, each handed to the operating system at once. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        yield lambda record: _write(descriptor, line_of(record))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def printing() -> Iterator[Write]:
    """Records on stdout."""

    def write(record: Record) -> None:
        sys.stdout.buffer.write(line_of(record))
        sys.stdout.buffer.flush()

    yield write


def line_of(record: Record) -> bytes:
    return f"{one_line(record)}\n".encode()


def _write(descriptor: int, line: bytes) -> None:
    rest = memoryview(line)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def cut_half_line(path: Path) -> int:
    """Takes away what stands behind the last end of a line; how many bytes it were."""
    with path.open("r+b") as stream:
        size = stream.seek(0, os.SEEK_END)
        end = _last_end(stream.fileno(), size)
        if end < size:
            stream.truncate(end)
    return size - end


def _last_end(descriptor: int, size: int) -> int:
    """The place after the last end of a line; 0 where there is none."""
    end = size
    while end > 0:
        start = max(0, end - _CHUNK)
        os.lseek(descriptor, start, os.SEEK_SET)
        found = os.read(descriptor, end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


_CHUNK = 1 << 16


def records(path: Path) -> Iterator[tuple[Record, int]]:
    """The records of a file, one at a time, and how many bytes each has. Raises BadInput at a line that is none."""
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                yield _record(line, number, path), len(line)
    except OSError as error:
        raise BadInput(f"The records in {str(path)!r} cannot be read ({error.strerror or error}).") from error


def _record(line: bytes, number: int, path: Path) -> Record:
    try:
        return read_record(line)
    except ValueError as error:
        raise BadInput(
            f"Line {number:,} of {str(path)!r} is no record of a batch. Choose another file with -o, or begin this one "
            "anew with --restart."
        ) from error
