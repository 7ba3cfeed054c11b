"""Servers as processes, for the benchmarks: started, waited for, stopped; and how much memory they hold."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

_PATIENCE = 120.0
"""Seconds until a server has to be ready."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running one."""

    process: subprocess.Popen[bytes]
    port: int

    def megabytes(self) -> float:
        """Resident now (Linux)."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def private_megabytes(self) -> float:
        """Resident now, without what is mapped from files (Linux)."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1000

    def cpu_seconds(self) -> float:
        """Taken of the processor so far (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def crosscheck(workspace: Path, *options: str) -> Iterator[Server]:
    """`crosscheck serve`, ready to be asked."""
    serve = [sys.executable, "-m", "assistant", "serve", "--workspace", str(workspace), "--rate", "0"]
    with _running(serve, port_option="--port", options=options, ready="/readyz") as server:
        yield server


@contextmanager
def first_thing(index: Path, passages: Path) -> Iterator[Server]:
    """The app of `torch_app`, which has a constant route too."""
    app = [sys.executable, "-m", "tests.benchmarks.torch_app", str(index), str(passages)]
    with _running(app, port_option=None, options=(), ready="/constant") as server:
        yield server


@contextmanager
def _running(
    command: Sequence[str], *, port_option: str | None, options: Sequence[str], ready: str
) -> Iterator[Server]:
    port = free_port()
    listening = [port_option, str(port)] if port_option else [str(port)]
    process = subprocess.Popen([*command, *listening, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}{ready}", process)
        yield Server(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def get(port: int, path: str) -> dict[str, object]:
    """A JSON object."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as found:
        loaded: dict[str, object] = json.load(found)
        return loaded


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with exit code {process.returncode}. Start it by hand to see why.")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The server was not ready after {_PATIENCE:.0f} seconds.")
