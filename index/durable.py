"""Files and folders that appear under their name only when they are complete and on the disk.

They are made under another name beside it, forced to the disk and renamed. One process writes at a time (the
workspace's lock sees to that), so the other name may be the same every time and what a killed process left
under it is removed by the next.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Gives a free path beside `path` to make a file or a folder at; moves that to `path` at the end.

    What stood at `path` is replaced. Where the block raises, `path` stays as it was. Raises OSError.
    """
    building = path.with_name(f"{path.name}.building")
    _bring_back(path)
    remove(building)
    try:
        yield building
        force_to_disk(building)
        _move(building, path)
    finally:
        with suppress(OSError):  # the next one removes what cannot be removed now
            remove(building)
    _sync(path.parent)


def force_to_disk(path: Path) -> None:
    """A file, or a folder and all that is in it. Raises OSError."""
    for inner in path.rglob("*"):
        _sync(inner)
    _sync(path)


def remove(path: Path) -> None:
    """A file or a folder, or nothing."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.replaced")


def _bring_back(path: Path) -> None:
    """Where a process was killed between the two steps of `_move`, what stood there before is the only one there is."""
    if _aside(path).exists() and not path.exists():
        os.replace(_aside(path), path)


def _move(building: Path, path: Path) -> None:
    """A folder cannot be renamed onto a full one, nor onto a file, so what is there steps aside first."""
    remove(_aside(path))
    if path.exists() and (path.is_dir() or building.is_dir()):
        os.replace(path, _aside(path))
    os.replace(building, path)
    remove(_aside(path))


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows neither opens nor needs to sync a folder
    # Windows syncs only what is open for writing, and POSIX opens no folder for it.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
