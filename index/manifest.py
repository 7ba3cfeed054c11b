"""What belongs to a derived folder, with checksums, and whether it is still what was written.

A file whose size and time of change are those noted after it was written has been written to by no program since, and
is taken as it is: a question must not read a gigabyte to answer. Any other is held against its checksums, and so is
everything when somebody asks for it (`crosscheck doctor`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from zlib import crc32

from index.durable import replacing
from index.errors import DamagedIndex

FORM = 1
"""Raise it when derived files are made otherwise: earlier ones are then made anew."""

NAME = "manifest.json"
_SEALS = "seals.json"
_BLOCK = 1 << 20
_SMALL = 8_000_000
"""Bytes of a folder that is verified whole at every opening: it takes 5 ms at most."""


@dataclass(frozen=True, slots=True)
class Content:
    """What of a file belongs to the generation, and CRC-32 of each of its blocks of 1 MiB."""

    used: int
    """Bytes; a later generation may have written more behind them."""
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A complete derived folder."""

    rows: int
    dimension: int
    trained: int
    """Rows that the cells were made from; 0 where there are none."""
    files: Mapping[str, Content]
    """By path inside the folder."""


def content(path: Path, used: int | None = None, *, known: Content | None = None) -> Content:
    """Checksums of a file, or of its first `used` bytes; blocks that `known` holds whole are not read again."""
    end = path.stat().st_size if used is None else used
    whole = min(known.used, end) // _BLOCK if known else 0
    blocks = list(known.blocks[:whole]) if known else []
    with path.open("rb") as file:
        file.seek(whole * _BLOCK)
        blocks += [crc32(file.read(min(_BLOCK, end - start))) for start in range(whole * _BLOCK, end, _BLOCK)]
    return Content(end, tuple(blocks))


def write(folder: Path, made: Manifest) -> None:
    """Notes what is in a folder that is complete but for this."""
    text = json.dumps({"form": FORM, **asdict(made)})
    (folder / NAME).write_text(json.dumps({"crc": crc32(text.encode()), "manifest": text}))
    _seal(folder, made)


def read(folder: Path) -> Manifest:
    """What should be in a folder. Raises DamagedIndex."""
    try:
        noted = json.loads((folder / NAME).read_text())
        text = noted["manifest"]
        if noted["crc"] != crc32(text.encode()):
            raise DamagedIndex(f"{folder.name}/{NAME} is damaged")
        found = json.loads(text)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndex(f"{folder.name}/{NAME} cannot be read ({error})") from error
    if found["form"] != FORM:
        raise DamagedIndex(f"{folder.name} was made by another version")
    files = {name: Content(one["used"], tuple(one["blocks"])) for name, one in found["files"].items()}
    return Manifest(found["rows"], found["dimension"], found["trained"], files)


def verify(folder: Path, made: Manifest, *, all_of_it: bool = False) -> None:
    """Raises DamagedIndex where a file is not what was written: those that changed since, or all.

    Of a small folder all is read anyway.
    """
    small = sum(one.used for one in made.files.values()) <= _SMALL
    sealed = {} if all_of_it or small else _sealed(folder)
    changed = [
        name for name in made.files if _state(folder / name) is None or _state(folder / name) != sealed.get(name)
    ]
    for name in changed:
        _verify_one(folder, name, made.files[name])
    if changed and not (all_of_it or small):
        with suppress(OSError):  # a folder that may only be read is verified every time
            _seal(folder, made)


def distrust(folder: Path) -> None:
    """Everything in it is verified when it is opened next."""
    with suppress(OSError):
        (folder / _SEALS).unlink(missing_ok=True)


def _verify_one(folder: Path, name: str, expected: Content) -> None:
    path = folder / name
    try:
        if path.stat().st_size < expected.used:
            raise DamagedIndex(f"{name} is cut off")
        if content(path, expected.used) != expected:
            raise DamagedIndex(f"{name} is not what was written")
    except OSError as error:
        raise DamagedIndex(f"{name} cannot be read ({error.strerror})") from error


def _state(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _seal(folder: Path, made: Manifest) -> None:
    with replacing(folder / _SEALS) as building:
        building.write_text(json.dumps({name: _state(folder / name) for name in made.files}))


def _sealed(folder: Path) -> Mapping[str, object]:
    try:
        found = json.loads((folder / _SEALS).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
