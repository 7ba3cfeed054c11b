"""Keeping a workspace in line with files and folders for as long as somebody lets it run.

Whenever something changes under the paths, everything under them is ingested as `crosscheck ingest` does it: a file
whose bytes are those of last time is passed over, so the result is that of one ingest, whichever changes were noticed.
Only this module knows watchfiles. What happens is told to whoever watches, as values.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from assistant.settings import Settings
from assistant.wiring.export import Notice, silent
from assistant.wiring.ingesting import ingest
from corpus.models import Skipped
from corpus.reading import PathMissing
from index.errors import WorkspaceBusy
from index.models import Summary
from index.newest import titles_since
from index.workspace import STORE_FILE, open_workspace

if TYPE_CHECKING:
    from watchfiles import Change

    from index.sync import Events

_SETTLING = 1600
"""Milliseconds that changes are gathered for at most, so that a folder being copied is read once or twice."""
_QUIET = 200
"""Milliseconds without a further change after which they are taken as done."""
_TICK = 500
"""Milliseconds between two looks at whether the paths are still there."""
_PATIENCE = 1.0
"""Seconds between two tries where another command is writing."""
_NAMED = 3
"""Titles that are told of one change."""

Seal: TypeAlias = tuple[int, int, int] | None
"""Which version of a file or folder stands under a path; None where there is none."""


@dataclass(frozen=True, slots=True)
class Brought:
    """The workspace is in line with the files again."""

    summary: Summary
    titles: Sequence[str]
    """Of some of the articles that were added or revised."""
    first: bool
    """Whether this is what it found when it began."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something cannot be read; told once for each version of its file."""

    skipped: Skipped


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another command is writing to the workspace; it tries again until that is done."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A path that is watched is no longer there. What was read from it stays until it is back."""

    path: Path


@dataclass(frozen=True, slots=True)
class Back:
    """A path that was gone is there again."""

    path: Path


@dataclass(frozen=True, slots=True)
class Polling:
    """The system gives no notice of changes, so the files are looked at again and again."""

    why: str


News: TypeAlias = Brought | Unread | Waiting | Gone | Back | Polling


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be kept in line, and how."""

    paths: Sequence[Path]
    fields: Mapping[str, str] = field(default_factory=dict)
    prune: bool = True
    """Remove articles that the paths no longer hold."""
    polling: bool = False
    """Look at the files again and again, for file systems that give no notice of changes."""


class _Unheard:
    """Nobody watches the ingest of a few files."""

    def reading(self, done: int, total: int) -> None: ...

    def planned(self, articles: int) -> None: ...

    def encoding(self, articles: int, done: int, total: int) -> None: ...

    def written(self, articles: int, passages: int) -> None: ...


def watch(
    settings: Settings,
    order: Order,
    *,
    tell: Callable[[News], None],
    progress: Callable[[], AbstractContextManager[Events]],
    notice: Notice = silent,
) -> None:
    """Ingests, then goes on whenever something changes; ends only by an exception, such as KeyboardInterrupt.

    `progress` is shown of the first ingest. Raises PathMissing or UnknownField at once, then WorkspaceError (but for a
    busy workspace) or ModelError.
    """
    for path in order.paths:
        if not path.exists():
            raise PathMissing(path)
    keeper = _Keeper(settings, order, tell, notice)
    looks = _changes(order, settings.workspace, tell)
    with progress() as events:
        keeper.bring_in_line(next(looks), events=events)
    for there in looks:
        keeper.bring_in_line(there, events=_Unheard())


class _Keeper:
    """Ingests, and remembers what it has told of already."""

    def __init__(self, settings: Settings, order: Order, tell: Callable[[News], None], notice: Notice) -> None:
        self._settings = settings
        self._order = order
        self._tell = tell
        self._notice = notice
        self._first = True
        self._told: dict[tuple[str, int | None, str], Seal] = {}

    def bring_in_line(self, paths: Sequence[Path], *, events: Events) -> None:
        """All of `paths`, which are there; one that vanishes meanwhile is left to the next look."""
        before = _generation(self._settings.workspace)
        try:
            summary = self._ingest(paths, events)
        except PathMissing:
            return
        for item in summary.skipped:
            self._tell_once(item)
        if self._first or summary.added or summary.revised or summary.removed:
            titles = _titles(self._settings.workspace, before) if summary.added or summary.revised else ()
            self._tell(Brought(summary, titles, self._first))
        self._first = False

    def _ingest(self, paths: Sequence[Path], events: Events) -> Summary:
        """Waits for whoever else is writing."""
        order, told = self._order, False
        while True:
            try:
                return ingest(
                    self._settings, paths, fields=order.fields, prune=order.prune, events=events, notice=self._notice
                )
            except WorkspaceBusy:
                if not told:
                    self._tell(Waiting())
                told = True
                time.sleep(_PATIENCE)

    def _tell_once(self, item: Skipped) -> None:
        key, seal = (item.path, item.line, item.reason), _seal(Path(item.path))
        if key not in self._told or self._told[key] != seal:
            self._tell(Unread(item))
        self._told[key] = seal


def _changes(order: Order, workspace: Path, tell: Callable[[News], None]) -> Iterator[list[Path]]:
    """The paths that are there: at once, and whenever something under them may have changed."""
    polling, missing = order.polling, set[Path]()
    devices = {path: seal[0] if (seal := _seal(path)) else 0 for path in order.paths}
    while True:
        there = [path for path in order.paths if _is_there(path, devices[path])]
        for path in order.paths:
            if path not in there and path not in missing:
                tell(Gone(path))
            elif path in there and path in missing:
                tell(Back(path))
        missing = {path for path in order.paths if path not in there}
        try:
            yield from _changes_while_there(there, order.paths, workspace, polling=polling)
        except FileNotFoundError:
            continue
        except OSError as error:
            if not polling:
                tell(Polling(str(error)))
            polling = True


def _is_there(path: Path, device: int) -> bool:
    """Not where a disk was taken away: what is left of it is an empty folder of another one."""
    seal = _seal(path)
    if seal is None:
        return False
    return seal[0] == device or not path.is_dir() or any(path.iterdir())


def _changes_while_there(
    there: Sequence[Path], paths: Sequence[Path], workspace: Path, *, polling: bool
) -> Iterator[list[Path]]:
    """Ends when one of the paths has gone, come back or become another file: then it has to be watched anew.

    The first look comes once the watch stands, so that nothing falls between the two.
    """
    seals = [_place(path) for path in paths]
    first = True
    for changes in _ticks(there, workspace, polling=polling):
        if [_place(path) for path in paths] != seals:
            return
        if (first or changes) and there:
            yield list(there)
        first = False


def _ticks(there: Sequence[Path], workspace: Path, *, polling: bool) -> Iterator[bool]:
    """Whether something has changed, every half second or as soon as it has."""
    import watchfiles

    if not there:
        while True:
            time.sleep(_TICK / 1000)
            yield False
    own = os.path.realpath(workspace)
    noticed = watchfiles.watch(
        *there,
        watch_filter=lambda change, path: _counts(change, path, there, own),
        debounce=_SETTLING,
        step=_QUIET,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        force_polling=polling or None,
        poll_delay_ms=_TICK,
        ignore_permission_denied=True,
    )
    for changes in noticed:
        yield bool(changes)


def _counts(change: Change, path: str, there: Sequence[Path], own: str) -> bool:
    """Not what the workspace itself writes, and not what is hidden below the paths: neither is ever read."""
    if Path(os.path.realpath(path)).is_relative_to(own):
        return False
    below = next(
        (Path(path).relative_to(root) for root in map(Path.absolute, there) if Path(path).is_relative_to(root)), None
    )
    return below is None or not any(part.startswith((".", "~$")) for part in below.parts)


def _place(path: Path) -> Seal:
    """Which file or folder stands under a path, whatever is in it."""
    seal = _seal(path)
    return None if seal is None else (seal[0], seal[1], 0)


def _seal(path: Path) -> Seal:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


def _generation(workspace: Path) -> int:
    """0 where nothing was ever written."""
    if not (workspace / STORE_FILE).is_file():
        return 0
    with open_workspace(workspace) as opened:
        return opened.store.generation


def _titles(workspace: Path, before: int) -> Sequence[str]:
    with open_workspace(workspace) as opened, opened.viewing() as view:
        return titles_since(view, before, most=_NAMED)
