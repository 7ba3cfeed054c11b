"""One worker from start to end, as the process that started it sees it: orders, answers, a clock, and its death.

Part of `reading_apart`, which decides which files are ordered, and which of them is to blame for the end of a worker.
"""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO, cast

from corpus.models import Draft, Skipped
from corpus.worker import NO_MEMORY
from corpus.worker_frames import GREETING, BrokenFrame, Part, Terms, part_of, received, terms_frame

_EACH = 200
"""Bytes that an article or record takes beside its text."""

_TICK = 0.05
_START = 30.0
"""Seconds for the worker to load."""


class NoWorker(RuntimeError):
    """The process that reads files cannot be started; the message is a sentence for the user."""


class Worker:
    """One process, from its start to its end."""

    def __init__(self, terms: Terms) -> None:
        self.files = 0
        """How many it has read to their end."""
        self._terms = terms
        self._ready = False
        self._ended = threading.Event()
        self._killing = threading.Lock()
        self._deadline = math.inf
        self.late = False
        """Whether it was ended for taking too long."""
        self.process = _start()
        # Reading from the pipe has no time limit of its own; ending the process ends it.
        threading.Thread(target=self._watch, daemon=True).start()
        self.send(terms_frame(terms))

    def send(self, frames: bytes) -> None:
        """A worker that is no more is noticed when its answer is awaited."""
        with suppress(OSError):
            _pipe(self.process.stdin).write(frames)
            _pipe(self.process.stdin).flush()

    def answer(self, path: Path, *, seconds: float, most: int) -> tuple[list[Draft | Skipped], str | None]:
        """What the next file ordered holds, or why it ended the worker; `most` is how much that may be, in bytes.

        Raises `NoWorker`.
        """
        self._await_ready()
        self._deadline = monotonic() + seconds
        found: list[Draft | Skipped] = []
        try:
            for part in self._parts(path):
                found += part.found
                most -= part.size + _EACH * len(part.found)
                if most < 0:
                    return [], "holds more articles than fit into memory for a file of its size; split it"
        except (BrokenFrame, OSError):
            return [], self._why(seconds)
        finally:
            self._deadline = math.inf
        self.files += 1
        return found, None

    def _parts(self, path: Path) -> Iterator[Part]:
        while True:
            part = part_of(self._received(), path)
            yield part
            if part.last:
                return

    def _received(self) -> bytes:
        body = received(_pipe(self.process.stdout))
        if body is None:
            raise BrokenFrame("the worker has ended")
        return body

    def _await_ready(self) -> None:
        if self._ready:
            return
        self._deadline = monotonic() + _START
        try:
            said = self._received()
        except (BrokenFrame, OSError) as error:
            self.end()
            raise NoWorker(
                "The process that reads files ended before it began; "
                "install Crosscheck again, or see whether the system is out of memory."
            ) from error
        if said != GREETING:
            self.end()
            raise NoWorker("Crosscheck was updated while it ran; start it again.")
        self._ready = True

    def _watch(self) -> None:
        while not self._ended.wait(_TICK):
            if monotonic() > self._deadline:
                self.late = True
                self._kill()
                return

    def _kill(self) -> None:
        with self._killing:
            if self.process.returncode is not None:
                return
            if sys.platform == "win32":
                self.process.kill()
            else:
                # What `kill` does first would take the process's account of itself.
                os.kill(self.process.pid, signal.SIGKILL)

    def _why(self, seconds: float) -> str:
        """What ended the process, to complete "the file ..."."""
        taken = self.end()
        status = self.process.returncode
        if self.late or status == -_TIME_UP:
            return f"{_TOO_LONG} {seconds:.0f} s to read; split it, or save it in a simpler form"
        if status == NO_MEMORY or (status == -signal.SIGABRT and taken > self._terms.memory // 4):
            # Libraries in C++ abort where they get no memory.
            return f"needed more than {self._terms.memory / 1e9:g} GB of memory to be read; split it"
        if status == -_KILLED:
            return "made the reader stop (signal 9, as where the system is out of memory); split it"
        how = f"signal {-status}" if status < 0 else f"status {status}"
        return f"made the reader stop ({how}); please report this"

    def end(self) -> int:
        """Ends the process, if it still runs, and leaves nothing of it. The most memory it had, in bytes, where known.

        One that is ending already keeps its own status.
        """
        self._ended.set()
        self._kill()
        with self._killing:
            taken = _reap(self.process)
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()
        return taken


def _reap(process: subprocess.Popen[bytes]) -> int:
    if sys.platform == "win32" or process.returncode is not None:
        process.wait()
        return 0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss * 1024


_TOO_LONG = "took longer than"
_TIME_UP, _KILLED = getattr(signal, "SIGXCPU", 0), getattr(signal, "SIGKILL", 0)
_CODE = "import sys; sys.path[:0] = {*sys.argv[1:]} - {*sys.path}; from corpus.worker import main; main()"
"""As `-m corpus.worker`, but it also finds this package where it is not installed."""


def _start() -> subprocess.Popen[bytes]:
    """Raises `NoWorker`."""
    root = str(Path(__file__).parent.parent)
    try:
        # Without the working folder on the path: it may hold a file called json.py.
        return subprocess.Popen(
            [sys.executable, "-P", "-c", _CODE, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise NoWorker(f"The process that reads files cannot be started ({error.strerror}).") from error


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """A pipe that is there, which the type of a process does not say."""
    return cast(IO[bytes], pipe)
