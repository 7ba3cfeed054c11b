"""The store's file as a whole: made, brought up to date from an earlier format, or refused in a sentence.

Apart from `index.store`, which reads and writes rows of the present format alone.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

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


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Adds what a file of format 1 lacks, in one transaction; the next ingest fills it.

    Raises UnreadableWorkspace for any other format but the present one, DamagedWorkspace for a file that has none.
    """
    try:
        if _format(connection) == "1":
            _add_origins(connection)
        found = _format(connection)
    except sqlite3.DatabaseError as error:
        raise explained(path, error) from error
    if found != str(FORMAT):
        raise UnreadableWorkspace(
            f"{str(path)!r} has format {found}; this version of Crosscheck reads format {FORMAT}. "
            "Ingest the articles into a new workspace."
        )


def _format(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    return "none" if row is None else str(row[0])


def _add_origins(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _format(connection) == "1":  # another process may have been faster
            for statement in ORIGIN_TABLES.split(";"):
                connection.execute(statement)
            connection.execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(FORMAT),))
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def explained(path: Path, error: sqlite3.DatabaseError) -> WorkspaceError:
    """What SQLite refused, as a sentence that says what to do."""
    if isinstance(error, sqlite3.OperationalError) and "no such table" not in str(error):
        return UnreadableWorkspace(
            f"{str(path)!r} cannot be used ({error}). "
            "Check that there is room on the disk, and that you may write to the folder."
        )
    return DamagedWorkspace(
        f"{str(path)!r} is damaged or is no Crosscheck workspace ({error}). "
        "Move the folder away and ingest the articles again."
    )
