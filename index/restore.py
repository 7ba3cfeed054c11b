"""A workspace made from an archive that `index.backup` wrote.

Nothing that an archive says is believed before it is verified, and no name in it decides where a file is put. What it
replaces is kept until the new one stands.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from index.backup import AUDIT_FILE, FORM, MANIFEST, BadBackup, Manifest, verified, verify_audit
from index.durable import force_to_disk, remove
from index.errors import WorkspaceError
from index.planning import POSTED
from index.schema import FORMAT
from index.workspace import STORE_FILE, locked

_POSTED_FILE = re.compile(rf"{POSTED}/[0-9a-f]{{32}}\.json")
_LARGEST_MANIFEST = 1 << 28
_CHUNK = 1 << 20
_LOGS = (f"{STORE_FILE}-wal", f"{STORE_FILE}-shm")
_OWN = (STORE_FILE, *_LOGS, AUDIT_FILE, f"{AUDIT_FILE}-journal", POSTED, "derived")
"""What of a folder is the workspace; anything else in it is somebody else's."""


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def restore(file: Path, folder: Path, *, replace: bool = False) -> Manifest:
    """Makes a workspace from an archive, after everything in it was verified.

    A workspace that is there already is kept aside until the new one stands, with `replace`; other files in the folder
    stay where they are. Raises BadBackup for an archive that is damaged, foreign or from a later version, or for a
    folder that holds a workspace and not `replace`; WorkspaceBusy.
    """
    if not replace and (folder / STORE_FILE).exists():
        raise BadBackup(
            f"There is a workspace in {str(folder)!r} already. Restore into another folder with --workspace, or put "
            "the archive in its place with --replace."
        )
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder), _incoming(folder) as incoming:
            found = _unpack(file, incoming)
            force_to_disk(incoming)
            _put_in_place(folder, incoming)
    except OSError as error:
        raise BadBackup(f"{str(folder)!r} cannot be written to ({error.strerror}). Name another folder.") from error
    finally:
        if made and not (folder / STORE_FILE).exists():
            shutil.rmtree(folder, ignore_errors=True)
    return found


@contextmanager
def _incoming(folder: Path) -> Iterator[Path]:
    incoming = folder / "restore.building"
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.mkdir()
    try:
        yield incoming
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def _unpack(file: Path, into: Path) -> Manifest:
    """Raises BadBackup with what is wrong."""
    try:
        with tarfile.open(file, "r:") as tar:
            entries = iter(tar)
            manifest = _read_manifest(tar, next(entries, None), file)
            _unpack_files(tar, entries, manifest, into=into, file=file)
    except (tarfile.TarError, EOFError) as error:
        raise _refused(file, f"is damaged or is no archive of a workspace ({error})") from error
    except FileNotFoundError as error:
        raise BadBackup(f"There is no file {str(file)!r}.") from error
    _check_databases(into, file)
    return manifest


def _read_manifest(tar: tarfile.TarFile, entry: tarfile.TarInfo | None, file: Path) -> Manifest:
    if entry is None or entry.name != MANIFEST or not entry.isreg() or entry.size > _LARGEST_MANIFEST:
        raise _refused(file, f"is no archive of a workspace: it does not begin with {MANIFEST}")
    content = tar.extractfile(entry)
    try:
        found = TypeAdapter(Manifest).validate_json(content.read() if content else b"")
    except ValidationError as error:
        raise _refused(file, f"has a damaged {MANIFEST}") from error
    if found.form > FORM or found.store_format > FORMAT:
        raise _refused(file, f"was made by a later version of Crosscheck ({found.version}); use that one")
    names = [packed.name for packed in found.files]
    if STORE_FILE not in names or len(set(names)) != len(names):
        raise _refused(file, "lists no store, or a file twice")
    if found.seal != found.sealed().seal or sum(packed.size for packed in found.files) > file.stat().st_size:
        raise _refused(file, f"has a damaged {MANIFEST}, or is not whole")
    return found


def _unpack_files(
    tar: tarfile.TarFile, entries: Iterable[tarfile.TarInfo], manifest: Manifest, *, into: Path, file: Path
) -> None:
    expected = {packed.name: packed for packed in manifest.files}
    for entry in entries:
        packed = expected.pop(entry.name, None)
        if packed is None or not _is_ours(entry.name):
            raise _refused(file, f"holds {entry.name!r}, which belongs to no workspace")
        if not entry.isreg() or entry.size != packed.size:
            raise _refused(file, f"holds {entry.name!r} as no file of {packed.size:,} bytes")
        content = tar.extractfile(entry)
        target = into / packed.name
        target.parent.mkdir(exist_ok=True)
        if content is None or _copied(content, target) != packed.sha256:
            raise _refused(file, f"is damaged: {entry.name!r} is not what was written")
    if expected:
        raise _refused(file, f"is not whole: {min(expected)!r} is missing")


def _is_ours(name: str) -> bool:
    return name in (STORE_FILE, AUDIT_FILE) or _POSTED_FILE.fullmatch(name) is not None


def _copied(content: _Readable, target: Path) -> str:
    """SHA-256 of what was written."""
    digest = hashlib.sha256()
    with target.open("xb") as out:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _check_databases(folder: Path, file: Path) -> None:
    """Files whose bytes are those of the manifest may still be no sound ones: somebody may have made both."""
    try:
        for name in filter(lambda name: (folder / name).exists(), (STORE_FILE, AUDIT_FILE)):
            with closing(sqlite3.connect(folder / name)) as connection:
                acting = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')"
                if (found := connection.execute(acting).fetchone()) is not None:
                    raise _refused(file, f"holds {name!r} with {found[0]!r} in it, which acts by itself")
        verified(folder / STORE_FILE)
        if (folder / AUDIT_FILE).exists():
            verify_audit(folder / AUDIT_FILE)
    except BadBackup:
        raise
    except (sqlite3.DatabaseError, WorkspaceError) as error:
        raise _refused(file, f"holds no sound store ({error})") from error
    with closing(sqlite3.connect(folder / STORE_FILE)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _refused(file: Path, what: str) -> BadBackup:
    return BadBackup(f"{str(file)!r} {what}. Nothing was changed.")


def _put_in_place(folder: Path, incoming: Path) -> None:
    """The old parts step aside, the new ones come in, the store last; only then the old ones go."""
    aside, done = folder / "restore.replaced", folder / "restore.done"
    _bring_back(folder, aside)
    shutil.rmtree(done, ignore_errors=True)
    aside.mkdir()
    try:
        for name in _OWN:
            if (folder / name).exists():
                (folder / name).replace(aside / name)
        for name in (POSTED, AUDIT_FILE, STORE_FILE):
            if (incoming / name).exists():
                (incoming / name).replace(folder / name)
    except OSError:
        _bring_back(folder, aside)
        raise
    aside.replace(done)
    shutil.rmtree(done, ignore_errors=True)


def _bring_back(folder: Path, aside: Path) -> None:
    """What an attempt put aside and did not come to replace. Where another store was begun since, it stays aside."""
    if not aside.is_dir():
        return
    if (folder / STORE_FILE).exists():
        names = (aside.with_name(f"{aside.name}-{n}") for n in itertools.count(1))
        aside.replace(next(name for name in names if not name.exists()))
        return
    for part in sorted(aside.iterdir(), key=lambda part: part.name == STORE_FILE):
        remove(folder / part.name)
        part.replace(folder / part.name)
    aside.rmdir()
