"""`crosscheck serve` as an operator starts it: a process of its own, with its log in a file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.assistant.http.serving import Got, request, send
from tests.conftest import ROOT

Found = TypeVar("Found")
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    process: subprocess.Popen[bytes]
    said: Path
    port: int

    def get(self, target: str) -> Got:
        return send(self.port, request(target, method="GET"))

    def ready(self) -> Got:
        """Waits until it is. Its answer then."""
        return until(lambda: got if (got := self.get("/readyz")).status == 200 else None)

    def log(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.said.read_text().splitlines() if line.startswith("{")]

    def ended(self) -> int:
        """Its exit code."""
        return self.process.wait(_PATIENCE)


@contextmanager
def served(workspace: Path, cache: Path, said: Path, *flags: str, **environment: str) -> Iterator[Served]:
    """On a free port. Killed at the end, where it still runs."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CROSSCHECK_")}
    command = [sys.executable, "-m", "assistant", "serve", "--workspace", str(workspace), "--port", "0", *flags]
    with said.open("wb") as stderr:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=said.parent,
            env={**clean, "PYTHONPATH": str(ROOT), "CROSSCHECK_CACHE": str(cache), **environment},
        )
    try:
        port = until(lambda: re.search(r"listens on http://\S+:(\d+)\.", said.read_text()))[1]
        yield Served(process, said, int(port))
    finally:
        process.kill()
        process.communicate()


def until(look: Callable[[], Found | None]) -> Found:
    """What `look` gives, as soon as it gives something."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.02)
    raise TimeoutError
