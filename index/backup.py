"""A workspace as one file that can be kept elsewhere, and put back.

It is a tar archive, uncompressed: vectors do not compress, and texts little compared with the time it takes.

    manifest.json       what is in it: each file's size and SHA-256, the form, the versions, when it was made
    crosscheck.sqlite   the store, as it stood at one moment, whatever was written meanwhile
    audit.sqlite        outcomes and dismissals of audits, where there are any
    posted/*.json       articles that were handed in one by one, where there are any

The indexes are not in it: they follow from the store. See `restore` for the way back.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from index import store
from index.checks import of_store
from index.durable import replacing
from index.errors import DamagedWorkspace, WorkspaceError
from index.planning import POSTED
from index.schema import FORMAT
from index.workspace import STORE_FILE, open_workspace

FORM = 1
"""Goes up where an archive is made otherwise."""
MANIFEST = "manifest.json"
AUDIT_FILE = "audit.sqlite"


class BadBackup(WorkspaceError):
    """An archive that is damaged or none of this project's, or a place where none can be put."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in an archive."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive holds."""

    form: int
    version: str
    """Of Crosscheck, when it was made."""
    store_format: int
    made: str
    """UTC, ISO 8601."""
    generation: int
    articles: int
    files: tuple[Packed, ...]
    seal: str = ""
    """SHA-256 over all of this."""

    def sealed(self) -> Manifest:
        """With the seal that belongs to it."""
        bare = replace(self, seal="")
        return replace(self, seal=hashlib.sha256(json.dumps(asdict(bare), sort_keys=True).encode()).hexdigest())


def backup(folder: Path, file: Path, *, force: bool = False) -> Manifest:
    """Writes a workspace to `file`, whole or not at all. May run while others read and write.

    What an ingest has committed by then is in it. Raises BadBackup where there is a file already and not `force`, or
    where it cannot be written; NoWorkspace, UnreadableWorkspace, or DamagedWorkspace for a store that does not verify.
    """
    if file.exists() and not force:
        raise BadBackup(f"{str(file)!r} is there already. Choose another name, or write over it with --force.")
    if file.is_dir():
        raise BadBackup(f"{str(file)!r} is a folder. Name a file to write.")
    if file.absolute().resolve().is_relative_to(folder.absolute().resolve()):
        raise BadBackup(f"{str(file)!r} is inside the workspace. Keep its backup elsewhere.")
    try:
        with _parts(file) as parts, replacing(file) as building:
            generation, articles = _copy(folder, parts)
            names = sorted(path.relative_to(parts).as_posix() for path in parts.rglob("*") if path.is_file())
            made = Manifest(
                form=FORM,
                version=version("crosscheck"),
                store_format=FORMAT,
                made=datetime.now(UTC).isoformat(timespec="seconds"),
                generation=generation,
                articles=articles,
                files=tuple(_packed(parts, name) for name in names),
            ).sealed()
            (parts / MANIFEST).write_text(json.dumps(asdict(made), indent=1), encoding="utf-8", newline="\n")
            _pack(parts, [MANIFEST, *names], building)
    except OSError as error:
        raise BadBackup(f"{str(file)!r} cannot be written ({error.strerror}). Name another file.") from error
    return made


@contextmanager
def _parts(file: Path) -> Iterator[Path]:
    """A folder beside the archive, since the store may be larger than what there is room for anywhere else."""
    folder = file.with_name(f"{file.name}.parts")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(folder: Path, parts: Path) -> tuple[int, int]:
    """Generation and number of articles of what was copied. Posted articles come last: none is missing then."""
    with open_workspace(folder) as workspace:
        _copy_database(workspace.store.connection, parts / STORE_FILE)
    known = verified(parts / STORE_FILE)
    if (folder / AUDIT_FILE).is_file():
        with closing(sqlite3.connect(f"{(folder / AUDIT_FILE).absolute().as_uri()}?mode=ro", uri=True)) as audit:
            _copy_database(audit, parts / AUDIT_FILE)
        verify_audit(parts / AUDIT_FILE)
    for posted in sorted((folder / POSTED).glob("*.json")):
        (parts / POSTED).mkdir(exist_ok=True)
        shutil.copyfile(posted, parts / POSTED / posted.name)
    return known


def _copy_database(connection: sqlite3.Connection, copy: Path) -> None:
    """All pages in one step, of one moment: a writer goes on meanwhile, into the log."""
    with closing(sqlite3.connect(copy)) as into:
        try:
            connection.backup(into)
            into.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            raise BadBackup(f"{copy.name} cannot be copied ({error}). Is there room on the disk?") from error
        except sqlite3.DatabaseError as error:
            raise DamagedWorkspace(f"{copy.name} is damaged ({error}). {_MEND_FIRST}") from error


_MEND_FIRST = "Mend the workspace first, so that what is kept can be put back: crosscheck doctor --repair"


def verify_audit(file: Path) -> None:
    """Raises DamagedWorkspace."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise DamagedWorkspace(f"{file.name} is damaged ({found}). {_MEND_FIRST}")


def verified(file: Path) -> tuple[int, int]:
    """Generation and number of articles. Raises DamagedWorkspace where something in a store does not verify."""
    opened = store.connect(file)
    with closing(opened.connection) as connection:
        failed = [check.found for check in of_store(opened) if not check.passed]
        if failed:
            raise DamagedWorkspace(f"The store is damaged. {' '.join(failed)} {_MEND_FIRST}")
        (articles,) = connection.execute("SELECT count(*) FROM revisions WHERE died IS NULL").fetchone()
        generation = opened.generation
    return generation, articles


def _packed(parts: Path, name: str) -> Packed:
    path = parts / name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return Packed(name, path.stat().st_size, digest.hexdigest())


def _pack(parts: Path, names: Iterable[str], archive: Path) -> None:
    with tarfile.open(archive, "x", format=tarfile.PAX_FORMAT) as tar:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = (parts / name).stat().st_size, 0o600
            with (parts / name).open("rb") as file:
                tar.addfile(entry, file)
