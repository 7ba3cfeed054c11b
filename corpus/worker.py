"""The process that reads untrusted files: `python -m corpus.worker`, orders on stdin, articles and records on stdout.

Apart, so that a file that needs too much time or memory, or breaks a library, costs this process and nothing else. It
is started and ended by `reading_apart`; it never writes, fetches or runs anything, and it goes when its parent goes.
"""

from __future__ import annotations

import math
import os
import signal
import sys
import threading
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from corpus.reading import read_file
from corpus.worker_frames import GREETING, LENGTH, Order, Terms, framed, order_of, part_frames, terms_of

NO_MEMORY = 86
"""Exit status where a file needed more memory than the terms allow."""

_TOGETHER = 1 << 16
_PATIENCE = 0.02
"""Bytes and seconds after which answers go out."""

_ENOUGH = 1.0
_GLANCE = 0.1
"""Seconds between looks at the parent and, where the system keeps no limit, at the memory."""


def main() -> None:
    # Ctrl+C reaches the whole group of processes; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders, answers = _private_pipes()
    body = orders.next()
    if body is None:
        return
    terms = terms_of(body)
    to_watch = _limit_memory(terms.memory)
    threading.Thread(target=_watch, args=(terms.parent, to_watch), daemon=True).start()
    answers.add(framed(GREETING))
    answers.pause(sure=True)
    clock = _Clock()
    while (body := orders.next()) is not None:
        order = order_of(body)
        clock.wind(order.seconds)
        _answer(order, terms, answers)
        answers.pause(sure=not orders.waiting)


def _answer(order: Order, terms: Terms, answers: _Answers) -> None:
    found = read_file(Path(order.path), fields=terms.fields, limits=terms.limits)
    try:
        for frame in part_frames(found):
            answers.add(frame)
    except MemoryError:
        os._exit(NO_MEMORY)


class _Orders:
    """Frames that come in, and whether the next one is here already."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._ahead = bytearray()

    @property
    def waiting(self) -> bool:
        return len(self._ahead) >= max(LENGTH, self._end)

    @property
    def _end(self) -> int:
        """Where the first frame ends."""
        return LENGTH + int.from_bytes(self._ahead[:LENGTH], "big")

    def next(self) -> bytes | None:
        """None where there will be no more."""
        while not self.waiting:
            more = os.read(self._pipe, 1 << 16)
            if not more:
                return None
            self._ahead += more
        end = self._end
        body = bytes(self._ahead[LENGTH:end])
        del self._ahead[:end]
        return body


class _Answers:
    """Frames that go out, those of tiny files together: waking the other end for each costs more than reading them."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._kept = bytearray()
        self._since = monotonic()

    def add(self, frame: bytes) -> None:
        self._kept += frame
        if len(self._kept) > _TOGETHER:
            self._send()

    def pause(self, *, sure: bool) -> None:
        """A file is done. Where none follows at once, or much time has passed, what is kept goes out."""
        if sure or monotonic() - self._since > _PATIENCE:
            self._send()

    def _send(self) -> None:
        try:
            self._pipe.write(self._kept)
            self._pipe.flush()
        except OSError:  # nobody listens any more
            os._exit(1)
        self._kept.clear()
        self._since = monotonic()


def _private_pipes() -> tuple[_Orders, _Answers]:
    """stdin and stdout for orders and answers alone: what a library prints must not come between."""
    orders, answers = _Orders(os.dup(0)), _Answers(os.fdopen(os.dup(1), "wb"))
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    return orders, answers


def _limit_memory(beyond: int) -> int:
    """Keeps this process to `beyond` bytes more than it has now, where the system can; else returns the limit to watch.

    Linux counts addresses, which are never fewer than the memory used. macOS takes the same limit and keeps none.
    """
    if not sys.platform.startswith("linux"):
        return beyond
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _addresses() + beyond
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return 0


def _addresses() -> int:
    """Bytes of address space in use, on Linux."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # a system without /proc
        return 0


class _Clock:
    """A second belt, kept by the system: it ends the process after so many more seconds of computing."""

    def __init__(self) -> None:
        self._wound = (0, -_ENOUGH)

    def wind(self, seconds: int) -> None:
        """Lets this process compute for so many seconds from now, or a little more."""
        if sys.platform == "win32" or (self._wound[0] == seconds and monotonic() - self._wound[1] < _ENOUGH):
            return  # what was allowed a moment ago is there still, and asking the system takes as long as a tiny file
        import resource

        self._wound = (seconds, monotonic())
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        limit = math.ceil(used.ru_utime + used.ru_stime + _ENOUGH) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _watch(parent: int, memory: int) -> None:
    """Ends this process when its parent has gone or, where `memory` is not 0, when it has taken more than that."""
    most = memory + _resident() if memory else 0
    while os.getppid() == parent and (not most or _resident() <= most):
        threading.Event().wait(_GLANCE)
    os._exit(NO_MEMORY if os.getppid() == parent else 1)


def _resident() -> int:
    """Bytes of memory that this process had at its largest; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource

    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024


if __name__ == "__main__":
    main()
