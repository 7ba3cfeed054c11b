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
from corpus.readers.raw import Limits, RawFile, Unreadable

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
    found: dict[str, Path] = {}
    for path in sorted({path for given in paths for path in _files_of(given)}):
        real = os.path.realpath(path)
        if real not in found or str(path) == real:
            found[real] = path
    return sorted(found.values())


def read_file(
    path: Path,
    *,
    root: Path | None = None,
    fields: Mapping[str, str] = draft_fields.NO_MAPPING,
    limits: Limits = LIMITS,
) -> Iterator[Draft | Skipped]:
    """The articles in one file, and a record for each that cannot be read; bad content never raises.

    `fields` maps a field of `Draft` to the name it has in the file, beside the accepted names. Records name the
    file relative to `root` where it lies inside. Raises `UnknownField` at once if `fields` names no such field.
    """
    draft_fields.check(fields)
    return _read(Path(os.path.abspath(path)), root=root, mapping=fields, limits=limits)


def _read(path: Path, *, root: Path | None, mapping: Mapping[str, str], limits: Limits) -> Iterator[Draft | Skipped]:
    suffix, zipped = _format(path)
    file = RawFile(path=path, shown=_shown(path, root), zipped=zipped, limits=limits)
    try:
        yield from _reader(path, suffix)(file, mapping)
    except Unreadable as error:
        yield file.skipped(str(error), line=error.line)
    except ImportError as error:
        yield file.skipped(f"needs a library that cannot be loaded ({error}); install Crosscheck again")
    except Exception as error:  # the libraries behind the readers meet hostile bytes; one file must not end the run
        yield file.skipped(f"could not be read ({type(error).__name__}: {str(error)[:200]}); please report this")


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
    inner = Path(name.removesuffix(".gz")).suffix
    if name.endswith(".gz") and inner not in _NEVER_ZIPPED:
        return inner, True
    return Path(name).suffix, False


def _shown(path: Path, root: Path | None) -> str:
    within = root is not None and path.is_relative_to(os.path.abspath(root))
    name = os.path.relpath(path, root) if within else str(path)
    return os.fsencode(name).decode(errors="replace")


def _files_of(given: Path) -> Iterator[Path]:
    path = Path(os.path.abspath(given))
    if path.is_dir():
        yield from _walk(path)
    elif os.path.lexists(path):
        yield path
    else:
        raise PathMissing(given)


def _walk(folder: Path) -> Iterator[Path]:
    """The files below, each folder once: those reached by links come last, so that files keep their real place."""
    closed: list[OSError] = []
    entered: set[tuple[int, int]] = set()
    ahead = deque([str(folder)])
    while ahead:
        for here, folders, names in os.walk(ahead.popleft(), onerror=closed.append):
            status = os.stat(here)
            identity = (status.st_dev, status.st_ino)
            folders[:] = [] if identity in entered else _shown_names(folders)
            yield from () if identity in entered else _regular_files(here, names)
            entered.add(identity)
            ahead.extend(path for name in folders if os.path.islink(path := os.path.join(here, name)))
    yield from (Path(error.filename) for error in closed if error.filename)


def _regular_files(folder: str, names: Sequence[str]) -> Iterator[Path]:
    """A link to nothing is listed, so that its absence is told; a pipe or device is no file."""
    for path in (Path(folder, name) for name in _shown_names(names)):
        if path.is_file() or not path.exists():
            yield path


def _shown_names(names: Sequence[str]) -> list[str]:
    return sorted(name for name in names if not name.startswith(_HIDDEN))
