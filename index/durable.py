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
    _remove(building)
    try:
        yield building
        _force_to_disk(building)
        _move(building, path)
    finally:
        with suppress(OSError):  # the next one removes what cannot be removed now
            _remove(building)
    _sync(path.parent)


def _move(building: Path, path: Path) -> None:
    """A folder cannot be renamed onto a full one, so that one steps aside first."""
    aside = path.with_name(f"{path.name}.replaced")
    _remove(aside)
    if path.is_dir():
        os.replace(path, aside)
    os.replace(building, path)
    _remove(aside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _force_to_disk(path: Path) -> None:
    for inner in path.rglob("*"):
        _sync(inner)
    _sync(path)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows neither opens nor needs to sync a folder
    # Windows syncs only what is open for writing, and POSIX opens no folder for it.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
