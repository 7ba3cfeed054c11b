"""Dropping from the store what no reader can see any more. Takes part in the transaction that publishes.

Only articles that changed since the last publication are looked at, so it costs nothing that others are many.
"""

from __future__ import annotations

import sqlite3
from typing import Protocol

from index.periods import periods


class Tracks(Protocol):
    """What is kept of where articles come from; see `index.origins`."""

    def forget(self, number: int, revision: int) -> None:
        """Drops what is kept of one revision."""


def sweep(connection: sqlite3.Connection, before: int, generation: int, *, tracks: Tracks) -> None:
    """Drops articles that were removed, passages of revisions that no day shows any more, and vectors nobody uses.

    What died after generation `before`, and no later than `generation`.
    """
    touched = connection.execute(
        "SELECT DISTINCT article FROM revisions WHERE died > ? AND died <= ?", (before, generation)
    ).fetchall()
    for (number,) in touched:
        revisions, removed = _revisions(connection, number)
        shown = {period.revision for period in periods(revisions, removed=removed)}
        for revision, _ in revisions:
            if revision not in shown:
                tracks.forget(number, revision)
                _drop_passages(connection, number, revision)
        if removed:
            connection.execute("DELETE FROM articles WHERE number = ?", (number,))


def _revisions(connection: sqlite3.Connection, number: int) -> tuple[list[tuple[int, str | None]], bool]:
    """Numbers and dates of an article's revisions, and whether none of them is alive."""
    rows = connection.execute(
        "SELECT revision, published, died FROM revisions WHERE article = ? ORDER BY revision", (number,)
    ).fetchall()
    return [(revision, published) for revision, published, _ in rows], all(died is not None for *_, died in rows)


def _drop_passages(connection: sqlite3.Connection, number: int, revision: int) -> None:
    of_one = (number, revision)
    vectors = connection.execute("SELECT vector FROM passages WHERE article = ? AND revision = ?", of_one).fetchall()
    connection.execute("DELETE FROM passages WHERE article = ? AND revision = ?", of_one)
    connection.executemany(
        "DELETE FROM vectors WHERE number = :one AND NOT EXISTS (SELECT 1 FROM passages WHERE vector = :one)",
        ({"one": vector} for (vector,) in vectors),
    )
