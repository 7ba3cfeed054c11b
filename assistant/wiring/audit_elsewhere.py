"""An audit in a process of its own, for a server: it takes minutes of pure computing, which must not slow requests.

`python -m assistant.wiring.audit_elsewhere SETTINGS` gives way to every other process and tells how far it is in lines
of JSON, the last of which is the whole audit. It ends when nobody reads them any more.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from pydantic import BaseModel, ValidationError

from assistant import audit_store
from assistant.audit_models import Audit
from assistant.settings import Settings

_NICE = 19


class Progress(BaseModel):
    """A line of the process."""

    looked: int = 0
    """Passages whose sentences were looked at,"""
    total: int = 0
    """of so many."""
    compared: int = 0
    """Pairs of sentences that were compared,"""
    to_compare: int = 0
    """of so many."""
    audit: Audit | None = None
    """At the end,"""
    error: str | None = None
    """or why there is none."""


def start(settings: Settings) -> subprocess.Popen[str]:
    """The process; its standard output has a `Progress` a line, its standard error what went wrong."""
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", "assistant.wiring.audit_elsewhere", settings.model_dump_json()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path},
    )


def told(process: subprocess.Popen[str]) -> Iterator[Progress]:
    """What the process tells, as it does; ends with the process."""
    for line in process.stdout or ():
        try:
            yield Progress.model_validate_json(line)
        except ValidationError:
            yield Progress(error=f"it told {line[:200]!r}, which is no progress")


def dismissed(settings: Settings) -> frozenset[str]:
    """Ids of conflicts that somebody dismissed. Raises WorkspaceError."""
    if not (settings.workspace / audit_store.FILE).is_file():
        return frozenset()
    with audit_store.opened(settings.workspace, "") as store:
        return frozenset(store.dismissed())


class _Telling:
    """Writes a line a time; a reader that is gone ends the process by a broken pipe."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._so_far = Progress()

    def looked(self, done: int, total: int) -> None:
        self._so_far = self._so_far.model_copy(update={"looked": done, "total": total})
        if done % _EVERY == 0 or done == total:
            self.tell()

    def compared(self, done: int, total: int) -> None:
        self._so_far = self._so_far.model_copy(update={"compared": done, "to_compare": total})
        self.tell()

    def tell(self, *, audit: Audit | None = None, error: str | None = None) -> None:
        self._out.write(self._so_far.model_copy(update={"audit": audit, "error": error}).model_dump_json() + "\n")
        self._out.flush()


_EVERY = 20
"""Passages between two lines."""


def main(settings: str) -> None:
    from assistant.wiring.auditing import audit

    with suppress(AttributeError, OSError):  # Windows has no such call
        os.nice(_NICE)
    telling = _Telling(sys.stdout)
    try:
        telling.tell(audit=audit(Settings.model_validate_json(settings), events=telling, kind=None, limit=None))
    except BrokenPipeError:
        os._exit(1)  # nobody is there to be told, and closing the pipe would only fail again
    except Exception as error:  # whoever started the process writes the log
        telling.tell(error=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main(sys.argv[1])
