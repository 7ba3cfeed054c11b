"""A command in a terminal of its own, as a user has one: what it shows, and when."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter


@dataclass
class Terminal:
    """Both ends of a conversation with a process."""

    process: subprocess.Popen[bytes]
    descriptor: int
    started: float

    def seconds_until(self, words: str, *, at_most: float = 60) -> float:
        """Since the process was started, until it shows these words. Raises TimeoutError."""
        shown = b""
        while (left := self.started + at_most - perf_counter()) > 0:
            if select.select([self.descriptor], [], [], left)[0]:
                shown += os.read(self.descriptor, 65536)
                if words.encode() in shown:
                    return perf_counter() - self.started
        raise TimeoutError(f"{words!r} was not shown within {at_most} s: {shown[-300:]!r}")

    @property
    def processor_seconds(self) -> float:
        """What the process has used so far: what it takes where nothing else runs."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def type(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())


@contextmanager
def terminal(command: Sequence[str], *, columns: int = 120, rows: int = 36, **environment: str) -> Iterator[Terminal]:
    """Starts a command in a terminal of that size, and ends it."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    known = {**os.environ, "TERM": "xterm-256color", **environment}
    started = perf_counter()
    process = subprocess.Popen(command, stdin=its, stdout=its, stderr=its, env=known, start_new_session=True)
    os.close(its)
    try:
        yield Terminal(process, ours, started)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours)
