"""A workspace on disk: the store, the derived indexes beside it, and the lock that lets one process write.

    crosscheck.sqlite        the truth
    derived/<generation>/    vectors, words and columns: made from the store, may be deleted
    lock                     held by the process that writes

A derived folder is complete or absent: it is built under another name and renamed. Only then does one
transaction make its generation the published one. So a killed process leaves either the earlier generation or
the later one, and whoever comes next finishes what is missing.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from index import checksums, deriving, manifest, store
from index.derived import Derived as Derived
from index.durable import replacing
from index.errors import (
    DamagedIndex,
    DamagedWorkspace,
    NothingPublished,
    NoWorkspace,
    UnreadableWorkspace,
    WorkspaceBusy,
)
from index.store import Store
from index.view import View

STORE_FILE = "crosscheck.sqlite"

Shelf = Callable[[Path, Callable[[], Derived]], Derived]
"""Where several readers share opened indexes: a derived folder, and what opens it if it is not open."""


class Workspace:
    """A folder and its open store. Made by `open_workspace`."""

    def __init__(self, folder: Path, opened: Store, *, shelf: Shelf | None = None) -> None:
        self.folder = folder
        self.store = opened
        self._shelf = shelf

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.store.close()
        if isinstance(error, (sqlite3.DatabaseError, UnicodeDecodeError)):
            raise store.explained(self.folder / STORE_FILE, error) from error

    def remove(self, article_ids: Sequence[str]) -> None:
        """Removes articles and publishes. Raises UnknownArticle before anything is changed."""
        with self.writing():
            view = View(self.store, self.store.generation)
            for article_id in article_ids:
                view.article(article_id)
            self.store.remove(article_ids)

    @contextmanager
    def writing(self, *, wait: float = 0.0) -> Iterator[None]:
        """Keeps other writers out; raises WorkspaceBusy where one is at work, after so many seconds. Publishes at the
        end.

        What an earlier writer committed before it died is published too.
        """
        with locked(self.folder, wait=wait):
            yield
            self._publish()

    @contextmanager
    def reading(self) -> Iterator[tuple[View, Derived]]:
        """One consistent generation: its rows and its indexes.

        Normally the published one. Where a writer died before it published, or derived files are gone or
        damaged, they are made anew first; while a writer is at work, the last complete generation is used.
        """
        self._finish_what_is_missing()
        for _ in range(_ATTEMPTS):
            with self._snapshot() as view:
                try:
                    derived = self._shared(view.generation)
                except DamagedIndex:
                    derived = None
                if derived is not None:
                    with self._distrusting(derived):
                        yield view, derived
                    return
            self._finish_what_is_missing(rebuild=True)
        raise WorkspaceBusy(self.folder)

    @contextmanager
    def _distrusting(self, derived: Derived) -> Iterator[None]:
        """Where an index turns out to be damaged while it is used, it is verified when it is opened next."""
        try:
            yield
        except DamagedIndex as error:
            manifest.distrust(self.derived_folder(derived.generation))
            raise UnreadableWorkspace(
                f"The search index is damaged ({error}). Ask again: it is made anew from the articles."
            ) from error

    @contextmanager
    def viewing(self) -> Iterator[View]:
        """Rows alone, of the generation that `reading` would give."""
        self._finish_what_is_missing()
        with self._snapshot() as view:
            yield view

    @contextmanager
    def _snapshot(self) -> Iterator[View]:
        with View(self.store, 0).reading() as snapshot:
            snapshot.generation = self.store.published
            yield snapshot

    def _finish_what_is_missing(self, *, rebuild: bool = False) -> None:
        """Publishes what a dead writer left; leaves a living one alone."""
        published, generation = self.store.published, self.store.generation
        if published > generation:
            raise DamagedWorkspace(
                f"The store is at change {generation:,}, but change {published:,} was published. {checksums.MEND}"
            )
        if not rebuild and published == generation:
            return
        try:
            with self.writing(wait=_PATIENCE if rebuild else 0.0):
                if rebuild and self.open_derived_or_none(self.store.published) is None:
                    self._remove_derived(keep=())
        except WorkspaceBusy:
            if self.store.published == 0:
                raise NothingPublished(self.folder) from None
            if rebuild:
                raise

    def _shared(self, generation: int) -> Derived:
        """Raises DamagedIndex."""
        if self._shelf is None:
            return self.open_derived(generation)
        return self._shelf(self.derived_folder(generation), lambda: self.open_derived(generation))

    def open_derived_or_none(self, generation: int) -> Derived | None:
        """As `open_derived`, None where it cannot be read."""
        try:
            return self.open_derived(generation)
        except DamagedIndex:
            return None

    def open_derived(self, generation: int) -> Derived:
        """Raises DamagedIndex where the indexes of that generation are absent or cannot be read."""
        return Derived.open(self.derived_folder(generation), generation)

    def verify_derived(self, generation: int) -> None:
        """Reads every byte of the derived files. Raises DamagedIndex where one is not what was written."""
        folder = self.derived_folder(generation)
        manifest.verify(folder, manifest.read(folder), all_of_it=True)

    def derived_folder(self, generation: int) -> Path:
        return self.folder / "derived" / str(generation)

    def _publish(self) -> None:
        generation = self.store.generation
        if not self.derived_folder(generation).exists():
            self._build_derived(generation)
        before = self.store.published
        if before != generation:
            self.store.publish(generation)
        # A reader may be opening the earlier ones right now.
        self._remove_derived(keep=(generation, before))

    def _build_derived(self, generation: int) -> None:
        """From those of the published generation where little has changed since, otherwise anew."""
        folder = self.derived_folder(generation)
        folder.parent.mkdir(exist_ok=True)
        published = self.store.published
        before = self.open_derived_or_none(published) if published else None
        with View(self.store, generation).reading() as view, replacing(folder) as building:
            building.mkdir()
            articles = None if before is None else deriving.few_changed(view, before)
            if before is None or articles is None:
                deriving.make(view, building)
            else:
                deriving.extended(view, before, self.derived_folder(published), building, articles=articles)

    def _remove_derived(self, *, keep: Sequence[int]) -> None:
        derived = self.folder / "derived"
        for folder in derived.iterdir() if derived.exists() else ():
            if folder.name not in map(str, keep):
                shutil.rmtree(folder, ignore_errors=True)


_PATIENCE = 60.0
"""Seconds that a reader without any index waits for whoever makes it."""

_ATTEMPTS = 5
"""A reader may lose the race against two publications in a row; five are not believable."""


@contextmanager
def locked(folder: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Keeps other writers out of a folder. Raises WorkspaceBusy after so many seconds, or UnreadableWorkspace."""
    from filelock import FileLock, Timeout  # takes 30 ms, and who only reads needs no lock

    try:
        lock = FileLock(folder / "lock").acquire(timeout=wait)
    except Timeout as error:
        raise WorkspaceBusy(folder) from error
    except OSError as error:
        raise _unusable(folder, error) from error
    with lock:
        yield


def open_workspace(folder: Path, *, create: bool = False, shelf: Shelf | None = None) -> Workspace:
    """Opens a workspace; with `create`, makes folder and store where they are missing.

    Indexes that a `shelf` holds are not opened again; see `readers`.

    Raises NoWorkspace, UnreadableWorkspace or DamagedWorkspace.
    """
    file = folder / STORE_FILE
    try:
        if create and not file.is_file():
            _make(folder, file)
        if not file.is_file():
            raise NoWorkspace(folder)
    except OSError as error:
        raise _unusable(folder, error) from error
    return Workspace(folder, store.connect(file), shelf=shelf)


def _make(folder: Path, file: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        if not file.is_file():
            # What belonged to an earlier store must not be taken for this one's: its generations begin at 1 again.
            shutil.rmtree(folder / "derived", ignore_errors=True)
            for left in folder.glob(f"{STORE_FILE}-*"):
                left.unlink()
            store.create(file)


def _unusable(folder: Path, error: OSError) -> UnreadableWorkspace:
    return UnreadableWorkspace(
        f"The workspace folder {str(folder)!r} cannot be used ({error.strerror}). Choose another with --workspace."
    )
