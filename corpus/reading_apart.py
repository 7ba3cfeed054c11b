"""Reading files in a process apart: it is started when the first file comes up, and anew after a file has ended it.

Files are untrusted, and the libraries behind the readers are large. So what a file may take is bounded here, and a file
that takes more is a record like any other that cannot be read. `corpus.worker` is the other end.
"""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from corpus.fields import NO_MAPPING
from corpus.models import Draft, Skipped
from corpus.readers.raw import Limits
from corpus.reading import LIMITS, holds_rows
from corpus.worker_frames import Order, Terms, order_frame
from corpus.worker_process import NoWorker as NoWorker
from corpus.worker_process import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What reading one file may take."""

    seconds: float = 60.0
    seconds_per_megabyte: float = 2.0
    """More for each million bytes of a file of rows, which may be of any size."""
    memory: int = 2_000_000_000
    """Bytes beside those that the worker begins with. Not kept on Windows."""
    output: int = 256_000_000
    """Bytes of articles and records, each counted as a few hundred more; 16 times its size for a larger file."""


BOUNDS = Bounds()

_UNPACKING = 16
_AHEAD = 8192
"""Bytes of orders sent before the answers are in, about. Pipes hold more, or the worker has room for them."""


@dataclass(frozen=True, slots=True)
class Read:
    """One file."""

    found: tuple[Draft | Skipped, ...]
    ended: bool
    """Whether a bound ended the reading, or the file broke the worker. Then nothing of it is kept but the record that
    says so: how far the reader came depends on the day."""


class ReaderApart:
    """Reads files in a worker. Starts none before the first file; to be closed, or used as a context."""

    def __init__(
        self, *, fields: Mapping[str, str] = NO_MAPPING, bounds: Bounds = BOUNDS, limits: Limits = LIMITS
    ) -> None:
        self.bounds = bounds
        self._fields = fields
        self._limits = limits
        self._worker: Worker | None = None

    def __enter__(self) -> ReaderApart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker, if there is one. Another file starts a new one."""
        if self._worker is not None:
            self._worker.end()
        self._worker = None

    @property
    def pid(self) -> int | None:
        """The worker's process id, for whoever measures it; None where none runs."""
        return None if self._worker is None else self._worker.process.pid

    def read(self, paths: Iterable[Path]) -> Iterator[Read]:
        """What each file holds, in order. Takes some paths ahead, so that the worker need not wait for the next order.

        Where the worker ends, any file that it was told to read may be to blame, and those before it too. So each is
        read by itself then, and blamed only where a fresh worker ends as well, or where it took too long by itself.
        Raises `NoWorker`.
        """
        ahead = iter(paths)
        sent, suspects = deque[_Sent](), deque[_Sent]()
        try:
            yield from self._answers(sent, suspects, ahead)
        finally:
            if sent:  # nobody waits for these any more, and they must not be taken for answers to other orders
                self.close()

    def _answers(self, sent: deque[_Sent], suspects: deque[_Sent], ahead: Iterator[Path]) -> Iterator[Read]:
        while self._send_on(sent, suspects, ahead):
            worker = self._started()
            found, why = worker.answer(sent[0].path, seconds=sent[0].seconds, most=self._output(sent[0]))
            if why is None:
                sent.popleft()
                yield Read(tuple(found), ended=False)
                continue
            self.close()
            if len(sent) == 1 and (worker.files == 0 or worker.late):
                yield Read((Skipped(path=str(sent.popleft().path), reason=why),), ended=True)
            suspects.extendleft(reversed(sent))
            sent.clear()

    def _send_on(self, sent: deque[_Sent], suspects: deque[_Sent], ahead: Iterator[Path]) -> bool:
        """Sends orders: as many as the pipe surely holds, but files of which one ended a worker each by itself.

        Whether there is any file to wait for.
        """
        if suspects and not sent:
            self._send([suspects.popleft()], sent)
        elif not suspects and sum(len(one.frame) for one in sent) < _AHEAD // 4:
            self._send(self._ordered(ahead), sent)
        return bool(sent)

    def _ordered(self, ahead: Iterator[Path]) -> Iterator[_Sent]:
        """Orders for about half of what a pipe holds."""
        size = 0
        while size < _AHEAD // 2 and (path := next(ahead, None)) is not None:
            order = _Sent.of(path, self.bounds)
            size += len(order.frame)
            yield order

    def _send(self, orders: Iterable[_Sent], sent: deque[_Sent]) -> None:
        new = list(orders)
        if new:
            self._started().send(b"".join(order.frame for order in new))
            sent += new

    def _started(self) -> Worker:
        if self._worker is None:
            terms = Terms(parent=os.getpid(), memory=self.bounds.memory, fields=self._fields, limits=self._limits)
            self._worker = Worker(terms)
        return self._worker

    def _output(self, file: _Sent) -> int:
        return max(self.bounds.output, _UNPACKING * file.size)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A file that the worker was told to read."""

    path: Path
    size: int
    seconds: float
    frame: bytes

    @classmethod
    def of(cls, path: Path, bounds: Bounds) -> _Sent:
        size = _size(path)
        seconds = bounds.seconds + (bounds.seconds_per_megabyte * size / 1e6 if holds_rows(path) else 0.0)
        return cls(path, size, seconds, order_frame(Order(str(path), math.ceil(seconds) + 1)))


def _size(path: Path) -> int:
    """0 where it cannot be told; reading it says why."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
