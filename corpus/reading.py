"""Files and folders to drafts of articles: finds the files, picks the reader by the file's name, records failures.

The only way into `corpus.readers`. A reader, and the library behind it, is imported when its first file comes up.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from corpus import fields as draft_fields
from corpus.models import Draft, Skipped
from corpus.readers.raw import Limits, RawFile, Unreadable, oversized

__all__ = ["FORMATS", "LIMITS", "Limits", "PathMissing", "find_files", "read_file"]

Reader = Callable[[RawFile, Mapping[str, str]], Iterator[Draft | Skipped]]

LIMITS = Limits()

FORMATS: Mapping[str, str] = {
    ".atom": "feed",
    ".csv": "table",
    ".docx": "word",
    ".htm": "web_page",
    ".html": "web_page",
    ".json": "json_whole",
    ".jsonl": "json_lines",
    ".markdown": "markdown",
    ".md": "markdown",
    ".ndjson": "json_lines",
    ".pdf": "pdf",
    ".rss": "feed",
    ".tsv": "table",
    ".txt": "plain_text",
    ".xhtml": "web_page",
    ".xml": "feed",
}
"""Which module of `corpus.readers` reads which suffix; with `.gz` after it, too, but for `_NEVER_ZIPPED`."""

_NEVER_ZIPPED = (".docx", ".pdf")
_LISTED, _TOO_MANY = 1_000, 100_000
_HIDDEN = (".", "~$")  # Word keeps its locks in files that begin with ~$.


class PathMissing(FileNotFoundError):
    """A path that was asked for does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{str(path)!r} does not exist; give a file or a folder of articles")
        self.path = path


def find_files(paths: Sequence[Path]) -> list[Path]:
    """The files under `paths`, absolute, sorted, each once however it is named. Raises `PathMissing`.

    Hidden files and folders are left out unless named themselves. What cannot be opened is listed too, so that
    reading it says why.
    """
    return [Path(path) for path, _ in find_places(paths)]


def find_places(paths: Sequence[Path]) -> list[tuple[str, str]]:
    """As `find_files`, each with its real place, which has no links in it; strings, for the sake of many files."""
    found: dict[str, str] = {}
    for path, real in sorted({pair for given in paths for pair in _places_of(given)}, key=_by_parts):
        if real not in found or path == real:
            found[real] = path
    return sorted(((path, real) for real, path in found.items()), key=_by_parts)


def _by_parts(place: tuple[str, str]) -> list[str]:
    """Orders as paths are ordered: what a folder holds stands together."""
    return place[0].split(os.sep)


def read_file(
    path: Path,
    *,
    root: Path | None = None,
    fields: Mapping[str, str] = draft_fields.NO_MAPPING,
    limits: Limits = LIMITS,
) -> Iterator[Draft | Skipped]:
    """The articles in one file, and a record for each that cannot be read; bad content never raises.

    `fields` maps a field of `Draft` to the name it has in the file, beside the accepted names. Records name the
    file relative to `root` where it lies inside. Raises `UnknownField` at once if `fields` names no such field, and
    MemoryError where there is no more memory.
    """
    draft_fields.check(fields)
    return _read(Path(os.path.abspath(path)), root=root, mapping=fields, limits=limits)


def holds_rows(path: Path) -> bool:
    """Whether a file is read row by row, and may so be of any size."""
    return FORMATS.get(_format(path)[0]) in ("json_lines", "table")


def too_large(path: Path, size: int, *, limits: Limits = LIMITS) -> str | None:
    """Why a file of so many bytes is refused for its size alone, to complete "the file ..."; None where it is not."""
    if size <= limits.file_bytes:
        return None
    most = limits.rows_bytes if holds_rows(path) else limits.file_bytes
    return oversized(most) if size > most else None


def _read(path: Path, *, root: Path | None, mapping: Mapping[str, str], limits: Limits) -> Iterator[Draft | Skipped]:
    suffix, zipped = _format(path)
    file = RawFile(path=path, shown=_shown(str(path), root), zipped=zipped, limits=limits)
    try:
        yield from _few_refused(file, _reader(path, suffix)(file, mapping))
    except Unreadable as error:
        yield file.skipped(str(error), line=error.line)
    except MemoryError:  # nothing here can help it; a worker is ended by it
        raise
    except ImportError as error:
        yield file.skipped(f"needs a library that cannot be loaded ({error}); install Crosscheck again")
    except Exception as error:  # the libraries behind the readers meet hostile bytes; one file must not end the run
        yield file.skipped(f"could not be read ({type(error).__name__}: {str(error)[:200]}); please report this")


def _few_refused(file: RawFile, found: Iterator[Draft | Skipped]) -> Iterator[Draft | Skipped]:
    """All articles, but records only of the first rows that are refused: a file can hold millions of them.

    One that holds little else is given up.
    """
    read = refused = 0
    for item in found:
        read += isinstance(item, Draft)
        refused += isinstance(item, Skipped)
        if isinstance(item, Draft) or refused <= _LISTED:
            yield item
        if refused >= _TOO_MANY and refused > 10 * read:
            yield file.skipped(f"holds {refused:,} rows that cannot be read; from there on it is not read")
            return
    if refused > _LISTED:
        yield file.skipped(
            f"holds {refused - _LISTED:,} more that cannot be read; only the first {_LISTED:,} are listed"
        )


def _reader(path: Path, suffix: str) -> Reader:
    if suffix not in FORMATS:
        readable = ", ".join(FORMATS)
        raise Unreadable(f"is of a kind that is not read; readable are {readable}, and text formats with .gz")
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise Unreadable("has a name that is not valid UTF-8; rename it") from error
    reader: Reader = import_module(f"corpus.readers.{FORMATS[suffix]}").read
    return reader


def _format(path: Path) -> tuple[str, bool]:
    """The suffix that decides, without `.gz`, and whether there was one."""
    name = path.name.lower()
    inner = os.path.splitext(name.removesuffix(".gz"))[1]
    if name.endswith(".gz") and inner not in _NEVER_ZIPPED:
        return inner, True
    return os.path.splitext(name)[1], False


def _shown(path: str, root: Path | None) -> str:
    within = root is not None and Path(path).is_relative_to(os.path.abspath(root))
    name = os.path.relpath(path, root) if within else path
    return os.fsencode(name).decode(errors="replace")


def _places_of(given: Path) -> Iterator[tuple[str, str]]:
    path = os.path.abspath(given)
    if os.path.isdir(path):
        yield from _walk(path)
    elif os.path.lexists(path):
        yield path, os.path.realpath(path)
    else:
        raise PathMissing(given)


def _walk(folder: str) -> Iterator[tuple[str, str]]:
    """The files below, each folder once: those reached by links come last, so that files keep their real place."""
    entered: set[tuple[int, int]] = set()
    ahead, linked = [folder], deque[str]()
    while ahead or linked:
        here = ahead.pop() if ahead else linked.popleft()
        try:
            status = os.stat(here)
            identity = (status.st_dev, status.st_ino)
            if identity in entered:
                continue
            entered.add(identity)
            entries = _shown_entries(here)
        except OSError:
            yield here, here  # reading it says what is wrong
            continue
        real = os.path.realpath(here)
        for entry in entries:
            if _is_folder(entry):
                (linked if entry.is_symlink() else ahead).append(entry.path)
            elif _is_file(entry):
                yield entry.path, os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(real, entry.name)


def _shown_entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not entry.name.startswith(_HIDDEN)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    """A link to nothing is listed, so that its absence is told; a pipe or device is no file."""
    try:
        return entry.is_file() or not os.path.exists(entry.path)
    except OSError:  # a link to itself
        return True
