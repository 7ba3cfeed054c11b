"""The store's file as a whole: made, brought up to date from an earlier format, or refused in a sentence.

Apart from `index.store`, which reads and writes rows of the present format alone.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index import checksums
from index.durable import replacing
from index.errors import DamagedWorkspace, UnreadableWorkspace, WorkspaceError
from index.schema import FORMAT, ORIGIN_TABLES, TABLES


def create(path: Path) -> None:
    """Makes an empty store at `path`, whole or not at all: a process killed meanwhile leaves no half-made file."""
    with replacing(path) as building:
        connection = sqlite3.connect(building, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        tables = f"{TABLES};{ORIGIN_TABLES}"
        connection.executescript(f"BEGIN;{tables};INSERT INTO meta VALUES ('format', '{FORMAT}');COMMIT;")
        connection.close()


def opened(path: Path) -> sqlite3.Connection:
    """A connection to the store's file; one of an earlier format is brought up to date in place.

    Raises DamagedWorkspace for a file that is no SQLite database, UnreadableWorkspace for one of another format
    or one that may not be opened.
    """
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=30.0,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise explained(path, error) from error
    bring_up_to_date(connection, path)
    return connection


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Adds what a file of an earlier format lacks, in one transaction.

    Raises UnreadableWorkspace for a later format, DamagedWorkspace for a file that has none.
    """
    try:
        found = _format(connection)
        if found in _STEPS:
            _step_up(connection)
            found = _format(connection)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise explained(path, error) from error
    if found != str(FORMAT):
        raise UnreadableWorkspace(
            f"{str(path)!r} has format {found}; this version of Crosscheck reads format {FORMAT}. "
            "Ingest the articles into a new workspace."
        )


def _format(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    return "none" if row is None else str(row[0])


def _step_up(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        while (found := _format(connection)) in _STEPS:  # another process may have been faster
            _STEPS[found](connection)
            connection.execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(int(found) + 1),))
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _add_origins(connection: sqlite3.Connection) -> None:
    """What is in these tables, the next ingest finds out."""
    _run(connection, ORIGIN_TABLES.replace("    checksum       INTEGER NOT NULL,\n", ""))


def _add_checksums(connection: sqlite3.Connection) -> None:
    """From what stands there: an earlier format has nothing to hold it against."""
    connection.create_function("row_sum", -1, checksums.of_row, deterministic=True)
    connection.create_function("revision_sum", 7, _revision_sum, deterministic=True)
    connection.create_function("reseal", 2, checksums.reseal, deterministic=True)
    _run(connection, _FORMAT_3)


def _add_checksums_of_names(connection: sqlite3.Connection) -> None:
    connection.create_function("row_sum", -1, checksums.of_row, deterministic=True)
    _run(connection, _FORMAT_4)


def _revision_sum(
    article: int, revision: int, born: int, died: int | None, record: str, sha256: str, sentences: bytes
) -> int:
    return checksums.of_revision(article, revision, born, died, record=record, sha256=sha256, sentences=sentences)


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Statement by statement: `executescript` would commit."""
    for statement in script.split(";"):
        connection.execute(statement)


_FORMAT_3 = """
ALTER TABLE revisions ADD COLUMN seen TEXT;
ALTER TABLE revisions ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE passages ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
UPDATE revisions SET checksum = revision_sum(article, revision, born, died, record, sha256, sentences);
UPDATE passages SET checksum = row_sum(article, revision, "start", "end", vector);
UPDATE links SET checksum = row_sum(article, revision, other, other_revision, kind, outlet, share);
UPDATE vectors SET vector = reseal(key, vector);
CREATE INDEX revisions_by_birth ON revisions (born);
CREATE INDEX revisions_by_death ON revisions (died) WHERE died IS NOT NULL;
CREATE INDEX revisions_by_publisher ON revisions (publisher);
DROP INDEX traces_by_publisher;
CREATE INDEX traces_by_publisher ON traces (publisher, day) WHERE publisher IS NOT NULL;
CREATE INDEX IF NOT EXISTS traces_by_day ON traces (article, revision, day);
"""

_FORMAT_4 = """
ALTER TABLE articles ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
UPDATE articles SET checksum = row_sum(number, id, source, source_key);
DROP INDEX revisions_by_publisher;
CREATE INDEX revisions_by_publisher ON revisions (publisher, article, revision, born, died);
CREATE INDEX IF NOT EXISTS revisions_living ON revisions (article, record, died) WHERE died IS NULL;
"""

_STEPS = {"1": _add_origins, "2": _add_checksums, "3": _add_checksums_of_names}
"""What brings a file of that format to the next one."""


_SIGNS_OF_DAMAGE = ("no such table", "no such column", "Could not decode", "malformed")


def explained(path: Path, error: sqlite3.DatabaseError | UnicodeDecodeError) -> WorkspaceError:
    """What SQLite refused, or could not read as text, as a sentence that says what to do."""
    if isinstance(error, sqlite3.OperationalError) and not any(sign in str(error) for sign in _SIGNS_OF_DAMAGE):
        return UnreadableWorkspace(
            f"{str(path)!r} cannot be used ({error}). "
            "Check that there is room on the disk, and that you may write to the folder."
        )
    return DamagedWorkspace(
        f"{str(path)!r} is damaged or is no Crosscheck workspace ({error}). "
        "Save what can be saved with: crosscheck doctor --repair"
    )
