"""Which files of an ingest have to be read, and reading them: hashes before and after, the reader apart in between.

Part of `planning`, and apart from comparing articles: here are files, there is what was in them. What is remembered of
a file belongs to bytes that stood still while they were read, or it is not remembered.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.models import Draft, Skipped
from corpus.reading import read_file, too_large
from corpus.reading_apart import Bounds, Read, ReaderApart
from index.models import FileRead
from index.store import Store

READER_VERSION = "2"
"""Raise it when readers yield another text for the same bytes: files are then read again."""

_CHANGING = "changes while it is read; bring it in again once nothing writes to it"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file: what was in it, or that it holds the same bytes as last time."""

    file: FileRead | None
    """What lets the next ingest pass it over; None where it has to be looked at again."""
    drafts: Sequence[Draft] | None
    """None where the file was passed over."""
    skipped: Sequence[Skipped]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesToRead:
    """The files of an order, and how they are read."""

    files: Sequence[Path]
    trusted: Set[Path]
    """Those that Crosscheck wrote itself: read in this process, which spares starting another."""
    fields: Mapping[str, str]
    bounds: Bounds
    anew: Set[str] = frozenset()
    """Those that are read although their bytes are those of last time."""


def read_files(store: Store, what: FilesToRead, *, reading: Callable[[int, int], None]) -> list[FileOutcome]:
    """The outcome of each file, in order. `reading` is told how many of how many are done.

    A file that changes while it is read is read once more; one that changes then too is skipped. Raises NoWorker.
    """
    with ReaderApart(fields=what.fields, bounds=what.bounds) as apart:
        run = _Run(store, what, apart, reading)
        changing = run.read(run.read(range(len(what.files))))
    for number in changing:
        run.skip(number, _CHANGING)
    return [run.outcomes[number] for number in range(len(what.files))]


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A file about to be read, by its place in the order, with the hash of its bytes."""

    number: int
    sha256: str


class _Run:
    """Outcomes while they come in."""

    def __init__(
        self, store: Store, what: FilesToRead, apart: ReaderApart, reading: Callable[[int, int], None]
    ) -> None:
        self.outcomes: dict[int, FileOutcome] = {}
        self._store = store
        self._what = what
        self._apart = apart
        self._reading = reading
        self._how = _how(what.fields)
        self._how_ended = _how(what.fields, what.bounds)
        reading(0, len(what.files))

    def read(self, numbers: Sequence[int]) -> list[int]:
        """Finds the outcomes of these files, but for those that changed meanwhile, which are returned."""
        changed: list[int] = []
        sent: deque[_Sealed] = deque()
        for read in self._apart.read(self._to_read(numbers, sent)):
            self._take(sent.popleft(), read, changed)
        return changed

    def skip(self, number: int, reason: str) -> None:
        """Not remembered: the file is looked at again next time."""
        skipped = Skipped(path=os.fsencode(self._what.files[number]).decode(errors="replace"), reason=reason)
        self._done(number, FileOutcome(None, (), [skipped]))

    def _to_read(self, numbers: Sequence[int], sent: deque[_Sealed]) -> Iterator[Path]:
        """The files that the worker has to read; the outcomes of others are known without it."""
        for number in numbers:
            path = self._what.files[number]
            try:
                sealed = _Sealed(number, seal(path))
            except Unsealed as error:
                self.skip(number, str(error))
                continue
            known = self._store.file(str(path))
            if (
                known is not None
                and str(path) not in self._what.anew
                and known.sha256 == sealed.sha256
                and known.how in (self._how, self._how_ended)
            ):
                self._done(number, FileOutcome(known, None, [Skipped(**row) for row in json.loads(known.skipped)]))
            elif path in self._what.trusted:
                self._keep(sealed, Read(tuple(read_file(path, fields=self._what.fields)), ended=False))
            else:
                sent.append(sealed)
                yield path

    def _take(self, sealed: _Sealed, read: Read, changed: list[int]) -> None:
        try:
            same = seal(self._what.files[sealed.number]) == sealed.sha256
        except Unsealed:
            same = False
        if same:
            self._keep(sealed, read)
        else:
            changed.append(sealed.number)

    def _keep(self, sealed: _Sealed, read: Read) -> None:
        skipped = [item for item in read.found if isinstance(item, Skipped)]
        drafts = [item for item in read.found if isinstance(item, Draft)]
        how = self._how_ended if read.ended else self._how
        told = json.dumps([asdict(item) for item in skipped])
        file = FileRead(str(self._what.files[sealed.number]), sealed.sha256, how, told)
        self._done(sealed.number, FileOutcome(file, drafts, skipped))

    def _done(self, number: int, outcome: FileOutcome) -> None:
        self.outcomes[number] = outcome
        self._reading(len(self.outcomes), len(self._what.files))


def _how(fields: Mapping[str, str], bounds: Bounds | None = None) -> str:
    """Hash of what beside its bytes decides what a file holds; the bounds decide only where they ended the reading."""
    parts: list[object] = [READER_VERSION, sorted(fields.items())]
    if bounds is not None:
        parts.append(asdict(bounds))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Unsealed(Exception):
    """A file's bytes cannot be had; the message completes "the file ..."."""


def seal(path: Path) -> str:
    """SHA-256 of a file's bytes. Raises `Unsealed`, at once for a pipe or for more bytes than are ever read."""
    try:
        str(path).encode()
        # Not waiting for somebody to write into it, should it be a pipe by now.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb", buffering=0) as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise Unsealed("is not a regular file")
            if reason := too_large(path, status.st_size):
                raise Unsealed(reason)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except UnicodeEncodeError as error:
        raise Unsealed("has a name that is not valid UTF-8; rename it") from error
    except OSError as error:
        raise Unsealed(f"cannot be read ({error.strerror or error})") from error
