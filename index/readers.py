"""A workspace that many threads read at once: its connections and opened indexes, kept from one reading to the next.

A connection holds one snapshot, so each reader has one of its own; the indexes of a generation are shared by all. What
is kept belongs to the files that are there now: a workspace that was made anew under the same path is opened anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock

from index.workspace import STORE_FILE, Derived, Workspace, open_workspace

_KEPT = 16
"""Idle connections; each holds up to 2 MB of pages."""

Seal = tuple[int, int, int]
"""Device, inode and last change: which file it is that stands under a name."""


class Shelf:
    """The indexes that were read last. Mapping them anew would fault in every page at the next search (5 ms)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[Seal, Derived] | None = None

    def get(self, folder: Path, open_derived: Callable[[], Derived]) -> Derived:
        """What is open of that folder, or opened now. Raises what opening raises."""
        with self._lock:
            seal = _seal(folder)
            held = self._held
            if held is not None and held[0] == seal:
                return held[1]
            opened = open_derived()
            if seal is not None:
                self._held = (seal, opened)
            return opened


class Readers:
    """Connections to one workspace that nobody uses right now. Any number of threads may take one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shelf = Shelf()
        self._lock = Lock()
        self._idle: list[tuple[Seal | None, Workspace]] = []

    @contextmanager
    def taken(self) -> Iterator[Workspace]:
        """A workspace for one reader, for as long as the block runs. One in which something failed is not used again.

        Raises WorkspaceError.
        """
        with ExitStack() as stack:
            seal = self._seal()
            kept = self._pop(seal)
            workspace = stack.enter_context(kept or open_workspace(self._folder, shelf=self._shelf.get))
            yield workspace
            if self._keep(seal, workspace):
                stack.pop_all()

    def close(self) -> None:
        """Closes what is idle; whoever reads now goes on."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, workspace in idle:
            workspace.store.close()

    def _seal(self) -> Seal | None:
        found = _seal(self._folder / STORE_FILE)
        return None if found is None else (*found[:2], 0)  # its last change is no sign of another file

    def _pop(self, seal: Seal | None) -> Workspace | None:
        with self._lock:
            others = [workspace for kept, workspace in self._idle if kept != seal]
            self._idle = [(kept, workspace) for kept, workspace in self._idle if kept == seal]
            found = self._idle.pop()[1] if self._idle else None
        for workspace in others:
            workspace.store.close()
        return found

    def _keep(self, seal: Seal | None, workspace: Workspace) -> bool:
        with self._lock:
            room = seal is not None and len(self._idle) < _KEPT
            if room:
                self._idle.append((seal, workspace))
            return room


def _seal(path: Path) -> Seal | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns
