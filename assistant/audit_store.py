"""What an audit remembers beside a workspace: what was compared, with which outcome, and what somebody dismissed.

A small SQLite file of its own, since it is neither truth about articles nor derived from them alone: a dismissal is
somebody's word. Outcomes are kept by the sentences' own text and by everything that decides an outcome, so that they
hold wherever the sentences stand, whatever was ingested since; dismissals by the two quotes alone.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from assistant.comparing.relating import Related
from assistant.comparing.statement import Statement
from assistant.errors import BadInput
from assistant.models import ConflictType, Relation
from index.errors import WorkspaceError

FILE = "audit.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS compared (
    key      BLOB PRIMARY KEY,
    conflict TEXT NOT NULL,
    relation TEXT NOT NULL,
    type     TEXT,
    reason   TEXT NOT NULL,
    score    REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS compared_by_conflict ON compared (conflict);
CREATE TABLE IF NOT EXISTS dismissed (
    conflict TEXT PRIMARY KEY,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
_RULES = "3"
"""Goes up where other words of a sentence are compared, so that outcomes of earlier rules no longer count."""
_PATIENCE = 30.0
"""Seconds that an audit waits while another one writes."""


class UnreadableAudit(WorkspaceError):
    """The file beside the workspace cannot be used."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is kept of a comparison."""

    relation: Relation
    type: ConflictType | None
    reason: str
    score: float


def conflict_id(a: Statement, b: Statement) -> str:
    """Names two quotes, in either order, wherever they stand."""
    return "x-" + _digest(sorted((_line(a), _line(b)))).hex()[:12]


def _pair_key(a: Statement, b: Statement, settings: str) -> bytes:
    """The days count too: "on Monday" is another day in another week."""
    return _digest([_RULES, settings, *sorted(f"{one.published} {_line(one)}" for one in (a, b))])[:16]


def _line(statement: Statement) -> str:
    return " ".join(statement.text.split())


def _digest(texts: Sequence[str]) -> bytes:
    return hashlib.sha256("\0".join(texts).encode()).digest()


class AuditStore:
    """An open file. `opened` makes one. `settings` names everything besides the sentences that decides an outcome."""

    def __init__(self, connection: sqlite3.Connection, settings: str) -> None:
        self._connection = connection
        self._settings = settings

    def outcome(self, a: Statement, b: Statement) -> Outcome | None:
        """None where the two were not compared yet with these settings."""
        row = self._connection.execute(
            "SELECT relation, type, reason, score FROM compared WHERE key = ?", (_pair_key(a, b, self._settings),)
        ).fetchone()
        return None if row is None else Outcome(cast(Relation, row[0]), cast(ConflictType | None, row[1]), *row[2:])

    def keep(self, found: Sequence[tuple[Statement, Statement, Related]]) -> None:
        """One transaction: what was kept is there after a crash."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO compared VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (_pair_key(a, b, self._settings), conflict_id(a, b), it.relation, it.type, it.reason, it.conflict)
                    for a, b, it in found
                ],
            )

    def dismiss(self, conflict: str, reason: str) -> None:
        """Raises BadInput where no audit has found it, or no reason is given."""
        if not reason.strip():
            raise BadInput("--reason is empty. Say in a few words why this is no conflict.")
        sql = "SELECT 1 FROM compared WHERE conflict = ? AND relation = 'conflict'"
        if self._connection.execute(sql, (conflict,)).fetchone() is None:
            raise BadInput(f"No audit here has found a conflict {conflict!r}. Ids stand in: crosscheck audit")
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO dismissed VALUES (?, ?)", (conflict, reason.strip()))

    def dismiss_all(self, reasons: Mapping[str, str]) -> None:
        """Takes over what was dismissed, by conflict, from a file that is no longer used."""
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO dismissed VALUES (?, ?)", reasons.items())

    def dismissed(self) -> dict[str, str]:
        """The reason by conflict."""
        return dict(self._connection.execute("SELECT conflict, reason FROM dismissed"))


@contextmanager
def opened(folder: Path, settings: str) -> Iterator[AuditStore]:
    """The file in a workspace's folder, made where it is missing. Raises UnreadableAudit."""
    file = folder / FILE
    try:
        with closing(sqlite3.connect(file, timeout=_PATIENCE)) as connection:
            connection.executescript(_TABLES)
            yield AuditStore(connection, settings)
    except sqlite3.DatabaseError as error:
        raise UnreadableAudit(
            f"{str(file)!r} cannot be used ({error}). Move it away: the next audit starts anew, without dismissals."
        ) from error
